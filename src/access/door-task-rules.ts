import { type Decision, no, yes } from '../lib/decision.ts'

/** A grant of a door on one of a person's cards. */
export interface GrantOnCard {
  grantId: number
  cardId: number
  doorId: string
  grantedAt: Temporal.Instant
  ended: boolean
  /** When its owner last declined the door for a later card of the same person; null where never. */
  declinedAt: Temporal.Instant | null
}

/**
 * Which grants become tasks of the doors' owners when a person switches a card on (the notice's point 10: a grant
 * hangs on the card): of each door the newest that lives on another card, unless the new card has the door already. What
 * an owner declined since it was granted is not asked again.
 */
export function tasksFor(grants: readonly GrantOnCard[], newCardId: number): number[] {
  const live = grants.filter(grant => !grant.ended)
  const byDoor = Map.groupBy(live, grant => grant.doorId)
  return [...byDoor.values()].flatMap(own => {
    if (own.some(grant => grant.cardId === newCardId)) return []
    const newest = own.reduce((a, b) => (Temporal.Instant.compare(b.grantedAt, a.grantedAt) > 0 ? b : a))
    const declined =
      newest.declinedAt !== null && Temporal.Instant.compare(newest.declinedAt, newest.grantedAt) >= 0
    return declined ? [] : [newest.grantId]
  })
}

/** What decides whether a door's owner may answer "this person's card changed". */
export interface TaskFacts {
  done: boolean
  declined: boolean
  /** The owner ended the grant on the card before: nothing is owed to the new one. */
  grantEnded: boolean
  enrolled: boolean
  /** The new card has campus access now: it was not lost or replaced meanwhile. */
  cardInUse: boolean
  /** The new card was granted the door meanwhile. */
  grantedAlready: boolean
  /** A group that opens the door to this person anyway, or null. */
  group: { nameZh: string; nameEn: string } | null
}

/** The reasons not to open a door for the new card, in the order in which they are told; the order is part of the contract. */
export const taskRefusals = [
  'unknown-task',
  'declined-already',
  'grant-ended',
  'not-enrolled',
  'new-card-not-in-use',
  'opened-by-group',
] as const
export type TaskRefusal = (typeof taskRefusals)[number]

/**
 * Whether the door may be opened for the new card. `grants`: whether a grant is still to be made. Of two owners who
 * press at once, and of a second press, the later is told yes and nothing happens twice.
 */
export function mayOpenForNewCard(
  facts: TaskFacts | null,
): Decision<{ again: boolean; grants: boolean }, TaskRefusal> {
  if (facts === null) return no('unknown-task')
  if (facts.done) return yes({ again: true, grants: false })
  if (facts.declined) return no('declined-already')
  if (facts.grantEnded) return no('grant-ended')
  if (!facts.enrolled) return no('not-enrolled')
  if (!facts.cardInUse) return no('new-card-not-in-use')
  if (facts.grantedAlready) return yes({ again: false, grants: false })
  if (facts.group) return no('opened-by-group', { ...facts.group })
  return yes({ again: false, grants: true })
}

/** The reasons not to decline a task, in the order in which they are told. */
export const declineRefusals = ['unknown-task', 'done-already', 'reason-missing'] as const
export type DeclineRefusal = (typeof declineRefusals)[number]

/** Whether an owner may say that the door stays closed to the new card, and why; said again it changes nothing. */
export function mayDecline(
  facts: Pick<TaskFacts, 'done' | 'declined'> | null,
  reason: string,
): Decision<{ again: boolean }, DeclineRefusal> {
  if (facts === null) return no('unknown-task')
  if (facts.declined) return yes({ again: true })
  if (facts.done) return no('done-already')
  if (reason.trim() === '') return no('reason-missing')
  return yes({ again: false })
}
