import { useShell, useWords } from '../surroundings.tsx'
import { sayCount } from '../when.ts'
import { filesWords } from './files-words.ts'
import { useGet } from './use-api.tsx'

/** How far long work on a file is, asked every second: rows read, compared, written. Nothing where none is under way. */
export function RowsDone({ path }: { path: string }) {
  const w = useWords(filesWords)
  const { language } = useShell()
  const { data: answer } = useGet<{ progress: { doing: string; rows: number } | null }>(path, {
    everyMs: 1_000,
  })
  const progress = answer?.ok ? answer.value.progress : null
  if (!progress || progress.rows === 0) return null
  return (
    <p className="waits" aria-live="off">
      {(w.doing[progress.doing] ?? w.doing.reading)?.(sayCount(progress.rows, language))}
    </p>
  )
}
