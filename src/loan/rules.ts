import type { EvidenceRefusal, Proved } from '../handover/rules.ts'
import { type Decision, no, yes } from '../lib/decision.ts'
import type { Programme } from '../programme/shape.ts'

/** Why a counter lends somebody a card. */
export const lendingReasons = ['door-refuses', 'lost', 'forgotten', 'damaged'] as const
export type LendingReason = (typeof lendingReasons)[number]

/** The counters that lend temporary cards and take them back; none where the programme has none. */
export const temporaryCounters = ({ temporaryCards }: Pick<Programme, 'temporaryCards'>): readonly string[] =>
  temporaryCards?.counters ?? []

/** A card that was scanned to be lent, or taken back. */
export interface PoolCard {
  edition: string
  handedOver: boolean
  retired: boolean
  /** Since which day and until which it is lent; null while it lies at a counter. */
  lent: { on: string; lastDay: string } | null
}

/** What decides whether a temporary card is lent. Days are the campus's. */
export interface LendingFacts {
  temporary: Programme['temporaryCards']
  counter: string
  /** The person of the student number, or null. */
  person: { enrolled: boolean; lastDay: string | null } | null
  card: PoolCard | null
  identity: Decision<Proved, EvidenceRefusal> | null
  today: Temporal.PlainDate
  /** The last day that was asked for; null: as many days as the programme allows. */
  lastDay: Temporal.PlainDate | null
}

/** The reasons not to lend a card, in the order in which they are told, evidence last; the order is part of the contract. */
export const lendingRefusals = [
  'no-temporary-cards',
  'lent-elsewhere',
  'unknown-person',
  'not-enrolled',
  'has-one-already',
  'unknown-card',
  'not-temporary',
  'card-retired',
  'card-still-lent',
  'ends-before-today',
  'ends-too-late',
] as const
export type LendingRefusal = (typeof lendingRefusals)[number] | EvidenceRefusal

/**
 * Whether a temporary card may be lent, and for how long: the programme has some at this counter, the person is enrolled
 * and has none, the card is one of them and lies here, and identity is proved. It ends on its last day by itself.
 */
export function mayLend(
  facts: LendingFacts,
): Decision<{ lastDay: Temporal.PlainDate; proved: Proved }, LendingRefusal> {
  const { temporary, person, card, identity, today } = facts
  if (temporary === undefined) return no('no-temporary-cards')
  if (!temporary.counters.includes(facts.counter))
    return no('lent-elsewhere', { counters: temporary.counters.join(', ') })
  if (person === null) return no('unknown-person')
  if (!person.enrolled) return no('not-enrolled')
  if (person.lastDay !== null) return no('has-one-already', { lastDay: person.lastDay })
  if (card === null) return no('unknown-card')
  if (card.edition !== temporary.edition || card.handedOver) return no('not-temporary')
  if (card.retired) return no('card-retired')
  if (card.lent) return no('card-still-lent', { on: card.lent.on, lastDay: card.lent.lastDay })
  const latest = today.add({ days: temporary.daysAtMost - 1 })
  const lastDay = facts.lastDay ?? latest
  if (Temporal.PlainDate.compare(lastDay, today) < 0) return no('ends-before-today')
  if (Temporal.PlainDate.compare(lastDay, latest) > 0)
    return no('ends-too-late', { latest: latest.toString(), days: temporary.daysAtMost })
  if (identity === null) return no('evidence-missing')
  if (!identity.ok) return identity
  return yes({ lastDay, proved: identity })
}

/** The reasons not to take a card back, in the order in which they are told. */
export const returnRefusals = ['lent-elsewhere', 'unknown-card', 'not-temporary', 'not-lent'] as const
export type ReturnRefusal = (typeof returnRefusals)[number]

/** Whether a card that was scanned is a loan that can be taken back here: also one that has ended, or was said to be lost. */
export function mayTakeBack(
  card: (Pick<PoolCard, 'edition'> & { loanId: number | null }) | null,
  { temporary, counter }: Pick<LendingFacts, 'temporary' | 'counter'>,
): Decision<{ loanId: number }, ReturnRefusal> {
  if (temporary && !temporary.counters.includes(counter))
    return no('lent-elsewhere', { counters: temporary.counters.join(', ') })
  if (card === null) return no('unknown-card')
  // A loan stays one when the programme names another edition by now.
  if (card.loanId !== null) return yes({ loanId: card.loanId })
  return no(card.edition === temporary?.edition ? 'not-lent' : 'not-temporary')
}

/** Whether a loan's card may be noted as lost: `again` where it was before; a card that is back is not lost. */
export function mayNoteLost(
  loan: { lost: boolean; returned: boolean } | null,
): Decision<{ again: boolean }, 'unknown-loan' | 'returned-already'> {
  if (loan === null) return no('unknown-loan')
  if (loan.returned) return no('returned-already')
  return yes({ again: loan.lost })
}
export type LostRefusal = 'unknown-loan' | 'returned-already'
