import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Notice, Panel } from '../panel.tsx'
import { useWords } from '../surroundings.tsx'
import { filesWords } from './files-words.ts'
import { useAct } from './use-api.tsx'

/** Says in sentences what applying will do, and has the button that does it: exactly what was looked at, or nothing. */
export function ApplyFile<Will>({
  path,
  seal,
  refresh,
  will,
  button,
  onApplied,
  onLookAgain,
}: {
  path: string
  seal: string
  /** The paths whose answers are read anew afterwards. */
  refresh: readonly string[]
  will: readonly ReactNode[]
  button: string
  onApplied: (will: Will) => void
  onLookAgain: () => void
}) {
  const w = useWords(filesWords)
  const act = useAct<{ seal: string }, Will>(path, { refresh })
  const [refused, setRefused] = useState<string | null>(null)
  async function apply(): Promise<void> {
    setRefused(null)
    const answer = await act.mutateAsync({ seal })
    if (answer.ok) onApplied(answer.value)
    else setRefused(answer.message)
  }
  return (
    <Panel title={w.applyTitle}>
      <ul className="file-will">
        {will.map((sentence, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the sentences are written in one go and never reordered
          <li key={at}>{sentence}</li>
        ))}
      </ul>
      <p className="dim">{w.applyNote}</p>
      {refused !== null && (
        <Notice tone="no" title={w.notDone} urgent>
          <p>{refused}</p>
          <Button variant="default" onClick={onLookAgain}>
            {w.lookAgain}
          </Button>
        </Notice>
      )}
      <Button size="lg" onClick={() => void apply()} disabled={act.isPending}>
        {act.isPending ? w.applying : button}
      </Button>
    </Panel>
  )
}
