import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { projectFolder } from '../../test/project-copy.ts'
import { eligibility, type Holder } from '../eligibility/rules.ts'
import { sayEligibility } from '../eligibility/words.ts'
import { capacityOf } from './capacity.ts'
import { contradictionsIn } from './contradictions.ts'
import { readProgramme } from './read.ts'
import type { Programme, Wave } from './shape.ts'
import { words } from './words.ts'

const read = readProgramme(await readFile(`${projectFolder}programmes/ntnu-2023.yaml`, 'utf8'))
if (!read.ok) throw new Error('unreadable')
const ntnu = read.programme

const wave = (change: Partial<Wave> = {}): Wave => ({
  id: 'first',
  name: { 'zh-TW': '第一梯次', en: 'the first wave' },
  who: { departments: ['csie'] },
  at: ['dept-csie'],
  from: '2023-10-16',
  until: '2023-10-21',
  desks: 2,
  ...change,
})
const withWaves = (waves: Wave[], change: (programme: Programme) => void = () => {}): Programme => {
  const programme = { ...structuredClone(ntnu), waves }
  change(programme)
  return programme
}

describe('waves that contradict something are refused at their place', () => {
  const other = wave({ id: 'second' })
  it.each<[string, Programme, string | null]>([
    ['one wave', withWaves([wave()]), null],
    ['two of the same people on the same days', withWaves([wave(), other]), '/waves/1 waves-overlap'],
    [
      'two that meet on one day',
      withWaves([wave(), wave({ id: 'x', from: '2023-10-20', until: '2023-10-25' })]),
      '/waves/1 waves-overlap',
    ],
    [
      'one after the other',
      withWaves([wave(), wave({ id: 'x', from: '2023-10-21', until: '2023-10-25' })]),
      null,
    ],
    ['at another counter', withWaves([wave(), wave({ id: 'x', at: ['registry'] })]), null],
    ['of other departments', withWaves([wave(), wave({ id: 'x', who: { departments: ['math'] } })]), null],
    ['of everybody', withWaves([wave(), wave({ id: 'x', who: {} })]), '/waves/1 waves-overlap'],
    [
      'of a department and of its site',
      withWaves([wave(), wave({ id: 'x', who: { sites: ['gongguan'] } })]),
      '/waves/1 waves-overlap',
    ],
    [
      'of a department and of another site',
      withWaves([wave(), wave({ id: 'x', who: { sites: ['heping'] } })]),
      null,
    ],
    [
      'of years that do not meet',
      withWaves([wave({ who: { enteredThrough: 2021 } }), wave({ id: 'x', who: { enteredFrom: 2022 } })]),
      null,
    ],
    [
      'of years that meet',
      withWaves([wave({ who: { enteredThrough: 2022 } }), wave({ id: 'x', who: { enteredFrom: 2022 } })]),
      '/waves/1 waves-overlap',
    ],
    [
      'of other kinds',
      withWaves([wave({ who: { kinds: ['exchange'] } }), wave({ id: 'x', who: { kinds: ['regular'] } })]),
      null,
    ],
    [
      'on a Sunday alone',
      withWaves([wave({ from: '2023-10-15', until: '2023-10-16' })]),
      '/waves/0/at/0 wave-while-closed',
    ],
    ['with its days turned', withWaves([wave({ until: '2023-10-16' })]), '/waves/0 dates-turned'],
    ['before the programme', withWaves([wave({ from: '2023-09-01' })]), '/waves/0/from wave-before-start'],
    [
      'after the deadline',
      withWaves([wave(), wave({ id: 'x', from: '2024-03-01', until: '2024-03-05' })]),
      '/waves/1/from wave-after-deadline',
    ],
    [
      'the only one after the deadline',
      withWaves([wave({ from: '2024-03-01', until: '2024-03-05' })]),
      '/deadline/on deadline-before-waves',
    ],
    ['at no counter there is', withWaves([wave({ at: ['moon'] })]), '/waves/0/at/0 unknown-counter'],
    [
      'of no department there is',
      withWaves([wave({ who: { departments: ['alchemy'] } })]),
      '/waves/0/who/departments/0 unknown-department',
    ],
    [
      'of no site there is',
      withWaves([wave({ who: { sites: ['moon'] } })]),
      '/waves/0/who/sites/0 unknown-site',
    ],
    [
      'too long',
      withWaves([wave({ from: '2023-10-16', until: '2023-10-21' }), wave({ id: 'first' })]),
      '/waves/1/id doubled-id',
    ],
    [
      'a deadline on a Sunday',
      withWaves([], each => Object.assign(each.deadline, { on: '2024-03-03' })),
      '/deadline/on deadline-while-closed',
    ],
    [
      'a counter that closes before it opens',
      withWaves([], each => Object.assign(each.counters[0]!.hours[0]!, { from: '17:00', until: '09:00' })),
      '/counters/0/hours/0 closes-before-opens',
    ],
  ])('%s', (_, programme, expected) => {
    const found = contradictionsIn(programme).map(({ path, rule }) => `/${path.join('/')} ${rule}`)
    if (expected === null) expect(found).toEqual([])
    else expect(found).toContain(expected)
    for (const { rule, facts } of contradictionsIn(programme))
      for (const language of ['zh-TW', 'en'] as const)
        expect(words[language].problems[rule](facts)).not.toMatch(/undefined|null/)
  })

  it('a day without a fee between two that have one', () => {
    const programme = withWaves([], each => {
      const fee = each.fees.find(each => each.for === 'reissue' && !each.until && !each.kinds)!
      each.fees.push({ ...fee, id: 'later', from: '2024-02-10' })
      fee.until = '2024-02-09'
      delete each.fees.at(-1)!.until
    })
    const gap = contradictionsIn(programme).find(({ rule }) => rule === 'dates-gap')
    expect(gap?.facts).toMatchObject({ what: 'reissue', from: '2024-02-09', until: '2024-02-10' })
  })
})

const holder: Holder = {
  person: {
    enteredYear: 2021,
    status: 'enrolled',
    kind: 'regular',
    department: 'csie',
    site: null,
    leaveTerms: [],
  },
  cards: [
    {
      edition: '4k-centenary',
      producedOn: Temporal.PlainDate.from('2023-09-20'),
      misprinted: false,
      counter: 'dept-csie',
      handedOverOn: null,
    },
  ],
  oldCardLost: false,
  reissuePaid: false,
  reissue: null,
}

describe('who is in a wave', () => {
  const on = (programme: Programme, day: string) => {
    const decision = eligibility(holder, programme, Temporal.PlainDate.from(day))
    return {
      said: decision.ok ? 'yes' : decision.refusal,
      sentence: sayEligibility(decision, programme, 'en'),
    }
  }
  it.each<[string, string, Partial<Wave>, string]>([
    ['waits for its first day', '2023-10-15', {}, 'wait-until'],
    ['comes on its first', '2023-10-16', {}, 'yes'],
    ['comes on its last', '2023-10-20', {}, 'yes'],
    ['may still come afterwards', '2023-10-30', {}, 'yes'],
    ['unless said', '2023-10-30', { onlyThen: true }, 'days-over'],
    ['on its days also then', '2023-10-20', { onlyThen: true }, 'yes'],
    ['and nobody else waits', '2023-10-15', { who: { departments: ['math'] } }, 'yes'],
  ])('%s', (_, day, change, expected) => {
    expect(on(withWaves([wave(change)]), day).said).toBe(expected)
  })
  it('is told the days in one sentence, before and during them', () => {
    const programme = withWaves([wave()])
    expect(on(programme, '2023-10-15').sentence).toContain('From 16 October 2023, bring')
    expect(on(programme, '2023-10-16').sentence).toContain(
      'Your days there are 16 October 2023 to 20 October 2023.',
    )
  })
  it('of two waves the first that is not over counts', () => {
    const programme = withWaves([
      wave({ onlyThen: true }),
      wave({ id: 'x', from: '2023-10-23', until: '2023-10-28', onlyThen: true }),
    ])
    expect(
      ['2023-10-20', '2023-10-22', '2023-10-23', '2023-10-28'].map(day => on(programme, day).said),
    ).toEqual(['yes', 'wait-until', 'yes', 'days-over'])
  })
})

/** Freshmen who missed the examination collect at one of two counters: at the registry in a wave, at the other on any day. */
describe('a wave at one of several counters', () => {
  const freshman = { ...holder, person: { ...holder.person, enteredYear: 2023 } }
  const first = wave({ who: {}, at: ['registry'], onlyThen: true })
  const other = { ...first, id: 'x', at: ['gongguan-academic'], from: '2023-10-23', until: '2023-10-28' }
  const one = withWaves([first])
  const two = withWaves([first, other])
  const decide = (programme: Programme, lies: string | null, day: string) => {
    const cards = lies === null ? [] : [{ ...holder.cards[0]!, counter: lies }]
    const decision = eligibility({ ...freshman, cards }, programme, Temporal.PlainDate.from(day))
    const { where } = decision.ok ? decision : decision.errand
    return [decision.ok ? 'yes' : decision.refusal, ...where]
  }
  it.each<[string, Programme, string, string, string]>([
    ['waits where the card lies in it', one, 'registry', '2023-10-15', 'wait-until'],
    ['calls where the card lies in it', one, 'registry', '2023-10-16', 'yes'],
    ['is over where the card lies in it', one, 'registry', '2023-10-21', 'days-over'],
    ['keeps nobody waiting at the other', one, 'gongguan-academic', '2023-10-15', 'yes'],
    ['turns nobody away at the other in its days', one, 'gongguan-academic', '2023-10-16', 'yes'],
    ['turns nobody away at the other afterwards', one, 'gongguan-academic', '2023-10-21', 'yes'],
    ['of two, that of the card’s counter counts', two, 'gongguan-academic', '2023-10-16', 'wait-until'],
    ['of two, on the days of the card’s counter', two, 'gongguan-academic', '2023-10-23', 'yes'],
    ['of two, the later one is not the card’s', two, 'registry', '2023-10-23', 'days-over'],
  ])('%s', (_, programme, lies, day, expected) => {
    expect(decide(programme, lies, day)).toEqual([expected, lies])
  })

  it('tells who is still waiting for a card the counter of the wave', () => {
    expect(decide(one, null, '2023-10-16')).toEqual(['card-not-ordered', 'registry'])
  })
})

describe('what the desks can do', () => {
  const hours = ntnu.counters.find(({ id }) => id === 'dept-csie')!.hours
  it('nobody waits where few come', () => {
    const { openHours, handovers, worst, unserved } = capacityOf(withWaves([wave()]), wave(), 100)
    expect(hours.length).toBeGreaterThan(0)
    expect(handovers).toBe(Math.floor(openHours * 60))
    expect([worst!.waitMinutes, unserved]).toEqual([0, 0])
  })
  it('the wait follows from the desks: twice as many, no wait', () => {
    const programme = { ...withWaves([wave()]), handoversPerHour: 10 }
    const one = capacityOf(programme, wave({ desks: 1 }), 300)
    expect(one.worst!.waitMinutes).toBeGreaterThan(30)
    expect(capacityOf(programme, wave({ desks: 2 }), 300).worst!.waitMinutes).toBeLessThan(
      one.worst!.waitMinutes,
    )
    expect(capacityOf(programme, wave({ desks: 4 }), 300).worst!.waitMinutes).toBe(0)
  })
  it('who is more than the desks can serve is counted', () => {
    const programme = { ...withWaves([wave()]), handoversPerHour: 1 }
    const { handovers, unserved } = capacityOf(programme, wave({ desks: 1 }), 300)
    expect(Math.abs(unserved - (300 - handovers))).toBeLessThanOrEqual(1)
  })
})
