import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readProgramme } from '../programme/read.ts'
import type { Programme } from '../programme/shape.ts'
import { mayDecide, mayDispute, mayWaive } from './office-rules.ts'
import {
  type BegunPayment,
  judgeCall,
  judgeReceipt,
  mayPay,
  mostTypedADay,
  type Receipt,
  receiptNumber,
  waysOf,
} from './payment-rules.ts'
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
import { isFresh, isSealed, sealOf } from './sealed.ts'

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
    expect(mayWaive(unpaid, 'it failed by itself')).toMatchObject({ ok: true, wasPaid: false })
    expect(mayWaive(paid, 'why')).toMatchObject({ ok: true, wasPaid: true })
    expect(mayWaive({ ...unpaid, settled: 'free' }, 'why')).toMatchObject({ refusal: 'nothing-to-waive' })
    expect(mayWaive(unpaid, '  ')).toMatchObject({ refusal: 'reason-missing' })
    expect(mayWaive(null, '')).toMatchObject({ refusal: 'no-open-reissue' })
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
  ])('its decision: %s', (says, dispute, by, reason) => {
    const decision = mayDecide(dispute, { by, reason })
    expect(decision.ok ? 'yes' : decision.refusal).toBe(says)
  })
})

describe('paying', () => {
  it('each kind in the programme’s ways', () => {
    expect(waysOf(ntnu, 'regular')).toEqual(['online', 'kiosk'])
    expect(waysOf(ntnu, 'exchange')).toEqual(['counter'])
  })
  const facts = { due: 200, ways: ['online', 'kiosk'] as const }
  it.each([
    ['no-open-reissue', { due: null, ways: [] }, 'online', true],
    ['nothing-due', { ...facts, due: 0 }, 'counter', true],
    ['another-way', facts, 'counter', true],
    ['online-not-offered', facts, 'online', false],
    ['200', facts, 'kiosk', false],
  ] as const)('%s', (says, payment, way, online) => {
    const may = mayPay(payment, way, { online })
    expect(may.ok ? String(may.amount) : may.refusal).toBe(says)
  })

  it.each([
    ['  ab12-34 56', 'AB123456'],
    ['ＡＢ１２３４５６', 'AB123456'],
    ['ab12—3456', 'AB123456'],
    ['12345', null],
    ['AB12345;', null],
    ['x'.repeat(33), null],
    ['申請編號123456', null],
  ])('the receipt number %s is read as %s', (typed, number) => {
    expect(receiptNumber(typed)).toBe(number)
  })

  const receipt: Receipt = { amount: 200, studentNumber: null, used: false }
  const typing = { number: 'AB123456', receipt, studentNumber: 'S1', typedToday: 0 }
  it.each([
    ['paid', {}, facts],
    ['paid', { receipt: { ...receipt, studentNumber: 'S1' } }, facts],
    ['waits', { receipt: null }, facts],
    ['no-open-reissue', { number: null }, { ...facts, due: null }],
    ['nothing-due', {}, { ...facts, due: 0 }],
    ['another-way', {}, { due: 200, ways: ['counter'] as const }],
    ['not-a-receipt-number', { number: null, typedToday: 99 }, facts],
    ['too-many-receipts', { typedToday: mostTypedADay }, facts],
    [
      'receipt-of-somebody-else',
      { receipt: { ...receipt, studentNumber: 'S2', used: true, amount: 9 } },
      facts,
    ],
    ['receipt-used', { receipt: { ...receipt, used: true, amount: 9 } }, facts],
    ['receipt-of-another-amount', { receipt: { ...receipt, amount: 150 } }, facts],
  ])('a receipt: %s', (says, change, payment) => {
    const judged = judgeReceipt(payment, { ...typing, ...change })
    expect(judged.ok ? (judged.matched ? 'paid' : 'waits') : judged.refusal).toBe(says)
  })

  const begun: BegunPayment = { amount: 200, currency: 'TWD', answer: null }
  const paid = { outcome: 'paid', amount: 200, currency: 'TWD' } as const
  const keep = (settles: number, owedBack: number) => ({ does: 'keep', settles, owedBack })
  it.each([
    ['in time', begun, paid, 200, keep(200, 0), null],
    ['again', { ...begun, answer: 'paid' as const }, paid, 0, { does: 'nothing', again: true }, null],
    ['too late', begun, paid, null, keep(0, 200), null],
    ['paid otherwise already', begun, paid, 0, keep(0, 200), null],
    ['of another amount', begun, { ...paid, amount: 150 }, 200, keep(0, 150), 'other-amount'],
    [
      'of another amount, again',
      { ...begun, answer: 'other-amount' as const },
      { ...paid, amount: 150 },
      200,
      { does: 'nothing', again: true },
      'other-amount',
    ],
    [
      'of another currency',
      begun,
      { ...paid, currency: 'USD' },
      200,
      { does: 'nothing', again: false },
      'other-currency',
    ],
    ['of nobody', null, paid, null, { does: 'nothing', again: false }, 'unknown-payment'],
    ['cancelled', begun, { ...paid, outcome: 'cancelled' as const }, 200, { does: 'cancel' }, null],
    [
      'cancelled after it was paid',
      { ...begun, answer: 'paid' as const },
      { ...paid, outcome: 'cancelled' as const },
      0,
      { does: 'nothing', again: true },
      null,
    ],
    [
      'paid after it was cancelled',
      { ...begun, answer: 'cancelled' as const },
      paid,
      200,
      keep(200, 0),
      null,
    ],
  ] as const)('a call %s', (_, payment, called, due, brings, refused) => {
    expect(judgeCall(payment, called, due)).toEqual({ brings, refused })
  })
})

describe('a seal', () => {
  const key = Buffer.alloc(32, 1)
  const seal = sealOf(key, ['a', 1, null])
  it('is of these very fields in their order, with that key', () => {
    expect(isSealed(key, ['a', 1, null], seal)).toBe(true)
    expect(isSealed(key, ['a', '1', null], seal)).toBe(true)
    for (const other of [
      ['a', null, 1],
      ['a1', null],
      ['a', 2, null],
      ['a', 1, '-'],
      ['a', 1],
    ])
      expect(isSealed(key, other, seal)).toBe(false)
    expect(isSealed(Buffer.alloc(32, 2), ['a', 1, null], seal)).toBe(false)
    expect(isSealed(key, ['a', 1, null], `${seal}=`)).toBe(false)
    expect(isSealed(key, ['a', 1, null], '')).toBe(false)
  })
  it('is fresh for five minutes in either direction', () => {
    const now = at('2023-10-18T11:00')
    expect(isFresh(now.subtract({ minutes: 5 }), now)).toBe(true)
    expect(isFresh(now.subtract({ minutes: 5, seconds: 1 }), now)).toBe(false)
    expect(isFresh(now.add({ minutes: 6 }), now)).toBe(false)
  })
})
