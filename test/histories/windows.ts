import { aheadMs, day, hour, localText, minute, momentOf } from './told-time.ts'

/*
 * The arithmetic of the notice's point 9, from nothing but its words: every day at 01:00, 10:00 and 15:00, at most an hour;
 * what is decided at a window's very start waits for the next. Nothing of the product is used.
 */

const startsAt = [1 * hour, 10 * hour, 15 * hour]
const lasts = hour
const atOnceWithin = 15 * minute

/** From then on no old card opens a door: the beginning of 1 March 2024. */
export const deadlineMs = momentOf('2024-03-01T00:00')

/** The beginning of a moment's local day. */
export const dayOf = (atMs: number): number => Math.floor((atMs + aheadMs) / day) * day - aheadMs

/** The start of the first window after a moment. */
export function windowAfter(atMs: number): number {
  const today = dayOf(atMs)
  const starts = [0, day].flatMap(days => startsAt.map(at => today + days + at))
  return starts.find(start => start > atMs)!
}

/** The start of the last window that has begun by a moment. */
export function windowBy(atMs: number): number {
  const today = dayOf(atMs)
  const starts = [-day, 0].flatMap(days => startsAt.map(at => today + days + at))
  return starts.findLast(start => start <= atMs)!
}

/** What a switch promises. */
export interface Promised {
  atOnce: boolean
  carriedBy: number
  oldOpensUntil: number | null
  newOpensFrom: number
}

/** What an activation at a moment must promise. `oldEnds`: the old card opens doors, and when the register ends that. */
export function promiseAt(
  atMs: number,
  { oldEnds, handedIn }: { oldEnds: number | null; handedIn: boolean },
): Promised {
  const start = windowAfter(atMs)
  const over = start + lasts
  const opensNow = !handedIn && oldEnds !== null && atMs < oldEnds
  const atOnce = handedIn || (opensNow && oldEnds < over)
  return {
    atOnce,
    carriedBy: atOnce ? atMs : start,
    oldOpensUntil: opensNow ? Math.min(oldEnds, start) : null,
    newOpensFrom: atOnce ? Math.min(atMs + atOnceWithin, over) : over,
  }
}

/** When a loss report that is ready at a moment leaves for the issuer: at 06:00 or 12:00. */
export function reportLeaves(atMs: number): number {
  const today = dayOf(atMs)
  return [6 * hour, 12 * hour, day + 6 * hour].map(at => today + at).find(at => at >= atMs)!
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec']

/** A moment as the English page names it: the time, and another day's date before it. */
export function named(atMs: number, nowMs: number, { dated = false } = {}): string {
  const time = localText(atMs).slice(11, 16)
  if (!dated && dayOf(atMs) === dayOf(nowMs)) return time
  const local = new Date(atMs + aheadMs)
  const year = local.getUTCFullYear()
  const ofYear = year === new Date(nowMs + aheadMs).getUTCFullYear() ? '' : ` ${year}`
  return `${weekdays[local.getUTCDay()]} ${local.getUTCDate()} ${months[local.getUTCMonth()]}${ofYear} ${time}`
}
