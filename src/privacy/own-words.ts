import type { Facts } from '../lib/decision.ts'
import { sayWall } from '../lib/say.ts'
import type { Language } from '../lib/words.ts'
import type { Heading } from './own-part.ts'

const zhTW = {
  title: '關於我的資料',
  about: '這裡是卡務系統保存的、關於您的全部資料。其中的號碼與細節，完整內容都在下載的檔案裡。',
  take: '下載全部資料',
  takeAbout: (most: number) =>
    `一個 ZIP 檔：data.json 是全部資料（可由程式讀取），照片另附。一天最多 ${most} 次。請妥善保管：裡面有您的聯絡方式、簽名與刷卡紀錄。`,
  looks: '誰查閱過我的資料',
  photo: '我的照片',
  headings: {
    you: '您是誰',
    cards: '卡片',
    handovers: '領取與簽收',
    doors: '門禁',
    money: '費用與退費',
    told: '通知',
    who: '誰做了什麼',
  } satisfies Record<Heading, string>,
  entries: (of: number) => `${of} 筆`,
  newest: (shown: number, of: number) => `這裡列出最新 ${shown} 筆；全部 ${of} 筆在檔案裡。`,
  nothingOf: '沒有保存關於您的',
  keptBack: '沒有提供的內容，以及原因',
  parts: (names: string) => `${names}：其中一部分`,
  howLong: '各項資料保存多久，公告於辦公室；到期後由系統自動刪除。',
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
    headings: {
      you: 'Who you are',
      cards: 'Cards',
      handovers: 'Handed over and signed for',
      doors: 'Doors',
      money: 'Fees and refunds',
      told: 'Messages',
      who: 'Who did what',
    },
    entries: of => (of === 1 ? '1 entry' : `${of} entries`),
    newest: (shown, of) => `The newest ${shown} stand here; all ${of} are in the file.`,
    nothingOf: 'Nothing is kept of you under',
    keptBack: 'What is not given, and why',
    parts: names => `${names}: a part of it`,
    howLong: 'For how long each is kept, the card office tells; after that the system deletes it by itself.',
    back: 'Back to My card',
    nothingToSay: 'The details are in the file.',
    refusal: {
      'copied-often': ({ again }) =>
        `Copies were made several times within a day, so none was made now. The next one may be made after ${sayWall(String(again), 'en')}; ask the card office if it is urgent.`,
    },
  },
}
