import { describe, expect, it } from 'vitest'
import { mayAssign, mayHandBack, type OfficeReceipt } from './receipt-rules.ts'

const free: OfficeReceipt = { amount: 200, use: null }
const paid: OfficeReceipt = { amount: 200, use: { as: 'paid', reissueId: 1 } }
const back: OfficeReceipt = { amount: 200, use: { as: 'paid-back', by: 'office:a' } }
const due = { due: 200, ways: ['online', 'kiosk'] as const }
const why = 'the number was mistyped'

describe('assigning a receipt', () => {
  it.each([
    ['what is due', free, due, why, { ok: true, again: false, amount: 200 }],
    ['the same again', paid, { ...due, due: 0 }, '', { ok: true, again: true, amount: 200 }],
    ['none', null, due, why, { refusal: 'unknown-receipt' }],
    ['one that was paid back', back, due, why, { refusal: 'receipt-paid-back' }],
    ['no reason', free, due, ' ', { refusal: 'reason-missing' }],
    ['an application that ended', free, { due: null, ways: [] }, why, { refusal: 'no-open-reissue' }],
    ['one that is settled', free, { ...due, due: 0 }, why, { refusal: 'nothing-due' }],
    [
      'who pays at the counter',
      free,
      { due: 200, ways: ['counter'] as const },
      why,
      { refusal: 'another-way' },
    ],
    [
      'another amount, said with both',
      { ...free, amount: 150 },
      due,
      why,
      { refusal: 'not-what-is-due', facts: { paid: 150, due: 200 } },
    ],
  ])('%s', (_, receipt, payment, reason, answer) => {
    expect(mayAssign(receipt, { reissueId: 1, payment, reason, waits: false })).toMatchObject(answer)
  })

  it('one about which a second person is asked whether it is paid back', () => {
    const waits = { reissueId: 1, payment: due, reason: why, waits: true }
    expect(mayAssign(free, waits)).toMatchObject({ refusal: 'second-person-asked' })
    expect(mayAssign(paid, waits)).toMatchObject({ ok: true, again: true })
  })

  it('one that pays another application', () => {
    expect(mayAssign(paid, { reissueId: 2, payment: due, reason: why, waits: false })).toMatchObject({
      refusal: 'receipt-pays-application',
    })
  })
})

describe('paying a receipt back', () => {
  it.each([
    ['money of nobody', free, why, { ok: true, again: false, amount: 200 }],
    ['by the same again', back, '', { ok: true, again: true, amount: 200 }],
    ['none', null, why, { refusal: 'unknown-receipt' }],
    ['one that pays an application', paid, why, { refusal: 'receipt-pays-application' }],
    ['no reason', free, ' ', { refusal: 'reason-missing' }],
  ])('%s', (_, receipt, reason, answer) => {
    expect(mayHandBack(receipt, { by: 'office:a', reason })).toMatchObject(answer)
  })

  it('by somebody else, who would hand the money out once more', () => {
    expect(mayHandBack(back, { by: 'office:b', reason: why })).toMatchObject({ refusal: 'receipt-paid-back' })
  })
})
