import type { Timetable } from './shape.ts'

/**
 * One run of the doors' update, on one local date (notice's point 9).
 * It starts at its wall time; it usually ends at `usuallyEndsAt` and is promised to have ended by `endsBy`.
 */
export interface Window {
  on: Temporal.PlainDate
  at: Temporal.PlainTime
  startsAt: Temporal.Instant
  usuallyEndsAt: Temporal.Instant
  endsBy: Temporal.Instant
}

type TimetableWindow = Timetable['windows'][number]

/** No plan looks further than this; a longer span is a slip in the caller. */
const longestSpanDays = 4_000

/**
 * Wall time first, zone second. In the hour that summer time skips, the window runs at the shifted, valid time
 * (02:30 becomes 03:30); in the hour that comes twice, at the first. So each local date has each window exactly once.
 */
const startOf = (zone: string, on: Temporal.PlainDate, at: Temporal.PlainTime): Temporal.Instant =>
  on.toPlainDateTime(at).toZonedDateTime(zone, { disambiguation: 'compatible' }).toInstant()

/** A window whose start is known and whose ends are not worked out yet. */
interface Start {
  on: Temporal.PlainDate
  at: Temporal.PlainTime
  startsAt: Temporal.Instant
  window: TimetableWindow
}

const withEnds = ({ on, at, startsAt, window }: Start): Window => ({
  on,
  at,
  startsAt,
  usuallyEndsAt: startsAt.add({ minutes: window.usuallyMinutes }),
  endsBy: startsAt.add({ minutes: window.atMostMinutes }),
})

const inOrder = (a: Start, b: Start): number =>
  Temporal.Instant.compare(a.startsAt, b.startsAt) ||
  Temporal.PlainDate.compare(a.on, b.on) ||
  Temporal.PlainTime.compare(a.at, b.at)

/** The starts of all windows of these local dates, both included, in order. */
function startsOn(
  timetable: Timetable,
  zone: string,
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
): Start[] {
  const windows = timetable.windows.map(window => ({ window, at: Temporal.PlainTime.from(window.at) }))
  const starts: Start[] = []
  for (let on = first; Temporal.PlainDate.compare(on, last) <= 0; on = on.add({ days: 1 }))
    for (const { window, at } of windows) starts.push({ on, at, window, startsAt: startOf(zone, on, at) })
  return starts.sort(inOrder)
}

const localDate = (moment: Temporal.Instant, zone: string): Temporal.PlainDate =>
  moment.toZonedDateTimeISO(zone).toPlainDate()

/** The window of that local date and wall time, or null when the timetable has none at that time. */
export function windowOf(
  timetable: Timetable,
  zone: string,
  on: Temporal.PlainDate,
  at: Temporal.PlainTime,
): Window | null {
  const window = timetable.windows.find(each => Temporal.PlainTime.from(each.at).equals(at))
  return window ? withEnds({ on, at, window, startsAt: startOf(zone, on, at) }) : null
}

/**
 * The first window that starts strictly after the moment: what is decided at a window's very start, or while it
 * runs, waits for the next one.
 */
export function nextWindow(timetable: Timetable, zone: string, moment: Temporal.Instant): Window {
  const today = localDate(moment, zone)
  const found = startsOn(timetable, zone, today.subtract({ days: 1 }), today.add({ days: 2 })).find(
    start => Temporal.Instant.compare(start.startsAt, moment) > 0,
  )
  if (!found) throw new RangeError('A timetable without windows promises nothing; readProgramme refuses it.')
  return withEnds(found)
}

/** The latest window that has started by the moment: the one to catch up with after a standstill. */
export function windowAtOrBefore(timetable: Timetable, zone: string, moment: Temporal.Instant): Window {
  const today = localDate(moment, zone)
  const found = startsOn(timetable, zone, today.subtract({ days: 2 }), today.add({ days: 1 })).findLast(
    start => Temporal.Instant.compare(start.startsAt, moment) <= 0,
  )
  if (!found) throw new RangeError('A timetable without windows promises nothing; readProgramme refuses it.')
  return withEnds(found)
}

/** The windows that start at or after `from` and before `to`, in order of their start. */
export function windowsBetween(
  timetable: Timetable,
  zone: string,
  from: Temporal.Instant,
  to: Temporal.Instant,
): Window[] {
  if (Temporal.Instant.compare(from, to) >= 0) return []
  const first = localDate(from, zone).subtract({ days: 1 })
  const last = localDate(to, zone).add({ days: 1 })
  if (first.until(last).days > longestSpanDays)
    throw new RangeError(`More than ${longestSpanDays} days of windows were asked for at once.`)
  return startsOn(timetable, zone, first, last)
    .filter(
      start =>
        Temporal.Instant.compare(start.startsAt, from) >= 0 &&
        Temporal.Instant.compare(start.startsAt, to) < 0,
    )
    .map(withEnds)
}
