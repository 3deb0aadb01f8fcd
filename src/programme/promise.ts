import type { Timetable } from './shape.ts'
import { nextWindow, type Window } from './timetable.ts'

export interface CarryAsked {
  timetable: Timetable
  /** The campus's zone, by name. */
  zone: string
  /** When the activation is decided; read after the timetable's lock was taken. */
  moment: Temporal.Instant
  /** When the old card's campus access ends anyway, or null when the person has no old card with campus access. */
  oldAccessEndsAt: Temporal.Instant | null
  /** The card in use so far lies with the office. */
  handedIn?: boolean
}

/** What a person is promised about the doors, and what the update keeps. */
export interface Carry {
  /** `window`: both cards change places in that window. `at-once`: the new card does not wait for it. */
  kind: 'window' | 'at-once'
  /** The first window after the decision. It takes the old card off the doors, also where the new one went ahead. */
  window: Window
  decidedAt: Temporal.Instant
  /** When the new card is owed to the doors: the window's start, or for `at-once` the decision itself. */
  carriedBy: Temporal.Instant
  /** When the old card may be taken off the doors: always the window's start, never before. */
  oldCarriedBy: Temporal.Instant
  /** Until then the old card opens doors; null when there is no old access (any more). */
  oldCertainlyUntil: Temporal.Instant | null
  /** From then on the new card opens doors: the window's latest end, or for `at-once` the timetable's limit. */
  newCertainlyFrom: Temporal.Instant
  /** Until then one of the two opens each door, so both are carried; null when there is no old access. */
  carryBothUntil: Temporal.Instant | null
}

const earlier = (a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.compare(a, b) <= 0 ? a : b

/**
 * When the doors follow an activation (notice's point 9: activated at 11:00, the old card opens until 15:00).
 *
 * The next window carries the switch. Only where the old card's access would end before that window is certainly
 * over does the new card go to the doors at once, so that the last night before the deadline strands nobody
 * (activated at 20:00 on 29 February: the 01:00 window comes too late for a card that ends at 00:00). The old card
 * is then left alone until its own end or the window, whichever is earlier.
 *
 * Whose card was taken in for the new one (damaged, renamed) has none in hand: the new card goes at once, too.
 *
 * Who has no old access, or whose old access has already ended, waits for the window like everybody: the notice
 * promises the window, and waiting takes nothing away from them.
 */
export function carry({ timetable, zone, moment, oldAccessEndsAt, handedIn = false }: CarryAsked): Carry {
  const window = nextWindow(timetable, zone, moment)
  const oldOpensNow = oldAccessEndsAt !== null && Temporal.Instant.compare(moment, oldAccessEndsAt) < 0
  const oldCertainlyUntil = oldOpensNow ? earlier(oldAccessEndsAt, window.startsAt) : null
  const strands = handedIn || (oldOpensNow && Temporal.Instant.compare(oldAccessEndsAt, window.endsBy) < 0)
  const newCertainlyFrom = strands
    ? earlier(moment.add({ minutes: timetable.atOnceWithinMinutes }), window.endsBy)
    : window.endsBy
  return {
    kind: strands ? 'at-once' : 'window',
    window,
    decidedAt: moment,
    carriedBy: strands ? moment : window.startsAt,
    oldCarriedBy: window.startsAt,
    oldCertainlyUntil,
    newCertainlyFrom,
    carryBothUntil: oldOpensNow ? newCertainlyFrom : null,
  }
}
