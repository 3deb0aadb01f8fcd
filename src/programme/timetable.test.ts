import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Timetable } from './shape.ts'
import { nextWindow, type Window, windowAtOrBefore, windowOf, windowsBetween } from './timetable.ts'

const timetableAt = (...times: string[]): Timetable => ({
  days: 'every-day',
  windows: times.map(at => ({ at, usuallyMinutes: 30, atMostMinutes: 60 })),
  atOnceWithinMinutes: 15,
})
/** The notice's own order: 10:00, 15:00, 01:00. */
const ntnu = timetableAt('10:00', '15:00', '01:00')
const taipei = 'Asia/Taipei'
const local = (text: string, zone = taipei) => Temporal.ZonedDateTime.from(`${text}[${zone}]`).toInstant()
const keyOf = (window: Window) => `${window.on.toString()} ${window.at.toString()}`
const said = (window: Window, zone = taipei) =>
  window.startsAt.toZonedDateTimeISO(zone).toString({ timeZoneName: 'never', smallestUnit: 'minute' })

describe('the next window', () => {
  it.each([
    ['2023-10-16T00:59:59.999', '2023-10-16T01:00+08:00'],
    ['2023-10-16T01:00', '2023-10-16T10:00+08:00'],
    ['2023-10-16T01:00:30', '2023-10-16T10:00+08:00'],
    ['2023-10-16T11:00', '2023-10-16T15:00+08:00'],
    ['2023-10-16T14:59:59.999999999', '2023-10-16T15:00+08:00'],
    ['2023-10-16T15:00', '2023-10-17T01:00+08:00'],
    ['2023-10-16T15:20', '2023-10-17T01:00+08:00'],
    ['2023-10-16T23:30', '2023-10-17T01:00+08:00'],
    ['2023-12-31T23:59:59', '2024-01-01T01:00+08:00'],
  ])('after %s starts at %s', (moment, starts) => {
    expect(said(nextWindow(ntnu, taipei, local(moment)))).toBe(starts)
  })

  it('usually ends after its usual time and is promised to end by its longest', () => {
    const window = nextWindow(ntnu, taipei, local('2023-10-16T11:00'))
    expect(window.usuallyEndsAt).toEqual(local('2023-10-16T15:30'))
    expect(window.endsBy).toEqual(local('2023-10-16T16:00'))
    expect(keyOf(window)).toBe('2023-10-16 15:00:00')
  })

  it('is none in an empty timetable, which no programme may have', () => {
    expect(() => nextWindow(timetableAt(), taipei, local('2023-10-16T11:00'))).toThrow(RangeError)
  })
})

describe('the latest window that has started', () => {
  it.each([
    ['2023-10-16T00:59:59.999', '2023-10-15T15:00+08:00'],
    ['2023-10-16T01:00', '2023-10-16T01:00+08:00'],
    ['2023-10-16T15:20', '2023-10-16T15:00+08:00'],
  ])('at %s started at %s', (moment, started) => {
    expect(said(windowAtOrBefore(ntnu, taipei, local(moment)))).toBe(started)
  })
})

describe('the windows of a span', () => {
  it('include one that starts at its beginning and leave out one that starts at its end', () => {
    const windows = windowsBetween(ntnu, taipei, local('2023-10-16T10:00'), local('2023-10-17T10:00'))
    expect(windows.map(window => said(window).slice(5, 16))).toEqual([
      '10-16T10:00',
      '10-16T15:00',
      '10-17T01:00',
    ])
  })

  it('are none in an empty span', () => {
    expect(windowsBetween(ntnu, taipei, local('2023-10-16T10:00'), local('2023-10-16T10:00'))).toEqual([])
  })

  it('are refused over more than ten years', () => {
    expect(() => windowsBetween(ntnu, taipei, local('2000-01-01T00:00'), local('2024-01-01T00:00'))).toThrow(
      RangeError,
    )
  })
})

describe('summer time', () => {
  it.each([
    ['New York, the skipped hour', 'America/New_York', '2025-03-09', '02:30', '2025-03-09T03:30-04:00'],
    ['New York, the doubled hour', 'America/New_York', '2025-11-02', '01:30', '2025-11-02T01:30-04:00'],
    ['Lisbon, the skipped hour', 'Europe/Lisbon', '2024-03-31', '01:15', '2024-03-31T02:15+01:00'],
    ['Lisbon, the doubled hour', 'Europe/Lisbon', '2024-10-27', '01:15', '2024-10-27T01:15+01:00'],
    [
      'Lord Howe, the skipped half hour',
      'Australia/Lord_Howe',
      '2024-10-06',
      '02:15',
      '2024-10-06T02:45+11:00',
    ],
    [
      'Lord Howe, the doubled half hour',
      'Australia/Lord_Howe',
      '2024-04-07',
      '01:45',
      '2024-04-07T01:45+11:00',
    ],
    ['Taipei, an ordinary night', taipei, '2024-03-31', '02:30', '2024-03-31T02:30+08:00'],
  ])('%s', (_, zone, on, at, starts) => {
    const window = windowOf(timetableAt(at), zone, Temporal.PlainDate.from(on), Temporal.PlainTime.from(at))
    expect(window && said(window, zone)).toBe(starts)
  })

  it('runs a window of the doubled hour once', () => {
    const zone = 'America/New_York'
    const first = local('2025-11-02T01:30-04:00', zone)
    expect(said(nextWindow(timetableAt('01:30'), zone, first), zone)).toBe('2025-11-03T01:30-05:00')
  })

  it('knows no window at a time that the timetable does not have', () => {
    expect(
      windowOf(ntnu, taipei, Temporal.PlainDate.from('2023-10-16'), Temporal.PlainTime.from('12:00')),
    ).toBe(null)
  })
})

describe('in any zone, at any moment', () => {
  const zones = fc.constantFrom(taipei, 'America/New_York', 'Europe/Lisbon', 'Australia/Lord_Howe')
  /** Two hours apart, as no clock change moves windows into each other then. */
  const timetables = fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { minLength: 1 }),
      fc.integer({ min: 0, max: 119 }),
    )
    .map(([slots, shift]) =>
      timetableAt(
        ...slots.map(slot =>
          Temporal.PlainTime.from('00:00')
            .add({ minutes: slot * 120 + shift })
            .toString({ smallestUnit: 'minute' }),
        ),
      ),
    )
  const moments = fc
    .integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2026, 0, 1) })
    .map(ms => Temporal.Instant.fromEpochMilliseconds(ms))
  const changes = fc
    .constantFrom(
      '2025-03-09T07:00Z',
      '2025-11-02T06:00Z',
      '2024-03-31T01:00Z',
      '2024-10-05T15:30Z',
      '2024-04-06T15:00Z',
    )
    .chain(text =>
      fc.integer({ min: -18_000, max: 18_000 }).map(seconds => Temporal.Instant.from(text).add({ seconds })),
    )

  it('the next window is later, and none lies between', () => {
    fc.assert(
      fc.property(zones, timetables, fc.oneof(moments, changes), (zone, timetable, moment) => {
        const next = nextWindow(timetable, zone, moment)
        expect(Temporal.Instant.compare(next.startsAt, moment)).toBe(1)
        expect(windowsBetween(timetable, zone, moment.add({ nanoseconds: 1 }), next.startsAt)).toEqual([])
        expect(windowOf(timetable, zone, next.on, next.at)).toEqual(next)
        const before = windowAtOrBefore(timetable, zone, moment)
        expect(Temporal.Instant.compare(before.startsAt, moment)).toBeLessThan(1)
        expect(nextWindow(timetable, zone, before.startsAt)).toEqual(next)
      }),
    )
  })

  it('windows ascend strictly, and each local date has each of them once', () => {
    fc.assert(
      fc.property(zones, timetables, fc.oneof(moments, changes), (zone, timetable, moment) => {
        const first = moment.toZonedDateTimeISO(zone).toPlainDate().subtract({ days: 2 })
        const from = first.toZonedDateTime(zone).toInstant()
        const to = first.add({ days: 5 }).toZonedDateTime(zone).toInstant()
        const windows = windowsBetween(timetable, zone, from, to)
        for (const [index, window] of windows.slice(1).entries())
          expect(Temporal.Instant.compare(window.startsAt, windows[index]!.startsAt)).toBe(1)
        const keys = new Set(windows.map(window => keyOf(window)))
        expect(keys.size).toBe(windows.length)
        expect(windows.length).toBe(5 * timetable.windows.length)
      }),
    )
  })
})
