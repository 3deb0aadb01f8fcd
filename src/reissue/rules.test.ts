import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type CardFacts, eligibility } from '../eligibility/rules.ts'
import { readProgramme } from '../programme/read.ts'
import type { Programme } from '../programme/shape.ts'
import { mayDecide, mayDispute, mayWaive } from './office-rules.ts'
import {
  type Application,
  type ApplicationFacts,
  lapseOf,
  mayApply,
  mayBeFoundAgain,
  mayWithdraw,
  type OpenReissue,
  reminderDue,
} from './rules.ts'

const reading = readProgramme(
  readFileSync(new URL('../../programmes/ntnu-2023.yaml', import.meta.url), 'utf8'),
)
if (!reading.ok) throw new Error('programmes/ntnu-2023.yaml does not read')
const ntnu = reading.programme
const day = (text: string) => Temporal.PlainDate.from(text)
const at = (wall: string) => Temporal.Instant.from(`${wall}+08:00`)
const issued = '4k-centenary'
const oldEdition = ntnu.deadline.editions[0]!
const paysReissue: Programme = { ...ntnu, reissue: { ...ntnu.reissue, lostOldBeforePickup: 'pays-reissue' } }
const withoutFee: Programme = { ...ntnu, fees: ntnu.fees.filter(fee => fee.for !== 'reissue') }
const onlyRegular: Programme = {
  ...ntnu,
  fees: [
    ...ntnu.fees,
    { id: 'reissue-exchange', for: 'reissue', kinds: ['exchange'], amount: 100, from: '2023-08-01' },
  ],
}

const card: NonNullable<ApplicationFacts['card']> = {
  edition: issued,
  lost: true,
  handedIn: false,
  newest: true,
}
const ordinary: ApplicationFacts = { status: 'enrolled', kind: 'regular', card, hadIssued: true, open: null }
const asked: Application = { cardId: 7, reason: 'lost', photoIsRight: true }
const decide = (
  facts: Partial<ApplicationFacts> = {},
  change: Partial<Application> = {},
  { programme = ntnu, on = '2023-10-18' } = {},
) => mayApply({ ...ordinary, ...facts }, { ...asked, ...change }, programme, day(on))

describe('applying for a reissue', () => {
  it('is for the edition issued today, at the fee of the day, and lapses after a month', () => {
    expect(decide()).toEqual({
      ok: true,
      again: false,
      edition: issued,
      feeId: 'reissue',
      amount: 200,
      lapsesAt: at('2023-11-19T00:00'),
    })
  })

  const old = { card: { ...card, edition: oldEdition }, hadIssued: false }
  const open = { cardId: 7, reason: 'lost' } as const
  it.each<[string, Partial<ApplicationFacts>, Partial<Application>, { programme?: Programme; on?: string }]>([
    ['not-your-card', { card: null, status: 'graduated' }, {}, {}],
    ['graduated', { status: 'graduated', open }, {}, {}],
    ['withdrawn', { status: 'withdrawn' }, {}, {}],
    ['not-registered', { status: 'not-registered' }, {}, {}],
    ['on-leave', { status: 'on-leave', card: { ...card, newest: false } }, {}, {}],
    ['reissue-open', { open: { ...open, cardId: 8 } }, {}, {}],
    ['reissue-open', { open, card: { ...card, newest: false } }, { reason: 'damaged' }, {}],
    ['newer-card', { card: { ...card, newest: false } }, {}, { on: '2023-09-01' }],
    ['newer-card', { card: { ...card, handedIn: true } }, {}, {}],
    ['nothing-issued-now', {}, {}, { on: '2010-01-01' }],
    ['collect-free-new-card', old, { photoIsRight: false }, {}],
    ['collect-free-new-card', { ...old, card: { ...old.card, lost: false } }, { reason: 'damaged' }, {}],
    [
      'collect-free-new-card',
      { ...old, card: { ...old.card, lost: false } },
      { reason: 'name-changed' },
      { programme: paysReissue },
    ],
    ['report-lost-first', { card: { ...card, lost: false } }, { photoIsRight: false }, {}],
    ['reported-lost', {}, { reason: 'damaged' }, {}],
    ['photo-first', {}, { photoIsRight: false }, { programme: withoutFee }],
    ['no-fee-recorded', {}, {}, { programme: withoutFee }],
  ])('%s %j', (refusal, facts, change, when) => {
    expect(decide(facts, change, when)).toMatchObject({ ok: false, refusal })
  })

  it.each<[string, Partial<ApplicationFacts>, Partial<Application>, { programme?: Programme }, object]>([
    ['the same again is harmless', { open }, {}, {}, { again: true }],
    ['damaged and not lost', { card: { ...card, lost: false } }, { reason: 'damaged' }, {}, { amount: 200 }],
    ['a former name', { card: { ...card, lost: false } }, { reason: 'name-changed' }, {}, { amount: 200 }],
    ['an old card where the programme has it paid', old, {}, { programme: paysReissue }, { edition: issued }],
    [
      'a fee of that kind alone goes first',
      { kind: 'exchange' },
      {},
      { programme: onlyRegular },
      { amount: 100, feeId: 'reissue-exchange' },
    ],
    ['and everybody else’s stays', {}, {}, { programme: onlyRegular }, { amount: 200 }],
  ])('%s', (_, facts, change, when, brings) => {
    expect(decide(facts, change, when)).toMatchObject({ ok: true, ...brings })
  })

  it.each([
    ['2024-01-31', '2024-03-01T00:00'],
    ['2023-01-31', '2023-03-01T00:00'],
    ['2024-02-29', '2024-03-30T00:00'],
    ['2023-12-31', '2024-02-01T00:00'],
    ['2023-10-18', '2023-11-19T00:00'],
  ])('applied on %s it lapses at %s, the end of the same day a month later', (on, lapses) => {
    expect(lapseOf(day(on), ntnu).equals(at(lapses))).toBe(true)
  })
})

describe('after the application', () => {
  const unpaid: OpenReissue = { reason: 'lost', settled: null, produced: false }
  const paid: OpenReissue = { ...unpaid, settled: 'paid' }
  it('is taken back only while nothing was paid', () => {
    expect(mayWithdraw(unpaid).ok).toBe(true)
    expect(mayWithdraw(paid)).toMatchObject({ refusal: 'settled-already' })
    expect(mayWithdraw(null)).toMatchObject({ refusal: 'no-open-reissue' })
  })

  const keeps = ntnu.reissue
  const paysBack = { ...keeps, feeWhenFoundAgain: 'paid-back' } as const
  it.each([
    ['nothing-paid', unpaid, keeps],
    ['kept', paid, keeps],
    ['paid-back', paid, paysBack],
    ['nothing-paid', { ...paid, settled: 'waived' as const }, paysBack],
    ['no-open-reissue', null, keeps],
    ['not-for-loss', { ...paid, reason: 'damaged' as const, produced: true }, keeps],
    ['never-restored', { ...paid, produced: true }, { ...keeps, foundAgain: 'never' as const }],
    ['produced-already', { ...paid, produced: true }, keeps],
  ])('found again: %s', (says, open, settings) => {
    const decision = mayBeFoundAgain(open, settings)
    expect(decision.ok ? decision.fee : decision.refusal).toBe(says)
  })

  it.each([
    ['2023-10-24', [], null],
    ['2023-10-25', [], 7],
    ['2023-10-25', [7], null],
    ['2023-11-09', [7], 21],
    ['2023-11-16', [], 28],
    ['2023-11-16', [28], null],
  ])('on %s, reminded after %j days, the reminder of day %s is due', (on, reminded, due) => {
    const days = ntnu.reissue.remindsUnpaidAfterDays
    expect(reminderDue({ appliedOn: day('2023-10-18'), reminded }, days, day(on))).toBe(due)
  })

  it('the fee is let go once, with a reason', () => {
    expect(mayWaive(unpaid, { reason: 'it failed by itself', isOwn: false })).toMatchObject({
      ok: true,
      wasPaid: false,
    })
    expect(mayWaive(paid, { reason: 'why', isOwn: false })).toMatchObject({ ok: true, wasPaid: true })
    expect(mayWaive({ ...unpaid, settled: 'free' }, { reason: 'why', isOwn: false })).toMatchObject({
      refusal: 'nothing-to-waive',
    })
    expect(mayWaive(unpaid, { reason: '  ', isOwn: false })).toMatchObject({ refusal: 'reason-missing' })
    expect(mayWaive(unpaid, { reason: 'why', isOwn: true })).toMatchObject({ refusal: 'own-money' })
    expect(mayWaive(null, { reason: '', isOwn: false })).toMatchObject({ refusal: 'no-open-reissue' })
  })

  const damaged: OpenReissue = { reason: 'damaged', settled: null, produced: false }
  const waits = { by: 'student:1', granted: null }
  it.each([
    ['yes', damaged, null, 'it failed'],
    ['again', damaged, waits, ''],
    ['no-open-reissue', null, null, 'it failed'],
    ['fee-not-disputed', unpaid, null, 'it failed'],
    ['decided-already', damaged, { ...waits, granted: false }, 'it failed'],
    ['nothing-to-waive', { ...damaged, settled: 'waived' as const }, null, 'it failed'],
    ['reason-missing', damaged, null, ' '],
  ])('a dispute: %s', (says, open, dispute, said) => {
    const decision = mayDispute(open, { dispute, said }, ntnu.reissue)
    expect(decision.ok ? (decision.again ? 'again' : 'yes') : decision.refusal).toBe(says)
  })

  it.each([
    ['yes', waits, 'office:e', 'agreed'],
    ['not-disputed', null, 'office:e', 'agreed'],
    ['decided-already', { ...waits, granted: true }, 'office:e', 'agreed'],
    ['disputed-by-yourself', { ...waits, by: 'office:e' }, 'office:e', 'agreed'],
    ['reason-missing', waits, 'office:e', ''],
    ['own-money', waits, 'office:the-holder', 'agreed'],
  ])('its decision: %s', (says, dispute, by, reason) => {
    const decision = mayDecide(dispute, { by, reason, isOwn: by === 'office:the-holder' })
    expect(decision.ok ? 'yes' : decision.refusal).toBe(says)
  })
})

describe('collecting a card that is issued anew', () => {
  const collected: CardFacts = {
    edition: issued,
    producedOn: day('2023-09-20'),
    misprinted: false,
    counter: 'dept-csie',
    handedOverOn: day('2023-09-14'),
  }
  const made: CardFacts = { ...collected, counter: 'registry', handedOverOn: null }
  const collect = (due: number, cards: CardFacts[], programme = ntnu, oldCardLost = false) =>
    eligibility(
      {
        person: {
          enteredYear: 2021,
          status: 'enrolled',
          kind: 'regular',
          department: 'csie',
          site: 'gongguan',
          leaveTerms: [],
        },
        cards,
        oldCardLost,
        reissuePaid: false,
        reissue: { due },
      },
      programme,
      day('2023-10-18'),
    )
  it.each([
    ['reissue-unpaid', 200, [collected, made]],
    ['card-not-ordered', 0, [collected]],
    ['card-on-its-way', 0, [collected, { ...made, counter: null }]],
    ['card-misprinted', 0, [collected, { ...made, misprinted: true }]],
    ['card-at-another-counter', 0, [collected, { ...made, counter: 'dept-csie' }]],
  ])('%s', (refusal, due, cards) => {
    expect(collect(due, cards)).toMatchObject({
      ok: false,
      refusal,
      errand: { where: ['gongguan-academic', 'registry'] },
    })
  })

  it('is where those lie, with what they ask for, also of who lost the old card of the change', () => {
    for (const decision of [collect(0, [collected, made]), collect(0, [collected, made], paysReissue, true)])
      expect(decision).toMatchObject({
        ok: true,
        where: ['registry'],
        bring: [['app-proof'], ['id-document']],
        whenNeither: [],
      })
  })
})
