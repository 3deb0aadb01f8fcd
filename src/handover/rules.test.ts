import { expect, it } from 'vitest'
import { no, yes } from '../lib/decision.ts'
import { makeProof, readProof } from './proof.ts'
import { type HandoverFacts, isSigned, mayHandOver, nextAtDesk } from './rules.ts'
import { bindSignature, type Signed } from './signature.ts'

const ordinary: HandoverFacts<'on-leave'> = {
  person: { id: 12, names: ['示例生 甲01', 'Sample One'] },
  eligible: { ok: true, where: ['math-office'] },
  counter: 'math-office',
  card: yes({}),
  evidence: { kind: 'old-card', shown: { personId: 12, cardId: 3, reportedLost: false } },
  signature: { manner: 'drawn', picture: 'M1 1L9 9' },
}
const proof = (personId: number) => ({ ok: true, personId, nonce: 'abc' }) as const

it('the old card, the right new card and a signature: handed over', () => {
  expect(mayHandOver(ordinary)).toEqual({ ok: true, cardId: 3, nonce: null })
})

it('the app’s live proof serves as well as the old card', () => {
  const evidence = { kind: 'app-proof', proof: proof(12), used: false } as const
  expect(mayHandOver({ ...ordinary, evidence })).toEqual({ ok: true, cardId: null, nonce: 'abc' })
})

it('a witnessed signature needs no drawing', () => {
  expect(mayHandOver({ ...ordinary, signature: { manner: 'witnessed', picture: '' } })).toMatchObject({
    ok: true,
  })
})

it.each([
  ['nobody of that number', { person: null }, 'unknown-person'],
  ['on leave', { eligible: no('on-leave') }, 'on-leave'],
  ['at the wrong counter', { counter: 'physics-office' }, 'another-counter'],
  ['with another person’s card', { card: no('another-persons-pack') }, 'another-persons-pack'],
  ['with an old card we never gave', { evidence: { kind: 'old-card', shown: null } }, 'old-card-unknown'],
  [
    'with an old card seen that there is not',
    { evidence: { kind: 'old-card-seen', shown: null } },
    'no-old-card',
  ],
  [
    'with somebody else’s old card',
    { evidence: { kind: 'old-card', shown: { personId: 13, cardId: 4, reportedLost: false } } },
    'old-card-of-somebody-else',
  ],
  [
    'with an old card reported lost',
    { evidence: { kind: 'old-card', shown: { personId: 12, cardId: 3, reportedLost: true } } },
    'old-card-reported-lost',
  ],
  ['with a used proof', { evidence: { kind: 'app-proof', proof: proof(12), used: true } }, 'proof-used'],
  [
    'with a friend’s proof',
    { evidence: { kind: 'app-proof', proof: proof(13), used: false } },
    'proof-of-somebody-else',
  ],
  ['unsigned', { signature: { manner: 'drawn', picture: ' ' } }, 'not-signed'],
  ['signed with a scan', { signature: { manner: 'typed', picture: '0713233758' } }, 'name-differs'],
  ['eligibility is told before the card', { eligible: no('on-leave'), card: no('unknown-card') }, 'on-leave'],
  [
    'the card is told before the evidence',
    { card: no('unknown-card'), evidence: { kind: 'old-card', shown: null } },
    'unknown-card',
  ],
] as const)('not handed over: %s', (_, change, refusal) => {
  expect(mayHandOver({ ...ordinary, ...(change as object) })).toMatchObject({ ok: false, refusal })
})

it.each([
  ['typed', '示例生甲01', true],
  ['typed', 'sample  ONE', true],
  ['typed', 'Sample', true],
  ['typed', 'Sample Two', false],
  ['typed', 'S', false],
  ['typed', '', false],
  ['drawn', 'M1 1L9 9', true],
  ['drawn', 'M1 1', false],
  ['witnessed', '', true],
] as const)('signed %s with “%s”: %s', (manner, picture, signed) => {
  expect(isSigned({ manner, picture }, ['示例生 甲01', 'Sample One']).ok).toBe(signed)
})

const here = { eligible: { ok: true, where: ['math-office'] }, counter: 'math-office' } as const

it.each([
  ['nobody yet', { eligible: null, counter: 'math-office', card: null, identity: null }, 'person'],
  ['only a card', { eligible: null, counter: 'math-office', card: yes({}), identity: null }, 'person'],
  ['the person', { ...here, card: null, identity: null }, 'card'],
  ['the person and the evidence', { ...here, card: null, identity: yes({}) }, 'card'],
  ['the person and the card', { ...here, card: yes({}), identity: null }, 'evidence'],
  ['all three', { ...here, card: yes({}), identity: yes({}) }, 'signature'],
] as const)('the desk has %s', (_, standing, next) => {
  expect(nextAtDesk(standing)).toEqual({ ok: true, next })
})

it.each([
  [
    'not eligible',
    { eligible: no('on-leave'), counter: 'math-office', card: null, identity: null },
    'on-leave',
  ],
  [
    'sent elsewhere',
    { ...here, counter: 'physics', card: no('unknown-card'), identity: null },
    'another-counter',
  ],
  ['a wrong card', { ...here, card: no('unknown-card'), identity: no('old-card-unknown') }, 'unknown-card'],
  ['a wrong proof', { ...here, card: null, identity: no('proof-too-old') }, 'proof-too-old'],
] as const)('the desk goes no further: %s', (_, standing, refusal) => {
  expect(nextAtDesk(standing)).toMatchObject({ ok: false, refusal })
})

const key = Buffer.alloc(32, 7)
const now = Temporal.Instant.from('2023-10-18T02:40:00Z')

it('a live proof says whose it is for its lifetime, and not a moment longer', () => {
  const made = makeProof(key, { personId: 12, now, lifetimeSeconds: 60 })
  expect(readProof(key, made, now.add({ seconds: 59 }))).toMatchObject({ ok: true, personId: 12 })
  expect(readProof(key, made, now.add({ seconds: 60 }))).toMatchObject({ refusal: 'proof-too-old' })
})

it('a proof with one letter changed, or of another key, is not ours', () => {
  const made = makeProof(key, { personId: 12, now, lifetimeSeconds: 60 })
  expect(readProof(key, made.replace('GH1.c.', 'GH1.d.'), now)).toMatchObject({ refusal: 'proof-not-ours' })
  expect(readProof(Buffer.alloc(32, 8), made, now)).toMatchObject({ refusal: 'proof-not-ours' })
  expect(readProof(key, 'https://example.org/qr', now)).toMatchObject({ refusal: 'proof-not-ours' })
})

it('a signature fits only its own person, card, sentence, clerk and time', () => {
  const signed: Signed = {
    studentNumber: '41047001S',
    chip: '2A83155E',
    text: 'I received the card.',
    clerk: 'clerk-a',
    at: now,
    manner: 'drawn',
    picture: 'M1 1L9 9',
  }
  const others: Partial<Signed>[] = [
    { studentNumber: '41047002S' },
    { chip: '2A83155F' },
    { text: 'I received a card.' },
    { clerk: 'clerk-b' },
    { at: now.add({ milliseconds: 1 }) },
    { manner: 'typed' },
    { picture: 'M1 1L9 8' },
  ]
  for (const change of others)
    expect(bindSignature({ ...signed, ...change })).not.toEqual(bindSignature(signed))
})
