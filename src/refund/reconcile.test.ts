import { expect, it } from 'vitest'
import { type PaymentRow, reconcile } from './reconcile.ts'

const day = (on: string) => Temporal.PlainDate.from(on)
const payment = (reference: string, change: Partial<PaymentRow> = {}): PaymentRow => ({
  reference,
  ofCase: 1,
  ofRound: 1,
  amount: 350,
  valueOn: day('2023-11-06'),
  readOn: day('2023-11-07'),
  counts: true,
  case: { withdrawn: false, sent: true, saidNo: false },
  ...change,
})
const settings = { balanceAtMost: 10_000, today: day('2023-11-20') }

it('cases that were paid once are no difference', () => {
  expect(reconcile({ payments: [payment('a')], open: [] }, settings)).toEqual({
    paid: 350,
    counted: 350,
    different: 0,
    differences: [],
  })
})

it.each([
  ['paid twice', { counts: false }, ['paid-twice']],
  ['of no case', { counts: false, case: null }, ['unknown-case']],
  [
    'of a case that was withdrawn',
    { counts: false, case: { withdrawn: true, sent: false, saidNo: false } },
    ['withdrawn-case'],
  ],
  [
    'of a case that waits',
    { counts: false, case: { withdrawn: false, sent: false, saidNo: false } },
    ['not-sent'],
  ],
  ['more than a card can hold', { amount: 10_001 }, ['over-maximum']],
  ['as much as a card can hold', { amount: 10_000 }, []],
  ['after a no', { case: { withdrawn: false, sent: true, saidNo: true } }, ['paid-after-no']],
  ['twice, and too much', { counts: false, amount: 10_001 }, ['paid-twice', 'over-maximum']],
  ['less than nothing', { amount: -100 }, []],
] as const)('%s', (_, change, kinds) => {
  const { differences } = reconcile({ payments: [payment('b', change)], open: [] }, settings)
  expect(differences.map(({ kind }) => kind)).toEqual(kinds)
})

it.each([
  ['received', '2023-11-19', ['late']],
  ['received', '2023-11-20', []],
  ['sent', '2023-11-19', ['unanswered']],
] as const)('a case that is %s and was to be paid by %s', (stage, by, kinds) => {
  const open = [{ caseId: 1, round: 1, stage, by: day(by) }]
  expect(reconcile({ payments: [], open }, settings).differences.map(({ kind }) => kind)).toEqual(kinds)
})

it('what the issuer paid is what counts and what differs, to the last unit', () => {
  const payments = [
    payment('a'),
    payment('b', { counts: false, amount: -20 }),
    payment('c', { counts: false, case: null }),
  ]
  const { paid, counted, different } = reconcile({ payments, open: [] }, settings)
  expect([paid, counted, different]).toEqual([680, 350, 330])
})
