import { describe, expect, it } from 'vitest'
import { piecesOf, pointerOf } from './notice.ts'
import { sayHours } from './say-hours.ts'
import type { Counter, Programme } from './shape.ts'

const programme = {
  invented: ['/deadline/moment'],
  fees: [
    { id: 'reissue-earlier', for: 'reissue' },
    { id: 'reissue-now', for: 'reissue' },
  ],
  doesNotMove: [{ id: 'commuter-pass' }],
} as unknown as Programme

describe('where a printed value comes from', () => {
  it.each([
    ['deadline', '/deadline/on'],
    ['deadline.time', '/deadline/moment'],
    ['deadline.lastDay', '/deadline/on'],
    ['cohort.freshmen-2023', '/cohorts/freshmen-2023/name'],
    ['cohort.freshmen-2023.missedAt', '/cohorts/freshmen-2023/outcome/missed'],
    ['cohort.on-leave-fall-2023.from', '/cohorts/on-leave-fall-2023/outcome/from'],
    ['windows', '/timetable/windows'],
    ['windows.atMostMinutes', '/timetable/windows'],
    ['example.window', '/timetable/windows'],
    ['counter.registry', '/counters/registry'],
    ['fee.reissue', '/fees/reissue-now/amount'],
    ['commuter-pass.perDay', '/doesNotMove/commuter-pass/refund/perDay'],
    ['pickup.whenNeither', '/pickup/whenNeither'],
    ['appProof.lifetimeSeconds', '/appProof/lifetimeSeconds'],
    ['phone.security', '/contacts/security/phones'],
  ])('%s from %s', (name, pointer) => {
    expect(pointerOf(programme, name)).toBe(pointer)
  })
})

describe('a sentence in pieces', () => {
  it('marks the value that nobody has confirmed, and no other', () => {
    const pieces = piecesOf(programme, 'At {deadline.time} on {deadline}.', {
      'deadline.time': '00:00',
      deadline: '1 March',
    })
    expect(pieces).toEqual([
      { text: 'At ' },
      { text: '00:00', exact: true, unconfirmed: true },
      { text: ' on ' },
      { text: '1 March', exact: true },
      { text: '.' },
    ])
  })

  it('is never printed with a hole', () => {
    expect(() => piecesOf(programme, 'At {nowhere}.', {})).toThrow('nowhere')
  })
})

describe('opening hours, said', () => {
  const hours = (...spans: [string, string, string][]): Counter['hours'] =>
    spans.map(([days, from, until]) => ({
      days: days.split(' ') as Counter['hours'][number]['days'],
      from,
      until,
    }))
  it.each([
    {
      hours: hours(['mon tue wed thu fri', '08:30', '12:00'], ['mon tue wed thu fri', '13:30', '17:00']),
      en: ['Mon–Fri 08:30–12:00, 13:30–17:00'],
      zh: ['週一至週五 08:30–12:00、13:30–17:00'],
    },
    {
      hours: hours(['mon wed fri', '09:00', '12:00']),
      en: ['Mon, Wed, Fri 09:00–12:00'],
      zh: ['週一、週三、週五 09:00–12:00'],
    },
    {
      hours: hours(['sat sun', '09:00', '12:00'], ['mon tue wed', '09:00', '17:00']),
      en: ['Mon–Wed 09:00–17:00', 'Sat, Sun 09:00–12:00'],
      zh: ['週一至週三 09:00–17:00', '週六、週日 09:00–12:00'],
    },
  ])('$en', ({ hours: given, en, zh }) => {
    const lines = (language: 'en' | 'zh-TW') =>
      sayHours(given, language).map(({ days, times }) => `${days} ${times}`)
    expect(lines('en')).toEqual(en)
    expect(lines('zh-TW')).toEqual(zh)
  })
})
