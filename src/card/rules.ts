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
const told = (at: Temporal.Instant, zone: string): string =>
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
