import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Keys } from '../lib/keys.ts'
import { readProgramme } from '../programme/read.ts'
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
import { isFresh, isSealed, sealOf } from './sealed.ts'

const reading = readProgramme(
  readFileSync(new URL('../../programmes/ntnu-2023.yaml', import.meta.url), 'utf8'),
)
if (!reading.ok) throw new Error('programmes/ntnu-2023.yaml does not read')
const ntnu = reading.programme
const at = (wall: string) => Temporal.Instant.from(`${wall}+08:00`)

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
  const keys: Keys = [Buffer.alloc(32, 1)]
  const seal = sealOf(keys, ['a', 1, null])
  it('is of these very fields in their order, with that key', () => {
    expect(isSealed(keys, ['a', 1, null], seal)).toBe(true)
    expect(isSealed(keys, ['a', '1', null], seal)).toBe(true)
    for (const other of [
      ['a', null, 1],
      ['a1', null],
      ['a', 2, null],
      ['a', 1, '-'],
      ['a', 1],
    ])
      expect(isSealed(keys, other, seal)).toBe(false)
    expect(isSealed([Buffer.alloc(32, 2)], ['a', 1, null], seal)).toBe(false)
    expect(isSealed(keys, ['a', 1, null], `${seal}=`)).toBe(false)
    expect(isSealed(keys, ['a', 1, null], '')).toBe(false)
  })
  it('is fresh for five minutes in either direction', () => {
    const now = at('2023-10-18T11:00')
    expect(isFresh(now.subtract({ minutes: 5 }), now)).toBe(true)
    expect(isFresh(now.subtract({ minutes: 5, seconds: 1 }), now)).toBe(false)
    expect(isFresh(now.add({ minutes: 6 }), now)).toBe(false)
  })
})
