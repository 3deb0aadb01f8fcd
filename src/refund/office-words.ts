import type { Facts, Refused } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import type { TableRefusal } from '../roster/table.ts'
import { tableWords } from '../roster/table-words.ts'
import type { AnswerCellRefusal, AnswerFault, AnswerField } from './answer-file.ts'
import type { LineRefusal } from './answer-rules.ts'
import type { DifferenceKind } from './reconcile.ts'
import type { SendRefusal } from './send-refunds.ts'

type Sentences<Reason extends string> = Readonly<Record<Reason, (facts: Facts) => string>>
export type OfficeRefusal = TableRefusal | SendRefusal | 'no-such-file' | 'file-erased'

const officeZh: Sentences<OfficeRefusal> = {
  ...tableWords['zh-TW'].file,
  'nothing-due': () => '目前沒有等待送出的退費案件，因此沒有產生檔案。',
  'no-such-file': () => '找不到這個退費檔案。請從清單選取。',
  'file-erased': () => '這個檔案裡的案件都已結束並超過保存期限，帳號與地址已刪除，因此不能再下載。',
}
const officeEn: Sentences<OfficeRefusal> = {
  ...tableWords.en.file,
  'nothing-due': () => 'No refund waits to be sent, so no file was made.',
  'no-such-file': () => 'There is no such refund file. Choose one from the list.',
  'file-erased': () =>
    'All cases of this file have ended and their time is over: accounts and addresses were erased, so it cannot be downloaded any more.',
}

const linesZh: Sentences<AnswerCellRefusal | LineRefusal> = {
  ...tableWords['zh-TW'].cell,
  empty: () => '此欄不可空白。',
  'not-a-case': () => '不是案號（如 R12-1）。請使用送出檔案中的案號。',
  'not-an-outcome': f => `不認得這個結果。可用：${f.allowed}。`,
  'not-a-date': () => '不是日期。請寫 2023-11-06 或 112/11/06。',
  'in-the-future': f => `日期晚於今天（${f.today}）。`,
  'not-an-amount': () => '不是金額。只寫數字與小數位，不要千分位、貨幣符號或公式；負數以「-」開頭。',
  'amount-too-large': f => `金額超過可接受的上限（${f.most}）。請與發卡機構核對。`,
  'not-a-reference': () => '不是付款編號：英文字母、數字、「-」「.」「/」，最多 40 個字元。',
  'not-a-reason': f => `不認得這個原因。可用：${f.allowed}。`,
  'not-with-this': () => '這個結果不應有此欄的內容。請清空，或核對結果。',
  'unknown-case': () => '沒有送出過這個案號。請與發卡機構核對。',
  'said-otherwise': f => `先前讀入的內容不同（日期 ${f.on}）。請與發卡機構核對。`,
  'reference-otherwise': f => `付款編號 ${f.reference} 先前讀入的案號、金額或日期不同。請與發卡機構核對。`,
  'before-sent': f => `日期早於送出日（${f.sent}）。`,
  'paid-before': () => '這個案件已付款，不能再退件或取消。請與發卡機構核對。',
}
const linesEn: typeof linesZh = {
  ...tableWords.en.cell,
  empty: () => 'This cell must not be blank.',
  'not-a-case': () => 'This is not a case number (like R12-1). Use those of the file that was sent.',
  'not-an-outcome': f => `This outcome is not known. Use one of: ${f.allowed}.`,
  'not-a-date': () => 'This is not a date. Write 2023-11-06 or 112/11/06.',
  'in-the-future': f => `The date is later than today (${f.today}).`,
  'not-an-amount': () =>
    'This is not an amount. Write digits and decimals alone, without separators, currency or formula; below zero begins with “-”.',
  'amount-too-large': f => `The amount is beyond what is believed (${f.most}). Ask the issuer.`,
  'not-a-reference': () =>
    'This is not a payment reference: letters, digits, “-”, “.” and “/”, at most 40 characters.',
  'not-a-reason': f => `This reason is not known. Use one of: ${f.allowed}.`,
  'not-with-this': () => 'Nothing belongs in this cell with that outcome. Empty it, or check the outcome.',
  'unknown-case': () => 'No such case was sent. Ask the issuer.',
  'said-otherwise': f => `It was read otherwise before (of ${f.on}). Ask the issuer.`,
  'reference-otherwise': f =>
    `The payment ${f.reference} was read before with another case, amount or date. Ask the issuer.`,
  'before-sent': f => `The date is before the case was sent (${f.sent}).`,
  'paid-before': () => 'This case was paid, so it cannot be refused or cancelled any more. Ask the issuer.',
}

const fieldsZh: Record<AnswerField, string> = {
  case: '案號',
  outcome: '結果',
  date: '日期',
  amount: '金額',
  reference: '付款編號',
  reason: '原因',
}
const fieldsEn: typeof fieldsZh = {
  case: 'case',
  outcome: 'outcome',
  date: 'date',
  amount: 'amount',
  reference: 'payment reference',
  reason: 'reason',
}

const differencesZh: Record<DifferenceKind, string> = {
  'paid-twice': '同一案件付款兩次。請發卡機構追回或更正。',
  'unknown-case': '付款的案號不存在。請向發卡機構查明款項給了誰。',
  'withdrawn-case': '付款給持卡人已取消的案件。請向發卡機構查明。',
  'not-sent': '付款給沒有送出的案件。請向發卡機構查明。',
  'over-maximum': '金額超過一張卡可儲值的上限。請發卡機構確認結算。',
  'paid-after-no': '發卡機構先退件或取消，之後又付款。請確認款項給了誰。',
  late: '已過承諾的付款日。請催問發卡機構。',
  unanswered: '送出後一直沒有收件回覆。請確認發卡機構收到檔案。',
}
const differencesEn: typeof differencesZh = {
  'paid-twice': 'One case was paid twice. Have the issuer correct it or take it back.',
  'unknown-case': 'Paid for a case that does not exist. Ask the issuer who got the money.',
  'withdrawn-case': 'Paid for a case that its holder had withdrawn. Ask the issuer.',
  'not-sent': 'Paid for a case that was not sent. Ask the issuer.',
  'over-maximum': 'More than a card can hold. Have the issuer confirm the settlement.',
  'paid-after-no':
    'The issuer had refused or cancelled it, and paid all the same. Find out who got the money.',
  late: 'The promised day is over. Ask the issuer.',
  unanswered: 'The issuer never confirmed that it has the case. Find out whether the file arrived.',
}

/** What refunds say to the office, in both languages. */
export const officeWords = {
  'zh-TW': { refusal: officeZh, line: linesZh, fields: fieldsZh, differences: differencesZh },
  en: { refusal: officeEn, line: linesEn, fields: fieldsEn, differences: differencesEn },
}

/** Why the office's act was not done, as a sentence with what to do. */
export const sayOffice = (refused: Refused<OfficeRefusal>, language: Language): string =>
  officeWords[language].refusal[refused.refusal](refused.facts)

/** What is wrong on a line of an answer: where it stands, what is there, why. */
export function sayLineFault(
  fault: AnswerFault<AnswerCellRefusal | LineRefusal>,
  language: Language,
): string {
  const w = officeWords[language]
  const at = tableWords[language].at(fault.line, fault.field && w.fields[fault.field], fault.shown)
  return `${at} ${w.line[fault.refusal](fault.facts)}`
}
