import './confirmations.css'
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { sayAlone } from '../lib/say.ts'
import { Facts } from '../web/facts.tsx'
import { When } from '../web/moment.tsx'
import { EmptyState, Notice } from '../web/panel.tsx'
import { useAct, useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { Tone } from '../web/verdict.tsx'
import type { AnswerBody, AnswerReply, WaitingConfirmation, WaitingReply } from './confirmation-api.ts'
import { words } from './confirmation-words.ts'

/** How often the screen looks for new questions. */
const lookAgainMs = 2_000

/** What was last answered here, and how it went. */
interface Told {
  tone: Tone
  text: string
}

/** One student who stands at a desk with a document, and the two answers. */
function Waiting({ waiting, onTold }: { waiting: WaitingConfirmation; onTold: (told: Told) => void }) {
  const w = useWords(words)
  const { language } = useShell()
  const [reason, setReason] = useState<string | null>(null)
  const act = useAct<AnswerBody, AnswerReply>(`/confirmations/${waiting.id}/answer`, {
    refresh: ['/confirmations'],
  })
  const name = waiting.name[language]
  const answer = async (body: AnswerBody) => {
    const answered = await act.mutateAsync(body)
    if (!answered.ok) onTold({ tone: 'no', text: answered.message })
    else onTold({ tone: 'yes', text: body.confirmed ? w.confirmed(name) : w.declined(name) })
  }
  const decline = (event: FormEvent) => {
    event.preventDefault()
    void answer({ confirmed: false, reason })
  }
  const documents = waiting.documents.map(document => {
    const kind = document.kindName?.[language]
    return sayAlone(document.name[language] + (kind ? w.kind(kind) : ''))
  })
  return (
    <li className="panel confirmation">
      <div>
        <h2 lang="zh-TW">{waiting.name['zh-TW']}</h2>
        <p className="confirmation-name" lang="en">
          {waiting.name.en}
        </p>
        <p className="confirmation-number figures">{waiting.studentNumber}</p>
      </div>
      <Facts
        facts={[
          { name: w.documents, value: documents.join(language === 'en' ? '; ' : '；') },
          { name: w.at, value: waiting.counter[language] },
          { name: w.askedBy, value: waiting.askedBy[language] },
          { name: w.goodUntil, value: <When at={waiting.goodUntil} /> },
        ]}
      />
      {reason === null ? (
        <div className="confirmation-answers">
          <Button loading={act.isPending} onClick={() => void answer({ confirmed: true, reason: null })}>
            {w.confirm}
          </Button>
          <Button variant="default" disabled={act.isPending} onClick={() => setReason('')}>
            {w.decline}
          </Button>
        </div>
      ) : (
        <form onSubmit={decline}>
          <TextInput
            label={w.why}
            description={w.whyHint}
            value={reason}
            maxLength={200}
            required
            autoFocus
            autoComplete="off"
            onChange={event => setReason(event.currentTarget.value)}
          />
          <div className="confirmation-answers">
            <Button type="submit" loading={act.isPending} disabled={reason.trim() === ''}>
              {w.sendDecline}
            </Button>
            <Button variant="default" disabled={act.isPending} onClick={() => setReason(null)}>
              {w.back}
            </Button>
          </div>
        </form>
      )}
    </li>
  )
}

/** The second person's screen: who stands at a desk with neither the old card nor the app, and what they show. */
export function Confirmations() {
  const w = useWords(words)
  const [told, setTold] = useState<Told | null>(null)
  const { data: answer, refetch } = useGet<WaitingReply>('/confirmations', { everyMs: lookAgainMs })
  return (
    <>
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      <div role="status">
        {told && (
          <Notice tone={told.tone}>
            <p>{told.text}</p>
          </Notice>
        )}
      </div>
      {!answer && <p className="waits">{w.loading}</p>}
      {answer && !answer.ok && (
        <Notice tone="no" urgent>
          <p>{answer.message}</p>
          <Button variant="default" onClick={() => void refetch()}>
            {w.retry}
          </Button>
        </Notice>
      )}
      {answer?.ok && answer.value.confirmations.length === 0 && (
        <EmptyState title={w.noneTitle}>{w.noneNext}</EmptyState>
      )}
      {answer?.ok && (
        <ul className="confirmations">
          {answer.value.confirmations.map(waiting => (
            <Waiting key={waiting.id} waiting={waiting} onTold={setTold} />
          ))}
        </ul>
      )}
    </>
  )
}
