import type { Facts } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'

const zhTW = {
  'from-elsewhere': '這個要求來自另一個網站，因此沒有執行。請從本站的頁面操作。',
  'other-page':
    '這個頁面是登入之前，或以另一個身分登入時開啟的，因此沒有執行，也沒有任何變更。請重新整理頁面，再送出一次。',
  'sign-in-first': '請先登入。',
  'token-refused': '存取權杖無效、已過期，或不是發給本系統的。請重新取得權杖。',
  'tokens-unknown': '目前無法向學校的登入服務查驗權杖，因此沒有執行，也沒有任何變更。請稍候再試。',
  'scope-missing': '這個權杖沒有執行這項作業的授權範圍，因此沒有執行。',
  'not-found': '找不到這個頁面或資料。',
  malformed: '送出的內容格式不對，沒有任何變更。',
  'too-large': '送出的內容太大，沒有任何變更。',
  'too-many': '嘗試次數過多，請稍候再試。',
  'key-reused': '這個 Idempotency-Key 已用於另一個內容不同的要求。',
  'others-at-work': '其他人的作業正在進行，這項作業需要單獨執行，因此沒有執行，也沒有任何變更。請稍候再試。',
  'others-reading': '目前有其他檔案正在讀取，因此這個檔案沒有讀取，也沒有任何變更。請稍候再試。',
  'no-programme':
    '還沒有發布換發作業，所以還沒有日期、時段與規則可依循。請卡務承辦先在 /staff/programme 發布第一版。',
  fault: '系統發生錯誤，您的資料沒有遺失。請稍候再試，或把要求編號告訴承辦人員。',
}
const en: typeof zhTW = {
  'from-elsewhere':
    'This request came from another site and was not carried out. Please use the pages of this site.',
  'other-page':
    'This page was opened before you signed in, or as somebody else, so nothing was done and nothing was changed. Load the page again and send it once more.',
  'sign-in-first': 'Please sign in first.',
  'token-refused':
    'The access token is not valid, has expired, or was not given for this system. Ask for another one.',
  'tokens-unknown':
    'The university’s sign-in does not answer, so the access token cannot be checked. Nothing was changed; try again in a moment.',
  'scope-missing': 'The access token does not have the scope for this. Nothing was done.',
  'not-found': 'There is no such page or record.',
  malformed: 'What was sent has the wrong form. Nothing was changed.',
  'too-large': 'What was sent is too large. Nothing was changed.',
  'too-many': 'Too many attempts. Please wait a moment and try again.',
  'key-reused': 'This Idempotency-Key was used for a different request.',
  'others-at-work':
    'Others are at work. This has to be done while nobody else is, so it was not done, and nothing was changed. Try again in a moment.',
  'others-reading':
    'Other files are being read at this moment, so this one was not, and nothing was changed. Try again shortly.',
  'no-programme':
    'No programme is published yet, so there are no dates, updates or rules to go by. The card office publishes the first one at /staff/programme.',
  fault:
    'Something went wrong on our side; nothing of yours is lost. Try again in a moment, or tell us the request number.',
}
const words = { 'zh-TW': zhTW, en }

/** What every answer that is not a yes looks like (RFC 9457): a code for programs, a sentence for people. */
export interface ProblemBody {
  type: string
  title: string
  status: number
  refusal: string
  message: string
  facts?: Facts
}

/** An answer that is not a yes, thrown to the one place that sends it. */
export class Problem extends Error {
  readonly status: number
  readonly body: ProblemBody
  constructor(status: number, refusal: string, message: string, facts?: Facts) {
    super(message)
    this.status = status
    this.body = {
      type: `about:blank#${refusal}`,
      title: refusal,
      status,
      refusal,
      message,
      ...(facts && { facts }),
    }
  }

  /** The problem that was answered before, for a request that comes again. */
  static again(status: number, body: ProblemBody): Problem {
    return new Problem(status, body.refusal, body.message, body.facts)
  }
}

const nulWords: Record<Language, (field: string) => string> = {
  'zh-TW': field =>
    `欄位「${field}」含有無法保存的控制字元（U+0000）。請刪除該字元後重新送出；沒有任何變更。`,
  en: field =>
    `The field “${field}” has a control character in it (U+0000) that cannot be kept. Take it out and send it again; nothing was changed.`,
}

/** That a text which was sent has a NUL in it, which no column can hold: in which field, and what to do. */
export const nulIn = (field: string, language: Language): Problem =>
  new Problem(400, 'malformed', nulWords[language](field.slice(0, 200)), { field: field.slice(0, 200) })

/** As many files as can be are being read: this one was not, and the same may be tried again (503 `others-reading`). */
export class OthersReading extends Error {}

/** A problem of the server itself (not of a room's rule), in the reader's language. */
export const problem = (status: number, name: keyof typeof zhTW, language: Language): Problem =>
  new Problem(status, name, words[language][name])
