import { describe, expect, it } from 'vitest'
import {
  mayAnswerRepayment,
  mayAskSecond,
  mayPayAlone,
  mayTakeBackRepayment,
  type RepaymentAnswer,
  tooMuchAlone,
  type WaitingRepayment,
} from './repayment-rules.ts'

const limits = { aloneAtMost: 500, aloneAtMostADay: 2000 }
const nothing = { toOne: 0, inAll: 0 }
const day = (on: string) => Temporal.PlainDate.from(on)

describe('how much one person pays back alone', () => {
  it.each([
    ['the limit itself', 500, nothing, limits, null],
    ['more', 501, nothing, limits, { of: 'one', already: 0, most: 500 }],
    ['in two parts to one person', 200, { toOne: 301, inAll: 301 }, limits, { of: 'one', already: 301 }],
    ['in parts that come to the limit', 200, { toOne: 300, inAll: 1800 }, limits, null],
    ['to many people', 200, { toOne: 0, inAll: 1801 }, limits, { of: 'all', already: 1801, most: 2000 }],
    ['anything, where nobody may alone', 1, nothing, { aloneAtMost: 0 }, { of: 'one', most: 0 }],
    ['any amount, where the programme says no limit', 9_000_000, nothing, {}, null],
    ['to one, where only the day has a limit', 501, nothing, { aloneAtMostADay: 2000 }, null],
  ])('%s', (_, amount, alone, saysProgramme, answer) => {
    const found = tooMuchAlone(amount, alone, saysProgramme)
    if (answer === null) expect(found).toBeNull()
    else expect(found).toMatchObject(answer)
  })
})

describe('paying back alone', () => {
  const plain = { amount: 200, toThemselves: false, waits: false }
  it.each([
    ['yes', plain, nothing],
    ['own-money', { ...plain, toThemselves: true, amount: 1, waits: true }, nothing],
    ['second-person-asked', { ...plain, waits: true, amount: 900 }, nothing],
    ['second-person-pays-back', { ...plain, amount: 501 }, { toOne: 0, inAll: 1900 }],
    ['second-person-pays-back-today', plain, { toOne: 0, inAll: 1900 }],
  ])('%s', (says, repayment, alone) => {
    const may = mayPayAlone(repayment, alone, limits)
    expect(may.ok ? 'yes' : may.refusal).toBe(says)
  })

  it.each([
    ['yes', { ...plain, amount: 501 }, 'came twice'],
    ['own-money', { ...plain, amount: 501, toThemselves: true }, 'came twice'],
    ['second-person-asked', { ...plain, amount: 501, waits: true }, 'came twice'],
    ['no-second-person-needed', plain, 'came twice'],
    ['reason-missing', { ...plain, amount: 501 }, ' '],
  ])('asking a second person: %s', (says, repayment, reason) => {
    const may = mayAskSecond(repayment, nothing, { limits, reason })
    expect(may.ok ? 'yes' : may.refusal).toBe(says)
  })
})

describe('the second person', () => {
  const waiting: WaitingRepayment = { askedBy: 'office:amy', amount: 600, lastDay: day('2023-10-24') }
  const answer: RepaymentAnswer = {
    by: 'cashier:bea',
    letGo: true,
    reason: '',
    today: day('2023-10-24'),
    owed: 600,
    toThemselves: false,
  }
  it.each<[string, WaitingRepayment | null, Partial<RepaymentAnswer>]>([
    ['yes', waiting, {}],
    ['no-repayment-waits', null, {}],
    ['asked-by-yourself', waiting, { by: 'office:amy', toThemselves: true }],
    ['asked-by-yourself', waiting, { by: 'cashier:amy' }],
    ['asked-by-yourself', waiting, { by: 'cashier:amy', letGo: false, reason: 'no' }],
    ['own-money', waiting, { toThemselves: true, today: day('2023-10-25') }],
    ['repayment-lapsed', waiting, { today: day('2023-10-25'), owed: 0 }],
    ['another-amount-owed', waiting, { owed: 800 }],
    ['another-amount-owed', waiting, { owed: 0 }],
    ['reason-missing', waiting, { letGo: false, reason: ' ' }],
    ['yes', waiting, { letGo: false, reason: 'not the payer', owed: 0 }],
  ])('%s', (says, asked, change) => {
    const may = mayAnswerRepayment(asked, { ...answer, ...change })
    expect(may.ok ? 'yes' : may.refusal).toBe(says)
  })

  it.each([
    ['yes', waiting, 'office:amy'],
    ['yes', waiting, 'cashier:amy'],
    ['asked-by-another', waiting, 'office:bea'],
    ['no-repayment-waits', null, 'office:amy'],
  ])('taking it back: %s', (says, asked, by) => {
    const may = mayTakeBackRepayment(asked, by)
    expect(may.ok ? 'yes' : may.refusal).toBe(says)
  })
})
