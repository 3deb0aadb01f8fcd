import { opensOn } from '../programme/hours.ts'
import type { Programme } from '../programme/shape.ts'

type Counters = Pick<Programme, 'askAt' | 'counters' | 'campus'>

/** Looking further than that for a working day is given up: closures have run over all counters. */
const looksAheadDays = 3_660

/**
 * Whether a date is a working day: at least one of the counters where questions are answered (`askAt`) opens on it, by its
 * weekday and without a closure. A campus's holidays are closures of its counters, so that they are written once.
 */
export const isWorkingDay = ({ askAt, counters, campus }: Counters, on: Temporal.PlainDate): boolean =>
  counters.some(counter => askAt.includes(counter.id) && opensOn(counter, campus.zone, on).length > 0)

/** The n-th working day after a date; the date itself does not count. */
export function workingDaysAfter(programme: Counters, from: Temporal.PlainDate, days: number) {
  let on = from
  let left = days
  for (let ahead = 1; left > 0 && ahead <= looksAheadDays; ahead += 1) {
    on = from.add({ days: ahead })
    if (isWorkingDay(programme, on)) left -= 1
  }
  return on
}
