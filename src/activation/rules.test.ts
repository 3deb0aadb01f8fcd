import { expect, it } from 'vitest'
import { type ActivationFacts, mayActivate } from './rules.ts'

const moment = Temporal.Instant.from('2023-10-18T03:00:00Z')
const ordinary: ActivationFacts = {
  mayEnter: true,
  card: {
    cardId: 7,
    printedNumber: '1234567890123456',
    hasCarrierCode: true,
    reportedLost: false,
    activatedAt: null,
  },
  old: { cardId: 3, accessEndsAt: null, paused: false, handedIn: false },
  shutUntil: null,
}
const card = ordinary.card!

it('a student with the new card in hand switches it on, and it replaces the old one', () => {
  expect(mayActivate(ordinary, { lastDigits: '3456' })).toEqual({
    ok: true,
    cardId: 7,
    again: false,
    replaces: 3,
  })
})

it('a student without an old card switches on just the same', () => {
  expect(mayActivate({ ...ordinary, old: null }, { lastDigits: '3456' })).toMatchObject({
    ok: true,
    replaces: null,
  })
})

it('a second tap gets a yes and changes nothing, whatever is typed', () => {
  const active = { ...ordinary, card: { ...card, activatedAt: moment } }
  expect(mayActivate(active, { lastDigits: '' })).toEqual({
    ok: true,
    cardId: 7,
    again: true,
    replaces: null,
  })
})

it.each([
  ['before pickup', { card: null }, '3456', 'not-collected-yet'],
  ['after a loss report', { card: { ...card, reportedLost: true } }, '3456', 'reported-lost'],
  ['while on leave', { mayEnter: false }, '3456', 'no-campus-access'],
  ['with the wrong digits', {}, '3457', 'wrong-digits'],
  ['with all the digits instead of the last', {}, '1234567890123456', 'wrong-digits'],
  ['with a card that has no printed number', { card: { ...card, printedNumber: null } }, '', 'wrong-digits'],
  [
    'lost comes before leave',
    { mayEnter: false, card: { ...card, reportedLost: true } },
    '',
    'reported-lost',
  ],
  ['leave comes before the digits', { mayEnter: false }, '0000', 'no-campus-access'],
  [
    'after too many wrong tries, also with the right digits',
    { shutUntil: '11:20' },
    '3456',
    'too-many-tries',
  ],
] as const)('no, %s', (_, change, digits, refusal) => {
  expect(mayActivate({ ...ordinary, ...change }, { lastDigits: digits })).toMatchObject({
    ok: false,
    refusal,
  })
})

it.each([
  ['this card’s own code does as well', {}, true, 'yes'],
  ['another card’s does not', {}, false, 'wrong-carrier-code'],
  ['a card without a code has none to guess', { hasCarrierCode: false }, true, 'wrong-carrier-code'],
] as const)('the code on the letter: %s', (_, change, carrierCodeFits, said) => {
  const decision = mayActivate({ ...ordinary, card: { ...card, ...change } }, { carrierCodeFits })
  expect(decision.ok ? 'yes' : decision.refusal).toBe(said)
})
