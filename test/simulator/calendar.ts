import { windowAtOrBefore } from '../../src/programme/timetable.ts'
import type { WindowPlan } from '../../src/update/windows.ts'

/** The day of every world: five windows, four minutes apart; how long leases last, and when faults stop. */
const windowTimes = ['12:00', '12:04', '12:08', '12:12', '12:16']
export const plan: WindowPlan = {
  campus: 'simulated',
  zone: 'Asia/Taipei',
  timetable: {
    windows: windowTimes.map(at => ({ at, usuallyMinutes: 2, atMostMinutes: 3 })),
  } as unknown as WindowPlan['timetable'],
}
export const minute = 60_000
const noon = Temporal.ZonedDateTime.from('2024-02-01T12:00[Asia/Taipei]').toInstant()
export const noonMs = noon.epochMilliseconds
export const beganMs = noonMs - minute
/** Three windows have faults; two more follow without any. */
export const faultsEndMs = noonMs + 11.5 * minute
export const lastWindowMs = noonMs + 16 * minute
export const endsMs = noonMs + 20 * minute
export const leaseSeconds = 10

export const noonDay = Temporal.PlainDateTime.from('2024-02-01T11:59')
export const before = windowAtOrBefore(plan.timetable, plan.zone, noon.subtract({ minutes: 1 }))
