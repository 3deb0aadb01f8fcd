import { describe, expect, it } from 'vitest'
import { languages } from '../lib/words.ts'
import { masked, type Reader } from './letter.ts'
import { outboxWords } from './outbox-words.ts'
import { compose, sendStateOf, type Told } from './rules.ts'

const at = (wall: string) => Temporal.Instant.from(`${wall}+08:00`)
const chinese: Reader = {
  language: 'zh-TW',
  name: '示例生 甲01',
  campus: '示例大學',
  zone: 'Asia/Taipei',
  now: at('2023-10-18T11:00'),
  askAt: '註冊組',
}
const english: Reader = {
  ...chinese,
  language: 'en',
  name: 'Sample One',
  campus: 'Sample University',
  askAt: 'the Registration Division',
}

const handedOver: Told = {
  kind: 'card-handed-over',
  printedNumber: '1234567890123456',
  edition: '4K',
  counter: 'H101',
  at: at('2023-10-18T10:40'),
  old: { until: at('2024-03-01T00:00'), kept: true },
}
const activated: Told = {
  kind: 'card-activated',
  printedNumber: '1234567890123456',
  at: at('2023-10-18T11:00'),
  windowStartsAt: at('2023-10-18T15:00'),
  oldUntil: at('2023-10-18T15:00'),
  newFrom: at('2023-10-18T16:00'),
  staysBehind: [{ name: 'TPASS', owner: 'MRT' }],
}
const lastNight: Told = {
  ...activated,
  at: at('2024-02-29T20:00'),
  windowStartsAt: null,
  oldUntil: at('2024-03-01T00:00'),
  newFrom: at('2024-02-29T20:15'),
}
const firstCard: Told = { ...activated, oldUntil: null }
const issuer = { name: 'ISSUER', phones: '02-0000-0000', riskHours: 3, riskUntil: null }
const lost = {
  kind: 'card-reported-lost',
  printedNumber: '1234567890123456',
  at: at('2023-10-18T22:05'),
  sendAt: at('2023-10-19T06:00'),
  lockedBefore: false,
  oldGoesOn: false,
  issuer,
} satisfies Told
const refund = { printedNumber: '1234567890123456', issuer: 'ISSUER', way: 'bank', workingDays: 20 } as const
const on = Temporal.PlainDate.from('2023-10-20')
const by = Temporal.PlainDate.from('2023-11-17')
const refundAsked: Told = { kind: 'refund-asked', ...refund, to: '004-…8901', fees: ['NT$20'] }
const refundReceived: Told = { kind: 'refund-received', ...refund, on, by }
const refundPaid: Told = { kind: 'refund-paid', ...refund, on, amount: 'NT$330', left: 'something', fees: [] }
const owed: Told = { ...refundPaid, amount: '−NT$100', left: 'less' }
const refundRefused: Told = { kind: 'refund-refused', ...refund, reason: 'REASON', again: true }
const refundLate: Told = { kind: 'refund-late', ...refund, by, received: true }
const confirmed: Told = {
  kind: 'doors-confirmed',
  printedNumber: '1234567890123456',
  since: at('2023-10-18T15:12'),
  controllers: 12,
  replacesOld: true,
}
const waiting: Told = {
  kind: 'doors-waiting',
  printedNumber: '1234567890123456',
  confirmed: 10,
  controllers: 12,
  waiting: [
    { building: 'LIBRARY', oldWorks: true, cause: 'silent' },
    { building: 'LIBRARY', oldWorks: true, cause: 'held' },
    { building: 'GYM', oldWorks: false, cause: 'unconfirmed' },
  ],
  expectedBy: at('2023-10-19T02:00'),
}

const about = {
  printedNumber: '1234567890123456',
  reason: 'damaged',
  appliedAt: at('2023-10-18T11:00'),
  amount: 'NT$200',
} as const
const reissueApplied: Told = {
  kind: 'reissue-applied',
  ...about,
  free: false,
  lapsesAt: at('2023-11-19T00:00'),
  ways: [
    { way: 'online', where: '' },
    { way: 'kiosk', where: 'LIBRARY' },
  ],
}
const reissueProduced: Told = {
  kind: 'reissue-produced',
  ...about,
  edition: '4K',
  where: 'H101',
  hours: ['Mon 09:00'],
  bring: 'PASSPORT',
}
const feeLetGo: Told = {
  kind: 'reissue-dispute-decided',
  ...about,
  granted: true,
  why: 'A FAULT',
  lapsesAt: at('2023-11-19T00:00'),
  due: false,
  owedBack: true,
}
const foundAgain: Told = { kind: 'reissue-cancelled', ...about, as: 'found-again', fee: 'kept' }

describe('every message names what it must, in both languages', () => {
  it.each([
    [
      'a receipt: which card, when, where, what next, how long the old card goes on',
      handedOver,
      [
        '10月18日（三）10:40',
        '************3456',
        '領取地點：H101',
        '啟用之前，新卡不能開',
        '2024年3月1日（五）00:00',
      ],
      [
        '10:40 on Wed 18 October',
        '************3456',
        'Collected at: H101',
        'Until then it opens no door',
        '2024',
      ],
    ],
    [
      'the promise of an activation: old until, new from, both until',
      activated,
      [
        '舊卡：可開門到 10月18日（三）15:00',
        '最遲 10月18日（三）16:00 起',
        '兩張卡都帶著',
        'TPASS：請洽 MRT',
      ],
      [
        'Old card: opens doors until 15:00 on Wed 18 October',
        'New card: opens doors from 16:00 on Wed 18 October at the latest',
        'Carry both cards until 16:00 on Wed 18 October',
        'TPASS: ask MRT',
      ],
    ],
    [
      'the last night: the new card does not wait for the window',
      lastNight,
      ['不等更新時段', '舊卡：可開門到 2024年3月1日（五）00:00'],
      ['does not wait', 'New card: opens doors from 20:15 on Thu 29 February 2024'],
    ],
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
      'a refund that was asked for: who pays, in how many days, and that it can be withdrawn',
      refundAsked,
      ['匯入您的帳戶（004-…8901）', '20 個工作天', '學校不經手款項', '扣除：NT$20', '取消'],
      ['to your bank account (004-…8901)', '20 working days', 'does not pass the university', 'withdraw it'],
    ],
    [
      'a refund that was sent: not to spend any more',
      { kind: 'refund-sent', ...refund },
      ['已送交 ISSUER', '請不要再用這張卡消費'],
      ['went to ISSUER', 'do not spend'],
    ],
    [
      'a refund that the issuer has: by when it is paid',
      refundReceived,
      ['10月20日（五）收到', '最遲 11月17日（五）付款'],
      ['on Fri 20 October', 'by Fri 17 November'],
    ],
    [
      'a refund that was paid: how much, when',
      refundPaid,
      ['2023年10月20日', '付款 NT$330'],
      ['on 20 October 2023', 'paid NT$330'],
    ],
    [
      'a refund of less than nothing: that nobody asks for it',
      owed,
      ['沒有可退的金額', '不會向您收款'],
      ['nothing is paid', 'asks nothing of you'],
    ],
    [
      'a refund that was not paid: why, and where to correct it',
      refundRefused,
      ['ISSUER 沒有支付', 'REASON', '「退費」更正'],
      ['did not pay', 'REASON', 'Correct it at'],
    ],
    [
      'a refund that is late: since when, and that nothing is to be done',
      refundLate,
      ['11月17日（五）', '不必重新申請'],
      ['by Fri 17 November', 'need not ask anew'],
    ],
    [
      'the doors’ confirmation: since when, by whom',
      confirmed,
      ['10月18日（三）15:12', '12 個控制器中的 12 個', '門禁系統確認'],
      ['since 15:12 on Wed 18 October', 'confirmed by the access system (12 of 12 controllers)'],
    ],
    [
      'an application: how much, until which day, and how',
      reissueApplied,
      ['損壞換發', 'NT$200', '請於 11月18日（六）以前', 'LIBRARY', '自動取消'],
      ['NT$200', 'pay by Sat 18 November', 'at an e-card kiosk: LIBRARY', 'cancelled by itself'],
    ],
    [
      'a card that is made: where, when, with what, and that the damaged one is handed in',
      reissueProduced,
      ['H101', 'Mon 09:00', 'PASSPORT', '舊卡繳回', '不能開校園裡的任何門'],
      ['H101', 'Mon 09:00', 'PASSPORT', 'hand in the old card', 'opens no door'],
    ],
    [
      'a dispute that is granted: why, and the money back',
      feeLetGo,
      ['不需繳費', 'A FAULT', '會退還，請洽註冊組'],
      ['nothing to pay', 'A FAULT', 'will be paid back; ask at the Registration Division'],
    ],
    [
      'a card found again: no new one, the purse stays locked, what becomes of the fee',
      foundAgain,
      ['不再製卡', '儲值金仍維持鎖定', 'NT$200 依規定不退還'],
      ['no card is made', 'stored value on the card stays locked', 'NT$200 that you paid is not paid back'],
    ],
    [
      'doors that wait: each building once, and whether the old card opens it',
      waiting,
      ['還在等待：LIBRARY。那裡舊卡仍可開門', '還在等待：GYM。', '請洽註冊組'],
      [
        'Still waiting: LIBRARY. Your old card opens doors there',
        'Still waiting: GYM. No card of yours',
        'The door controllers of LIBRARY do not answer. They change to your new card as soon as they answer',
        'Door updates of LIBRARY are held. They change to your new card as soon as that is lifted',
        'GYM: expected by 02:00 on Thu 19 October, with the next update.',
      ],
    ],
  ] as const)('%s', (_, told, inChinese, inEnglish) => {
    const [zh, en] = [compose(told, chinese), compose(told, english)]
    for (const part of inChinese) expect(`${zh.subject}\n${zh.body}`).toContain(part)
    for (const part of inEnglish) expect(`${en.subject}\n${en.body}`).toContain(part)
    expect(zh.body.startsWith('示例生 甲01 您好：')).toBe(true)
    expect(en.body.startsWith('Dear Sample One,')).toBe(true)
  })
})

const all = {
  handedOver,
  activated,
  lastNight,
  firstCard,
  lost,
  confirmed,
  waiting,
  reissueApplied,
  reissueProduced,
  feeLetGo,
  foundAgain,
}

it.each(Object.entries(all))('%s says which of the four lives ends, never the bare word', (_, told) => {
  for (const reader of [chinese, english]) {
    const { subject, body } = compose(told, reader)
    expect(`${subject}\n${body}`).not.toMatch(/deactivat|停用|undefined|null|NaN/iu)
    expect(subject).not.toContain('\n')
  }
})

it.each(languages)('the outbox says it no other way (%s)', language => {
  const { open, tries, ...said } = outboxWords[language]
  expect(`${JSON.stringify(said)} ${open('')} ${tries(1)} ${tries(2)}`).not.toMatch(/deactivat|停用/iu)
})

it('who had no old card is not told to carry two, nor what stayed behind', () => {
  const { body } = compose(firstCard, english)
  expect(body).toContain('New card: opens doors from 16:00')
  expect(body).not.toMatch(/old card|carry both|TPASS/iu)
})

it('only the receipt shows the card number, and only its end', () => {
  for (const told of Object.values(all)) expect(compose(told, english).body).not.toContain('123456789012')
  expect(masked('12345678')).toBe('****5678')
})

it('a card without a printed number is still spoken of', () => {
  expect(compose({ ...confirmed, printedNumber: null }, english).body).toContain(
    'Doors use your new card since',
  )
})

it('times are the campus’s, whatever the zone of the server', () => {
  const elsewhere = { ...english, zone: 'America/New_York' }
  expect(compose(activated, elsewhere).body).toContain('opens doors until 03:00 on Wed 18 October')
})

it('missed updates are told with how many, since when, and which one does their work', () => {
  const told: Told = {
    kind: 'staff-notice',
    printedNumber: null,
    cause: 'window-missed',
    startsAt: at('2023-10-20T15:00'),
    people: 0,
    missed: { windows: 4, first: at('2023-10-19T10:00') },
    left: [],
  }
  expect(compose(told, english).body).toContain('4 door updates from 10:00 on Thu 19 October on did not run')
  expect(compose(told, english).body).toContain('The update of 15:00 on Fri 20 October does that work')
  expect(compose(told, chinese).body).toMatch(/自 ?10月19日.*起有 4 次門禁更新沒有執行/u)
})

describe('how it stands with mailing a message', () => {
  const madeAt = at('2023-10-18T11:00')
  const message = { recipient: 'one@example.org', madeAt, sentAt: null, lastError: null }
  it.each([
    ['sent', { sentAt: madeAt, lastError: null }, true, 0],
    ['sent', { sentAt: madeAt }, false, 99],
    ['no-address', { recipient: '' }, true, 0],
    ['no-address', { recipient: '' }, false, 0],
    ['no-mail-server', {}, false, 0],
    ['waiting', {}, true, 0],
    ['failing', { lastError: '451 try again' }, true, 47],
    ['given-up', { lastError: '451 try again' }, true, 48],
    ['given-up', {}, true, 48],
  ] as const)('%s', (state, change, mails, hours) => {
    expect(sendStateOf({ ...message, ...change }, madeAt.add({ hours }), mails)).toBe(state)
  })
})
