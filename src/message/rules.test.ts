import { describe, expect, it } from 'vitest'
import { languages } from '../lib/words.ts'
import { masked } from './letter.ts'
import { outboxWords } from './outbox-words.ts'
import { compose, sendStateOf, type Told } from './rules.ts'
import { at, type Case, chinese, english, expectPlain, expectSaid, printedNumber } from './trial-told.ts'

const handedOver: Told = {
  kind: 'card-handed-over',
  printedNumber,
  edition: '4K',
  counter: 'H101',
  at: at('2023-10-18T10:40'),
  old: { until: at('2024-03-01T00:00'), kept: true },
}
const activated: Told = {
  kind: 'card-activated',
  printedNumber,
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
const confirmed: Told = {
  kind: 'doors-confirmed',
  printedNumber,
  since: at('2023-10-18T15:12'),
  controllers: 12,
  replacesOld: true,
}
const waiting: Told = {
  kind: 'doors-waiting',
  printedNumber,
  confirmed: 10,
  controllers: 12,
  waiting: [
    { building: 'LIBRARY', oldWorks: true, cause: 'silent' },
    { building: 'LIBRARY', oldWorks: true, cause: 'held' },
    { building: 'GYM', oldWorks: false, cause: 'unconfirmed' },
  ],
  expectedBy: at('2023-10-19T02:00'),
}

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
      'the doors’ confirmation: since when, by whom',
      confirmed,
      ['10月18日（三）15:12', '12 個控制器中的 12 個', '門禁系統確認'],
      ['since 15:12 on Wed 18 October', 'confirmed by the access system (12 of 12 controllers)'],
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
  ] satisfies Case[])('%s', (_, told, inChinese, inEnglish) => {
    expectSaid(told, inChinese, inEnglish)
  })
})

it('a first card is told of as plainly', () => {
  expectPlain(firstCard)
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

it('the receipt shows the card number, and only its end', () => {
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
  const message = { recipient: 'one@example.org', madeAt, sentAt: null, lastError: null, codeEnded: false }
  it.each([
    ['sent', { sentAt: madeAt, lastError: null }, true, 0],
    ['sent', { sentAt: madeAt }, false, 99],
    ['sent', { sentAt: madeAt, codeEnded: true }, true, 0],
    ['not-needed', { codeEnded: true }, true, 0],
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
