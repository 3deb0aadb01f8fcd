import type { RefusalWords } from '../server/perform.ts'
import type { LooksRefusal } from './looks-list-rules.ts'

/** Why the looks are not searched, in both languages. */
export const looksRefusals: RefusalWords<LooksRefusal> = {
  'zh-TW': {
    'days-reversed': f => `起日 ${f.from} 晚於迄日 ${f.to}。請把兩個日期對調後再查詢。`,
    'nobody-of-number': () => '名冊中沒有這個學號。請核對後再查詢；離校者的個人資料刪除後，已查不到學號。',
  },
  en: {
    'days-reversed': f =>
      `The first day, ${f.from}, is after the last one, ${f.to}. Exchange them and search again.`,
    'nobody-of-number': () =>
      'Nobody in the register has this student number. Check it and search again; of who left and was forgotten no number is known any more.',
  },
}

const zhTW = {
  title: '查閱紀錄',
  about: '每次有同仁看到持卡人的資料，這裡都有一筆：誰、什麼時間、看到誰、為什麼。您的查詢也會留下紀錄。',
  account: '帳號',
  number: '被查閱者學號',
  purpose: '目的',
  anyPurpose: '全部目的',
  from: '起日',
  to: '迄日',
  search: '查詢',
  who: '誰',
  when: '時間',
  whom: '看到誰',
  shown: '看到的內容',
  route: '經由（API 路徑）',
  people: (count: number) => `${count.toLocaleString('en')} 人`,
  peopleOf: (count: number) => `${count.toLocaleString('en')} 人：看是哪些人`,
  reason: (said: string) => `查閱者填寫：${said}`,
  of: '誰看過這個人的資料：',
  none: '沒有符合的查閱紀錄',
  noneNext: '請放寬條件再查詢。超過保存期限的紀錄已刪除。',
  older: '更早的紀錄',
  newest: '最新的紀錄',
  one: '一次查閱',
  noLook: '沒有這筆查閱紀錄',
  noLookNext: '超過保存期限的紀錄已刪除。',
  back: '回到查閱紀錄',
  said: '查閱者填寫的理由',
  many: '看到的人數',
  more: '下一頁',
  first: '第一頁',
  gone: '當時看到的人，其紀錄都已依保存期限刪除。',
}
const en: typeof zhTW = {
  title: 'Who looked at whom',
  about:
    'Whenever somebody of the staff saw a cardholder’s record, there is an entry here: who, when, whom and what for. That you look is written down, too.',
  account: 'Account',
  number: 'Student number',
  purpose: 'Purpose',
  anyPurpose: 'Every purpose',
  from: 'From',
  to: 'To',
  search: 'Search',
  who: 'Who',
  when: 'When',
  whom: 'Whom',
  shown: 'What was shown',
  route: 'By which route',
  people: count => `${count.toLocaleString('en')} people`,
  peopleOf: count => `${count.toLocaleString('en')} people: see whom`,
  reason: said => `The reader said: ${said}`,
  of: 'Who looked at the record of ',
  none: 'No look is like this',
  noneNext: 'Ask for less at once. What is older than it is kept was forgotten.',
  older: 'Earlier',
  newest: 'The newest',
  one: 'One look',
  noLook: 'There is no such look',
  noLookNext: 'What is older than it is kept was forgotten.',
  back: 'Back to who looked at whom',
  said: 'What the reader said',
  many: 'How many people it showed',
  more: 'Next page',
  first: 'First page',
  gone: 'What was kept of whom this look showed was forgotten.',
}

/** What the auditor's screen of looks says, in both languages. */
export const looksListWords = { 'zh-TW': zhTW, en }
