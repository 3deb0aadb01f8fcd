import type { Programme } from '../programme/shape.ts'

/** Individual access to one door that a card of the person carries, or carried. */
export interface Grant {
  doorId: string
  /** Whether it hangs on the old card or on the new one. */
  on: 'old' | 'new'
  grantedAt: Temporal.Instant
  ended: boolean
}

/** What a programme calls individual access; an item of that id is where a person's own doors are listed. */
export const individualAccess = 'individual-access'

/**
 * One thing that did not move. `ask-yourself`: only the holder knows whether the old card carries it.
 * `set-up-again`: known to be on the old card and not on the new one. `done`: the new card has it.
 */
export interface ExtraState {
  state: 'ask-yourself' | 'set-up-again' | 'done'
}

export interface DoorExtra<G extends Grant> extends ExtraState {
  grant: G
}

/** An item of the programme that stays on the old card, with the person's own doors where it is about those. */
export interface Extra<G extends Grant> extends ExtraState {
  item: Programme['doesNotMove'][number]
  doors: DoorExtra<G>[]
}

function doorsOf<G extends Grant>(grants: readonly G[]): DoorExtra<G>[] {
  const live = grants.filter(grant => !grant.ended)
  const onNew = new Set(live.filter(grant => grant.on === 'new').map(grant => grant.doorId))
  return live
    .filter(grant => grant.on === 'old')
    .map(grant => ({ grant, state: onNew.has(grant.doorId) ? 'done' : 'set-up-again' }) as const)
}

function itemState<G extends Grant>(doors: readonly DoorExtra<G>[]): ExtraState['state'] {
  if (doors.length === 0) return 'ask-yourself'
  return doors.every(door => door.state === 'done') ? 'done' : 'set-up-again'
}

const rank = (extra: Extra<Grant>): number => {
  if (extra.state === 'set-up-again') return 0
  if (extra.item.refund) return 1
  return extra.state === 'done' ? 3 : 2
}

/**
 * What an old card carries that does not move to the new one (the notice's point 10): what the programme names for
 * everybody, and this person's own doors with their owners. What is known to need doing comes first, then what has
 * money in it; what is done comes last. Who has no old card has nothing to move.
 */
export function extrasOf<G extends Grant>(
  programme: Pick<Programme, 'doesNotMove'>,
  { hasOldCard, grants }: { hasOldCard: boolean; grants: readonly G[] },
): Extra<G>[] {
  if (!hasOldCard) return []
  const doors = doorsOf(grants)
  return programme.doesNotMove
    .map(item => {
      const own = item.id === individualAccess ? doors : []
      return { item, doors: own, state: itemState(own) }
    })
    .sort((a, b) => rank(a) - rank(b))
}
