import type { Facts } from '../lib/decision.ts'
import { sayCount } from '../web/when.ts'
import type { AcknowledgeRefusal, WarnedRole } from './expiry-rules.ts'

type Sentences<Reason extends string> = Record<Reason, (facts: Facts) => string>
const count = (numbers: number): string => sayCount(numbers, 'en')
/** A part of everything: never said to be all, or nothing, where it is not. */
const share = (percent: number): string => {
  if (percent > 0 && percent < 0.1) return '< 0.1 %'
  return percent === 100 ? '100 %' : `${Math.min(percent, 99.9).toFixed(1)} %`
}

const zhTW = {
  title: '到期行事曆',
  about: (days: number) =>
    `未來 ${days} 日內，哪一天有多少卡片到了門禁的最後一日。同一天超過全部卡片的 1%，或某臺控制器的 10%，會在 60、30、7 日前提醒門禁管理與承辦。`,
  live: '目前能開門的卡片',
  cliffs: '需注意的日期',
  none: '沒有卡片在這段期間到期',
  noneNext: '新的卡片或截止日會列在這裡。',
  day: '最後一日',
  ahead: (days: number) => (days === 0 ? '今天' : `${days} 日後`),
  cards: '卡片',
  people: '人數',
  left: '之後沒有其他卡',
  share: '比例',
  percent: (percent: number) => share(percent).replaceAll(' ', ''),
  controllers: '超過 10% 的控制器',
  others: (controllers: number) => `另 ${controllers} 臺`,
  cliff: '集中到期',
  fine: '一般',
  warnings: '提醒紀錄',
  noWarnings: '還沒有提醒',
  noWarningsNext: '每天檢查一次；有集中到期的日期時會列在這裡。',
  stage: (days: number) => `${days} 日前提醒`,
  role: { access: '門禁管理', office: '承辦' } satisfies Record<WarnedRole, string>,
  stageColumn: '提醒',
  forWhom: '對象',
  raised: '提醒時間',
  wasRead: '知悉',
  read: '已讀',
  unread: '未讀',
  readBy: (who: string, when: string) => `${who}，${when}`,
  notice: (day: string, cards: number, people: number) =>
    `${day}是 ${count(cards)} 張卡片（${count(people)} 人）門禁的最後一日`,
  noticeNext: (controllers: number) =>
    `${controllers > 0 ? `${controllers} 臺控制器超過 10% 的卡片在同一天到期。` : ''}請確認這是預定的截止日，或在那之前延長、補發。`,
  acknowledge: '我已知悉',
  look: '看到期行事曆',
  refused: '無法顯示',
  tryAgain: '再試一次',
  refusal: {
    'no-such-warning': () => '沒有這個提醒，或它不是給您的角色的。',
    'acknowledged-already': () => '已經有同仁按過「我已知悉」。',
  } satisfies Sentences<AcknowledgeRefusal>,
}
const en: typeof zhTW = {
  title: 'Expiry calendar',
  about: days =>
    `How many cards reach their last day at the doors on each of the next ${days} days. More than 1 % of all cards, or 10 % of a controller’s, on one day is warned of 60, 30 and 7 days before, to the access keepers and the office.`,
  live: 'Cards that open doors now',
  cliffs: 'Days to mind',
  none: 'No card ends in this time',
  noneNext: 'New cards and deadlines appear here.',
  day: 'Last day',
  ahead: days => (days === 0 ? 'today' : `in ${days} ${days === 1 ? 'day' : 'days'}`),
  cards: 'Cards',
  people: 'People',
  left: 'Without another card',
  share: 'Share',
  percent: share,
  controllers: 'Controllers over 10 %',
  others: controllers => `and ${controllers} more`,
  cliff: 'many at once',
  fine: 'ordinary',
  warnings: 'Warnings',
  noWarnings: 'No warning was raised',
  noWarningsNext: 'It is looked at every day; days on which many cards end appear here.',
  stage: days => `${days} days before`,
  role: { access: 'Access', office: 'Office' },
  stageColumn: 'Warning',
  forWhom: 'For',
  raised: 'Warned',
  wasRead: 'Read',
  read: 'read',
  unread: 'not read',
  readBy: (who, when) => `${who}, ${when}`,
  notice: (day, cards, people) =>
    `${day} is the last day of ${count(cards)} ${cards === 1 ? 'card' : 'cards'} (${count(people)} ${people === 1 ? 'person' : 'people'}) at the doors`,
  noticeNext: controllers =>
    `${controllers > 0 ? `On ${controllers} ${controllers === 1 ? 'controller' : 'controllers'} more than 10 % of the cards end on that day. ` : ''}Make sure that this is a deadline as planned, or extend or reissue before it.`,
  acknowledge: 'I have read this',
  look: 'Expiry calendar',
  refused: 'This cannot be shown',
  tryAgain: 'Try again',
  refusal: {
    'no-such-warning': () => 'There is no such warning, or it is not your role’s.',
    'acknowledged-already': () => 'Somebody of your role has said so already.',
  },
}

/** What is said of days on which cards end, in both languages. */
export const expiryWords = { 'zh-TW': zhTW, en }
