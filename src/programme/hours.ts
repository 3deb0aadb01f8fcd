import type { Bilingual } from '../lib/words.ts'
import { type Counter, weekdays } from './shape.ts'

/** Half-open: open at `from`, closed at `until`. */
export interface OpeningSpan {
  from: Temporal.Instant
  until: Temporal.Instant
}

/** Whether a counter is open at a moment; a closed one says why, where that is known, and when it opens next. */
export type Opening =
  | { open: true; until: Temporal.Instant }
  | { open: false; because: Bilingual | null; opensAt: Temporal.Instant | null }

/** A counter that does not open within this many days is said to have no next opening. */
const looksAheadDays = 120

const closureOn = (counter: Counter, on: Temporal.PlainDate) =>
  counter.closures.find(closure => closure.from <= on.toString() && on.toString() < closure.until)

/** The counter's opening hours on a local date, in order, with touching ones joined; none on a closure. */
export function opensOn(counter: Counter, zone: string, on: Temporal.PlainDate): OpeningSpan[] {
  if (closureOn(counter, on)) return []
  const weekday = weekdays[on.dayOfWeek - 1]
  const wall = (time: string) =>
    on.toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(zone).toInstant()
  const spans = counter.hours
    .filter(hours => weekday !== undefined && hours.days.includes(weekday))
    .map(hours => ({ from: wall(hours.from), until: wall(hours.until) }))
    .sort((a, b) => Temporal.Instant.compare(a.from, b.from))
  const joined: OpeningSpan[] = []
  for (const span of spans) {
    const last = joined.at(-1)
    if (last && Temporal.Instant.compare(span.from, last.until) <= 0) {
      if (Temporal.Instant.compare(span.until, last.until) > 0) last.until = span.until
    } else joined.push(span)
  }
  return joined
}

/** The first opening that starts after the moment, or null when there is none within 120 days. */
export function nextOpening(counter: Counter, zone: string, moment: Temporal.Instant): OpeningSpan | null {
  const today = moment.toZonedDateTimeISO(zone).toPlainDate()
  for (let ahead = 0; ahead <= looksAheadDays; ahead += 1) {
    const span = opensOn(counter, zone, today.add({ days: ahead })).find(
      each => Temporal.Instant.compare(each.from, moment) > 0,
    )
    if (span) return span
  }
  return null
}

/** Open or closed at this moment, in the campus's zone; at its closing minute a counter is closed. */
export function openingAt(counter: Counter, zone: string, moment: Temporal.Instant): Opening {
  const today = moment.toZonedDateTimeISO(zone).toPlainDate()
  const now = opensOn(counter, zone, today).find(
    span =>
      Temporal.Instant.compare(span.from, moment) <= 0 && Temporal.Instant.compare(moment, span.until) < 0,
  )
  if (now) return { open: true, until: now.until }
  return {
    open: false,
    because: closureOn(counter, today)?.why ?? null,
    opensAt: nextOpening(counter, zone, moment)?.from ?? null,
  }
}
