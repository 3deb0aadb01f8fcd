import { mostDaysLonger } from './correction-rules.ts'
import type { CorrectionEnd } from './correction-store.ts'

const zhTW = {
  title: '更正請求',
  about: '當事人認為保存的資料有錯。請查核後在期限前答覆；當事人會收到通知，也會看到您寫的理由。',
  aboutReading: '當事人認為保存的資料有錯；由卡務辦公室查核後在期限前答覆。',
  waiting: (count: number) => `等待答覆 ${count} 件`,
  none: '沒有等待答覆的請求',
  noneNext: '有人在「關於我的資料」請求更正時，會列在這裡。',
  who: '誰',
  part: '哪一部分',
  wrong: '當事人的說明',
  askedAt: '請求時間',
  due: '最晚答覆日',
  overdue: '已逾期',
  acts: '答覆',
  corrected: '已更正',
  correctedTitle: '答覆：已更正',
  correctedAbout: (who: string) =>
    `請先在資料的來源更正，再答覆 ${who}。答覆後不能更改；可補充說明更正了什麼。`,
  passedOn: '轉交',
  passedOnTitle: '答覆：已轉交',
  passedOnAbout: (who: string) => `這份資料由其他單位保管時，請先轉交，再答覆 ${who}。答覆後不能更改。`,
  passedOnTo: '轉交給哪個單位',
  notChanged: '不更改',
  notChangedTitle: '答覆：沒有更改',
  notChangedAbout: (who: string) => `請寫理由，${who} 會看到。答覆後不能更改。`,
  answer: '答覆',
  prolong: '延長',
  prolongTitle: '延長答覆期限',
  prolongAbout: (who: string) =>
    `只能延長一次，最多 ${mostDaysLonger} 天，從原來的最晚答覆日算起。請寫原因，${who} 會收到通知。`,
  daysLonger: '延長幾天',
  prolonged: (why: string) => `已延長：${why}`,
  ended: '最近 30 天結束的請求',
  outcome: '結果',
  outcomes: {
    corrected: '已更正',
    'passed-on': '已轉交',
    'not-changed': '沒有更改',
    'taken-back': '當事人收回',
  } satisfies Record<CorrectionEnd, string>,
  answeredBy: '由誰',
  reason: '說明',
  first: (most: number) => `各只列出 ${most} 件。`,
}
const en: typeof zhTW = {
  title: 'Corrections',
  about:
    'People say that something kept of them is wrong. Look into it and answer before the last day; they are told, and read the reason that you give.',
  aboutReading:
    'People say that something kept of them is wrong. The card office looks into it and answers before the last day.',
  waiting: count => `Waiting for an answer: ${count}`,
  none: 'Nobody waits for an answer',
  noneNext: 'Whoever asks for a correction on “What is kept of me” is listed here.',
  who: 'Who',
  part: 'Under which heading',
  wrong: 'What they say',
  askedAt: 'Asked at',
  due: 'Answer by',
  overdue: 'late',
  acts: 'Answer',
  corrected: 'Corrected',
  correctedTitle: 'Answer: corrected',
  correctedAbout: who =>
    `Correct it first where the data come from, then answer ${who}. The answer does not change any more; you may say what was corrected.`,
  passedOn: 'Passed on',
  passedOnTitle: 'Answer: passed on',
  passedOnAbout: who =>
    `Where another office keeps this, pass it on first, then answer ${who}. The answer does not change any more.`,
  passedOnTo: 'To which office',
  notChanged: 'Not changed',
  notChangedTitle: 'Answer: not changed',
  notChangedAbout: who => `Say why; ${who} reads it. The answer does not change any more.`,
  answer: 'Answer',
  prolong: 'Take longer',
  prolongTitle: 'Take longer to answer',
  prolongAbout: who =>
    `Once, by ${mostDaysLonger} days at most, from the last day as it is now. Say why; ${who} is told.`,
  daysLonger: 'How many days longer',
  prolonged: why => `prolonged: ${why}`,
  ended: 'Ended in the last 30 days',
  outcome: 'Outcome',
  outcomes: {
    corrected: 'corrected',
    'passed-on': 'passed on',
    'not-changed': 'not changed',
    'taken-back': 'taken back',
  },
  answeredBy: 'By',
  reason: 'What was said',
  first: most => `Of each list ${most} are shown.`,
}

/** What the office's list of corrections says. */
export const correctionsWords = { 'zh-TW': zhTW, en }
