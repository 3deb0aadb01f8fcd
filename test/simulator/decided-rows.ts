import type { Doors, WantedRow } from '../../src/access/rules.ts'
import { nextWindow } from '../../src/programme/timetable.ts'
import type { WindowPlan } from '../../src/update/windows.ts'
import { controllers, numbers, personOf } from './both-ledgers.ts'

/** The timetable of what is decided. */
export const plan: WindowPlan = {
  campus: 'alike',
  zone: 'Asia/Taipei',
  timetable: {
    windows: ['01:00', '12:00', '15:00'].map(at => ({ at, usuallyMinutes: 30, atMostMinutes: 60 })),
  } as unknown as WindowPlan['timetable'],
}
const doorSets: readonly Doors[] = [
  [0, 0, 0, 0],
  [0, 0, 0, 0],
  [1, 1, 0, 0],
  [1, 0, 0, 1],
]
const from = Temporal.PlainDate.from('2023-09-01')
const to = Temporal.PlainDate.from('2028-08-31')

/** The rows that an act decides at a moment, as the picks have it. */
export function rowsOf(picks: readonly number[], nowMs: number): WantedRow[] {
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs)
  const carriedBy = nextWindow(plan.timetable, plan.zone, now).startsAt
  const rows = new Map<string, WantedRow>()
  for (let at = 0; at + 3 < picks.length; at += 4) {
    const controllerId = controllers[picks[at]! % 2]!
    const number = numbers[picks[at + 1]! % numbers.length]!
    const doors = doorSets[picks[at + 2]! % doorSets.length]!
    const atOnce = picks[at + 3]! % 3 === 0
    const urgent = atOnce && doors[0] === 0
    rows.set(`${controllerId} ${number}`, {
      controllerId,
      number,
      personId: personOf(number),
      cardId: number,
      doors,
      from,
      to,
      carriedBy: atOnce ? now : carriedBy,
      atOnce,
      urgent,
      because: [],
    })
  }
  return [...rows.values()]
}
