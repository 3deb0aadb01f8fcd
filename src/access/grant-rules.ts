import { type Decision, no, yes } from '../lib/decision.ts'

/** What decides whether a person's card may be granted a door. */
export interface GrantFacts {
  /** The person of the student number, or null. */
  person: { enrolled: boolean } | null
  /** The card of the person that has campus access now, or null. */
  card: { cardId: number } | null
  /** Since when the door is granted to that card already, and by whom; null where it is not. */
  granted: { on: string; ownerZh: string; ownerEn: string } | null
  /** A group that opens the door to this person anyway, or null. */
  group: { id: string; nameZh: string; nameEn: string } | null
}

/** The reasons not to grant a door, in the order in which they are told; the order is part of the contract. */
export const grantRefusals = [
  'unknown-student',
  'not-enrolled',
  'no-card-in-use',
  'granted-already',
  'opened-by-group',
] as const
export type GrantRefusal = (typeof grantRefusals)[number]

/**
 * Whether a door may be granted to a person's card (the notice's point 10: individual access hangs on the card). It is
 * the card that has campus access now; a card that is only in its holder's hands opens nothing yet.
 */
export function mayGrant(facts: GrantFacts): Decision<{ cardId: number }, GrantRefusal> {
  const { person, card, granted, group } = facts
  if (!person) return no('unknown-student')
  if (!person.enrolled) return no('not-enrolled')
  if (!card) return no('no-card-in-use')
  if (granted) return no('granted-already', granted)
  if (group) return no('opened-by-group', { group: group.id, nameZh: group.nameZh, nameEn: group.nameEn })
  return yes({ cardId: card.cardId })
}
