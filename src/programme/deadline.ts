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

/** An edition whose campus access ends at another moment than before; null: the deadline does not concern it. */
export interface DeadlineMove {
  edition: string
  from: Temporal.Instant | null
  to: Temporal.Instant | null
}

const same = (a: Temporal.Instant | null, b: Temporal.Instant | null): boolean =>
  a === b || (a !== null && b !== null && a.equals(b))

/** The editions whose campus access ends at another moment by the new programme than by the one before. */
export function deadlineMoves(before: Programme, after: Programme): DeadlineMove[] {
  const editions = [...new Set([...before.deadline.editions, ...after.deadline.editions])]
  return editions
    .map(edition => ({
      edition,
      from: accessEndsAt(before, edition),
      to: accessEndsAt(after, edition),
    }))
    .filter(({ from, to }) => !same(from, to))
}

/** The departments that both programmes have, and that belong to another faculty by the new one. */
export const departmentsMoved = (before: Programme, after: Programme): string[] =>
  after.departments
    .filter(({ id, faculty }) => {
      const was = before.departments.find(each => each.id === id)
      return was !== undefined && was.faculty !== faculty
    })
    .map(({ id }) => id)
