import type { Facts } from '../lib/decision.ts'
import { sayWall } from '../lib/say.ts'
import type { Language } from '../lib/words.ts'
import type { BreachRefusal } from './breach/question.ts'

const zhTW = {
  title: '關於我的資料',
  about: '這裡是卡務系統保存的、關於您的全部資料。其中的號碼與細節，完整內容都在下載的檔案裡。',
  take: '下載全部資料',
  takeAbout: (most: number) =>
    `一個 ZIP 檔：data.json 是全部資料（可由程式讀取），照片另附。一天最多 ${most} 次。請妥善保管：裡面有您的聯絡方式、簽名與刷卡紀錄。`,
  looks: '誰查閱過我的資料',
  photo: '我的照片',
  entries: (of: number) => `${of} 筆`,
  newest: (shown: number, of: number) => `這裡列出最新 ${shown} 筆；全部 ${of} 筆在檔案裡。`,
  nothingOf: (of: number) => `沒有保存的項目：${of} 項`,
  keptBack: '沒有提供的內容，以及原因',
  parts: (names: string) => `${names}：其中一部分`,
  mistakes: '資料從哪裡來，有錯時找誰',
  fromRegistrar:
    '姓名、學號、系所、學籍、宿舍、電子郵件：來自教務處的名冊。請洽教務處更正；更正後，下一份名冊會帶來新的內容。',
  fromYou: '照片、代領人、註記、退費帳戶：由您提供，可在各自的頁面更改。',
  fromOffice: (where: string) => `其餘由卡務系統記錄。認為有錯或不完整時，請在下面請求更正，或洽${where}。`,
  howLong: '保存多久',
  length: (length: number, unit: 'hours' | 'days' | 'months') =>
    `${length} ${{ hours: '小時', days: '天', months: '個月' }[unit]}`,
  noEnd:
    '期限從不再需要時起算，到期後由系統自動刪除。作業紀錄與費用帳是憑證，不會刪除；離校者的資料刪除後，其中的編號不再連到任何人。',
  back: '回到我的學生證',
  nothingToSay: '細節在檔案裡。',
  refusal: {
    'copied-often': ({ again }: Facts) =>
      `一天內已經下載多次，這次沒有產生檔案。${sayWall(String(again), 'zh-TW')} 之後可以再下載；急需時請洽卡務辦公室。`,
  },
}

/** What the page "What is kept of me" says, and why no copy is made. */
export const ownWords: Record<Language, typeof zhTW> = {
  'zh-TW': zhTW,
  en: {
    title: 'What is kept of me',
    about:
      'This is everything that the card office’s system keeps of you. Numbers and details are whole in the file that you can download.',
    take: 'Download everything',
    takeAbout: most =>
      `A ZIP file: data.json has everything, readable by programs; photos lie beside it. At most ${most} times a day. Keep it safe: it has your address, signatures and what happened at doors in it.`,
    looks: 'Who looked at my record',
    photo: 'My photo',
    entries: of => (of === 1 ? '1 entry' : `${of} entries`),
    newest: (shown, of) => `The newest ${shown} stand here; all ${of} are in the file.`,
    nothingOf: of => `What could be kept of you, and is not: ${of}`,
    keptBack: 'What is not given, and why',
    parts: names => `${names}: a part of it`,
    mistakes: 'Where it comes from, and whom to ask when it is wrong',
    fromRegistrar:
      'Names, student number, department, status, hall and e-mail come with the registrar’s roster. Have them corrected there; the next roster brings what is right.',
    fromYou: 'Photo, proxy, marks and a refund’s account come from you, and are changed on their own pages.',
    fromOffice: where =>
      `All else was recorded by the card office’s system. If it is wrong or incomplete, ask for a correction below, or at ${where}.`,
    howLong: 'For how long it is kept',
    length: (length, unit) => `${length} ${length === 1 ? unit.slice(0, -1) : unit}`,
    noEnd:
      'Counted from when it is needed no more; then the system deletes it by itself. The journal and the ledger of fees are proof and stay; once somebody who left is forgotten, the numbers in them lead to nobody.',
    back: 'Back to My card',
    nothingToSay: 'The details are in the file.',
    refusal: {
      'copied-often': ({ again }) =>
        `Copies were made several times within a day, so none was made now. The next one may be made after ${sayWall(String(again), 'en')}; ask the card office if it is urgent.`,
    },
  },
}

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
