import { describe, it } from 'vitest'
import type { Told } from './rules.ts'
import { type Case, expectSaid, printedNumber } from './trial-told.ts'

const refund = { printedNumber, issuer: 'ISSUER', way: 'bank', workingDays: 20 } as const
const on = Temporal.PlainDate.from('2023-10-20')
const by = Temporal.PlainDate.from('2023-11-17')
const refundAsked: Told = { kind: 'refund-asked', ...refund, to: '004-…8901', fees: ['NT$20'] }
const refundReceived: Told = { kind: 'refund-received', ...refund, on, by }
const refundPaid: Told = { kind: 'refund-paid', ...refund, on, amount: 'NT$330', left: 'something', fees: [] }
const owed: Told = { ...refundPaid, amount: '−NT$100', left: 'less' }
const refundRefused: Told = { kind: 'refund-refused', ...refund, reason: 'REASON', again: true }
const refundLate: Told = { kind: 'refund-late', ...refund, by, received: true }

describe('messages of a refund, in both languages', () => {
  it.each([
    [
      'a refund that was asked for: who pays, in how many days, and that it can be withdrawn',
      refundAsked,
      ['匯入您的帳戶（004-…8901）', '20 個工作天', '學校不經手款項', '扣除：NT$20', '取消'],
      ['to your bank account (004-…8901)', '20 working days', 'does not pass the university', 'withdraw it'],
    ],
    [
      'a refund that was withdrawn at a desk: since when, and whom to ask if nobody asked for it',
      { kind: 'refund-withdrawn', ...refund },
      ['10月18日（三）11:00 依您的要求取消', '可以繼續消費', '申請、更改或取消，請立即洽詢註冊組'],
      ['At 11:00 on Wed 18 October a desk withdrew', 'go on spending', 'withdraw it, ask at once at'],
    ],
    [
      'a refund that was sent: not to spend any more',
      { kind: 'refund-sent', ...refund },
      ['已送交 ISSUER', '請不要再用這張卡消費'],
      ['went to ISSUER', 'do not spend'],
    ],
    [
      'a refund that the issuer has: by when it is paid',
      refundReceived,
      ['10月20日（五）收到', '最遲 11月17日（五）付款'],
      ['on Fri 20 October', 'by Fri 17 November'],
    ],
    [
      'a refund that was paid: how much, when',
      refundPaid,
      ['2023年10月20日', '付款 NT$330'],
      ['on 20 October 2023', 'paid NT$330'],
    ],
    [
      'a refund of less than nothing: that nobody asks for it',
      owed,
      ['沒有可退的金額', '不會向您收款'],
      ['nothing is paid', 'asks nothing of you'],
    ],
    [
      'a refund that was not paid: why, and where to correct it',
      refundRefused,
      ['ISSUER 沒有支付', 'REASON', '「退費」更正'],
      ['did not pay', 'REASON', 'Correct it at'],
    ],
    [
      'a refund that is late: since when, and that nothing is to be done',
      refundLate,
      ['11月17日（五）', '不必重新申請'],
      ['by Fri 17 November', 'need not ask anew'],
    ],
  ] satisfies Case[])('%s', (_, told, inChinese, inEnglish) => {
    expectSaid(told, inChinese, inEnglish)
  })
})
