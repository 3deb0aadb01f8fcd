import { Button, Group, TextInput } from '@mantine/core'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Facts } from '../web/facts.tsx'
import { Day } from '../web/moment.tsx'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayDated } from '../web/when.ts'
import type { KeptSignatureReply } from './kept-signature-api.ts'
import { undoWords } from './undo-words.ts'
import { verifyWords } from './verify-words.ts'

/** What was signed for a handover, found from a person's story or by its number, and whether it is still that. */
export function VerifySignature() {
  const w = useWords(verifyWords)
  const { card = '' } = useParams({ strict: false }) as { card?: string }
  // Of which of a card's handovers: a story says so; a number that is typed means the one that stands.
  const { at } = useSearch({ strict: false }) as { at?: string }
  const navigate = useNavigate()
  const [number, setNumber] = useState(card)
  const [wrong, setWrong] = useState<string | null>(null)
  function show(event: FormEvent) {
    event.preventDefault()
    const typed = number.normalize('NFKC').trim()
    if (/^[0-9a-f]{16}$/i.test(typed.replace(/[\s-]/g, ''))) return setWrong(w.receiptCode)
    if (!/^[0-9]{1,15}$/.test(typed)) return setWrong(w.digits)
    setWrong(null)
    void navigate({ to: `/signatures/${typed}` })
  }
  return (
    <>
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      <form onSubmit={show} noValidate>
        <Group align="flex-end" mb="md">
          <TextInput
            label={w.number}
            description={w.receiptHint}
            value={number}
            error={wrong}
            inputMode="numeric"
            maxLength={40}
            autoComplete="off"
            autoFocus
            onChange={event => setNumber(event.currentTarget.value)}
          />
          <Button type="submit">{w.show}</Button>
        </Group>
      </form>
      {card !== '' && <Verified key={`${card} ${at ?? ''}`} card={card} at={at} />}
    </>
  )
}

function Verified({ card, at }: { card: string; at: string | undefined }) {
  const w = useWords(verifyWords)
  const which = at === undefined ? '' : `?at=${encodeURIComponent(at)}`
  const path = `/handovers/${encodeURIComponent(card)}/signature${which}`
  const { data: answer } = useGet<KeptSignatureReply>(path, {
    // Looked at again it is read anew, not remembered.
    rememberMs: 0,
    journalled: true,
  })
  if (!answer) return <p className="waits">{w.loading}</p>
  if (!answer.ok && answer.status === 404) return <EmptyState title={w.none}>{w.noneNext}</EmptyState>
  if (!answer.ok)
    return (
      <Notice tone="no" title={w.refused} urgent>
        <p>{answer.message}</p>
      </Notice>
    )
  return <Kept kept={answer.value} />
}

function Kept({ kept }: { kept: KeptSignatureReply }) {
  const w = useWords(verifyWords)
  const shell = useShell()
  const { language } = shell
  const { reasons } = useWords(undoWords)
  const { manner, picture, undone } = kept
  return (
    <>
      <div role="status">
        {undone && (
          <Notice tone="warn" title={w.undone}>
            <p>{w.undoneAbout}</p>
          </Notice>
        )}
        <Notice tone={kept.fits ? 'yes' : 'no'} title={kept.fits ? w.fits : w.differs}>
          <p>{kept.fits ? w.fitsAbout : w.differsAbout}</p>
        </Notice>
      </div>
      <Panel title={w.text}>
        <blockquote>{kept.text}</blockquote>
        {manner === 'drawn' && picture !== '' && (
          <svg
            viewBox="0 0 600 180"
            role="img"
            aria-label={w.drawing}
            style={{ maxWidth: '100%', width: '24rem' }}
          >
            <path d={picture} fill="none" stroke="currentColor" strokeWidth="3" />
          </svg>
        )}
        <Facts
          facts={[
            {
              name: w.person,
              value: (
                <>
                  {kept.name[language]} <span className="figures">{kept.studentNumber}</span>
                </>
              ),
            },
            { name: w.card, value: <span className="figures">{kept.ending ?? '—'}</span> },
            ...(undone
              ? [
                  {
                    name: w.undoneAt,
                    value: <time dateTime={undone.at}>{sayDated(undone.at, shell)}</time>,
                  },
                  { name: w.undoneWhy, value: reasons[undone.why] },
                  { name: w.undoneBy, value: undone.by[language] },
                ]
              : []),
            ...(manner === 'typed' ? [{ name: w.typed, value: picture }] : []),
            { name: w.how, value: `${w.manners[manner]}${w.between}${w.places[kept.place]}` },
            { name: w.at, value: <time dateTime={kept.signedAt}>{sayDated(kept.signedAt, shell)}</time> },
            { name: w.counter, value: kept.counter?.[language] ?? '—' },
            { name: w.clerk, value: kept.clerkName[language] },
            { name: w.short, value: <span className="figures">{kept.shortHash}</span> },
            {
              name: w.hash,
              value: (
                <span className="figures" style={{ overflowWrap: 'anywhere' }}>
                  {kept.hash}
                </span>
              ),
            },
            { name: w.eraseOn, value: <Day on={kept.eraseOn} /> },
          ]}
        />
      </Panel>
    </>
  )
}
