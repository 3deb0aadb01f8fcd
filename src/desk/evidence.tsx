import { Button } from '@mantine/core'
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { sayAlone } from '../lib/say.ts'
import { When } from '../web/moment.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { type Tone, Verdict } from '../web/verdict.tsx'
import type { ViewReply } from './api.ts'
import { Choices } from './choices.tsx'
import { keyOf } from './keys.ts'
import { deskWords } from './screen-words.ts'
import type { DeskSession } from './session.ts'

type Offer = ViewReply['offers'][number]
type Shown = ViewReply['evidence'][number]
type Second = NonNullable<ViewReply['second']>

/** What the keys do here. */
export interface EvidenceKeys {
  oldCard: () => void
  /** The first, second … document that is offered. */
  document: (place: number) => void
  ask: () => void
}

/** The keys of the documents, in the order in which they are offered; more than these have buttons alone. */
const documentKeys = ['document1', 'document2', 'document3'] as const

/** Counts a live proof's seconds down from what the server said, and says once when it has run out. */
function SecondsLeft({ seconds, onRanOut }: { seconds: number; onRanOut: () => void }) {
  const w = useWords(deskWords)
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    const tick = setInterval(() => setLeft(before => Math.max(0, before - 1)), 1000)
    return () => clearInterval(tick)
  }, [])
  const ranOut = left === 0 && seconds > 0
  useEffect(() => {
    if (ranOut) onRanOut()
  }, [ranOut, onRanOut])
  return <span className="figures dim">{w.secondsLeft(left)}</span>
}

/** One thing that was shown; a document can be taken back. */
function ShownRow({ shown, byProxy, session }: { shown: Shown; byProxy: boolean; session: DeskSession }) {
  const w = useWords(deskWords)
  const { language } = useShell()
  const word = w.evidenceKinds[shown.kind]({
    ending: shown.ending ?? '',
    name: shown.name[language],
    kind: shown.kindName?.[language] ?? '',
    byProxy,
  })
  return (
    <li className="desk-evidence-row">
      <Verdict tone={shown.holds ? 'yes' : 'no'} word={word} />
      {shown.secondsLeft !== null && (
        <SecondsLeft
          key={`${shown.proof} ${shown.secondsLeft}`}
          seconds={shown.secondsLeft}
          onRanOut={session.lookAgain}
        />
      )}
      {shown.kind === 'document' && (
        <Button
          variant="subtle"
          size="compact-md"
          aria-label={`${w.takeBack}: ${word}`}
          onClick={() => session.takeBack(shown.evidence!)}
        >
          {w.takeBack}
        </Button>
      )}
    </li>
  )
}

/** Which kind of document it is. */
function Kinds({
  offer,
  onKind,
  onLeave,
}: {
  offer: Offer
  onKind: (kind: string) => void
  onLeave: () => void
}) {
  const w = useWords(deskWords)
  const { language } = useShell()
  return (
    <Choices title={w.whichKind(sayAlone(offer.name[language]))} onLeave={onLeave}>
      <div className="desk-offers">
        {offer.kinds.map(kind => (
          <Button key={kind.id} variant="default" onClick={() => onKind(kind.id)}>
            {sayAlone(kind.name[language])}
          </Button>
        ))}
      </div>
    </Choices>
  )
}

const tones: Record<Second['state'], Tone> = {
  'to-ask': 'wait',
  waits: 'wait',
  confirmed: 'yes',
  declined: 'no',
}

/** The second person: to be asked, waited for, or with their answer. */
function SecondPart({ second, keys, onAsk }: { second: Second; keys: boolean; onAsk: () => void }) {
  const w = useWords(deskWords)
  const part = useRef<HTMLDivElement>(null)
  const { state, goodUntil } = second
  // biome-ignore lint/correctness/useExhaustiveDependencies: another state is what is looked at anew.
  useEffect(() => {
    part.current?.scrollIntoView({ block: 'nearest' })
  }, [state])
  return (
    <div className="desk-second" ref={part}>
      <p className="desk-evidence-row">
        <Verdict tone={tones[state]} word={w.second[state]} />
        {goodUntil !== null && state !== 'declined' && (
          <span className="dim">
            {w.goodUntil} <When at={goodUntil} />
          </span>
        )}
      </p>
      {state === 'to-ask' && <Button onClick={onAsk}>{keys ? w.key.ask : w.ask}</Button>}
      {(state === 'to-ask' || state === 'waits') && <p className="dim">{w.secondWhere}</p>}
    </div>
  )
}

/** How the person has shown who they are, what would help, and what is still missing. */
export function EvidencePart({
  ref,
  view,
  keys,
  session,
  onLeave,
}: {
  ref: Ref<EvidenceKeys>
  view: ViewReply | null
  keys: boolean
  session: DeskSession
  /** Back to the field of the scans. */
  onLeave: () => void
}) {
  const w = useWords(deskWords)
  const { language } = useShell()
  const [choosing, setChoosing] = useState<string | null>(null)
  const shown = view?.evidence ?? []
  const second = view?.second ?? null
  const offers = view?.offers ?? []
  const documents = offers.filter(offer => offer.evidence !== 'old-card')
  const isShown = ({ evidence }: Offer) =>
    shown.some(
      each => (each.kind === 'document' ? each.evidence : each.kind.replace('-seen', '')) === evidence,
    )
  const chosen = documents.find(offer => offer.evidence === choosing && !isShown(offer))

  function oldCard() {
    if (view?.person) session.seen({ kind: 'old-card-seen' })
    onLeave()
  }
  function record(offer: Offer, documentKind: string | null) {
    setChoosing(null)
    session.seen({ kind: 'document', evidence: offer.evidence, documentKind })
    onLeave()
  }
  function take(offer: Offer | undefined) {
    if (!offer || isShown(offer)) return
    if (offer.kinds.length === 0) record(offer, null)
    else setChoosing(offer.evidence)
  }
  function ask() {
    if (second?.state === 'to-ask') session.askSecondPerson()
    onLeave()
  }
  useImperativeHandle(ref, () => ({ oldCard, document: place => take(documents[place]), ask }))

  return (
    <div className="desk-evidence">
      <h2>{w.evidence}</h2>
      {shown.length > 0 ? (
        <ul className="desk-shown">
          {shown.map(each => (
            <ShownRow
              key={each.evidence ?? each.kind}
              shown={each}
              byProxy={(view?.proxy ?? null) !== null}
              session={session}
            />
          ))}
        </ul>
      ) : (
        <Verdict tone="wait" word={w.noEvidence} />
      )}
      {shown.length === 0 && !view?.missing && <p className="dim">{w.evidenceNext}</p>}
      {view?.missing && !view.stop && <p className="desk-missing">{view.missing[language]}</p>}
      {second && <SecondPart second={second} keys={keys} onAsk={ask} />}
      <div className="desk-offers">
        {offers.some(offer => offer.evidence === 'old-card' && !isShown(offer)) && (
          <Button variant="default" onClick={oldCard}>
            {keys ? w.key.seen : w.seen}
          </Button>
        )}
        {documents.map((offer, place) => {
          if (isShown(offer)) return null
          const act = documentKeys[place]
          const key = keys && act ? keyOf(act) : ''
          return (
            <Button
              key={offer.evidence}
              variant="default"
              aria-expanded={offer.kinds.length > 0 ? chosen === offer : undefined}
              onClick={() => take(offer)}
            >
              {`${key} ${sayAlone(offer.name[language])}`.trim()}
            </Button>
          )
        })}
      </div>
      {chosen && (
        <Kinds
          key={chosen.evidence}
          offer={chosen}
          onKind={kind => record(chosen, kind)}
          onLeave={() => {
            setChoosing(null)
            onLeave()
          }}
        />
      )}
    </div>
  )
}
