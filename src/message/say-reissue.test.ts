import { describe, it } from 'vitest'
import type { Told } from './rules.ts'
import { at, type Case, expectSaid, printedNumber } from './trial-told.ts'

const about = {
  printedNumber,
  reason: 'damaged',
  appliedAt: at('2023-10-18T11:00'),
  amount: 'NT$200',
} as const
const reissueApplied: Told = {
  kind: 'reissue-applied',
  ...about,
  free: false,
  lapsesAt: at('2023-11-19T00:00'),
  ways: [
    { way: 'online', where: '' },
    { way: 'kiosk', where: 'LIBRARY' },
  ],
}
const reissueProduced: Told = {
  kind: 'reissue-produced',
  ...about,
  edition: '4K',
  where: 'H101',
  hours: ['Mon 09:00'],
  bring: 'PASSPORT',
}
const feeLetGo: Told = {
  kind: 'reissue-dispute-decided',
  ...about,
  granted: true,
  why: 'A FAULT',
  lapsesAt: at('2023-11-19T00:00'),
  due: false,
  owedBack: true,
}
const foundAgain: Told = { kind: 'reissue-cancelled', ...about, as: 'found-again', fee: 'kept' }

describe('messages of a reissue, in both languages', () => {
  it.each([
    [
      'an application: how much, until which day, and how',
      reissueApplied,
      ['損壞換發', 'NT$200', '請於 11月18日（六）以前', 'LIBRARY', '自動取消'],
      ['NT$200', 'pay by Sat 18 November', 'at an e-card kiosk: LIBRARY', 'cancelled by itself'],
    ],
    [
      'a card that is made: where, when, with what, and that the damaged one is handed in',
      reissueProduced,
      ['H101', 'Mon 09:00', 'PASSPORT', '舊卡繳回', '不能開校園裡的任何門'],
      ['H101', 'Mon 09:00', 'PASSPORT', 'hand in the old card', 'opens no door'],
    ],
    [
      'a fee that a desk disputes for the holder: when, who decides, and whom to ask if nobody asked for it',
      { kind: 'reissue-disputed', ...about, at: at('2023-10-18T11:30') },
      ['10月18日（三）11:30', '您的損壞換發不應收工本費 NT$200', '不會逾期取消', '請立即洽詢註冊組'],
      ['At 11:30 on Wed 18 October', 'the fee of NT$200', 'the office decides', 'ask at once at'],
    ],
    [
      'a dispute that is granted: why, and the money back',
      feeLetGo,
      ['不需繳費', 'A FAULT', '會退還，請洽註冊組'],
      ['nothing to pay', 'A FAULT', 'will be paid back; ask at the Registration Division'],
    ],
    [
      'a card found again: no new one, and what becomes of the fee',
      foundAgain,
      ['不再製卡', 'NT$200 依規定不退還'],
      ['no card is made', 'NT$200 that you paid is not paid back'],
    ],
  ] satisfies Case[])('%s', (_, told, inChinese, inEnglish) => {
    expectSaid(told, inChinese, inEnglish)
  })
})
