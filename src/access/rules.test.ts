import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AccessGroup,
  type AccessPerson,
  type Carried,
  changedRows,
  isAbsent,
  noDoors,
  type WantedRecord,
  type WantedRow,
  wantedOf,
} from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const at = (text: string) => Temporal.Instant.from(`2023-10-18T${text}+08:00`)
const from = day('2021-09-01')
const to = day('2024-02-29')

const place = (controllerId: number, door: number, numberFormat = 'w34') => ({
  controllerId,
  door,
  numberFormat,
})
const groups: AccessGroup[] = [
  { id: 'gates', members: 'campus', key: null, doors: [place(1, 1), place(1, 2)] },
  { id: 'science', members: 'faculty', key: 'science', doors: [place(2, 1)] },
  { id: 'arts', members: 'faculty', key: 'arts', doors: [place(2, 3)] },
  { id: 'hall-7', members: 'hall', key: 'hall-7', doors: [place(3, 4, 'w26')] },
]
const numbers = new Map([
  ['w34', 4_000_000_007],
  ['w26', 1_234_567],
])
const card = { cardId: 7, numbers, from, to }
const student: AccessPerson = {
  personId: 1,
  mayEnter: true,
  faculty: 'science',
  hall: null,
  cards: [card],
  grants: [],
}
const other = { cardId: 8, numbers: new Map([['w34', 8]]), from, to }

/** "controller/number doors", one a record. */
const brief = (person: AccessPerson) =>
  wantedOf(person, groups).map(
    ({ controllerId, number, doors }) => `${controllerId}/${number} ${doors.join('')}`,
  )

describe('what the controllers should hold for a person', () => {
  it.each<[string, Partial<AccessPerson>, string[]]>([
    [
      'everybody enrolled opens the gates, and the own faculty',
      {},
      ['1/4000000007 1100', '2/4000000007 1000'],
    ],
    ['another faculty opens another door', { faculty: 'arts' }, ['1/4000000007 1100', '2/4000000007 0010']],
    ['without a faculty, the gates alone', { faculty: null }, ['1/4000000007 1100']],
    [
      'a hall opens its door, by the number as that controller’s readers send it',
      { hall: 'hall-7', faculty: null },
      ['1/4000000007 1100', '3/1234567 0001'],
    ],
    ['another hall opens nothing of it', { hall: 'hall-8', faculty: null }, ['1/4000000007 1100']],
    ['who is not enrolled opens nothing', { mayEnter: false }, []],
    [
      'who is not enrolled opens nothing, not even by a grant',
      { mayEnter: false, grants: [{ cardId: 7, grantId: 12, ...place(4, 1) }] },
      [],
    ],
    ['without a card there is nothing to hold', { cards: [] }, []],
    [
      'a grant opens one more door of a controller that opens already',
      { grants: [{ cardId: 7, grantId: 12, ...place(1, 4) }] },
      ['1/4000000007 1101', '2/4000000007 1000'],
    ],
    [
      'a grant opens a controller of its own',
      { grants: [{ cardId: 7, grantId: 12, ...place(9, 2) }] },
      ['1/4000000007 1100', '2/4000000007 1000', '9/4000000007 0100'],
    ],
    [
      'a grant hangs on its card and does not follow to the next one',
      { grants: [{ cardId: 6, grantId: 12, ...place(9, 2) }] },
      ['1/4000000007 1100', '2/4000000007 1000'],
    ],
    [
      'of two cards with access each is held, and the grant of one is not the other’s',
      { cards: [card, other], faculty: null, grants: [{ cardId: 8, grantId: 12, ...place(1, 3) }] },
      ['1/4000000007 1100', '1/8 1110'],
    ],
    [
      'a card that has no number in a controller’s format is not held there',
      { cards: [other], faculty: null, hall: 'hall-7' },
      ['1/8 1100'],
    ],
  ])('%s', (_, change, expected) => {
    expect(brief({ ...student, ...change })).toEqual(expected)
  })

  it('sends each card’s own last day ahead', () => {
    const [record] = wantedOf(student, groups)
    expect(record).toMatchObject({ personId: 1, cardId: 7, from, to })
  })

  it('says what opens which door', () => {
    const [record] = wantedOf({ ...student, grants: [{ cardId: 7, grantId: 12, ...place(1, 4) }] }, groups)
    expect(record!.because).toEqual(['group:gates 12', 'grant:12 4'])
  })
})

const carried: Carried = { now: at('11:00'), window: at('15:00'), putsAtOnce: false, urgentCards: [] }
const [gates] = wantedOf({ ...student, faculty: null }, groups)
const held: WantedRow = { ...gates!, carriedBy: at('10:00'), atOnce: false, urgent: false }
const gone: WantedRow = { ...held, doors: noDoors }
const lost: Partial<Carried> = { urgentCards: [7] }

describe('the rows that a change writes', () => {
  const window = { carriedBy: at('15:00'), atOnce: false, urgent: false }
  const now = { carriedBy: at('11:00'), atOnce: true, urgent: false }
  const wanted = [gates!]
  it.each<[string, typeof wanted, WantedRow[], Partial<Carried>, Partial<WantedRow>[]]>([
    ['nothing where nothing differs', wanted, [held], {}, []],
    ['a new card waits for the window', wanted, [], {}, [{ doors: [1, 1, 0, 0], ...window }]],
    [
      'a card that was off comes back with the window',
      wanted,
      [gone],
      {},
      [{ doors: [1, 1, 0, 0], ...window }],
    ],
    [
      'other doors wait for the window',
      wanted,
      [{ ...held, doors: [1, 0, 0, 0] }],
      {},
      [{ ...gates!, ...window }],
    ],
    [
      'an earlier last day waits for the window',
      wanted,
      [{ ...held, to: day('2025-01-01') }],
      {},
      [{ to, ...window }],
    ],
    [
      'a card no longer wanted becomes absent with the window, because of nothing',
      [],
      [held],
      {},
      [{ doors: noDoors, because: [], ...window }],
    ],
    ['what is absent already is not written again', [], [gone], {}, []],
    ['days do not count for what is absent', [], [{ ...gone, to: day('2025-01-01') }], {}, []],
    [
      'the last night puts a new card at once',
      wanted,
      [],
      { putsAtOnce: true },
      [{ doors: [1, 1, 0, 0], ...now }],
    ],
    [
      'the last night does not hurry other doors of a card that is there',
      wanted,
      [{ ...held, doors: [1, 0, 0, 0] }],
      { putsAtOnce: true },
      [window],
    ],
    [
      'the last night never hurries a removal',
      [],
      [held],
      { putsAtOnce: true },
      [{ doors: noDoors, ...window }],
    ],
    ['a lost card goes at once', [], [held], lost, [{ doors: noDoors, ...now, urgent: true }]],
    [
      'a lost card goes at once though its removal was planned for the window',
      [],
      [{ ...gone, ...window }],
      lost,
      [{ doors: noDoors, ...now, urgent: true }],
    ],
    [
      'a lost card that is being removed at once is not written again',
      [],
      [{ ...gone, ...now, urgent: true }],
      lost,
      [],
    ],
    ['another card of the person is not hurried by the loss', [], [held], { urgentCards: [8] }, [window]],
  ])('%s', (_, next, newest, change, expected) => {
    const rows = changedRows(next, newest, { ...carried, ...change })
    expect(rows).toHaveLength(expected.length)
    rows.forEach((row, i) => {
      expect(row).toMatchObject(expected[i]!)
    })
  })
})

/** The database's `wanted`, in little: what keepWanted does with rows, one key a controller, number and moment. */
class Kept {
  rows: WantedRow[] = []

  newest(): WantedRow[] {
    const byNumber = Map.groupBy(this.rows, row => `${row.controllerId} ${row.number}`)
    return [...byNumber.values()].map(rows => rows.reduce((a, b) => (later(a, b) ? a : b)))
  }

  keep(rows: readonly WantedRow[], now: Temporal.Instant): void {
    for (const row of rows) {
      this.rows = this.rows.filter(
        old =>
          !isSameNumber(old, row) ||
          !(old.carriedBy.equals(row.carriedBy) || (row.atOnce && later(old, { carriedBy: now }))),
      )
      this.rows.push(row)
    }
  }
}
const isSameNumber = (a: WantedRow, b: WantedRow) =>
  a.controllerId === b.controllerId && a.number === b.number
const later = (a: { carriedBy: Temporal.Instant }, b: { carriedBy: Temporal.Instant }) =>
  Temporal.Instant.compare(a.carriedBy, b.carriedBy) > 0

const cardIds = [7, 8, 9]
const act = fc.record({
  minutes: fc.integer({ min: 1, max: 400 }),
  mayEnter: fc.boolean(),
  faculty: fc.constantFrom('science', 'arts', null),
  hall: fc.constantFrom('hall-7', null),
  cards: fc.subarray(cardIds),
  grants: fc.array(fc.record({ cardId: fc.constantFrom(...cardIds), door: fc.constantFrom(1, 2, 3, 4) }), {
    maxLength: 3,
  }),
  lastDay: fc.constantFrom('2024-02-29', '2025-06-30'),
  putsAtOnce: fc.boolean(),
  lost: fc.subarray(cardIds),
})

type HistoryAct = typeof act extends fc.Arbitrary<infer Value> ? Value : never
const midnight = at('00:00')

const personAfter = ({ mayEnter, faculty, hall, ...each }: HistoryAct): AccessPerson => ({
  ...student,
  mayEnter,
  faculty,
  hall,
  cards: each.cards
    .filter(cardId => !each.lost.includes(cardId))
    .map(cardId => {
      const sent = { w34: cardId * 10, w26: cardId }
      return { cardId, numbers: new Map(Object.entries(sent)), from, to: day(each.lastDay) }
    }),
  grants: each.grants.map(grant => ({ cardId: grant.cardId, grantId: grant.door, ...place(1, grant.door) })),
})

/** Windows are eight hours apart here; an act is carried by the first one strictly after it. */
const carriedAt = (now: Temporal.Instant, { putsAtOnce, lost: urgentCards }: HistoryAct): Carried => ({
  now,
  window: midnight.add({ hours: 8 * (Math.floor(now.since(midnight).total('hours') / 8) + 1) }),
  putsAtOnce,
  urgentCards,
})

const keyOf = (row: Pick<WantedRow, 'controllerId' | 'number'>) => `${row.controllerId}/${row.number}`
const say = (row: WantedRecord) => `${keyOf(row)} ${row.doors.join('')} ${row.to.toString()}`

describe('a history of acts', () => {
  it('always ends in what a full recomputation gives, whatever was planned, hurried or lost on the way', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 12 }), history => {
        const kept = new Kept()
        let now = midnight
        for (const each of history) {
          now = now.add({ minutes: each.minutes })
          const moment = carriedAt(now, each)
          const wanted = wantedOf(personAfter(each), groups)
          const before = new Map(kept.newest().map(row => [keyOf(row), row]))
          const rows = changedRows(wanted, kept.newest(), moment)
          kept.keep(rows, now)

          const is = kept.newest().filter(row => !isAbsent(row))
          expect(is.map(say).toSorted()).toEqual(wanted.map(say).toSorted())
          for (const row of rows) {
            expect(row.carriedBy.equals(row.atOnce ? now : moment.window)).toBe(true)
            if (row.urgent) expect(isAbsent(row) && each.lost.includes(row.cardId)).toBe(true)
            if (row.atOnce && !row.urgent) expect(isAbsent(before.get(keyOf(row)) ?? gone)).toBe(true)
          }
          expect(changedRows(wanted, kept.newest(), moment), 'written twice').toEqual([])
        }
      }),
      { numRuns: 500 },
    )
  })
})
