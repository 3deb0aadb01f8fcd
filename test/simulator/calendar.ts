import { windowAtOrBefore } from '../../src/programme/timetable.ts'
import type { WindowPlan } from '../../src/update/windows.ts'

/**
 * The night of every world: five windows, four minutes apart, the first before midnight and the second at it; how long
 * leases last, and when faults stop.
 */
const windowTimes = ['23:56', '00:00', '00:04', '00:08', '00:12']
export const plan: WindowPlan = {
  campus: 'simulated',
  zone: 'Asia/Taipei',
  timetable: {
    windows: windowTimes.map(at => ({ at, usuallyMinutes: 2, atMostMinutes: 3 })),
  } as unknown as WindowPlan['timetable'],
}
export const minute = 60_000
const first = Temporal.ZonedDateTime.from('2024-02-28T23:56[Asia/Taipei]').toInstant()
export const firstWindowMs = first.epochMilliseconds
export const beganMs = firstWindowMs - minute
/** Three windows have faults; two more follow without any. */
export const faultsEndMs = firstWindowMs + 11.5 * minute
export const lastWindowMs = firstWindowMs + 16 * minute
export const endsMs = firstWindowMs + 20 * minute
export const leaseSeconds = 10

export const beganAt = Temporal.PlainDateTime.from('2024-02-28T23:55')
export const before = windowAtOrBefore(plan.timetable, plan.zone, first.subtract({ minutes: 1 }))
