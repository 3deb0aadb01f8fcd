import { Button, Textarea } from '@mantine/core'
import { type RefObject, useId, useState } from 'react'
import { Panel } from '../web/panel.tsx'
import { DropZone, type RefusedFile } from '../web/staff/drop-zone.tsx'
import { useWords } from '../web/surroundings.tsx'
import { screenWords } from './screen-words.ts'

/** No character takes more than three bytes of a text's length in UTF-8: a larger file is longer than any programme. */
const largestFileBytes = 1_500_000

/** Shows a line of the text, selected, with some lines before it. */
export function selectLine(field: HTMLTextAreaElement | null, line: number): void {
  if (!field) return
  const lines = field.value.split('\n')
  const from = lines.slice(0, line - 1).reduce((all, each) => all + each.length + 1, 0)
  field.focus()
  field.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0))
  field.scrollTop = (field.scrollHeight / lines.length) * Math.max(0, line - 4)
}

/** Takes a programme's text by dropping, choosing or pasting a file, and asks for it to be checked. */
export function ProgrammeText({
  text,
  field,
  checking,
  onText,
  onCheck,
}: {
  text: string
  field: RefObject<HTMLTextAreaElement | null>
  checking: boolean
  onText: (text: string) => void
  onCheck: (text: string) => void
}) {
  const w = useWords(screenWords)
  const busy = useId()
  const [refused, setRefused] = useState<RefusedFile | null>(null)

  async function take(file: File): Promise<void> {
    setRefused(null)
    if (file.size > largestFileBytes) {
      setRefused({ file: file.name, message: w.tooBig })
      return
    }
    try {
      const taken = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
      onText(taken)
      onCheck(taken)
    } catch {
      setRefused({ file: file.name, message: w.notText })
    }
  }
  return (
    <Panel title={w.newText}>
      <DropZone
        invitation={w.drop}
        limits={w.limits}
        accept=".yaml,.yml,.json,text/yaml,application/yaml,application/json,text/plain"
        refused={refused}
        nothingChanged={w.nothingChanged}
        disabled={checking}
        onFile={file => void take(file)}
      />
      <Textarea
        ref={field}
        label={w.text}
        description={w.textHint}
        rows={12}
        spellCheck={false}
        value={text}
        onChange={event => onText(event.currentTarget.value)}
        classNames={{ input: 'programme-source' }}
      />
      {checking ? (
        <div className="progress" role="status">
          <label htmlFor={busy}>{w.checking}</label>
          <progress id={busy} />
        </div>
      ) : (
        <Button onClick={() => onCheck(text)} disabled={text.trim() === ''}>
          {w.check}
        </Button>
      )}
      {text.trim() === '' && <p className="dim">{w.empty}</p>}
    </Panel>
  )
}
