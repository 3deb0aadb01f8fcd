import { describe, expect, it } from 'vitest'
import { forecast, isDueACard, ranked } from './rules.ts'

const on = (day: string) => Temporal.PlainDate.from(day)
const dates = { startsOn: on('2023-10-11'), deadlineOn: on('2024-03-01') }

describe('whether the deadline is met', () => {
  it.each([
    ['nobody is due a card', { eligible: 0, activated: 0, recent: 0 }, '2023-11-01', null],
    [
      'at ten a day',
      { eligible: 1000, activated: 140, recent: 140 },
      '2024-02-20',
      { percent: 24, left: 760, daysLeft: 10 },
    ],
    [
      'everybody in time',
      { eligible: 100, activated: 90, recent: 70 },
      '2024-02-20',
      { percent: 100, left: 0 },
    ],
    [
      'never 100 % while one is left',
      { eligible: 1000, activated: 999, recent: 0 },
      '2024-02-20',
      { percent: 99, left: 1 },
    ],
    [
      'on the deadline nothing more comes',
      { eligible: 10, activated: 5, recent: 5 },
      '2024-03-01',
      { percent: 50, left: 5, daysLeft: 0 },
    ],
    ['a week after it', { eligible: 10, activated: 5, recent: 5 }, '2024-03-08', { daysLeft: 0 }],
    [
      'in its first days by the days there were',
      { eligible: 1000, activated: 20, recent: 20 },
      '2023-10-12',
      { days: 2, percent: 100 },
    ],
  ])('%s', (_, counts, today, expected) => {
    const said = forecast(counts, { ...dates, today: on(today) })
    if (expected === null) expect(said).toBeNull()
    else expect(said).toMatchObject(expected)
  })
})

it('counts as due a card whom the desk gives it, has given it, or tells what is missing', () => {
  const { deadlineOn } = dates
  const errand = { cohort: 'all', where: [], from: on('2023-10-11'), bring: [], whenNeither: [] }
  const refused = (
    refusal: 'already-collected' | 'card-not-ordered' | 'graduated' | 'wait-until',
    from = errand.from,
  ) => isDueACard({ ok: false, refusal, facts: {}, errand: { ...errand, from } }, deadlineOn)
  expect(isDueACard({ ok: true, edition: 'new', ...errand }, deadlineOn)).toBe(true)
  expect(refused('already-collected')).toBe(true)
  expect(refused('card-not-ordered')).toBe(true)
  expect(refused('graduated')).toBe(false)
  expect(refused('wait-until', on('2024-02-29'))).toBe(true)
  expect(refused('wait-until', deadlineOn)).toBe(false)
})

it('ranks by people, then by who waits longest, and leaves out what concerns nobody', () => {
  const since = (day: string) => Temporal.Instant.from(`${day}T00:00Z`)
  const all = [
    { kind: 'no-card', people: 0, since: null },
    { kind: 'refund-late', people: 3, since: since('2023-11-02') },
    { kind: 'paused-long', people: 3, since: since('2023-11-01') },
    { kind: 'doors-waiting', people: 9, since: null },
  ] as const
  expect(ranked(all).map(({ kind }) => kind)).toEqual(['doors-waiting', 'paused-long', 'refund-late'])
})
