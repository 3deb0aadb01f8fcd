import { describe, expect, it } from 'vitest'
import { leavesAt, purseLocked, riskUntil, scheduleOf, sendingTimes } from './issuer-rules.ts'

const zone = 'Asia/Taipei'
const taipei = (local: string) => Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant()
const twice = { sendsAt: ['12:00', '06:00'], schedulesAtMostDays: 7 }

describe('when a report leaves for the issuer', () => {
  it.each([
    ['in the night, at six', '2023-10-18T01:00', '2023-10-18T06:00'],
    ['in the morning, at noon', '2023-10-18T06:00:01', '2023-10-18T12:00'],
    ['at six itself, at six', '2023-10-18T06:00', '2023-10-18T06:00'],
    ['in the evening, the next day', '2023-10-18T22:05', '2023-10-19T06:00'],
  ])('%s', (_, from, leaves) => {
    expect(leavesAt(twice, zone, taipei(from))).toEqual(taipei(leaves))
  })

  it('at once where there are no sending times', () => {
    const now = taipei('2023-10-18T22:05')
    expect(leavesAt({ sendsAt: [] }, zone, now)).toEqual(now)
  })

  it('at the valid time where summer time skips one, and once where an hour comes twice', () => {
    const berlin = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/Berlin]`).toInstant()
    const night = { sendsAt: ['02:30'] }
    expect(leavesAt(night, 'Europe/Berlin', berlin('2025-03-30T00:00+01:00'))).toEqual(
      berlin('2025-03-30T03:30+02:00'),
    )
    const span = { from: berlin('2025-10-26T00:00+02:00'), to: berlin('2025-10-26T12:00+01:00') }
    expect(sendingTimes(night, 'Europe/Berlin', span)).toHaveLength(1)
  })
})

describe('putting a report off', () => {
  const now = taipei('2023-10-18T10:00')
  it.each([
    ['to no moment', null, twice, { ok: true, sendAt: taipei('2023-10-18T12:00'), putOffTo: null }],
    ['to this evening', '2023-10-18T18:00', twice, { ok: true, sendAt: taipei('2023-10-19T06:00') }],
    ['to the last moment', '2023-10-25T10:00', twice, { ok: true, sendAt: taipei('2023-10-25T12:00') }],
    ['beyond it', '2023-10-25T10:01', twice, { refusal: 'too-far-ahead', facts: { days: 7 } }],
    ['to now', '2023-10-18T10:00', twice, { refusal: 'time-has-passed' }],
    [
      'where nothing can be',
      '2023-10-18T09:00',
      { ...twice, schedulesAtMostDays: 0 },
      { refusal: 'cannot-be-put-off' },
    ],
    [
      'where reports leave at any time',
      '2023-10-18T18:00',
      { ...twice, sendsAt: [] },
      { ok: true, sendAt: taipei('2023-10-18T18:00') },
    ],
  ] as const)('%s', (_, to, { sendsAt, schedulesAtMostDays }, answer) => {
    const putOffTo = to === null ? null : taipei(to)
    const issuer = { sendsAt: [...sendsAt], schedulesAtMostDays }
    expect(scheduleOf(issuer, zone, { now, putOffTo })).toMatchObject(answer)
  })
})

describe('until when the holder bears what is spent', () => {
  const at = taipei('2023-10-18T10:00')
  const putOffTo = taipei('2023-10-18T18:00')
  const receivedAt = taipei('2023-10-18T12:04')
  it.each([
    ['from the report', 'reported', { at, putOffTo: null, receivedAt: null }, '2023-10-18T13:00'],
    ['from the moment chosen', 'reported', { at, putOffTo, receivedAt: null }, '2023-10-18T21:00'],
    ['from the receipt', 'received-by-issuer', { at, putOffTo: null, receivedAt }, '2023-10-18T15:04'],
    ['not yet', 'received-by-issuer', { at, putOffTo: null, receivedAt: null }, null],
  ] as const)('%s', (_, clockStarts, report, until) => {
    expect(riskUntil(report, { clockStarts, riskHours: 3 })).toEqual(until && taipei(until))
  })
})

it.each([
  ['none', [], false],
  ['one that was taken back', [{ sentAt: null, refusedBecause: null }], false],
  ['one that was sent, whatever came after it', [{ sentAt: 1, refusedBecause: null }], true],
  ['one that the issuer did not take', [{ sentAt: 1, refusedBecause: 'unknown number' }], false],
  [
    'one sent and one taken back',
    [
      { sentAt: 1, refusedBecause: null },
      { sentAt: null, refusedBecause: null },
    ],
    true,
  ],
])('the stored value is locked by reports: %s', (_, reports, locked) => {
  expect(purseLocked(reports)).toBe(locked)
})
