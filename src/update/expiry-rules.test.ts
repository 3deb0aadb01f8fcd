import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type ExpiryFacts,
  expiryCalendar,
  mayAcknowledge,
  type Raised,
  stageOf,
  warningsDue,
} from './expiry-rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const ending = (on: string, cards: number) => ({ on: day(on), cards, people: cards, left: cards })
const campus = (change: Partial<ExpiryFacts>): ExpiryFacts => ({
  today: day('2023-10-18'),
  liveCards: 1000,
  livePerController: new Map([
    [1, 1000],
    [2, 20],
  ]),
  days: [],
  there: [],
  ...change,
})
const cliffs = (change: Partial<ExpiryFacts>) =>
  expiryCalendar(campus(change))
    .filter(({ cliff }) => cliff)
    .map(({ on }) => on.toString())

describe('a day on which cards end', () => {
  it.each<[string, string[], Partial<ExpiryFacts>]>([
    ['with one in a hundred is no cliff', [], { days: [ending('2023-11-01', 10)] }],
    ['with one more is', ['2023-11-01'], { days: [ending('2023-11-01', 11)] }],
    ['counts today', ['2023-10-18'], { days: [ending('2023-10-18', 11)] }],
    ['counts the sixtieth day', ['2023-12-17'], { days: [ending('2023-12-17', 11)] }],
    ['does not count yet on the sixty-first', [], { days: [ending('2023-12-18', 11)] }],
    [
      'is one by a single small controller, of which a tenth is not enough',
      ['2023-11-02'],
      {
        days: [ending('2023-11-01', 2), ending('2023-11-02', 3)],
        there: [
          { controllerId: 2, on: day('2023-11-01'), cards: 2 },
          { controllerId: 2, on: day('2023-11-02'), cards: 3 },
        ],
      },
    ],
    [
      'of which everything ends: a campus whose every card ends on one day',
      ['2023-12-01'],
      {
        days: [ending('2023-12-01', 1000)],
        there: [
          { controllerId: 1, on: day('2023-12-01'), cards: 1000 },
          { controllerId: 2, on: day('2023-12-01'), cards: 20 },
        ],
      },
    ],
    [
      'is counted over a leap day: 29 February is sixty days after 31 December',
      ['2024-02-29'],
      { today: day('2023-12-31'), days: [ending('2024-02-29', 11), ending('2024-03-01', 11)] },
    ],
    [
      'and 2100 has none',
      ['2100-03-01'],
      { today: day('2099-12-31'), days: [ending('2100-03-01', 11), ending('2100-03-02', 11)] },
    ],
    [
      'without any live card is none',
      [],
      { liveCards: 0, livePerController: new Map(), days: [ending('2023-11-01', 0)] },
    ],
  ])('%s', (_, expected, change) => {
    expect(cliffs(change)).toEqual(expected)
  })

  it('names the controllers over a tenth, the worst first, and shares in percent', () => {
    const [only] = expiryCalendar(
      campus({
        days: [ending('2023-12-01', 500)],
        there: [
          { controllerId: 1, on: day('2023-12-01'), cards: 200 },
          { controllerId: 2, on: day('2023-12-01'), cards: 20 },
        ],
      }),
    )
    expect(only).toMatchObject({
      percent: 50,
      daysAhead: 44,
      controllers: [
        { controllerId: 2, percent: 100 },
        { controllerId: 1, percent: 20 },
      ],
    })
  })
})

describe('a warning', () => {
  it.each([
    [61, null],
    [60, 60],
    [31, 60],
    [30, 30],
    [8, 30],
    [7, 7],
    [0, 7],
    [-1, null],
  ])('%i days before is that of stage %s', (days, stage) => {
    expect(stageOf(days)).toBe(stage)
  })

  it('is raised once a stage, whatever days nothing ran, and always before the day', () => {
    const on = day('2024-02-29')
    fc.assert(
      fc.property(fc.subarray([...Array(80).keys()], { minLength: 1 }), looked => {
        const raised: Raised[] = []
        for (const ahead of looked.toReversed()) {
          const calendar = expiryCalendar(
            campus({ today: on.subtract({ days: ahead }), days: [ending(on.toString(), 11)] }),
          )
          for (const { day: of, stage } of warningsDue(calendar, raised)) raised.push({ on: of.on, stage })
        }
        const stages = raised.map(({ stage }) => stage)
        expect(stages).toEqual([...new Set(stages)].toSorted((a, b) => b - a))
        // Whatever was looked at within sixty days: the stage of its nearest look was raised.
        const nearest = Math.min(...looked)
        if (nearest <= 60) expect(stages.at(-1)).toBe(stageOf(nearest))
        else expect(stages).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('is acknowledged once', () => {
    expect(mayAcknowledge(null)).toMatchObject({ refusal: 'no-such-warning' })
    expect(mayAcknowledge({ acknowledgedAt: null })).toMatchObject({ ok: true })
    const acknowledgedAt = Temporal.Instant.from('2023-10-18T00:00:00Z')
    expect(mayAcknowledge({ acknowledgedAt })).toMatchObject({ refusal: 'acknowledged-already' })
  })
})
