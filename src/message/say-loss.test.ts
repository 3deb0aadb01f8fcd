import { describe, it } from 'vitest'
import type { Told } from './rules.ts'
import { at, type Case, expectSaid, printedNumber } from './trial-told.ts'

const issuer = { name: 'ISSUER', phones: '02-0000-0000', riskHours: 3, riskUntil: null }
const lost = {
  kind: 'card-reported-lost',
  printedNumber,
  at: at('2023-10-18T22:05'),
  sendAt: at('2023-10-19T06:00'),
  lockedBefore: false,
  oldGoesOn: false,
  issuer,
} satisfies Told
const lossSent: Told = { ...lost, kind: 'loss-sent', at: at('2023-10-19T06:00') }
const lossReceived: Told = {
  ...lossSent,
  kind: 'loss-received',
  issuer: { ...issuer, riskUntil: at('2023-10-19T09:04') },
}
const lossRefused: Told = { ...lossSent, kind: 'loss-refused', because: 'UNKNOWN NUMBER' }
const lossWithdrawn: Told = { ...lossSent, kind: 'loss-withdrawn', campusAccess: 'at-once' }
const cardFound: Told = { ...lossSent, kind: 'card-found', campusAccess: null }
const places = { ...lossSent, kind: 'loss-to-places', studentNumber: null } satisfies Told
const over = {
  ...places,
  kind: 'loss-over-to-places',
  lostAt: at('2023-10-18T22:05'),
  as: 'found',
  theirs: true,
} satisfies Told
const paused: Told = { ...lossSent, kind: 'access-paused', resumesLeft: 1 }
const resumed: Told = { ...lossSent, kind: 'access-resumed', windowStartsAt: null }

describe('messages of a missing card, in both languages', () => {
  it.each([
    [
      'a loss: campus access is over now; when the issuer is told, until when it can be taken back, who bears what',
      lost,
      [
        '校園門禁：從現在起終止',
        '將於 10月19日（四）06:00 送給',
        '在 10月19日（四）06:00 之前找到卡片',
        'ISSUER',
        '02-0000-0000',
        '3 小時內',
      ],
      [
        'Campus access: it ended just now',
        'goes to ISSUER at 06:00 on Thu 19 October',
        'before 06:00 on Thu 19 October, take the report back',
        'call ISSUER: 02-0000-0000',
        '3 hours after ISSUER receives',
      ],
    ],
    [
      'a new card lost before the doors switched: the old one goes on; one sent at once cannot be taken back',
      { ...lost, oldGoesOn: true, sendAt: null },
      ['舊卡照常開門', '不能取消'],
      ['your old card goes on opening them', 'cannot be taken back'],
    ],
    [
      'what was sent cannot be taken back',
      lossSent,
      ['10月19日（四）06:00 送給 ISSUER，不能再取消', '永久鎖住'],
      ['at 06:00 on Thu 19 October and cannot be taken back', 'locks the stored value for good'],
    ],
    [
      'what was received: the end of the risk',
      lossReceived,
      ['10月19日（四）09:04 之前被盜用的金額由您負擔'],
      ['spent before 09:04 on Thu 19 October is your loss; after that ISSUER bears it'],
    ],
    [
      'what the issuer did not take: why, and whom to call',
      lossRefused,
      ['UNKNOWN NUMBER', '還沒有鎖住', '02-0000-0000'],
      ['UNKNOWN NUMBER', 'is not locked', 'call ISSUER directly: 02-0000-0000'],
    ],
    [
      'what was taken back: all of it',
      lossWithdrawn,
      ['沒有送給發卡機構', '校園門禁：已恢復'],
      ['was not sent to the issuer', 'Campus access: it is back'],
    ],
    [
      'what was taken back before its window: the doors switch when it was promised, and not before',
      { ...lossWithdrawn, campusAccess: Temporal.Instant.from('2023-10-19T07:00:00Z') },
      ['開始的門禁更新改用這張卡'],
      ['The doors switch to this card as it was promised, with the update that begins at'],
    ],
    [
      'a card found again: the stored value stays locked',
      cardFound,
      ['永久鎖住，不能恢復', '校園門禁：沒有恢復'],
      ['it is locked for good', 'Campus access: it does not come back'],
    ],
    [
      'a pause: how it ends, and what it does not lock',
      paused,
      ['校園門禁自 10月19日（四）06:00 起暫停', '還可以自行恢復 1 次', '儲值金'],
      ['paused since 06:00 on Thu 19 October', 'once more by yourself', 'the value is not locked'],
    ],
    [
      'a resumption: at once, or with the window that was promised',
      { ...resumed, windowStartsAt: at('2023-10-19T15:00') },
      ['10月19日（四）15:00 開始的門禁更新'],
      ['the update that begins at 15:00 on Thu 19 October'],
    ],
    [
      'a loss, to a place of the university: which card, since when, what to do with who shows it',
      places,
      ['一張學生證（卡號末四碼 3456）已於 10月19日（四）06:00 掛失。這張卡不能開校園的門', '請不要憑卡放行'],
      [
        'A student card (card number ending in 3456) was reported lost at 06:00',
        'It gives no campus access',
        'do not let them in',
      ],
    ],
    [
      'a loss, to a place that needs to know whose card it is',
      { ...places, studentNumber: '41047001S' },
      ['學號：41047001S'],
      ['Student number: 41047001S'],
    ],
    [
      'a card found again, to a place that was told of its loss',
      over,
      ['於 10月18日（三）22:05 掛失', '已於 10月19日（四）06:00 尋獲', '請照一般學生證處理'],
      ['reported lost at 22:05 on Wed 18 October was found at 06:00', 'its holder’s card again'],
    ],
    [
      'a card found by who has another one now, to such a place',
      { ...over, theirs: false },
      ['這張卡不再使用'],
      ['this one is not used any more'],
    ],
    [
      'that the holder has another card, to a place that was told of the loss: the lost one stays lost',
      { ...over, as: 'replaced', theirs: false },
      ['本人已領取另一張卡', '仍在掛失中', '請留下卡片'],
      ['The holder of a lost student card has another one', 'collected another one', 'stays lost', 'keep it'],
    ],
    [
      'the same, to a place that needs to know whose card it is: what was stopped for them can go on',
      { ...over, as: 'replaced', theirs: false, studentNumber: '41047001S' },
      ['學號：41047001S', '可以憑新卡恢復'],
      ['Student number: 41047001S', 'can go on with the new card'],
    ],
  ] satisfies Case[])('%s', (_, told, inChinese, inEnglish) => {
    expectSaid(told, inChinese, inEnglish)
  })
})
