/** The latest of some moments, or null where there is none. */
export const latest = (moments: readonly (Temporal.Instant | null)[]): Temporal.Instant | null =>
  moments.reduce((best, at) => (at && (!best || Temporal.Instant.compare(at, best) > 0) ? at : best), null)
