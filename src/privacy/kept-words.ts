import { both } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'
import type { Programme } from '../programme/shape.ts'
import { proxyDaysKept } from '../proxy/forget.ts'
import { usualRefundDays } from '../refund/read-answer.ts'
import { keptMonths } from '../update/retention-rules.ts'
import { lengthOf, type Term, terms } from './rules.ts'

const isTerm = (setting: string): setting is Term => (terms as readonly string[]).includes(setting)

/**
 * How long a setting of `retention` is in a programme, by the very rules by which things are forgotten at night; null where
 * there is no such setting. In the unit that its name ends in: hours, days or months.
 */
export function lengthOfSetting(programme: Programme, setting: string): number | null {
  if (isTerm(setting)) return lengthOf(programme, setting)
  const { signatureDays, photoDays, refundDays = usualRefundDays } = programme.retention
  const others: Readonly<Record<string, number>> = {
    signatureDays,
    photoDays,
    refundDays,
    proxyDays: proxyDaysKept(programme),
    ...keptMonths(programme),
  }
  return others[setting] ?? null
}

const units: Readonly<Record<string, readonly [zh: string, one: string, many: string]>> = {
  Hours: ['小時', 'hour', 'hours'],
  Days: ['日', 'day', 'days'],
  Months: ['個月', 'month', 'months'],
}

/** A length as people read it: 12 個月, 12 months. */
function sayLength(setting: string, length: number): Bilingual {
  const [zh, one, many] = units[/(Hours|Days|Months)$/.exec(setting)![0]]!
  return both(`${length} ${zh}`, `${length} ${length === 1 ? one : many}`)
}

/** Until when, by each rule of db/data-map.yaml; `{…}` is how long its setting is. A test finds a rule that has no words. */
export const keptWords: Readonly<Record<string, Bilingual>> = {
  link: both(
    '卡號與紀錄之間的連結長期保存；您的身分資料刪除後，已無法由此得知是誰',
    'Card numbers and the links between records stay; once it is forgotten who you were, they lead to nobody',
  ),
  leavers: both('畢業或離校 {…}後刪除', '{…} after you graduated or left, then deleted'),
  requests: both('重複要求的回覆 {…}', 'answers to a request that may come twice: {…}'),
  sessions: both('登入最長 12 小時，次日夜間刪除', 'up to 12 hours signed in, and until the night after'),
  attempts: both('輸入錯誤與出示過的驗證碼 {…}', 'wrong codes, and codes that were shown: {…}'),
  files: both('名冊等檔案套用 {…}後刪除', 'files such as the roster: {…} after they were applied'),
  photos: both(
    '未採用、換新或離校 {…}後刪除',
    '{…} after it was declined or replaced, or after you left, then deleted',
  ),
  proxies: both('委託結束 {…}後刪除', '{…} after the naming ended, then deleted'),
  'used-codes': both(
    '用過的代碼只保留無法還原的雜湊值',
    'of a used code only a fingerprint stays, by which it is refused',
  ),
  signatures: both('簽收 {…}後刪除', '{…} after you signed, then deleted'),
  corrections: both('更正請求答覆後 {…}', 'corrections: {…} after they were answered'),
  looks: both('查閱紀錄 {…}', 'who looked at your record: {…}'),
  minutes: both('要求次數 2 分鐘', 'counts of requests: 2 minutes'),
  asked: both(
    '未完成的簽名要求 1 日，其餘 {…}',
    'a request to sign that came to nothing: a day; otherwise {…}',
  ),
  refunds: both('付款 {…}後刪除', '{…} after it was paid, then deleted'),
  issuer: both('與發卡機構往來的檔案 {…}', 'files to and from the issuer: {…} after they were answered'),
  accounts: both('帳務依會計法令保存', 'accounts: as long as accounting law asks'),
  events: both('刷卡 {…}後刪除', '{…} after it happened, by whole months'),
  history: both('被取代 {…}後刪除', '{…} after something newer took its place'),
  messages: both('{…}後刪除內容', '{…}, then what was written is deleted'),
  device: both('裝置停止接收為止', 'until the device is told no more'),
}

/** For how long something is kept by a rule of the data map, as the programme in force has it. */
export function sayKept(programme: Programme, rule: string, setting: string | undefined): Bilingual {
  const said = keptWords[rule]
  if (!said) throw new Error(`The rule ${rule} of the data map has no words.`)
  const length = setting === undefined ? null : lengthOfSetting(programme, setting)
  if (setting === undefined || length === null) return said
  const { 'zh-TW': zh, en } = sayLength(setting, length)
  return both(said['zh-TW'].replace('{…}', zh), said.en.replace('{…}', en))
}
