import { ExtrasChecklist } from '../extras/checklist.tsx'
import type { ExtrasList } from '../extras/list-extras.ts'
import { type AskedToSign, SignHere, signingTag } from '../handover/sign-here.tsx'
import { sayAlone } from '../lib/say.ts'
import { CounterCard, MapLink, OpenNow, Times } from '../programme/counter.tsx'
import { Unconfirmed, UnconfirmedNote } from '../programme/pieces.tsx'
import { Facts } from '../web/facts.tsx'
import { Page } from '../web/layout.tsx'
import { Day } from '../web/moment.tsx'
import { Lead, Panel } from '../web/panel.tsx'
import { StudentCard } from '../web/student-card.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Track } from '../web/track.tsx'
import type { Tone } from '../web/verdict.tsx'
import { dateOf, type Here, sayDate, sayWhen } from '../web/when.ts'
import { ActivateCard } from './activate-card.tsx'
import type { NextStep, StoryKind } from './card-story.ts'
import { DeskCode, type DeskCodeProps } from './desk-code.tsx'
import { DoorsList } from './doors-list.tsx'
import { ByProxy, Lent, NextAct, OldPaused, OtherWays, StoredValue, WithoutSignal } from './my-card-parts.tsx'
import type { MyCard } from './my-card-shape.ts'
import { words as story } from './my-card-words.ts'
import { words } from './student-words.ts'
import { Switching } from './switching.tsx'

export interface MyCardProps {
  card: MyCard
  extras: ExtrasList
  /** The live proof, for who can collect now. */
  proof: Omit<DeskCodeProps, 'signing'> | null
  /** What was wrong with the digits just sent, in the reader's language. */
  digitsError: string | null
  /** What a desk asks them to sign just now. */
  signing: AskedToSign | null
  /** Why what was just signed was not taken, in the reader's language. */
  signError: string | null
  /** Whether something of it belongs into a calendar. */
  hasDates: boolean
}

/** How each story is told: as good news, as a worry, or plainly. */
export const tones: Record<StoryKind, Tone> = {
  'not-eligible': 'info',
  collectable: 'yes',
  'collectable-old-ended': 'warn',
  'collectable-old-lost': 'yes',
  collected: 'info',
  'collected-alone': 'info',
  'collected-old-ended': 'warn',
  'collected-no-access': 'info',
  pending: 'wait',
  switching: 'wait',
  waiting: 'warn',
  works: 'yes',
  'no-access': 'info',
  paused: 'warn',
  lost: 'no',
  'lost-not-sent': 'no',
  'lost-old-goes-on': 'warn',
  'reissue-unpaid': 'warn',
  'reissue-in-production': 'wait',
  'reissue-collectable': 'yes',
  left: 'info',
}

/** Stories in which the five steps of a new card are not what counts. */
const offTheWay: readonly StoryKind[] = [
  'reissue-unpaid',
  'reissue-in-production',
  'reissue-collectable',
  'left',
]

/** Stories of a card that is missing, or of one that takes its place. */
const worries: readonly StoryKind[] = [
  'paused',
  'lost',
  'lost-not-sent',
  'lost-old-goes-on',
  'reissue-unpaid',
  'reissue-in-production',
]

/** What is next where a place to collect at is shown. */
const collects: readonly NextStep[] = ['collect', 'come-later', 'wait-for-card']

/** Grounds of the picture by generation, from the older to the newer; the picture is no facsimile. */
const grounds = ['#5a6675', '#0b4ea2']
const groundOf = (generation: number): string =>
  grounds[Math.min(generation, grounds.length) - 1] ?? '#5a6675'

/** The small scripts of the page: those that it has something for. */
const islandsOf = ({ proof, signing }: MyCardProps): string[] => [
  'once',
  ...(proof ? ['desk-code'] : []),
  ...(signing?.state === 'asked' ? ['sign-pad'] : []),
  'offline',
]

/** A student's own page: the card, what is true now, the next thing to do, and how far it has come. */
export function MyCardPage(props: MyCardProps) {
  const { card, extras, proof, digitsError, hasDates, signing, signError } = props
  const w = useWords(words)
  const s = useWords(story)
  const activating = card.next === 'activate'
  const asking = card.next === 'ask-office'
  // Who has nothing to collect has no way to be on.
  const onTheWay = !(card.story === 'not-eligible' && asking) && !offTheWay.includes(card.story)
  // Who has other worries finds it by its link.
  const aboutMoving = !asking && card.next !== 'nothing' && !worries.includes(card.story)
  const counters = asking ? card.askAt : collects.includes(card.next) ? (card.collect?.counters ?? []) : []
  return (
    <Page title={s.title} islands={islandsOf(props)} installable>
      <div className="my-card">
        <WithoutSignal now={card.now} />
        <h1>{s.title}</h1>
        {signing && <SignHere asked={signing} error={signError} />}
        <Hero card={card} />
        <div className={card.story === 'not-eligible' ? 'long-reason' : undefined}>
          <Lead tone={tones[card.story]}>{card.sentence}</Lead>
        </div>
        <p className="next-step">{s.next[card.next]}</p>
        <NextAct card={card} />
        <Collecting card={card} />
        <ByProxy card={card} />
        {proof && <DeskCode {...proof} signing={signingTag(signing)} />}
        <Switching card={card} />
        {activating && <ActivateCard error={digitsError} />}
        {card.lost && <StoredValue lost={card.lost} />}
        {card.paused && card.story !== 'paused' && <OldPaused since={card.paused.since} />}
        {card.temporaryCard && <Lent lastDay={card.temporaryCard.lastDay} />}
        {onTheWay && (
          <Panel title={s.track}>
            <TrackOf card={card} />
          </Panel>
        )}
        {!card.newCard?.lostReportedAt && <DoorsList title={w.doorsTitle} doors={card.newDoors} />}
        {card.paused && <DoorsList title={w.doorsPaused} doors={card.paused.doors} about={w.unreachable} />}
        {card.lost && <DoorsList title={w.doorsLost} doors={card.lost.doors} about={w.unreachable} />}
        {!card.lost && card.switch?.activated && (
          <DoorsList title={w.doorsOld} doors={card.oldDoors} folded />
        )}
        {aboutMoving && <ExtrasChecklist extras={extras} />}
        {asking && (
          <>
            <h2>{w.askTitle}</h2>
            <div className="counters">
              {card.askAt.map(counter => (
                <CounterCard key={counter.id} counter={counter} />
              ))}
            </div>
          </>
        )}
        <OtherWays card={card} hasDates={hasDates} />
        {counters.some(counter => counter.hoursUnconfirmed) && <UnconfirmedNote />}
      </div>
    </Page>
  )
}

function Hero({ card }: { card: MyCard }) {
  // Who has left never gets the new card that still lies at a counter.
  const isTheirs = card.story !== 'left' || !!card.newCard?.collectedAt
  const own = (isTheirs ? card.newCard : null) ?? card.oldCard
  if (own === null) return null
  return (
    <StudentCard
      university={card.university}
      edition={{ name: own.edition, colour: groundOf(own.generation) }}
      holder={{
        name: card.person.name,
        number: card.person.studentNumber,
        ...(card.person.department ? { department: card.person.department } : {}),
      }}
      {...(own.ending ? { ending: own.ending } : {})}
      faded={own.lostReportedAt !== null || own.collectedAt === null}
    />
  )
}

/** Where to collect, whether it is open now, and what to bring; or when and where that will be. */
function Collecting({ card }: { card: MyCard }) {
  const w = useWords(words)
  const { collect, next } = card
  if (collect === null || !collects.includes(next)) return null
  return (
    <Panel title={w.collectTitle}>
      <Facts
        facts={[
          ...(next === 'come-later' ? [{ name: w.fromDay, value: <Day on={collect.from} /> }] : []),
          ...collect.counters.flatMap(counter => [
            {
              name: w.where,
              value: (
                <>
                  {counter.name}
                  <br />
                  <small>
                    {counter.place} {counter.mapCode} <MapLink counter={counter} />
                  </small>
                </>
              ),
            },
            ...(next === 'collect' ? [{ name: w.now, value: <OpenNow counter={counter} /> }] : []),
            {
              name: w.hours,
              value: (
                <ul className="hours">
                  {counter.hours.map(line => (
                    <li key={line.days}>
                      {line.days}{' '}
                      <Times said={line.times}>{counter.hoursUnconfirmed && <Unconfirmed />}</Times>
                    </li>
                  ))}
                </ul>
              ),
            },
          ]),
          { name: w.bring, value: sayAlone(collect.bring) },
          ...(collect.whenNeither ? [{ name: w.whenNeither, value: sayAlone(collect.whenNeither) }] : []),
        ]}
      />
    </Panel>
  )
}

const sayDayOf = (at: string, here: Here): string => sayDate(dateOf(at, here.zone), here)

function TrackOf({ card }: { card: MyCard }) {
  const s = useWords(story)
  const w = useWords(words)
  const shell = useShell()
  return (
    <Track
      label={s.track}
      steps={card.track.map(({ step, state, at }) => {
        // Collecting begins with a day; the counter's hours stand elsewhere on the page.
        const say = step === 'can-collect' ? sayDayOf : sayWhen
        const said = at ? say(at, shell) : ''
        const promised = state !== 'done' && step === 'doors' ? `${s.latest} ${said}` : said
        return {
          label: state === 'done' ? s.steps[step] : s.ahead[step],
          state,
          ...(at ? { when: <time dateTime={at}>{promised}</time> } : {}),
          ...(state === 'failed' ? { note: w.failed } : {}),
        }
      })}
    />
  )
}
