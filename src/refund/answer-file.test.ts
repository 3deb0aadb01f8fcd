import { describe, expect, it } from 'vitest'
import { readAmount, readAnswerFile } from './answer-file.ts'
import { type KnownCase, settle } from './answer-rules.ts'

const day = (on: string) => Temporal.PlainDate.from(on)
const settings = { today: day('2023-11-10'), minorDigits: 0 }
const header = 'case,outcome,date,amount,reference,reason'
const read = (...lines: string[]) => {
  const done = readAnswerFile(Buffer.from([header, ...lines].join('\r\n')), settings)
  if (!done.ok) throw new Error(done.refusal)
  return done
}

it('an answer is read line by line, in either language', () => {
  const { lines, faults } = read(
    'R1-1,received,2023-10-20,,,',
    'R1-1,已匯款,112/11/06,350,EC-7,',
    'r2-1,refused,2023-11-06,,,account',
  )
  expect(faults).toEqual([])
  expect(lines.map(({ outcome, amount, reference, reason }) => [outcome, amount, reference, reason])).toEqual(
    [
      ['received', 0, '', null],
      ['paid', 350, 'EC-7', null],
      ['refused', 0, '', 'account'],
    ],
  )
})

describe('an amount', () => {
  it.each([
    ['350', 0, 350],
    ['３５０', 0, 350],
    ['0', 0, 0],
    ['-100', 0, -100],
    ['12.50', 2, 1250],
    ['-0.05', 2, -5],
  ])('%s with %i decimals', (text, digits, amount) => {
    expect(readAmount(text, digits)).toEqual({ ok: true, amount })
  })

  it.each([
    ['1e21', 0],
    ['-0', 0],
    ['-0.00', 2],
    ['0.1', 0],
    ['0.1', 2],
    ['0.30000000000000004', 2],
    ['1,000', 0],
    ['+5', 0],
    ['=1+1', 0],
    ['NT$20', 0],
    ['NaN', 0],
    ['Infinity', 0],
    ['0x10', 0],
    ['٣٥٠', 0],
    ['--5', 0],
    ['', 0],
  ])('%s with %i decimals is none', (text, digits) => {
    expect(readAmount(text, digits)).toMatchObject({ refusal: 'not-an-amount' })
  })

  it('beyond all belief is refused as such', () => {
    expect(readAmount('9007199254740993', 0).ok).toBe(false)
    expect(readAmount('10000001', 0)).toMatchObject({ refusal: 'amount-too-large' })
  })
})

describe('a line is refused', () => {
  it.each([
    ['of no case', '12,received,2023-10-20,,,', 'case', 'not-a-case'],
    ['of a formula', '=R1-1,received,2023-10-20,,,', 'case', 'not-a-case'],
    ['of nothing', ',received,2023-10-20,,,', 'case', 'empty'],
    ['with an outcome of its own', 'R1-1,constructor,2023-10-20,,,', 'outcome', 'not-an-outcome'],
    ['of a day that is none', 'R1-1,received,2023-02-30,,,', 'date', 'not-a-date'],
    ['of tomorrow', 'R1-1,received,2023-11-11,,,', 'date', 'in-the-future'],
    ['paid without an amount', 'R1-1,paid,2023-11-06,,EC-7,', 'amount', 'empty'],
    ['paid an amount of a spreadsheet', 'R1-1,paid,2023-11-06,1e21,EC-7,', 'amount', 'not-an-amount'],
    ['paid a formula', "R1-1,paid,2023-11-06,'=1+1,EC-7,", 'amount', 'not-an-amount'],
    ['paid without a reference', 'R1-1,paid,2023-11-06,350,,', 'reference', 'empty'],
    [
      'paid with a formula for a reference',
      'R1-1,paid,2023-11-06,350,=cmd|1,',
      'reference',
      'not-a-reference',
    ],
    ['paid with a reason', 'R1-1,paid,2023-11-06,350,EC-7,account', 'reason', 'not-with-this'],
    ['received with an amount', 'R1-1,received,2023-11-06,350,,', 'amount', 'not-with-this'],
    ['refused without a reason', 'R1-1,refused,2023-11-06,,,', 'reason', 'empty'],
    ['refused for a reason of its own', 'R1-1,refused,2023-11-06,,,<b>no</b>', 'reason', 'not-a-reason'],
    ['with a cell that is missing', 'R1-1,received,2023-10-20', null, 'wrong-cell-count'],
  ] as const)('%s', (_, line, field, refusal) => {
    const { lines, faults } = read(line, 'R2-1,received,2023-10-20,,,')
    expect(faults).toMatchObject([{ line: 2, field, refusal }])
    expect(lines).toHaveLength(1)
  })
})

it.each([
  ['columns of another file', 'student,name,department\r\nx,y,z', 'no-header'],
  ['no reasons', 'case,outcome,date,amount,reference\r\nR1-1,received,2023-10-20,,', 'missing-columns'],
  ['a column twice', `${header},case\r\nR1-1,received,2023-10-20,,,,R2-1`, 'doubled-columns'],
  ['no line', header, 'no-rows'],
  ['nothing', '', 'empty-file'],
])('a file with %s is refused whole', (_, text, refusal) => {
  expect(readAnswerFile(Buffer.from(text), settings)).toMatchObject({ ok: false, refusal })
})

describe('what a line brings', () => {
  const known = (change: Partial<KnownCase> = {}): KnownCase => ({
    sent: new Map([[1, day('2023-10-19')]]),
    said: new Map(),
    paid: false,
    ...change,
  })
  const line = (text: string) => read(text).lines[0]!
  const payment = line('R1-1,paid,2023-11-06,350,EC-7,')
  const receipt = line('R1-1,received,2023-10-20,,,')
  const paidBefore = { ofCase: 1, ofRound: 1, amount: 350, on: '2023-11-06' }

  it.each([
    ['a payment of a case that was sent', payment, known(), undefined, 'payment', true],
    ['a second one of the same case', payment, known({ paid: true }), undefined, 'payment', false],
    ['one of a case that nobody knows', payment, undefined, undefined, 'payment', false],
    ['one of a case that was not sent', payment, known({ sent: new Map() }), undefined, 'payment', false],
    ['one that was read before', payment, known({ paid: true }), paidBefore, 'nothing', false],
    ['a receipt', receipt, known(), undefined, 'event', false],
    [
      'a receipt that was read before',
      receipt,
      known({ said: new Map([['1 received', { on: '2023-10-20', reason: null }]]) }),
      undefined,
      'nothing',
      false,
    ],
  ] as const)('%s', (_, of, ofCase, before, brings, counts) => {
    expect(settle(of, { case: ofCase, payment: before })).toEqual({ ok: true, brings, counts })
  })

  it.each([
    [
      'another amount under one reference',
      payment,
      known(),
      { ...paidBefore, amount: 351 },
      'reference-otherwise',
    ],
    [
      'another case under one reference',
      payment,
      known(),
      { ...paidBefore, ofCase: 2 },
      'reference-otherwise',
    ],
    ['a receipt of a case that was not sent', receipt, known({ sent: new Map() }), undefined, 'unknown-case'],
    [
      'a receipt of another day',
      receipt,
      known({ said: new Map([['1 received', { on: '2023-10-21', reason: null }]]) }),
      undefined,
      'said-otherwise',
    ],
    [
      'a receipt before it was sent',
      receipt,
      known({ sent: new Map([[1, day('2023-10-21')]]) }),
      undefined,
      'before-sent',
    ],
    [
      'a refusal after it was paid',
      line('R1-1,refused,2023-11-06,,,other'),
      known({ paid: true }),
      undefined,
      'paid-before',
    ],
  ] as const)('nothing: %s', (_, of, ofCase, before, refusal) => {
    expect(settle(of, { case: ofCase, payment: before })).toMatchObject({ ok: false, refusal })
  })
})
