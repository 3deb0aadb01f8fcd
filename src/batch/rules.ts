import type { CardRefusal } from '../card/rules.ts'
import type { EligibilityRefusal } from '../eligibility/rules.ts'
import { type Decision, no, type Refused, yes } from '../lib/decision.ts'
import type { BatchRules } from '../programme/shape-cards.ts'

/** Why somebody fetches no cards for others, in the order in which it is told. */
export const representativeRefusals = [
  'batches-not-allowed',
  'representative-not-enrolled',
  'batch-not-back',
] as const
export type RepresentativeRefusal = (typeof representativeRefusals)[number]

/** Who wants to fetch, as far as the rule asks. */
export interface Representative {
  enrolled: boolean
  /** The last day of the oldest batch of theirs of which a card is neither active nor brought back, and how many are out; null: none. */
  out: { backBy: Temporal.PlainDate; cards: number } | null
}

/**
 * Whether a student fetches the cards of others. Refuses: the programme has every card collected one by one; they do not
 * study now; they have cards of an earlier batch whose day is over.
 */
export function mayRepresent(
  rules: BatchRules | undefined,
  { enrolled, out }: Representative,
  today: Temporal.PlainDate,
): Decision<object, RepresentativeRefusal> {
  if (rules === undefined) return no('batches-not-allowed')
  if (!enrolled) return no('representative-not-enrolled')
  if (out && Temporal.PlainDate.compare(out.backBy, today) < 0)
    return no('batch-not-back', { backBy: out.backBy.toString(), cards: out.cards })
  return yes({})
}

/** Why one card does not go with a representative, in the order in which it is told. */
export type InBatchRefusal =
  | CardRefusal
  | EligibilityRefusal
  | 'card-of-nobody'
  | 'own-card'
  | 'other-department'
  | 'reissue-in-person'
  | 'not-at-this-counter'

/** A card that was scanned into a batch, with what decides about its holder. */
export interface CardForBatch {
  /** Whose pack it lies in; null for a blank that is nobody's. */
  holder: { id: number; department: string } | null
  card: Decision<object, CardRefusal>
  /** Whether the holder may collect today, and where. */
  eligible: { ok: true; where: readonly string[] } | Refused<EligibilityRefusal>
  /**
   * What is collected takes the place of a card that was lost, damaged or bears a former name, the old one among them: its
   * application is open and ends when its holder collects, in person.
   */
  isReissue: boolean
}

/**
 * Whether a card goes with a representative: by every rule that its holder would be served by at this counter, but for who
 * stands there. Their own card, one of another department, and a card issued anew are collected in person.
 */
export function mayGoInBatch(
  { holder, card, eligible, isReissue }: CardForBatch,
  representative: { id: number; department: string },
  counter: string,
): Decision<object, InBatchRefusal> {
  if (!card.ok) return card
  if (holder === null) return no('card-of-nobody')
  if (holder.id === representative.id) return no('own-card')
  if (holder.department !== representative.department) return no('other-department')
  if (!eligible.ok) return no(eligible.refusal, eligible.facts)
  if (isReissue) return no('reissue-in-person')
  return eligible.where.includes(counter) ? yes({}) : no('not-at-this-counter')
}

/** Why a batch as a whole is not given. */
export type BatchRefusal =
  | 'no-cards'
  | 'too-many-cards'
  | 'card-twice'
  | 'card-not-in-batch'
  | 'not-signed'
  | 'name-differs'

/** Whether a batch is given: some cards, not too many, each once. What is wrong with a single card is told with it. */
export function mayGiveBatch(
  chips: readonly string[],
  { mostCards }: BatchRules,
): Decision<object, BatchRefusal> {
  if (chips.length === 0) return no('no-cards')
  if (chips.length > mostCards) return no('too-many-cards', { most: mostCards, cards: chips.length })
  return new Set(chips).size === chips.length ? yes({}) : no('card-twice')
}

/** Why a card is not taken back from a representative. */
export type BroughtBackRefusal =
  | 'unknown-card'
  | 'not-in-a-batch'
  | 'brought-back-already'
  | 'back-at-its-counter'
  | 'activated-since'
  | 'lost-since'
  | 'more-since'

/** A card that was scanned from the pile that came back, as its rows say. */
export interface BroughtBack {
  /** The batch with which it is out; null: none. */
  counter: string | null
  before: boolean
  activated: boolean
  lost: boolean
  /** Something else hangs on its being the holder's: a report that ended, a refund, an application. */
  more: boolean
}

/**
 * Whether a card that a representative brings back lies in its box again. One that was activated or reported lost has
 * reached its holder: it is not taken back so.
 */
export function mayTakeBack(card: BroughtBack | null, counter: string): Decision<object, BroughtBackRefusal> {
  if (card === null) return no('unknown-card')
  if (card.counter === null) return no(card.before ? 'brought-back-already' : 'not-in-a-batch')
  if (card.counter !== counter) return no('back-at-its-counter', { counter: card.counter })
  if (card.activated) return no('activated-since')
  if (card.lost) return no('lost-since')
  if (card.more) return no('more-since')
  return yes({})
}

/** How many cards of a batch are still with its representative, and whether they should have been back by today. */
export function howFar(
  {
    cards,
    arrived,
    back,
    backBy,
  }: { cards: number; arrived: number; back: number; backBy: Temporal.PlainDate },
  today: Temporal.PlainDate,
): { out: number; overdue: boolean } {
  const out = cards - arrived - back
  return { out, overdue: out > 0 && Temporal.PlainDate.compare(backBy, today) < 0 }
}
