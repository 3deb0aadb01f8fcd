import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readProgramme } from '../programme/read.ts'
import type { Programme } from '../programme/shape.ts'
import { type CalendarFacts, occasionsOf } from './calendar-rules.ts'
import { dueNow, mayWriteNow } from './occasions.ts'

function programmeOf(name: string): Programme {
  const read = readProgramme(readFileSync(join(import.meta.dirname, `../../programmes/${name}.yaml`), 'utf8'))
  if (!read.ok) throw new Error(`${name} is refused`)
  return read.programme
}
const ntnu = programmeOf('ntnu-2023')
const harbour = programmeOf('sample-dst')
const wall = (programme: Programme, local: string): Temporal.Instant =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(programme.campus.zone).toInstant()
const longAgo = Temporal.Instant.from('2020-01-01T00:00Z')
const due = (programme: Programme, local: string, since = longAgo) =>
  dueNow(programme, since, wall(programme, local))
const withDeadline = (on: string, days: number[]): Programme => ({
  ...ntnu,
  deadline: { ...ntnu.deadline, on },
  remindDaysBefore: days,
})

describe('what is due', () => {
  it.each([
    ['thirty days before the first of March of a leap year', ntnu, '2024-01-31T09:00', '2024-03-01: 30'],
    ['a minute before the hour', ntnu, '2024-01-31T08:59', null],
    ['the day before that', ntnu, '2024-01-30T17:00', null],
    ['the day after, when Gatehouse was off', ntnu, '2024-02-01T09:00', '2024-03-01: 30'],
    ['two days after', ntnu, '2024-02-02T09:00', null],
    ['the last day of February', ntnu, '2024-02-29T17:59', '2024-03-01: 1'],
    ['the deadline itself', ntnu, '2024-03-01T09:00', null],
    ['a month end of a common year', withDeadline('2023-03-31', [31]), '2023-02-28T12:00', '2023-03-31: 31'],
    ['over the turn of a year', withDeadline('2024-01-01', [1]), '2023-12-31T12:00', '2024-01-01: 1'],
    ['the day on which summer time begins', harbour, '2025-03-09T10:30', '2025-03-10: 2'],
    ['two before it, at the hour', harbour, '2025-03-08T10:30', '2025-03-10: 2'],
    ['and not an hour too soon', harbour, '2025-03-08T10:29', null],
    ['of two, the later one', withDeadline('2024-03-01', [3, 2]), '2024-02-28T12:00', '2024-03-01: 2'],
  ] satisfies [string, Programme, string, string | null][])('%s', (_, programme, local, expected) => {
    expect(due(programme, local)?.deadline ?? null).toBe(expected && `deadline ${expected}`)
  })

  it('is, of every reminder, nothing before its day, and is told on two days at most', () => {
    for (const programme of [ntnu, harbour, withDeadline('2024-02-29', [1, 2, 3, 40, 365])]) {
      const ends = Temporal.PlainDate.from(programme.deadline.on)
      const days = new Map<string, string[]>()
      for (let back = 400; back >= -2; back -= 1) {
        const on = ends.subtract({ days: back })
        for (const hour of ['00:30', '02:30', '08:00', '12:00', '17:30', '23:30']) {
          const found = due(programme, `${on.toString()}T${hour}`)?.deadline
          if (found === undefined || found === null) continue
          const planned = ends.subtract({ days: Number(found.split(': ')[1]) })
          const late = planned.until(on, { largestUnit: 'days' }).days
          expect([0, 1]).toContain(late)
          expect(mayWriteNow(programme, wall(programme, `${on.toString()}T${hour}`))).toBe(true)
          days.set(found, [...new Set([...(days.get(found) ?? []), on.toString()])])
        }
      }
      expect([...days.keys()]).toHaveLength(programme.remindDaysBefore.length)
    }
  })

  it('is nothing whose hour came before Gatehouse kept the calendar', () => {
    const since = (local: string) => wall(ntnu, local)
    expect(due(ntnu, '2024-01-31T09:00', since('2024-01-31T09:00'))!.deadline).not.toBeNull()
    expect(due(ntnu, '2024-01-31T09:01', since('2024-01-31T09:01'))!.deadline).toBeNull()
    expect(due(ntnu, '2023-10-18T12:00', since('2023-10-18T10:40'))!.announcement).toBeNull()
    expect(due(harbour, '2024-08-26T10:30')!.announcement).toBe('programme sample-dst')
    expect(due(harbour, '2024-08-25T10:30')!.announcement).toBeNull()
    expect(due(harbour, '2025-03-10T10:30')!.announcement).toBeNull()
  })

  it('is the student fare, so many days before it ends', () => {
    expect(due(ntnu, '2024-09-30T12:00')!.fare).toBeNull()
    expect(due(ntnu, '2024-10-01T12:00')!.fare).toEqual({ occasion: 'student fare 2024', year: 2024 })
    expect(due(harbour, '2025-08-01T12:00')!.fare?.year).toBe(2025)
    const january = { ...ntnu, studentFare: { ...ntnu.studentFare, endsMonth: 1, endsDay: 15 } }
    expect(due(january, '2024-12-16T12:00')!.fare?.year).toBe(2025)
    const february = { ...ntnu, studentFare: { ...ntnu.studentFare, endsMonth: 2, endsDay: 31 } }
    expect(due(february, '2025-01-29T12:00')!.fare?.year).toBe(2025)
  })
})

const errand = {
  cohort: 'c',
  where: [],
  from: Temporal.PlainDate.from('2023-09-11'),
  bring: [],
  whenNeither: [],
}
const may = { ok: true as const, edition: '4k-centenary', ...errand }
const mayNot = (refusal: Extract<CalendarFacts['decision'], { ok: false }>['refusal']) => ({
  ok: false as const,
  refusal,
  facts: {},
  errand,
})
const somebody: CalendarFacts = {
  status: 'enrolled',
  statusAtDeadline: null,
  decision: may,
  onceStarted: may,
  isReissued: false,
  waiting: { cardId: 7, isNew: true },
  losesAccess: true,
  collected: false,
  fareYear: null,
  told: new Set(),
}
const all = {
  today: Temporal.PlainDate.from('2024-02-16'),
  announcement: 'programme p',
  deadline: 'deadline d: 14',
  fare: { occasion: 'student fare 2024', year: 2024 },
}
const announced = new Set(['announcement programme p', 'card-at-desk card 7'])

describe('of what one person is told', () => {
  it.each<[string, Partial<CalendarFacts>, string[]]>([
    ['who hears for the first time: all in one', {}, ['announcement', 'card-at-desk without']],
    ['who was announced to and has not collected', { told: announced }, ['deadline']],
    ['who knows everything', { told: new Set([...announced, 'deadline deadline d: 14']) }, []],
    [
      'whose card has just come',
      { told: new Set(['announcement programme p']), losesAccess: false },
      ['card-at-desk'],
    ],
    [
      'whose card was there before',
      {
        told: new Set(['announcement programme p']),
        losesAccess: false,
        waiting: { cardId: 7, isNew: false },
      },
      [],
    ],
    [
      'whose card is issued anew: that room tells',
      { isReissued: true, told: announced, losesAccess: false },
      [],
    ],
    ['who has graduated', { status: 'graduated', decision: mayNot('graduated') }, []],
    [
      'who is on leave until after the deadline',
      {
        status: 'on-leave',
        decision: mayNot('wait-until'),
        onceStarted: mayNot('wait-until'),
        told: announced,
      },
      [],
    ],
    ['who will have left by then', { statusAtDeadline: 'graduated', told: announced }, []],
    ['whose old card is lost, or who never had one', { losesAccess: false, told: announced }, []],
    [
      'who has collected and not activated',
      {
        collected: true,
        waiting: null,
        decision: mayNot('already-collected'),
        onceStarted: mayNot('already-collected'),
      },
      ['deadline'],
    ],
    [
      'whose card the office has not made',
      {
        decision: mayNot('card-not-ordered'),
        onceStarted: mayNot('card-not-ordered'),
        waiting: null,
        told: announced,
      },
      ['deadline'],
    ],
    [
      'whose student fare ends this year',
      { fareYear: 2024, told: announced, losesAccess: false },
      ['student-fare'],
    ],
    ['whose student fare ends later', { fareYear: 2025, told: announced, losesAccess: false }, []],
  ])('%s', (_, facts, expected) => {
    const told = occasionsOf({ ...somebody, ...facts }, all, 'concerned')
    expect(told.map(({ kind, without }) => (without ? `${kind} without` : kind))).toEqual(expected)
  })

  it('is also that the change asks nothing of them, where the programme tells everybody', () => {
    const has = mayNot('has-card-already')
    const facts = { ...somebody, decision: has, onceStarted: has, waiting: null, losesAccess: false }
    expect(occasionsOf(facts, all, 'concerned')).toEqual([])
    expect(occasionsOf(facts, all, 'everybody').map(({ kind }) => kind)).toEqual(['announcement'])
  })
})
