import { describe, expect, it } from 'vitest'
import { noDoors } from '../access/rules.ts'
import { agrees, type Content, type DueNumber, nextVisits, type OpenPerson, stepsFor } from './plan.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const open: Content = { doors: [1, 1, 0, 0], from: day('2021-09-01'), to: day('2024-02-29') }
const absent: Content = { ...open, doors: noDoors }

const due = (number: number, wanted: Content, change: Partial<DueNumber> = {}): DueNumber => ({
  number,
  personId: 1,
  cardId: number,
  wanted,
  carriedBy: Temporal.Instant.from('2023-10-18T10:00+08:00'),
  atOnce: false,
  urgent: false,
  settled: false,
  listRead: false,
  foreign: false,
  ...change,
})
const lost = { urgent: true, atOnce: true }
const settled = { settled: true }

describe('what is done for one person', () => {
  const none = { urgentRemovals: [], puts: [], reliedOn: [], removals: [] }
  it.each<[string, DueNumber[], Record<string, number[]>]>([
    ['nothing is due', [], none],
    ['a new card is put', [due(2, open)], { ...none, puts: [2] }],
    [
      'a switch: put the new one, then remove the old one',
      [due(1, absent), due(2, open)],
      { ...none, puts: [2], removals: [1] },
    ],
    [
      'a removal relies on a card that was confirmed earlier',
      [due(1, absent), due(2, open, settled)],
      { ...none, reliedOn: [2], removals: [1] },
    ],
    [
      'a removal relies on no card that is confirmed to be absent',
      [due(1, absent), due(2, absent, settled)],
      { ...none, removals: [1] },
    ],
    ['what is confirmed is left alone', [due(1, absent, settled), due(2, open, settled)], none],
    [
      'a lost card goes first and waits for nothing',
      [due(1, absent, lost), due(2, open)],
      { ...none, urgentRemovals: [1], puts: [2] },
    ],
    [
      'a lost card beside a switch',
      [due(1, absent), due(2, open), due(3, absent, lost)],
      { urgentRemovals: [3], puts: [2], reliedOn: [], removals: [1] },
    ],
  ])('%s', (_, numbers, expected) => {
    const { urgentRemovals, puts, reliedOn, removals } = stepsFor(1, numbers)
    const said = { urgentRemovals, puts, reliedOn, removals }
    expect(
      Object.fromEntries(Object.entries(said).map(([key, list]) => [key, list.map(each => each.number)])),
    ).toEqual(expected)
  })
})

describe('what a controller holds, compared with what is wanted', () => {
  it.each<[string, Content, Content | null, boolean]>([
    ['the same', open, { ...open }, true],
    ['other doors', open, { ...open, doors: [1, 0, 0, 0] }, false],
    ['a later last day', open, { ...open, to: day('2024-03-01') }, false],
    ['another first day', open, { ...open, from: day('2021-09-02') }, false],
    ['a time profile where "always" is wanted', open, { ...open, doors: [29, 1, 0, 0] as never }, false],
    ['nothing there', open, null, false],
    ['nothing there, and nothing wanted', absent, null, true],
    ['there, but nothing is wanted', absent, open, false],
    ['there without any door, but it must not be there', absent, absent, false],
  ])('%s', (_, wanted, there, expected) => {
    expect(agrees(wanted, there)).toBe(expected)
  })
})

const person = (personId: number, kind: string): OpenPerson => ({
  personId,
  urgent: kind === 'lost',
  puts: kind === 'switch' || kind === 'add',
  removals: kind !== 'add',
})

describe('whom a lane visits next', () => {
  const all = [
    person(1, 'add'),
    person(2, 'leaver'),
    person(3, 'switch'),
    person(4, 'lost'),
    person(5, 'switch'),
    person(6, 'add'),
  ]
  it.each<[string, OpenPerson[], [number, number][], number[]]>([
    ['lost cards, then switches, then removals; no add before them', all, [], [4, 3, 5, 2]],
    ['adds when nothing else is open', all.filter(each => !each.removals), [], [1, 6]],
    [
      'a switch that found no room once more after the removals, before any add',
      [person(1, 'add'), person(3, 'switch')],
      [[3, 1]],
      [3],
    ],
    ['adds when the switch was tried twice', [person(1, 'add'), person(3, 'switch')], [[3, 2]], [1]],
    ['nobody for ever', all, all.map(each => [each.personId, 2]), []],
    ['an add that failed waits for the next time', [person(1, 'add')], [[1, 1]], []],
    [
      'a lost card that is tried again before switches that are new',
      [person(3, 'switch'), person(4, 'lost')],
      [[4, 1]],
      [4, 3],
    ],
  ])('%s', (_, people, visits, expected) => {
    expect(nextVisits(people, new Map(visits)).map(each => each.personId)).toEqual(expected)
  })
})
