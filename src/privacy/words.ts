import type { Facts } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import type { BreachRefusal } from './breach/question.ts'

type Sentences = Record<BreachRefusal, (facts: Facts) => string>

/** Why no pack was made, in both languages, with what to do. */
export const breachRefusalWords: Record<Language, Sentences> = {
  'zh-TW': {
    'no-from': () => '請寫明起始時間，例如 --from 2026-11-01T00:00（校園當地時間）。',
    'no-to': () => '請寫明結束時間，例如 --to 2026-11-02T12:00（校園當地時間，該時刻起不計）。',
    'not-a-time': f =>
      `「${f.said}」不是時間。請寫成 2026-11-01T00:00，以校園當地時間（${f.zone}）為準，不加時差。`,
    'ends-before-it-begins': () => '結束時間必須晚於起始時間。請改正 --from 或 --to。',
    'begins-later': () => '起始時間還沒到。請改正 --from。',
    'too-long': f => `期間最長 ${f.months} 個月，查閱紀錄不會保存更久。請縮短，或分次製作。`,
    'account-and-table': () =>
      '查閱紀錄記的是看到哪些資料，不是讀了哪個資料表。請擇一：--account／--role（某帳號看過什麼），或 --table（資料庫被複製）。',
    'not-an-account': f =>
      `「${f.account}」不是帳號。請寫帳號本身，例如 --account amy；角色另以 --role 指定。`,
    'unknown-role': f => `沒有「${f.role}」這個角色。現有：${f.known}。`,
    'unknown-table': f => `沒有「${f.table}」這個資料表。名稱見 docs/data-map.md。`,
    'table-of-nobody': f => `資料表「${f.table}」沒有任何人的資料，不必通知任何人。請改正 --table。`,
    'too-much-why': f => `--why 最多 ${f.letters} 個字，且不能換行。請縮短。`,
    'no-folder': () => '請寫明輸出資料夾，例如 --out /srv/breach-2026-11-01；須為新的或空的資料夾。',
    'folder-not-empty': f => `「${f.out}」不是新的或空的資料夾；既有檔案絕不覆寫。請換一個新的資料夾。`,
    'unknown-account': f =>
      `沒有「${f.account}」這個帳號，這段時間的紀錄裡也沒有。請核對帳號（不是姓名或電子郵件）。`,
  },
  en: {
    'no-from': () => 'Say from when, as in --from 2026-11-01T00:00 (the campus’s own time).',
    'no-to': () =>
      'Say until when, as in --to 2026-11-02T12:00 (the campus’s own time; that moment no longer counts).',
    'not-a-time': f =>
      `"${f.said}" is no time. Write it like 2026-11-01T00:00, in the campus’s own time (${f.zone}), without an offset.`,
    'ends-before-it-begins': () => 'The time must end after it begins. Correct --from or --to.',
    'begins-later': () => 'That time has not begun yet. Correct --from.',
    'too-long': f =>
      `A pack is about ${f.months} months at most: no longer is it kept who looked. Shorten the time, or make several.`,
    'account-and-table': () =>
      'Looks say what somebody was shown, not which table was read. Ask either by --account or --role (what did they see), or by --table (the database was copied).',
    'not-an-account': f =>
      `"${f.account}" is no account. Write the account alone, as in --account amy; a role goes with --role.`,
    'unknown-role': f => `There is no role "${f.role}". There are: ${f.known}.`,
    'unknown-table': f => `There is no table "${f.table}". docs/data-map.md has their names.`,
    'table-of-nobody': f =>
      `The table "${f.table}" has nothing of anybody: nobody has to be told. Correct --table.`,
    'too-much-why': f => `--why has ${f.letters} letters at most, on one line. Shorten it.`,
    'no-folder': () => 'Say into which folder, as in --out /srv/breach-2026-11-01; it must be new, or empty.',
    'folder-not-empty': f =>
      `"${f.out}" is no new or empty folder, and nothing is ever overwritten. Name a new one.`,
    'unknown-account': f =>
      `There is no account "${f.account}", and nothing of that time names it. Look up the account (not a name or an address).`,
  },
}
