import type { Programme } from './shape.ts'

/**
 * When the campus access of cards of that edition ends (notice's point 6), or null when the deadline does not
 * concern it. "On March 1st" is the start of that day in the campus's zone, which is not midnight where summer
 * time skips midnight. Stored value and student fare are untouched.
 */
export function accessEndsAt(programme: Programme, edition: string): Temporal.Instant | null {
  const { deadline, campus } = programme
  if (!deadline.editions.includes(edition)) return null
  return Temporal.PlainDate.from(deadline.on).toZonedDateTime(campus.zone).toInstant()
}

/** The last whole day on which cards of that edition open doors: the valid-to date that controllers are sent. */
export function lastDayOf(programme: Programme, edition: string): Temporal.PlainDate | null {
  const { deadline } = programme
  if (!deadline.editions.includes(edition)) return null
  return Temporal.PlainDate.from(deadline.on).subtract({ days: 1 })
}
