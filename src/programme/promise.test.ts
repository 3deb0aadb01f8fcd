import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accessEndsAt, lastDayOf } from './deadline.ts'
import { type Carry, carry } from './promise.ts'
import { readProgramme } from './read.ts'
import type { Programme } from './shape.ts'

const programmeOf = (name: string): Programme => {
  const reading = readProgramme(
    readFileSync(new URL(`../../programmes/${name}.yaml`, import.meta.url), 'utf8'),
  )
  if (!reading.ok) throw new Error(`programmes/${name}.yaml does not read`)
  return reading.programme
}
const ntnu = programmeOf('ntnu-2023')
const sample = programmeOf('sample-dst')
const deadline = accessEndsAt(ntnu, 'easycard')
const local = (text: string, zone = 'Asia/Taipei') =>
  Temporal.ZonedDateTime.from(`${text}[${zone}]`).toInstant()

const promised = (moment: string, oldAccessEndsAt: Temporal.Instant | null = deadline): Carry =>
  carry({ timetable: ntnu.timetable, zone: 'Asia/Taipei', moment: local(moment), oldAccessEndsAt })
const clock = (moment: Temporal.Instant | null, zone = 'Asia/Taipei') =>
  moment?.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' }) ?? null

describe('the deadline', () => {
  it('is the start of 1 March in Taipei, and 29 February is the last day', () => {
    expect(deadline?.toString()).toBe('2024-02-29T16:00:00Z')
    expect(lastDayOf(ntnu, 'easycard')?.toString()).toBe('2024-02-29')
  })

  it('does not concern the new card', () => {
    expect(accessEndsAt(ntnu, '4k-centenary')).toBe(null)
    expect(lastDayOf(ntnu, '4k-centenary')).toBe(null)
  })

  it.each([
    ['America/New_York', '2025-03-10', '2025-03-10T04:00:00Z'],
    // Summer time begins at midnight there: the day starts at 01:00.
    ['Asia/Beirut', '2024-03-31', '2024-03-30T22:00:00Z'],
  ])('starts with the day in %s on %s', (zone, on, at) => {
    const elsewhere = { ...sample, campus: { ...sample.campus, zone }, deadline: { ...sample.deadline, on } }
    expect(accessEndsAt(elsewhere, 'blue')?.toString()).toBe(at)
  })
})

describe('what is promised at an activation', () => {
  it.each([
    ['2023-10-16T11:00', '2023-10-16T15:00', '2023-10-16T16:00'], // the notice's example
    ['2023-10-16T00:59:59.999', '2023-10-16T01:00', '2023-10-16T02:00'],
    ['2023-10-16T14:59:59.999', '2023-10-16T15:00', '2023-10-16T16:00'],
    ['2023-10-16T15:00:00.000', '2023-10-17T01:00', '2023-10-17T02:00'],
    ['2023-10-16T15:20', '2023-10-17T01:00', '2023-10-17T02:00'],
    ['2023-10-16T23:30', '2023-10-17T01:00', '2023-10-17T02:00'],
    ['2024-02-29T14:59:59.999', '2024-02-29T15:00', '2024-02-29T16:00'],
  ])('at %s: the old card until %s, the new from %s', (moment, until, from) => {
    const answer = promised(moment)
    expect(answer.kind).toBe('window')
    expect(clock(answer.oldCertainlyUntil)).toBe(until)
    expect(clock(answer.newCertainlyFrom)).toBe(from)
    expect(answer.carryBothUntil).toEqual(answer.newCertainlyFrom)
    expect(answer.carriedBy).toEqual(answer.window.startsAt)
    expect(answer.decidedAt).toEqual(local(moment))
  })

  it.each([
    ['2024-02-29T15:00', '2024-02-29T15:15'],
    ['2024-02-29T20:00', '2024-02-29T20:15'],
    ['2024-02-29T23:59:59', '2024-03-01T00:14'],
  ])('on the last evening, at %s, the new card goes at once and is there by %s', (moment, from) => {
    const answer = promised(moment)
    expect(answer.kind).toBe('at-once')
    expect(answer.carriedBy).toEqual(local(moment))
    expect(clock(answer.oldCarriedBy)).toBe('2024-03-01T01:00')
    expect(clock(answer.oldCertainlyUntil)).toBe('2024-03-01T00:00')
    expect(clock(answer.newCertainlyFrom)).toBe(from)
  })

  it.each([
    ['after the deadline', '2024-03-01T00:00', deadline],
    ['without an old card', '2024-02-29T20:00', null],
  ])('%s the window is waited for: nothing is taken away by it', (_, moment, oldAccessEndsAt) => {
    const answer = promised(moment, oldAccessEndsAt)
    expect(answer.kind).toBe('window')
    expect(clock(answer.carriedBy)).toBe('2024-03-01T01:00')
    expect(clock(answer.newCertainlyFrom)).toBe('2024-03-01T02:00')
    expect([answer.oldCertainlyUntil, answer.carryBothUntil]).toEqual([null, null])
  })

  it.each([
    ['exactly when the window has ended: the window does', '2023-10-16T16:00', 'window', '2023-10-16T15:00'],
    ['a moment before that: at once', '2023-10-16T15:59:59', 'at-once', '2023-10-16T15:00'],
    ['before the window starts: at once', '2023-10-16T14:00', 'at-once', '2023-10-16T14:00'],
  ])('an old card that ends %s', (_, ends, kind, until) => {
    const answer = promised('2023-10-16T11:00', local(ends))
    expect(answer.kind).toBe(kind)
    expect(clock(answer.oldCertainlyUntil)).toBe(until)
  })

  it('counts the skipped hour of the last night in New York', () => {
    const zone = 'America/New_York'
    const answer = carry({
      timetable: sample.timetable,
      zone,
      moment: local('2025-03-09T01:59:59', zone),
      oldAccessEndsAt: accessEndsAt(sample, 'blue'),
    })
    expect(answer.kind).toBe('window')
    expect(clock(answer.oldCertainlyUntil, zone)).toBe('2025-03-09T03:30')
    expect(clock(answer.newCertainlyFrom, zone)).toBe('2025-03-09T04:15')
  })
})

describe('at any moment, with any end of the old card', () => {
  it('nobody whose old card opens doors is left with neither card, but for the time a card needs to reach the doors', () => {
    const start = local('2024-02-25T00:00').epochMilliseconds
    const seconds = fc.integer({ min: 0, max: 7 * 86_400 })
    fc.assert(
      fc.property(seconds, seconds, (activated, ends) => {
        const moment = Temporal.Instant.fromEpochMilliseconds(start + activated * 1000)
        const oldAccessEndsAt = Temporal.Instant.fromEpochMilliseconds(start + ends * 1000)
        const answer = carry({ timetable: ntnu.timetable, zone: 'Asia/Taipei', moment, oldAccessEndsAt })
        const latest = Temporal.Instant.compare(answer.newCertainlyFrom, answer.window.endsBy)
        expect(latest).toBeLessThan(1)
        if (answer.oldCertainlyUntil === null) {
          expect(Temporal.Instant.compare(oldAccessEndsAt, moment)).toBeLessThan(1)
        } else if (answer.kind === 'window') {
          expect(Temporal.Instant.compare(oldAccessEndsAt, answer.window.endsBy)).toBeGreaterThan(-1)
        } else {
          expect(answer.carriedBy).toEqual(moment)
          expect(moment.until(answer.newCertainlyFrom).total('minutes')).toBeLessThanOrEqual(15)
        }
      }),
    )
  })
})

it('a card that was taken in for the new one leaves its holder with none: the new one goes at once', () => {
  const moment = Temporal.PlainDateTime.from('2023-10-18T11:00').toZonedDateTime('Asia/Taipei').toInstant()
  const windows = [{ at: '15:00', usuallyMinutes: 30, atMostMinutes: 60 }]
  const timetable = { days: 'every-day' as const, windows, atOnceWithinMinutes: 15 }
  const promised = carry({ timetable, zone: 'Asia/Taipei', moment, oldAccessEndsAt: null, handedIn: true })
  expect(promised).toMatchObject({ kind: 'at-once', oldCertainlyUntil: null, carryBothUntil: null })
  expect(promised.newCertainlyFrom.equals(moment.add({ minutes: 15 }))).toBe(true)
})
