import { describe, it } from 'vitest'
import type { Told } from './rules.ts'
import { at, type Case, expectSaid, printedNumber } from './trial-told.ts'

const errand = { said: 'WHY. Bring X to Y.', hours: ['Mon 09:00'], proxyBrings: 'A LETTER' }
const until = at('2024-03-01T00:00')
const announcement: Told = {
  kind: 'announcement',
  printedNumber: null,
  title: 'THE CHANGE',
  concerned: true,
  why: 'WHY.',
  ...errand,
  fee: null,
  keepsOldCard: true,
  old: { until, lastDay: Temporal.PlainDate.from('2024-02-29') },
  inTime: true,
}
const deadline = { printedNumber, until, days: 14, keepsOldCard: true }

describe('messages that come because a day has come, in both languages', () => {
  it.each([
    [
      'an announcement: that and why, where and with what, free, the old card, its last day',
      announcement,
      [
        '與您有關',
        'WHY. Bring X to Y.',
        'Mon 09:00',
        '代領人請攜帶',
        '換發免費',
        '不用繳回',
        '最後一天是 2024年2月29日',
        '自 2024年3月1日（五）00:00 起不能再開門',
        '請在那之前領取並啟用',
      ],
      [
        'concerns you',
        'WHY. Bring X to Y.',
        'Mon 09:00',
        'name somebody in "My card" first',
        'free of charge',
        'You keep the old card',
        'is Thu 29 February 2024; from 00:00 on Fri 1 March 2024',
        'collect and activate the new card before',
      ],
    ],
    [
      'an announcement to who need not do anything',
      { ...announcement, concerned: false, said: 'You have a card.', hours: [], proxyBrings: null },
      ['您不需要辦理', 'WHY.', 'You have a card.'],
      ['nothing for you to do', 'asks nothing of you', 'WHY. You have a card.'],
    ],
    [
      'a card that has come',
      { kind: 'card-at-desk', printedNumber: null, edition: '4K', where: 'H101', ...errand },
      ['您的 4K 可以領取了：H101', 'Bring X to Y', '啟用之前，新卡不能開'],
      ['Your 4K can be collected: H101', 'Bring X to Y', 'until then it opens no door'],
    ],
    [
      'a reminder to whose new card is lost: not that it was not collected',
      { kind: 'deadline-not-collected', ...deadline, canCollect: false, wasCollected: true, ...errand },
      ['您手上沒有可用的新卡'],
      ['you have no new one to use'],
    ],
    [
      'a reminder to who has not collected: the hour, the days, and that the purse keeps working',
      { kind: 'deadline-not-collected', ...deadline, canCollect: true, wasCollected: false, ...errand },
      [
        '再 14 天舊卡就不能開門，您還沒有領取',
        '末四碼 3456',
        '00:00 起（14 天後）不能再開',
        '14 天後',
        '照常可以使用',
        'Bring X to Y',
      ],
      [
        'stops opening doors in 14 days',
        'not collected',
        '00:00 on Fri 1 March 2024',
        'goes on working',
        'Bring X to Y',
      ],
    ],
    [
      'a reminder to who has collected and not activated: no way to a desk, the next updates',
      {
        kind: 'deadline-not-activated',
        ...deadline,
        days: 1,
        edition: '4K',
        collectedAt: at('2023-10-18T10:00'),
        isFetched: false,
        windows: '10:00 and 15:00',
      },
      [
        '明天起舊卡就不能開門，您的新卡還沒有啟用',
        '您已於',
        '不必再到櫃檯',
        '10:00 and 15:00',
        '照常可以使用',
      ],
      [
        'tomorrow',
        'not activated',
        'You collected your 4K',
        'need not come to a desk again',
        '10:00 and 15:00',
        'goes on working',
      ],
    ],
    [
      'a reminder to whose card a class representative has: with whom it is, and to activate it once they have it',
      {
        kind: 'deadline-not-activated',
        ...deadline,
        edition: '4K',
        collectedAt: at('2023-10-18T10:00'),
        isFetched: true,
        windows: '10:00 and 15:00',
      },
      ['您的新卡還沒有啟用', '交給班代轉交給您', '拿到後請在那之前', '10:00 and 15:00'],
      ['was given to your class representative at', 'once you have it', '10:00 and 15:00'],
    ],
    [
      'a student fare that ends: the day, the card itself, where, and what is not touched',
      {
        kind: 'student-fare-ends',
        printedNumber: null,
        on: Temporal.PlainDate.from('2023-10-31'),
        years: 4,
        where: 'H101',
      },
      ['學生優待到 10月31日', '攜帶卡片本身至 H101', '一般票價', '不受影響'],
      ['ends on Tue 31 October', 'bring the card itself to H101', 'full fare', 'not touched'],
    ],
    [
      'a day’s tasks of a keeper of doors',
      {
        kind: 'door-digest',
        printedNumber: null,
        owner: 'PHYSICS',
        doors: [
          { place: 'LAB', tasks: 3, news: 2 },
          { place: 'STUDIO', tasks: 1, news: 0 },
        ],
        link: '/staff/door-tasks',
      },
      [
        '換卡待辦：新增 2 項',
        'PHYSICS',
        '・LAB：待決定 3 項，其中新增 2 項',
        '・STUDIO：待決定 1 項',
        '/staff/door-tasks',
      ],
      [
        '2 new doors',
        'PHYSICS',
        '- LAB: 3 to answer, 2 of them new',
        '- STUDIO: 1 to answer',
        '/staff/door-tasks',
      ],
    ],
  ] satisfies Case[])('%s', (_, told, inChinese, inEnglish) => {
    expectSaid(told, inChinese, inEnglish)
  })
})
