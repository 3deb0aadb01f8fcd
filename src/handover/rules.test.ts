import { describe, expect, it } from 'vitest'
import { no, yes } from '../lib/decision.ts'
import {
  type Evidence,
  type EvidenceRefusal,
  evidenceRefusals,
  type HandoverFacts,
  mayHandOver,
  nextAtDesk,
  provesIdentity,
  stillMissing,
  type Ways,
} from './rules.ts'
import { bindSignature, type Signed } from './signature.ts'
import { isSigned } from './signed.ts'

const now = Temporal.Instant.from('2023-10-18T02:40:00Z')
const ways: Ways = {
  bring: [['old-card'], ['app-proof']],
  whenNeither: [['id-document']],
  confirmedBy: 'second-person',
  confirmation: null,
  declined: [],
  now,
}
/** A freshman who missed the health examination. */
const missed: Ways = { ...ways, bring: [['id-document', 'health-proof']], whenNeither: [] }
const clerkAlone: Ways = { ...ways, confirmedBy: 'clerk-alone' }

const ownCard: Evidence = {
  kind: 'old-card',
  shown: { personId: 12, cardId: 3, reportedLost: false },
}
const proof = (personId: number) => ({ ok: true, personId, nonce: 'abc', proxyId: null }) as const
const live: Evidence = { kind: 'app-proof', proof: proof(12), used: false }
const ranOut: Evidence = { kind: 'app-proof', proof: no('proof-too-old'), used: false }
const document = (evidence: string, documentKind: string | null = null, known = true): Evidence => ({
  kind: 'document',
  evidence,
  documentKind,
  known,
})
const passport = document('id-document', 'passport')
const healthProof = document('health-proof')
const strange = document('library-card', null, false)
const friendsCard: Evidence = { kind: 'old-card', shown: { personId: 13, cardId: 4, reportedLost: false } }
const lostCard: Evidence = { kind: 'old-card', shown: { personId: 12, cardId: 3, reportedLost: true } }

const ordinary: HandoverFacts<'on-leave'> = {
  person: { id: 12, names: ['示例生 甲01', 'Sample One'] },
  eligible: { ok: true, where: ['math-office'] },
  counter: 'math-office',
  card: yes({}),
  evidence: [ownCard],
  ways,
  signature: { manner: 'drawn', picture: 'M1 1L9 9' },
}
const proved = { ok: true, cardId: null, nonce: null, proxyId: null, confirmationId: null }

it('the old card, the right new card and a signature: handed over', () => {
  expect(mayHandOver(ordinary)).toEqual({ ...proved, shown: { 'old-card': 'read' }, cardId: 3 })
})

it('the app’s live proof serves as well as the old card', () => {
  expect(mayHandOver({ ...ordinary, evidence: [live] })).toEqual({
    ...proved,
    shown: { 'app-proof': 'live' },
    nonce: 'abc',
    proxyId: null,
  })
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
  ['with nothing shown', { evidence: [] }, 'evidence-missing'],
  ['with an identity document that nobody confirmed', { evidence: [passport] }, 'second-person-missing'],
  ['unsigned', { signature: { manner: 'drawn', picture: ' ' } }, 'not-signed'],
  ['signed with a scan', { signature: { manner: 'typed', picture: '0713233758' } }, 'name-differs'],
  ['eligibility is told before the card', { eligible: no('on-leave'), card: no('unknown-card') }, 'on-leave'],
  ['the card is told before the evidence', { card: no('unknown-card'), evidence: [strange] }, 'unknown-card'],
  [
    'the evidence is told before the signature',
    { evidence: [], signature: { manner: 'drawn', picture: '' } },
    'evidence-missing',
  ],
] as const)('not handed over: %s', (_, change, refusal) => {
  expect(mayHandOver({ ...ordinary, ...(change as object) })).toMatchObject({ ok: false, refusal })
})

describe('what was shown proves who stands there', () => {
  it.each<[string, Evidence[], Ways, object]>([
    ['the old card', [ownCard], ways, { shown: { 'old-card': 'read' }, cardId: 3 }],
    [
      'the old card that the clerk saw',
      [{ ...ownCard, kind: 'old-card-seen' }],
      ways,
      { shown: { 'old-card': 'seen' }, cardId: 3 },
    ],
    ['the live proof', [live], ways, { shown: { 'app-proof': 'live' }, nonce: 'abc', proxyId: null }],
    [
      'both, and both are kept',
      [ownCard, live],
      ways,
      { shown: { 'old-card': 'read', 'app-proof': 'live' }, cardId: 3, nonce: 'abc', proxyId: null },
    ],
    [
      'the old card, beside a proof that ran out',
      [ranOut, ownCard],
      ways,
      { shown: { 'old-card': 'read' }, cardId: 3 },
    ],
    [
      'an identity document beside the old card: nobody has to confirm',
      [passport, ownCard],
      ways,
      { shown: { 'id-document': 'passport', 'old-card': 'read' }, cardId: 3 },
    ],
    [
      'a freshman’s identity document and health proof, in any order',
      [healthProof, passport],
      missed,
      { shown: { 'id-document': 'passport', 'health-proof': null } },
    ],
    [
      'an identity document, where the clerk’s own word is enough',
      [passport],
      clerkAlone,
      { shown: { 'id-document': 'passport' } },
    ],
    [
      'evidence that Gatehouse does not know: a document seen',
      [document('enrolment-slip')],
      { ...ways, bring: [['enrolment-slip']] },
      { shown: { 'enrolment-slip': null } },
    ],
  ])('%s', (_, evidence, asked, follows) => {
    expect(provesIdentity(evidence, 12, asked)).toEqual({ ...proved, ...follows })
  })

  it.each<[string, Evidence[], Ways, EvidenceRefusal]>([
    ['an old card we never gave', [{ kind: 'old-card', shown: null }], ways, 'old-card-unknown'],
    ['an old card seen that there is not', [{ kind: 'old-card-seen', shown: null }], ways, 'no-old-card'],
    ['somebody else’s old card', [friendsCard], ways, 'old-card-of-somebody-else'],
    ['an old card reported lost', [lostCard], ways, 'old-card-reported-lost'],
    ['a used proof', [{ ...live, used: true }], ways, 'proof-used'],
    ['a friend’s proof', [{ ...live, proof: proof(13) }], ways, 'proof-of-somebody-else'],
    ['a proof that ran out', [ranOut], ways, 'proof-too-old'],
    ['a document of no kind we know', [strange], ways, 'document-unknown'],
    ['a health proof alone', [healthProof], missed, 'evidence-missing'],
    ['a health proof alone, of who brings the old card', [healthProof], ways, 'evidence-missing'],
    ['a freshman’s identity document alone: there is no other way', [passport], missed, 'evidence-missing'],
    ['a freshman’s live proof: another group was asked for', [live], missed, 'evidence-missing'],
    ['nothing', [], ways, 'evidence-missing'],
    ['an identity document, and nobody else looked', [passport], ways, 'second-person-missing'],
  ])('but not %s', (_, evidence, asked, refusal) => {
    expect(provesIdentity(evidence, 12, asked)).toMatchObject({ ok: false, refusal })
  })

  /** Each row adds, to what already speaks against it, something that is told before. */
  it.each<[EvidenceRefusal, Evidence[]]>([
    ['second-person-missing', [passport]],
    ['second-person-missing', [passport, ranOut]],
    ['proof-too-old', [ranOut]],
    ['document-unknown', [passport, ranOut, strange]],
    ['proof-of-somebody-else', [passport, strange, { ...live, proof: proof(13) }]],
    ['old-card-reported-lost', [passport, strange, { ...live, proof: proof(13) }, lostCard]],
    ['old-card-of-somebody-else', [ownCard, live, friendsCard]],
  ])('which refusal comes first: %s', (refusal, evidence) => {
    expect(provesIdentity(evidence, 12, ways)).toMatchObject({ ok: false, refusal })
  })

  it('is refused in the written order', () => {
    const said: EvidenceRefusal[] = [
      'old-card-of-somebody-else',
      'old-card-reported-lost',
      'proof-of-somebody-else',
      'document-unknown',
      'proof-too-old',
      'evidence-missing',
      'second-person-missing',
    ]
    const places = said.map(refusal => evidenceRefusals.indexOf(refusal))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })
})

it.each([
  ['nothing shown: every way', {}, [['old-card'], ['id-document', 'health-proof']]],
  ['a group begun: what is left of it', { 'health-proof': null }, [['id-document']]],
  ['something that helps in no group', { passport: null }, [['old-card'], ['id-document', 'health-proof']]],
] as const)('still missing, with %s', (_, shown, missing) => {
  expect(stillMissing([['old-card'], ['id-document', 'health-proof']], shown)).toEqual(missing)
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
  ['half of the evidence', { ...here, card: yes({}), identity: no('evidence-missing') }, 'evidence'],
  [
    'a document to confirm',
    { ...here, card: yes({}), identity: no('second-person-missing') },
    'second-person',
  ],
  ['that, and no card yet', { ...here, card: null, identity: no('second-person-missing') }, 'card'],
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
  [
    'a document that was declined',
    { ...here, card: yes({}), identity: no('second-person-declined') },
    'second-person-declined',
  ],
] as const)('the desk goes no further: %s', (_, standing, refusal) => {
  expect(nextAtDesk(standing)).toMatchObject({ ok: false, refusal })
})

it('a signature fits only its own person, card, sentence, clerk and time', () => {
  const signed: Signed = {
    studentNumber: '41047001S',
    chip: '2A83155E',
    text: 'I received the card.',
    clerk: 'clerk-a',
    at: now,
    manner: 'drawn',
    place: 'desk',
    picture: 'M1 1L9 9',
  }
  const others: Partial<Signed>[] = [
    { studentNumber: '41047002S' },
    { chip: '2A83155F' },
    { text: 'I received a card.' },
    { clerk: 'clerk-b' },
    { at: now.add({ milliseconds: 1 }) },
    { manner: 'typed' },
    { place: 'phone' },
    { picture: 'M1 1L9 8' },
  ]
  for (const change of others)
    expect(bindSignature({ ...signed, ...change })).not.toEqual(bindSignature(signed))
})
