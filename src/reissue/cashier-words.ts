import { both } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'
import type { RefusalWords } from '../server/perform.ts'
import type { CountRefusal, MoneyWay } from './cashier-rules.ts'

/** By which way money came in or went out. */
export const wayNames: Readonly<Record<MoneyWay, Bilingual>> = {
  counter: both('櫃檯', 'Counter'),
  kiosk: both('e 卡服務站', 'Kiosk'),
  online: both('線上', 'Online'),
  'paid-back': both('退還', 'Paid back'),
}

/** Why a count is not taken down. */
export const countRefusalWords: RefusalWords<CountRefusal> = {
  'zh-TW': {
    'day-to-come': () => '這一天還沒有到，因此沒有記錄。請選今天或之前的日期。',
    'nothing-taken': () => '這個櫃檯這一天沒有收款，沒有可清點的金額。',
    'counted-already': () =>
      '這個櫃檯這一天已經清點過，之後沒有新的收款，因此沒有再記錄。已記錄的清點不能更改。',
    'takings-changed': f =>
      `您看過之後又有收款（現在共 ${f.payments} 筆），因此沒有記錄。請重新整理，再清點一次。`,
    'difference-needs-note': () => '清點金額與帳上不同，請寫下說明後再送出。',
  },
  en: {
    'day-to-come': () =>
      'This day has not come yet, so nothing was taken down. Choose today or an earlier day.',
    'nothing-taken': () => 'This counter took nothing on this day; there is nothing to count.',
    'counted-already': () =>
      'This counter’s day was counted, and nothing was taken since, so no other count was taken down. A count is never changed.',
    'takings-changed': f =>
      `More was taken since you looked (${f.payments} payments by now), so nothing was taken down. Reload, and count again.`,
    'difference-needs-note': () =>
      'What you counted differs from the ledger. Write a note, then send it again.',
  },
}

const zhTW = {
  title: '出納日結',
  about: '這一天收了哪些款、誰收的、退還了多少；各櫃檯的現金與帳上核對後記錄。',
  day: '日期',
  before: '前一天',
  after: '後一天',
  print: '列印',
  taken: '收款合計',
  loading: '讀取中…',
  refused: '讀取失敗',
  again: '再試一次',
  nothing: '這一天沒有收款，也沒有退還',
  nothingNext: '請選另一個日期；繳費後會出現在這裡。',
  sums: '明細',
  way: '方式',
  place: '地點',
  by: '經手',
  reason: '用途',
  nobody: '尚未歸屬',
  payments: '筆數',
  amount: '金額',
  drawers: '各櫃檯清點',
  noDrawers: '這一天沒有櫃檯收款',
  noDrawersNext: '線上與服務站的款項不需清點現金。',
  counter: '櫃檯',
  expected: '帳上',
  state: '清點',
  notCounted: '尚未清點',
  correct: '清點之後又有收款',
  equal: '相符',
  over: (amount: string) => `多 ${amount}`,
  short: (amount: string) => `少 ${amount}`,
  countedBy: (amount: string, payments: number) => `清點 ${amount}（${payments} 筆）`,
  act: '辦理',
  count: '記錄清點',
  countAgain: '記錄更正',
  countTitle: (counter: string) => `清點：${counter}`,
  counted: '清點金額',
  note: '說明（金額不符時必填）',
  once: '記錄後不能更改。',
  keep: '確認記錄',
  notAnAmount: '請輸入金額，例如 1200。',
}
const en: typeof zhTW = {
  title: 'Cashier day',
  about: 'What was taken on this day, by whom, what was paid back; each counter’s cash against the ledger.',
  day: 'Day',
  before: 'Day before',
  after: 'Day after',
  print: 'Print',
  taken: 'Taken in all',
  loading: 'Loading…',
  refused: 'Not loaded',
  again: 'Try again',
  nothing: 'Nothing was taken and nothing paid back on this day',
  nothingNext: 'Choose another day; what is paid appears here.',
  sums: 'What came in and went out',
  way: 'Way',
  place: 'Where',
  by: 'By',
  reason: 'For',
  nobody: 'nobody’s yet',
  payments: 'Payments',
  amount: 'Amount',
  drawers: 'Counters, counted',
  noDrawers: 'No counter took money on this day',
  noDrawersNext: 'What is paid online and at kiosks needs no counting.',
  counter: 'Counter',
  expected: 'Ledger',
  state: 'Counted',
  notCounted: 'not counted',
  correct: 'more was taken since',
  equal: 'equal',
  over: amount => `${amount} over`,
  short: amount => `${amount} short`,
  countedBy: (amount, payments) => `${amount} counted (${payments} payments)`,
  act: 'To do',
  count: 'Count',
  countAgain: 'Correct',
  countTitle: counter => `Count of ${counter}`,
  counted: 'Counted amount',
  note: 'Note (needed where it differs)',
  once: 'It cannot be changed afterwards.',
  keep: 'Take it down',
  notAnAmount: 'Type an amount, such as 1200.',
}

/** What the cashier's screen says. */
export const cashierWords = { 'zh-TW': zhTW, en }
