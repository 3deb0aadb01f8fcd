import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Answer } from '../api.ts'
import { Notice, Panel } from '../panel.tsx'
import { useWords } from '../surroundings.tsx'
import { filesWords } from './files-words.ts'
import { RowsDone } from './rows-done.tsx'

/** Says in sentences what applying will do, and has the button that does it: exactly what was looked at, or nothing. */
export function ApplyFile({
  will,
  button,
  apply,
  progressPath,
  onLookAgain,
}: {
  will: readonly ReactNode[]
  button: string
  apply: () => Promise<Answer<object>>
  /** Where it is told how far applying is. */
  progressPath?: string
  onLookAgain: () => void
}) {
  const w = useWords(filesWords)
  const [applying, setApplying] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  async function press(): Promise<void> {
    setRefused(null)
    setApplying(true)
    const answer = await apply()
    setApplying(false)
    if (!answer.ok) setRefused(answer.message)
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
      <Button size="lg" onClick={() => void press()} disabled={applying}>
        {applying ? w.applying : button}
      </Button>
      {applying && progressPath && <RowsDone path={progressPath} />}
    </Panel>
  )
}
