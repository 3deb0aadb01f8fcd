import type { Kept } from './kept.ts'

const number = (count: number) => count.toLocaleString('en')

const zhTW = {
  title: '保存期限與刪除',
  about:
    '持卡人的各種資料保存多久，由換發作業的「保存期限」決定；逾期的資料在每晚 03:30 之後刪除，只記錄筆數，不記錄是誰的資料。',
  late: (count: number) => `有 ${count} 項沒有如期刪完`,
  lateNext: (on: string) =>
    `${on}夜間的刪除還沒有完成，這些資料保存得比規定久。請系統維運人員執行 npm run doctor，並在記錄中找 retention。`,
  allDone: (on: string) => `${on}夜間的刪除都已完成。`,
  what: '資料',
  length: '保存',
  last: '上次刪除',
  state: '狀態',
  units: {
    hours: (count: number) => `${count} 小時`,
    days: (count: number) => `${count} 日`,
    months: (count: number) => `${count} 個月`,
  } satisfies Record<Kept['unit'], (count: number) => string>,
  counted: {
    rows: (count: number) => `${number(count)} 筆`,
    months: (count: number) => `${number(count)} 個月份`,
  },
  nothing: '沒有逾期的資料',
  notOver: '還沒有刪完',
  before: (on: string) => `早於${on}的資料`,
  states: {
    never: '還沒有執行過',
    late: '沒有如期刪完',
    'under-way': '正在刪除',
    done: '已完成',
    'by-date': '每天換日時刪除',
  } satisfies Record<Kept['state'], string>,
}
const en: typeof zhTW = {
  title: 'What is kept, and for how long',
  about:
    'How long each thing is kept of cardholders is said by the programme under “retention”. What is older is forgotten each night after 03:30; of whom it was, is kept nowhere.',
  late: count => (count === 1 ? '1 thing is late' : `${count} things are late`),
  lateNext: on =>
    `The forgetting of the night of ${on} is not over: this is kept for longer than it may be. Ask those who run the system to run npm run doctor, and to look for retention in the log.`,
  allDone: on => `The forgetting of the night of ${on} is over.`,
  what: 'What',
  length: 'Kept for',
  last: 'What went last',
  state: 'State',
  units: {
    hours: count => (count === 1 ? '1 hour' : `${count} hours`),
    days: count => (count === 1 ? '1 day' : `${count} days`),
    months: count => (count === 1 ? '1 month' : `${count} months`),
  },
  counted: {
    rows: count => (count === 1 ? '1 item' : `${number(count)} items`),
    months: count => (count === 1 ? '1 month of them' : `${number(count)} months of them`),
  },
  nothing: 'nothing was too old',
  notOver: 'not over yet',
  before: on => `what was before ${on}`,
  states: {
    never: 'not run yet',
    late: 'late',
    'under-way': 'under way',
    done: 'done',
    'by-date': 'with each new date',
  },
}

/** What the screen of what is kept says, in both languages. */
export const keptScreenWords = { 'zh-TW': zhTW, en }
