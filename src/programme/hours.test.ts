import { describe, expect, it } from 'vitest'
import { nextOpening, openingAt, opensOn } from './hours.ts'
import type { Counter } from './shape.ts'

const holiday = { 'zh-TW': '國慶日連假', en: 'National Day holiday' }
const counter: Counter = {
  id: 'registry',
  name: { 'zh-TW': '註冊組', en: 'Registration Division' },
  place: { 'zh-TW': '行政大樓', en: 'Administration Building' },
  site: 'heping',
  hours: [
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '13:30', until: '17:00' },
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', until: '12:00' },
    { days: ['wed'], from: '12:00', until: '13:30' },
  ],
  closures: [{ from: '2023-10-09', until: '2023-10-11', why: holiday }],
  phones: [],
}
const taipei = 'Asia/Taipei'
const local = (text: string, zone = taipei) => Temporal.ZonedDateTime.from(`${text}[${zone}]`).toInstant()

describe('a counter', () => {
  it.each([
    ['Monday morning', '2023-10-16T09:00', '2023-10-16T12:00'],
    ['a moment before its lunch break', '2023-10-16T11:59:59.999', '2023-10-16T12:00'],
    ['Wednesday, through lunch', '2023-10-18T11:00', '2023-10-18T17:00'],
  ])('is open on %s', (_, moment, until) => {
    expect(openingAt(counter, taipei, local(moment))).toEqual({ open: true, until: local(until) })
  })

  it.each([
    ['before it opens', '2023-10-16T08:59:59.999', '2023-10-16T09:00', null],
    ['at its closing minute', '2023-10-16T12:00', '2023-10-16T13:30', null],
    ['on Friday evening, until Monday', '2023-10-20T17:00', '2023-10-23T09:00', null],
    ['on a closure, until the day after it', '2023-10-09T10:00', '2023-10-11T09:00', holiday],
    ['on the eve of a closure', '2023-10-06T18:00', '2023-10-11T09:00', null],
  ])('is closed %s', (_, moment, opensAt, because) => {
    expect(openingAt(counter, taipei, local(moment))).toEqual({
      open: false,
      because,
      opensAt: local(opensAt),
    })
  })

  it('is open by the campus clock, wherever the reader is', () => {
    // 09:30 in New York is 21:30 in Taipei.
    expect(openingAt(counter, taipei, local('2023-10-16T09:30', 'America/New_York')).open).toBe(false)
    expect(openingAt(counter, 'America/New_York', local('2023-10-16T09:30', 'America/New_York')).open).toBe(
      true,
    )
  })

  it('that is closed for good has no next opening', () => {
    const shut = { ...counter, closures: [{ from: '2023-01-01', until: '2030-01-01', why: holiday }] }
    expect(nextOpening(shut, taipei, local('2023-10-16T09:00'))).toBe(null)
    expect(opensOn(shut, taipei, Temporal.PlainDate.from('2023-10-16'))).toEqual([])
  })
})
