import { expect, it } from 'vitest'
import { boundariesBetween } from './boundaries.ts'

const windows = ['01:00', '10:00', '15:00'].map(at => ({ at, usuallyMinutes: 30, atMostMinutes: 60 }))
const timetable = { days: 'every-day' as const, windows, atOnceWithinMinutes: 15 }

/** The boundaries between two wall times, as wall times. */
function between(from: string, to: string, zone: string): string[] {
  const instant = (local: string) => Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant()
  return boundariesBetween({ timetable, zone }, instant(from), instant(to)).map(moment =>
    moment.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' }),
  )
}

it.each([
  ['nothing but the target', '2023-10-18T10:40', '2023-10-18T14:59', ['2023-10-18T14:59']],
  ['an update at the target, once', '2023-10-18T10:40', '2023-10-18T15:00', ['2023-10-18T15:00']],
  ['not the one at which it stands', '2023-10-18T10:00', '2023-10-18T11:00', ['2023-10-18T11:00']],
  [
    'the night with its date and its update',
    '2024-02-29T20:00',
    '2024-03-01T09:00',
    ['2024-03-01T00:00', '2024-03-01T01:00', '2024-03-01T09:00'],
  ],
])('moving the clock visits %s', (_, from, to, stops) => {
  expect(between(from, to, 'Asia/Taipei')).toEqual(stops)
})

it('a whole term has three updates and a midnight each day', () => {
  // The 15:00 of the first day, 134 whole days, and the midnight after each of the 135.
  const stops = 1 + 134 * 3 + 135
  expect(between('2023-10-18T10:40', '2024-03-01T00:00', 'Asia/Taipei')).toHaveLength(stops)
})

it('a date begins when its zone says so, also where summer time skips midnight', () => {
  expect(between('2024-03-30T23:00', '2024-03-31T03:00', 'Asia/Beirut')).toEqual([
    '2024-03-31T01:00',
    '2024-03-31T03:00',
  ])
})
