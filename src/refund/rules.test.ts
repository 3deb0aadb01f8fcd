import { describe, expect, it } from 'vitest'
import { ntnu } from '../programme/trial-facts.ts'
import {
  type CardFacts,
  type CaseFacts,
  feesTakenOff,
  lateness,
  mayAskRefund,
  mayChange,
  mayWithdraw,
  stageOf,
} from './rules.ts'
import { isWorkingDay, workingDaysAfter } from './working-days.ts'

const day = (on: string) => Temporal.PlainDate.from(on)
const asked: CaseFacts = {
  caseId: 1,
  why: 'old-card',
  way: 'bank',
  askedAt: Temporal.Instant.from('2023-10-18T03:00:00Z'),
  withdrawnAt: null,
  round: 1,
  sentRound: 0,
  sentAt: null,
  receivedOn: null,
  promisedBy: null,
  no: null,
  paid: null,
  settled: false,
}
const sent: CaseFacts = { ...asked, sentRound: 1, sentAt: Temporal.Instant.from('2023-10-19T01:00:00Z') }
const received: CaseFacts = { ...sent, receivedOn: day('2023-10-20'), promisedBy: day('2023-11-17') }
const refused: CaseFacts = { ...sent, no: { kind: 'refused', on: day('2023-10-23'), reason: 'account' } }
const closed: CaseFacts = { ...sent, no: { kind: 'refused', on: day('2023-10-23'), reason: 'card-unknown' } }
const withdrawn: CaseFacts = { ...asked, round: null, withdrawnAt: asked.askedAt }
const paid: CaseFacts = { ...received, paid: { amount: 350, on: day('2023-11-10') }, settled: true }

describe('how far a case has come', () => {
  it.each([
    ['asked', asked],
    ['sent', sent],
    ['received', received],
    ['paid', paid],
    ['paid', { ...paid, paid: { amount: -100, on: day('2023-11-10') } }],
    ['refused', refused],
    ['asked', { ...refused, round: 2 }],
    ['refused', { ...refused, round: null }],
    ['closed', closed],
    ['closed', { ...sent, no: { kind: 'cancelled', on: day('2023-10-23'), reason: 'account' } }],
    ['paid', { ...closed, paid: { amount: 5, on: day('2023-11-10') } }],
    ['withdrawn', withdrawn],
  ] as const)('%s', (stage, facts) => expect(stageOf(facts)).toBe(stage))
})

const old: CardFacts = {
  holds: true,
  ending: true,
  hasAccess: false,
  replaced: true,
  lossReport: 'none',
  hasLeft: false,
  case: null,
}

describe('who may ask, and why', () => {
  it.each([
    ['an old card after the new one was activated', {}, 'old-card'],
    ['an old card whose campus access is over, with no new one yet', { replaced: false }, 'old-card'],
    ['a newer card that a reissue replaced', { ending: false }, 'old-card'],
    [
      'a lost card once the issuer was told',
      { lossReport: 'sent', replaced: false, hasAccess: false },
      'lost',
    ],
    [
      'a lost card that was found: its stored value is dead all the same',
      { lossReport: 'sent', hasAccess: true },
      'lost',
    ],
    ['any card of who has left', { hasLeft: true, ending: false, replaced: false }, 'leaving'],
    ['a case that was withdrawn before', { case: withdrawn }, 'old-card'],
  ] as const)('yes, %s', (_, change, why) => {
    expect(mayAskRefund({ ...old, ...change })).toEqual({ ok: true, why })
  })

  it.each([
    ['of somebody else’s card', { holds: false }, 'not-your-card'],
    ['a second time, after it was paid', { case: paid }, 'paid-already'],
    [
      'after the issuer paid a case that was withdrawn',
      { case: { ...withdrawn, settled: true } },
      'paid-already',
    ],
    ['after the issuer closed it', { case: closed }, 'closed-by-issuer'],
    ['while it is under way', { case: received }, 'asked-already'],
    ['while the loss report waits to be sent', { lossReport: 'to-be-sent' }, 'loss-not-sent'],
    ['of the old card in use', { replaced: false, hasAccess: true }, 'still-in-use'],
    ['of the new card, used or not', { ending: false, replaced: false, hasAccess: false }, 'still-in-use'],
    ['paid comes before the loss report', { case: paid, lossReport: 'to-be-sent' }, 'paid-already'],
    ['the loss report comes before leaving', { hasLeft: true, lossReport: 'to-be-sent' }, 'loss-not-sent'],
  ] as const)('no, %s', (_, change, refusal) => {
    expect(mayAskRefund({ ...old, ...change })).toMatchObject({ ok: false, refusal })
  })
})

describe('changing and withdrawing', () => {
  it.each([
    ['before it was sent', asked, { ok: true, round: 1 }, { ok: true, again: false }],
    ['while the issuer has it', received, { refusal: 'sent-already' }, { refusal: 'sent-already' }],
    ['after a refusal that can be put right', refused, { ok: true, round: 2 }, { refusal: 'sent-already' }],
    ['after the end', closed, { refusal: 'closed-by-issuer' }, { refusal: 'sent-already' }],
    ['after it was paid', paid, { refusal: 'paid-already' }, { refusal: 'paid-already' }],
    ['after it was withdrawn', withdrawn, { refusal: 'withdrawn' }, { ok: true, again: true }],
    ['of nothing', null, { refusal: 'no-case' }, { refusal: 'no-case' }],
  ] as const)('%s', (_, facts, change, withdraw) => {
    expect(mayChange(facts)).toMatchObject(change)
    expect(mayWithdraw(facts)).toMatchObject(withdraw)
  })
})

it.each([
  ['on its last day', received, '2023-11-17', false],
  ['the day after', received, '2023-11-18', true],
  ['paid the day after', paid, '2023-11-18', false],
  ['unanswered until the day it was expected', sent, '2023-11-16', false],
  ['unanswered after it', sent, '2023-11-17', true],
  ['not sent at all', asked, '2025-01-01', false],
  ['refused', refused, '2025-01-01', false],
] as const)('late: %s', (_, facts, today, late) => {
  expect(lateness(facts, { today: day(today), expectedBy: day('2023-11-16') }).late).toBe(late)
})

it.each([
  ['lost', 'registered-mail', '2023-10-18', { 'loss-handling': 20, 'registered-mail': 28 }],
  ['lost', 'registered-mail', '2023-07-31', { 'loss-handling': 20, 'registered-mail': 25 }],
  ['old-card', 'bank', '2023-10-18', { 'bank-transfer': 0 }],
] as const)('fees: %s by %s on %s', (why, way, on, fees) => {
  const taken = feesTakenOff(ntnu, { why, way, on: day(on), kind: 'regular' })
  expect(Object.fromEntries(taken.map(({ purpose, amount }) => [purpose, amount]))).toEqual(fees)
})

describe('working days', () => {
  it('are the days on which a counter that answers questions opens, without its closures', () => {
    const programme = ntnu
    expect(isWorkingDay(programme, day('2023-10-18'))).toBe(true)
    expect(isWorkingDay(programme, day('2023-10-21'))).toBe(false)
    // Twenty working days are four weeks, but for the closures among them.
    expect(workingDaysAfter(programme, day('2023-10-18'), 20).toString()).toBe('2023-11-15')
    const closed = {
      ...programme,
      counters: programme.counters.map(counter => ({
        ...counter,
        closures: [{ from: '2023-10-19', until: '2023-10-21', why: { 'zh-TW': '颱風', en: 'typhoon' } }],
      })),
    }
    expect(workingDaysAfter(closed, day('2023-10-18'), 20).toString()).toBe('2023-11-17')
    // One counter of several that opens is enough.
    const [first, ...others] = closed.counters.filter(({ id }) => programme.askAt.includes(id))
    expect(others.length).toBeGreaterThan(0)
    const oneOpen = { ...programme, counters: [{ ...first!, closures: [] }, ...others] }
    expect(workingDaysAfter(oneOpen, day('2023-10-18'), 20).toString()).toBe('2023-11-15')
  })

  it('are given up where every counter is closed for ever, instead of being looked for without an end', () => {
    const programme = ntnu
    const counters = programme.counters.map(counter => ({
      ...counter,
      closures: [{ from: '2000-01-01', until: '9999-01-01', why: { 'zh-TW': '關', en: 'shut' } }],
    }))
    expect(workingDaysAfter({ ...programme, counters }, day('2023-10-18'), 1).year).toBe(2033)
  })
})
