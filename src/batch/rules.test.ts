import { describe, expect, it } from 'vitest'
import { no, yes } from '../lib/decision.ts'
import { type CardForBatch, mayGiveBatch, mayGoInBatch, mayRepresent, mayTakeBack } from './rules.ts'

const rules = { mostCards: 3, backWithinDays: 3 }
const today = Temporal.PlainDate.from('2023-10-18')
const verdict = (decision: { ok: boolean; refusal?: string }) => (decision.ok ? 'yes' : decision.refusal)

describe('who fetches cards for others', () => {
  it.each([
    ['a student', rules, { enrolled: true, out: null }, 'yes'],
    ['where the programme has none', undefined, { enrolled: true, out: null }, 'batches-not-allowed'],
    ['who is on leave', rules, { enrolled: false, out: null }, 'representative-not-enrolled'],
    ['with cards out until today', rules, { enrolled: true, out: { backBy: today, cards: 2 } }, 'yes'],
    [
      'with cards out until yesterday',
      rules,
      { enrolled: true, out: { backBy: today.subtract({ days: 1 }), cards: 2 } },
      'batch-not-back',
    ],
  ] as const)('%s', (_, of, representative, expected) => {
    expect(verdict(mayRepresent(of, representative, today))).toBe(expected)
  })
})

const card: CardForBatch = {
  holder: { id: 2, department: 'csie' },
  card: yes({}),
  eligible: { ok: true, where: ['dept-csie'] },
  isReissue: false,
}
const representative = { id: 1, department: 'csie' }

describe('which card goes', () => {
  it.each<[string, Partial<CardForBatch>, string]>([
    ['one of a fellow student', {}, 'yes'],
    [
      'one that was given already',
      { card: no('already-handed-to-somebody-else') },
      'already-handed-to-somebody-else',
    ],
    ['a blank', { holder: null }, 'card-of-nobody'],
    ['the representative’s own', { holder: { id: 1, department: 'csie' } }, 'own-card'],
    ['of another department', { holder: { id: 2, department: 'math' } }, 'other-department'],
    ['of somebody on leave', { eligible: { ...no('wait-until'), ok: false } }, 'wait-until'],
    ['one issued anew', { isReissue: true }, 'reissue-in-person'],
    [
      'one that is collected elsewhere',
      { eligible: { ok: true, where: ['registry'] } },
      'not-at-this-counter',
    ],
    [
      'what is wrong with the card is told before what is wrong with its holder',
      { card: no('retired'), holder: null },
      'retired',
    ],
  ])('%s', (_, change, expected) => {
    expect(verdict(mayGoInBatch({ ...card, ...change }, representative, 'dept-csie'))).toBe(expected)
  })
})

it.each([
  [[], 'no-cards'],
  [['A'], 'yes'],
  [['A', 'B', 'C'], 'yes'],
  [['A', 'B', 'C', 'D'], 'too-many-cards'],
  [['A', 'A'], 'card-twice'],
])('a batch of %j: %s', (chips, expected) => {
  expect(verdict(mayGiveBatch(chips, rules))).toBe(expected)
})

const out = { counter: 'dept-csie', before: false, activated: false, lost: false, more: false }
it.each([
  ['one that was not given', out, 'yes'],
  ['one that came back before and went out again', { ...out, before: true }, 'yes'],
  ['a card nobody knows', null, 'unknown-card'],
  ['one of no batch', { ...out, counter: null }, 'not-in-a-batch'],
  ['one that is back already', { ...out, counter: null, before: true }, 'brought-back-already'],
  ['one of another counter', { ...out, counter: 'dept-math' }, 'back-at-its-counter'],
  ['one that its holder activated', { ...out, activated: true }, 'activated-since'],
  ['one that its holder reported lost', { ...out, lost: true }, 'lost-since'],
  ['one that its holder applied for another card for', { ...out, more: true }, 'more-since'],
])('from a pile comes back %s: %s', (_, brought, expected) => {
  expect(verdict(mayTakeBack(brought, 'dept-csie'))).toBe(expected)
})
