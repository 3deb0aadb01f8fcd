import { Button, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { When } from '../web/moment.tsx'
import { Notice, Panel } from '../web/panel.tsx'
import { RowsDone } from '../web/staff/rows-done.tsx'
import { useAct } from '../web/staff/use-api.tsx'
import { useWords } from '../web/surroundings.tsx'
import type { PreviewReply } from './import-api.ts'
import { secondWords } from './second-words.ts'
import { willSentences } from './will-sentences.tsx'
import { words as rosterWords } from './words.ts'

type Will = PreviewReply['will']

/** A file by which many would stop being enrolled: asked about, waited for, answered by another one of the office. */
export function SecondPerson({
  preview,
  onApplied,
  onLookAgain,
}: {
  preview: PreviewReply
  onApplied: (will: Will) => void
  onLookAgain: () => void
}) {
  const w = useWords(secondWords)
  const { applying } = useWords(rosterWords)
  const [refused, setRefused] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const { uploadId, seal, question, will } = preview
  const path = `/roster/uploads/${uploadId}`
  const refresh = { refresh: ['/roster'] }
  const ask = useAct<object, object>(`${path}/question`, refresh)
  const takeBack = useAct<object, object>(`${path}/question/withdrawal`, refresh)
  const answer = useAct<object, { applied: Will | null }>(`${path}/answer`, refresh)
  const pending = ask.isPending || takeBack.isPending || answer.isPending

  async function go(act: typeof ask, body: object): Promise<void> {
    const said = await act.mutateAsync(body)
    setRefused(said.ok ? null : said.message)
  }
  async function decide(letGo: boolean): Promise<void> {
    const given = reason.trim()
    const said = await answer.mutateAsync({ seal, letGo, ...(given && { reason: given }) })
    setRefused(said.ok ? null : said.message)
    if (said.ok && said.value.applied) onApplied(said.value.applied)
  }
  const open = question !== null && question.takenBackAt === null && question.answeredAt === null
  const other = open && question.seal !== seal
  return (
    <Panel title={open ? w.waits : w.needed}>
      <ul className="file-will">
        {willSentences(will, applying).map((sentence, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the sentences are written in one go and never reordered
          <li key={at}>{sentence}</li>
        ))}
      </ul>
      <p className="dim">{w.why}</p>
      {preview.endedLately > 0 && <p>{w.lately(preview.endedLately)}</p>}
      {question?.letGo === false && (
        <Notice tone="no" title={w.declined(question.answeredBy ?? '')}>
          <p>{question.reason}</p>
        </Notice>
      )}
      {refused !== null && (
        <Notice tone="no" title={w.notDone} urgent>
          <p>{refused}</p>
          <Button variant="default" onClick={onLookAgain}>
            {w.lookAgain}
          </Button>
        </Notice>
      )}
      {open && (
        <p>
          {w.asked(question.askedBy)} <When at={question.askedAt} />
        </p>
      )}
      {other && <Notice tone="warn" title={w.other} />}
      {open && !question.yours && (
        <>
          <TextInput
            label={w.reason}
            description={w.reasonHint}
            value={reason}
            maxLength={500}
            autoComplete="off"
            onChange={event => setReason(event.currentTarget.value)}
          />
          <Group mt="sm">
            <Button disabled={pending || other} onClick={() => void decide(true)}>
              {w.letGo}
            </Button>
            <Button
              variant="default"
              disabled={pending || reason.trim() === ''}
              onClick={() => void decide(false)}
            >
              {w.decline}
            </Button>
          </Group>
          {answer.isPending && <RowsDone path={`/roster/progress/upload-${uploadId}`} />}
        </>
      )}
      {open && question.yours && (
        <Group>
          {other && (
            <Button disabled={pending} onClick={() => void go(ask, { seal })}>
              {w.askAnew}
            </Button>
          )}
          <Button variant="default" disabled={pending} onClick={() => void go(takeBack, {})}>
            {w.takeBack}
          </Button>
        </Group>
      )}
      {!open && (
        <Button size="lg" disabled={pending} onClick={() => void go(ask, { seal })}>
          {w.ask}
        </Button>
      )}
    </Panel>
  )
}
