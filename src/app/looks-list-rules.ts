import { type Decision, no, yes } from '../lib/decision.ts'

/** From when on, and before when: null where the reader named no day. */
export interface Span {
  since: Temporal.Instant | null
  until: Temporal.Instant | null
}

/** The reasons not to search the looks, in the order in which they are told. */
export type LooksRefusal = 'days-reversed' | 'nobody-of-number'

/**
 * From the beginning of the first day to the end of the last one, on the campus's calendar; either may be left out.
 * Refuses a last day that lies before the first: such a list would be empty, and look as if nobody had looked.
 */
export function spanOfDays(
  { from, to }: { from?: string; to?: string },
  zone: string,
): Decision<Span, 'days-reversed'> {
  const first = from === undefined ? null : Temporal.PlainDate.from(from)
  const last = to === undefined ? null : Temporal.PlainDate.from(to)
  if (first && last && Temporal.PlainDate.compare(first, last) > 0)
    return no('days-reversed', { from: first.toString(), to: last.toString() })
  const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).toInstant()
  return yes({ since: first && startOf(first), until: last && startOf(last.add({ days: 1 })) })
}
