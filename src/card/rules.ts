import { type Decision, no, yes } from '../lib/decision.ts'

/** The facts about one card that decide whether it may be handed over. Instants are absolute; the zone is the campus's. */
export interface CardAtDesk {
  /** Which generation of card it is, by the programme's name, for example `4k-centenary`. */
  edition: string
  /** Whether our office made it; a card of another school or a bank can carry a readable chip too. */
  ours: boolean
  handedOver: { toStudentNumber: string; at: Temporal.Instant } | null
  lostReportedAt: Temporal.Instant | null
  /** Retirement is final: replaced, misprint, damaged, uncollected, left … */
  retired: { at: Temporal.Instant; reason: string } | null
  /** Whose pack it was produced for; null for a blank that is nobody's yet. */
  producedFor: string | null
}

/** The person before the desk and the edition that the programme gives now. */
export interface Recipient {
  studentNumber: string
  edition: string
  /** The campus's time zone, in which dates are told. */
  zone: string
}

/** The reasons not to hand a card over, in the order in which they are told; the order is part of the contract. */
export const cardRefusals = [
  'unknown-card',
  'foreign-card',
  'own-old-card',
  'already-handed-to-this-person',
  'already-handed-to-somebody-else',
  'reported-lost',
  'retired',
  'another-persons-pack',
  'wrong-edition',
] as const
export type CardRefusal = (typeof cardRefusals)[number]

/** A moment as a person reads it, in the campus's zone: `2023-12-01 10:42`. */
export const told = (at: Temporal.Instant, zone: string): string =>
  at.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ')

/**
 * Says whether this card may be handed to this person (notice, points 3 and 4: the chip is checked against the person
 * before anybody signs). `card` is null when its chip number is not in the register.
 */
export function mayHandCard(card: CardAtDesk | null, person: Recipient): Decision<object, CardRefusal> {
  if (!card) return no('unknown-card')
  if (!card.ours) return no('foreign-card')
  if (card.handedOver) {
    const facts = { at: told(card.handedOver.at, person.zone), to: card.handedOver.toStudentNumber }
    if (facts.to !== person.studentNumber) return no('already-handed-to-somebody-else', facts)
    if (card.edition !== person.edition) return no('own-old-card', { ...facts, edition: card.edition })
    return no('already-handed-to-this-person', facts)
  }
  if (card.lostReportedAt) return no('reported-lost', { at: told(card.lostReportedAt, person.zone) })
  if (card.retired)
    return no('retired', { at: told(card.retired.at, person.zone), reason: card.retired.reason })
  if (card.producedFor !== null && card.producedFor !== person.studentNumber) {
    return no('another-persons-pack', { belongsTo: card.producedFor, person: person.studentNumber })
  }
  if (card.edition !== person.edition)
    return no('wrong-edition', { edition: card.edition, wanted: person.edition })
  return yes({})
}

/** What decides whether somebody of the office may retire or move a card: what became of it so far. */
export interface CardInStock {
  /** Lent to somebody as a temporary card, and not back. */
  lent?: boolean
  counter: string | null
  box: string | null
  handedOver: { toStudentNumber: string; at: Temporal.Instant } | null
  retired: { at: Temporal.Instant; reason: string } | null
}

/** Why the office may take a card out of its box for good, which nobody has collected. */
export const retireReasons = ['misprint', 'damaged', 'uncollected'] as const
export type RetireReason = (typeof retireReasons)[number]

/** The reasons not to retire or to move a card, in the order in which they are told. */
export const stockRefusals = [
  'no-such-card',
  'collected-already',
  'retired-already',
  'lent-out',
  'unknown-counter',
  'lies-there-already',
] as const
export type StockActRefusal = (typeof stockRefusals)[number]

function waitsInStock(
  card: CardInStock | null,
  zone: string,
): Decision<object, 'no-such-card' | 'collected-already' | 'retired-already' | 'lent-out'> {
  if (!card) return no('no-such-card')
  if (card.handedOver)
    return no('collected-already', {
      at: told(card.handedOver.at, zone),
      to: card.handedOver.toStudentNumber,
    })
  if (card.retired)
    return no('retired-already', { at: told(card.retired.at, zone), reason: card.retired.reason })
  if (card.lent) return no('lent-out')
  return yes({})
}

/** Whether a card may be retired by the office: one that nobody has collected. It is final. */
export const mayRetire = (
  card: CardInStock | null,
  zone: string,
): Decision<object, 'no-such-card' | 'collected-already' | 'retired-already' | 'lent-out'> =>
  waitsInStock(card, zone)

/** Whether a waiting card may be put elsewhere: to a counter that the programme knows, and not where it lies. */
export function mayMove(
  card: CardInStock | null,
  to: { counter: string; box: string | null },
  { zone, counters }: { zone: string; counters: readonly string[] },
): Decision<object, StockActRefusal> {
  const waits = waitsInStock(card, zone)
  if (!waits.ok) return waits
  if (!counters.includes(to.counter)) return no('unknown-counter', { counter: to.counter })
  if (card!.counter === to.counter && card!.box === to.box)
    return no('lies-there-already', { counter: to.counter, box: to.box })
  return yes({})
}
