import { type Decision, no, type Refused, yes } from '../lib/decision.ts'
import type { Answer } from './outcome.ts'

/**
 * Why a door does not open to a person, in the order in which it is told: the first that applies. It begins with what
 * the register says of the person and the card, goes on with what is decided, and ends with what the controller said.
 */
export const whyReasons = [
  'not-enrolled',
  'no-card',
  'lost',
  'retired',
  'replaced',
  'not-activated',
  'access-ended',
  'paused',
  'no-number',
  'grant-stays-behind',
  'nothing-opens',
  'days-not-begun',
  'days-over',
  'not-decided',
  'held-back',
  'window-to-come',
  'silent',
  'window-running',
  'full',
  'taken',
  'rejected',
  'not-confirmed',
  'not-verified',
  'clock-unset',
] as const
export type WhyReason = (typeof whyReasons)[number]

/** What decides of one card that was handed over to the person. Instants in campus time. */
export interface CardAtDoor {
  lostAt: Temporal.Instant | null
  retiredAt: Temporal.Instant | null
  /** When another card of the person took over. */
  replacedAt: Temporal.Instant | null
  /** Since when its holder has its campus access paused. */
  pausedAt: Temporal.Instant | null
  /** Campus access as decided; null where the card never had any. */
  use: { until: Temporal.Instant | null } | null
  /** As the controller's readers send it; null where such readers cannot. */
  number: number | null
  /** A group of the person, or a grant to this very card, opens the door. */
  opens: boolean
  /** Who granted the door to another card of the person; null where nobody did. */
  grantedElsewhere: { owner: string } | null
  /** The newest decision about its number on the controller; null where there is none. */
  decided: {
    /** It opens this door. */
    opens: boolean
    from: Temporal.PlainDate
    to: Temporal.PlainDate
    due: boolean
    /** The window that carries it. */
    startsAt: Temporal.Instant
    endsBy: Temporal.Instant
  } | null
  /** What the controller confirmed of its number; null where it never confirmed anything. */
  held: {
    /** It opens this door, on a day between the two. */
    opens: boolean
    from: Temporal.PlainDate
    to: Temporal.PlainDate
    confirmedAt: Temporal.Instant
    verifiedAt: Temporal.Instant | null
  } | null
  /** The last answer since the decision was due, and since when it is the same. */
  answer: { answer: Answer; since: Temporal.Instant } | null
}

/** What decides of the controller. */
export interface ControllerAtDoor {
  silentSince: Temporal.Instant | null
  /** An update that is under way, and has not finished this controller. */
  running: { startsAt: Temporal.Instant; endsBy: Temporal.Instant } | null
  /** Since when the office holds its changes back. */
  heldBackSince: Temporal.Instant | null
  clock: { unset: boolean; setAt: Temporal.Instant | null }
  numberFormat: string
}

/** What decides why a door refuses a person. */
export interface WhyFacts {
  now: Temporal.Instant
  /** The campus's date, by which the controller's own clock decides. */
  today: Temporal.PlainDate
  enrolled: boolean
  /** Where a card waits to be collected; null where none does. */
  waitsAt: string | null
  controller: ControllerAtDoor
}

type Verdict = Decision<{ number: number; numberFormat: string }, WhyReason>

const isOver = (at: Temporal.Instant | null, now: Temporal.Instant): boolean =>
  at !== null && Temporal.Instant.compare(at, now) <= 0

/** Whether, by what the controller confirmed, the card opens the door today. */
export function opensToday({ held }: Pick<CardAtDoor, 'held'>, today: Temporal.PlainDate): boolean {
  if (!held?.opens) return false
  return Temporal.PlainDate.compare(held.from, today) <= 0 && Temporal.PlainDate.compare(today, held.to) <= 0
}

/** What the register says against the card; null where nothing does. */
function ofCard(card: CardAtDoor, { now, today, controller }: WhyFacts): Refused<WhyReason> | null {
  const still = opensToday(card, today)
  if (card.lostAt !== null) return no('lost', { at: card.lostAt.toString(), still })
  if (card.retiredAt !== null) return no('retired', { at: card.retiredAt.toString(), still })
  // One that goes on opening doors, because the card that took over was lost before they switched, is in use again.
  if (card.replacedAt !== null && (card.use === null || isOver(card.use.until, now)))
    return no('replaced', { at: card.replacedAt.toString(), still })
  if (card.use === null) return no('not-activated')
  if (isOver(card.use.until, now)) return no('access-ended', { at: card.use.until!.toString(), still })
  if (card.pausedAt !== null) return no('paused', { at: card.pausedAt.toString(), still })
  if (card.number === null) return no('no-number', { format: controller.numberFormat })
  if (card.opens) return null
  if (card.grantedElsewhere !== null) return no('grant-stays-behind', { owner: card.grantedElsewhere.owner })
  return no('nothing-opens', { still })
}

/** What the decision waits for while the controller has not confirmed it. */
function ofDecision(card: CardAtDoor, { today, controller }: WhyFacts): Refused<WhyReason> {
  const { decided, answer } = card
  if (decided === null || !decided.opens) return no('not-decided')
  if (Temporal.PlainDate.compare(today, decided.from) < 0)
    return no('days-not-begun', { from: decided.from.toString() })
  if (Temporal.PlainDate.compare(decided.to, today) < 0) return no('days-over', { to: decided.to.toString() })
  if (controller.heldBackSince !== null)
    return no('held-back', { since: controller.heldBackSince.toString() })
  const times = (window: { startsAt: Temporal.Instant; endsBy: Temporal.Instant }) => ({
    startsAt: window.startsAt.toString(),
    endsBy: window.endsBy.toString(),
  })
  if (!decided.due) return no('window-to-come', times(decided))
  if (controller.silentSince !== null) return no('silent', { since: controller.silentSince.toString() })
  if (answer === null && controller.running !== null) return no('window-running', times(controller.running))
  const since = answer?.since.toString() ?? null
  if (answer?.answer === 'full' || answer?.answer === 'taken' || answer?.answer === 'rejected')
    return no(answer.answer, { since, number: card.number })
  return no('not-confirmed', { since })
}

/** Why this one card does not open the door, or that it does by all that is known. */
export function whyOfCard(card: CardAtDoor, facts: WhyFacts): Verdict {
  if (!facts.enrolled) return no('not-enrolled')
  const against = ofCard(card, facts)
  if (against !== null) return against
  if (!opensToday(card, facts.today)) return ofDecision(card, facts)
  const { clock, numberFormat } = facts.controller
  if (card.held!.verifiedAt === null) return no('not-verified', { since: card.held!.confirmedAt.toString() })
  if (clock.unset) return no('clock-unset', { setAt: clock.setAt?.toString() ?? null })
  return yes({ number: card.number!, numberFormat })
}

/** Cards that are over, by whatever ended them: the newest of them speaks. */
const over: readonly WhyReason[] = ['lost', 'retired', 'replaced', 'access-ended']

const rank = (verdict: Verdict): number => {
  if (verdict.ok) return whyReasons.length
  return whyReasons.indexOf(over.includes(verdict.refusal) ? 'lost' : verdict.refusal)
}

/**
 * Why a door refuses a person: of the cards in their hands, newest first, the one that comes furthest speaks for the
 * person. `card` is its place in the list; null where no card was handed over.
 */
export function whyRefused(
  cards: readonly CardAtDoor[],
  facts: WhyFacts,
): { card: number | null; verdict: Verdict; ofCards: Verdict[] } {
  const ofCards = cards.map(card => whyOfCard(card, facts))
  const furthest = Math.max(...ofCards.map(rank))
  const card = ofCards.findIndex(verdict => rank(verdict) === furthest)
  if (card >= 0) return { card, verdict: ofCards[card]!, ofCards }
  const verdict = facts.enrolled
    ? no('no-card' as const, { waitsAt: facts.waitsAt })
    : no('not-enrolled' as const)
  return { card: null, verdict, ofCards }
}
