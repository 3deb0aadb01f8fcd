import { describe, expect, it } from 'vitest'
import { noDoors } from '../access/rules.ts'
import type { Content } from './plan.ts'
import {
  type AdoptFacts,
  afterReading,
  drifted,
  type FoundCard,
  type HeldCard,
  judge,
  type KnownNumber,
  mayAdopt,
  mayAskSurvey,
  mostReadings,
  type ReadingOver,
  standingOf,
  withChanges,
} from './rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const days = { from: day('2021-09-01'), to: day('2024-02-29') }
const card: FoundCard = { number: 7, doors: [1, 1, 0, 0], ...days, withPin: false }
const wanted: Content = { doors: [1, 1, 0, 0], ...days }
const absent: Content = { ...wanted, doors: noDoors }
const ours: KnownNumber = { inRegister: true, due: null, planned: null }

describe('how a card stands on a controller', () => {
  it.each<[string, FoundCard, KnownNumber | undefined, string]>([
    ['nobody here knows its number', card, undefined, 'foreign'],
    ['it is as it is due', card, { ...ours, due: wanted }, 'ours'],
    [
      'it is due, and will be removed by a window to come',
      card,
      { ...ours, due: wanted, planned: absent },
      'ours',
    ],
    ['it is as a window to come wants it', card, { ...ours, planned: wanted }, 'ours'],
    ['it was removed, and is to come back', card, { ...ours, due: absent, planned: wanted }, 'ours'],
    ['it opens another door', { ...card, doors: [1, 1, 1, 0] }, { ...ours, due: wanted }, 'different'],
    ['it opens by a time profile', { ...card, doors: [1, 29, 0, 0] }, { ...ours, due: wanted }, 'different'],
    ['it opens nothing', { ...card, doors: [0, 0, 0, 0] }, { ...ours, due: wanted }, 'different'],
    ['it ends a day later', { ...card, to: day('2024-03-01') }, { ...ours, due: wanted }, 'different'],
    ['it begins a day earlier', { ...card, from: day('2021-08-31') }, { ...ours, due: wanted }, 'different'],
    ['a code goes with it', { ...card, withPin: true }, { ...ours, due: wanted }, 'different'],
    [
      'it is as before a change that is due',
      card,
      { ...ours, due: { ...wanted, doors: [1, 0, 0, 0] } },
      'different',
    ],
    ['it is planned otherwise', card, { ...ours, planned: { ...wanted, doors: [1, 0, 0, 0] } }, 'different'],
    ['the register knows it and wants nothing here', card, ours, 'left-over'],
    ['it should be gone', card, { ...ours, due: absent }, 'left-over'],
    [
      'it opens nothing and should be gone',
      { ...card, doors: [0, 0, 0, 0] },
      { ...ours, due: absent },
      'left-over',
    ],
    ['it was never here and is not to be', card, { ...ours, planned: absent }, 'left-over'],
  ])('%s', (_, found, known, standing) => {
    expect(standingOf(found, known)).toBe(standing)
  })

  it('what is due and not there is missing; what is only planned, or due to be absent, is not', () => {
    const known = new Map([
      [7, { ...ours, due: wanted }],
      [8, { ...ours, due: wanted }],
      [9, { ...ours, planned: wanted }],
      [10, { ...ours, due: absent }],
      [11, ours],
    ])
    const { standing, missing } = judge([card, { ...card, number: 12 }], known)
    expect([...standing]).toEqual([
      [7, 'ours'],
      [12, 'foreign'],
    ])
    expect(missing).toEqual([8])
  })
})

describe('what was confirmed and does not hold', () => {
  const held: HeldCard = { number: 7, ...wanted, sinceReading: false, urgent: false }
  const gone = { ...held, doors: noDoors }
  it.each<[string, FoundCard[], HeldCard[], number[]]>([
    ['it stands there as confirmed', [card], [held], []],
    ['it is absent as confirmed', [], [gone], []],
    ['it has gone', [], [held], [7]],
    ['it is absent, and another’s card has its number now', [card], [gone], []],
    ['it was lost, and is back', [card], [{ ...gone, urgent: true }], [7]],
    [
      'it was lost, is back, and opens nothing',
      [{ ...card, doors: noDoors }],
      [{ ...gone, urgent: true }],
      [7],
    ],
    ['it has other days', [{ ...card, to: day('2024-03-01') }], [held], [7]],
    ['it got a code', [{ ...card, withPin: true }], [held], [7]],
    ['others’ cards are nobody’s drift', [card, { ...card, number: 8 }], [held], []],
    ['it was confirmed after the reading began: nothing is said', [], [{ ...held, sinceReading: true }], []],
  ])('%s', (_, found, list, numbers) => {
    expect(drifted(found, list)).toEqual(numbers)
  })

  it('what was changed during the reading counts as it was confirmed', () => {
    const changes: HeldCard[] = [
      { ...gone, sinceReading: true },
      { ...held, number: 8, sinceReading: true },
      { ...held, number: 9, sinceReading: false },
    ]
    expect(withChanges([card], changes)).toEqual([{ ...card, number: 8 }])
  })
})

describe('a list that was read to its end', () => {
  const over: ReadingOver = { cards: 40, saidEnd: true, counted: null, removedMeanwhile: false, readings: 1 }
  it.each<[string, Partial<ReadingOver>, string]>([
    ['is complete', {}, 'complete'],
    ['is full to its last place, as the count says', { saidEnd: false, counted: 40 }, 'complete'],
    ['does not end, and the count says less', { saidEnd: false, counted: 12 }, 'endless'],
    ['does not end, and there is more than the capacity', { saidEnd: false, counted: 4_000 }, 'endless'],
    ['is read again where cards were removed meanwhile', { removedMeanwhile: true }, 'again'],
    ['but not for ever', { removedMeanwhile: true, readings: mostReadings }, 'unsteady'],
  ])('%s', (_, change, outcome) => {
    expect(afterReading({ ...over, ...change })).toBe(outcome)
  })
})

describe('asking for lists to be read', () => {
  it.each<[string, number[], number[], string]>([
    ['all of them', [1, 2], [], 'read 1 2'],
    ['those that are not being read already', [1, 2], [1], 'read 2'],
    ['none is left', [1, 2], [1, 2], 'reading-already'],
    ['a stranger among them', [1, 9], [1], 'no-such-controller'],
  ])('%s', (_, asked, reading, answer) => {
    const decided = mayAskSurvey({ asked, known: [1, 2], reading })
    expect(decided.ok ? `read ${decided.toRead.join(' ')}` : decided.refusal).toBe(answer)
  })
})

describe('adopting a controller’s content', () => {
  const now = Temporal.Instant.from('2023-10-18T02:00:00Z')
  const facts: AdoptFacts = {
    exists: true,
    readAt: now.subtract({ hours: 24 }),
    seal: { shown: 'a', now: 'a' },
    one: false,
    numbers: 3,
    toLookAt: 2,
  }
  it.each<[string, Partial<AdoptFacts>, string]>([
    ['as it was looked at', {}, 'yes'],
    ['no such controller', { exists: false, readAt: null, numbers: 0 }, 'no-such-controller'],
    ['never read to its end', { readAt: null, seal: { shown: 'a', now: 'b' }, numbers: 0 }, 'not-read-yet'],
    [
      'read more than a day ago',
      { readAt: facts.readAt!.subtract({ seconds: 1 }), seal: { shown: 'a', now: 'b' } },
      'read-too-long-ago',
    ],
    ['changed since it was looked at', { seal: { shown: 'a', now: 'b' }, numbers: 0 }, 'changed-since'],
    ['as many as can be looked at', { numbers: 9_000, toLookAt: 5_000 }, 'yes'],
    ['more than anybody can look at', { numbers: 9_000, toLookAt: 5_001 }, 'too-many-to-look-at'],
    ['this one number is not ours to adopt', { numbers: 0, one: true }, 'not-this-number'],
    ['nothing of ours stands there', { numbers: 0 }, 'nothing-to-adopt'],
  ])('%s', (_, change, answer) => {
    const decided = mayAdopt({ ...facts, ...change }, now)
    expect(decided.ok ? 'yes' : decided.refusal).toBe(answer)
  })
})
