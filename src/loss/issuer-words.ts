import type { Facts } from '../lib/decision.ts'
import { tableWords } from '../roster/table-words.ts'
import { sayFrom } from '../server/perform.ts'
import type { LineFault } from './answer-rules.ts'
import type { AnswerRefusal } from './take-answer.ts'

type Refusals = Record<AnswerRefusal, (facts: Facts) => string>

const zhTW = {
  refusal: {
    ...tableWords['zh-TW'].file,
    'no-such-file': () => '沒有這個送件檔。請從清單選擇。',
    'file-forgotten': () => '這個送件檔的內容已依保存期限刪除；各筆掛失的結果仍可在清單查看。',
    'answered-otherwise': f =>
      `這個檔案已於 ${f.at} 以另一份回覆登錄，因此沒有任何變更。請確認檔案是否選對。`,
    'reports-missing': f =>
      `回覆少了 ${f.reports} 筆掛失（report_id：${f.first}），因此沒有登錄任何一筆。請向發卡機構索取完整的回覆。`,
  } satisfies Refusals,
  fault: {
    'not-a-report-of-this-file': 'report_id 不是這個送件檔裡的掛失',
    'named-twice': '同一筆掛失出現兩次',
    'received-and-refused': '有收件時間，result 卻不是 accepted',
    'no-result': '沒有 result；請填 accepted 或未受理的原因',
    'no-moment': 'result 是 accepted，卻沒有 received_at',
    'not-a-moment': 'received_at 不是日期時間（例如 2023-10-18T12:03:00+08:00）',
    'before-it-was-sent': 'received_at 早於送出的時間',
    'not-yet': 'received_at 晚於現在',
    'reason-too-long': '未受理的原因超過 200 個字',
  } satisfies Record<LineFault, string>,
}
const en: typeof zhTW = {
  refusal: {
    ...tableWords.en.file,
    'no-such-file': () => 'There is no such file. Choose one of the list.',
    'file-forgotten': () =>
      'What stood in this file is not kept any more; what became of each report is in the list.',
    'answered-otherwise': f =>
      `This file was answered on ${f.at} with other content, so nothing was changed. Check that it is the right file.`,
    'reports-missing': f =>
      `The answer leaves out ${f.reports} reports (report_id: ${f.first}), so none was recorded. Ask the issuer for the whole answer.`,
  },
  fault: {
    'not-a-report-of-this-file': 'report_id is none of the reports in this file',
    'named-twice': 'the same report stands here twice',
    'received-and-refused': 'it has a moment of receipt, and result is not “accepted”',
    'no-result': 'result is empty; it says “accepted”, or why not',
    'no-moment': 'result is “accepted”, and received_at is empty',
    'not-a-moment': 'received_at is no date and time (for example 2023-10-18T12:03:00+08:00)',
    'before-it-was-sent': 'received_at is earlier than the sending',
    'not-yet': 'received_at is later than now',
    'reason-too-long': 'the reason is longer than 200 characters',
  },
}

/** What files to and from the issuer say, in both languages. */
export const issuerWords = { 'zh-TW': zhTW, en }

/** How refusals of an issuer's answer are said. */
export const sayAnswer = sayFrom({ 'zh-TW': zhTW.refusal, en: en.refusal })
