import { describe, expect, it } from 'vitest'
import { no, yes } from '../lib/decision.ts'
import { type Confirmation, type Declined, type Evidence, provesIdentity, type Ways } from './rules.ts'
import { answerRefusals, mayAnswer, mayAskSecondPerson, type Question } from './second-person.ts'

const now = Temporal.Instant.from('2023-10-18T03:00:00Z')
const goodUntil = now.add({ minutes: 15 })
const passport: Evidence = {
  kind: 'document',
  evidence: 'id-document',
  documentKind: 'passport',
  known: true,
}
const healthProof: Evidence = { ...passport, evidence: 'health-proof', documentKind: null }
const declinedPassport: Declined = { documents: { 'id-document': 'passport' }, reason: 'Another face.' }
const confirmed: Confirmation = {
  id: 7,
  documents: { 'id-document': 'passport' },
  goodUntil,
  confirmed: true,
  used: false,
}
const ways: Ways = {
  bring: [['old-card'], ['app-proof']],
  whenNeither: [['id-document']],
  confirmedBy: 'second-person',
  confirmation: confirmed,
  declined: [],
  now,
}

describe('a second person’s word', () => {
  it('proves identity with the document, and is used up by the handover', () => {
    expect(provesIdentity([passport], 12, ways)).toEqual({
      ok: true,
      shown: { 'id-document': 'passport' },
      cardId: null,
      nonce: null,
      proxyId: null,
      confirmationId: 7,
    })
  })

  it('is not used up where the old card was found after all', () => {
    const ownCard: Evidence = { kind: 'old-card', shown: { personId: 12, cardId: 3, reportedLost: false } }
    expect(provesIdentity([passport, ownCard], 12, ways)).toMatchObject({ ok: true, confirmationId: null })
  })

  it.each<[string, Partial<Confirmation> | null, Partial<Ways>, Evidence[], string]>([
    ['nobody was asked', null, {}, [passport], 'second-person-missing'],
    ['nobody has answered', { confirmed: null }, {}, [passport], 'second-person-missing'],
    ['it was for an earlier handover', { used: true }, {}, [passport], 'second-person-missing'],
    ['its time is over', {}, { now: goodUntil }, [passport], 'second-person-missing'],
    [
      'it was of another kind of document',
      {},
      {},
      [{ ...passport, documentKind: 'national-id' }],
      'second-person-missing',
    ],
    [
      'it was of fewer documents',
      {},
      { whenNeither: [['id-document', 'health-proof']] },
      [passport, healthProof],
      'second-person-missing',
    ],
    [
      'it was a no',
      { confirmed: false },
      { declined: [declinedPassport] },
      [passport],
      'second-person-declined',
    ],
    [
      'somebody said no to another clerk',
      {},
      { declined: [declinedPassport] },
      [passport],
      'second-person-declined',
    ],
    [
      'a paper was added to what was declined',
      null,
      { declined: [declinedPassport] },
      [passport, healthProof],
      'second-person-declined',
    ],
    ['the document is gone', {}, {}, [], 'evidence-missing'],
  ])('does not count: %s', (_, change, other, evidence, refusal) => {
    const confirmation = change && { ...confirmed, ...change }
    expect(provesIdentity(evidence, 12, { ...ways, confirmation, ...other })).toMatchObject({ refusal })
  })

  it('counts although a paper lies beside it that nobody was asked about', () => {
    expect(provesIdentity([passport, healthProof], 12, ways)).toMatchObject({ ok: true, confirmationId: 7 })
  })

  it('when it was a no about another document, does not stand against this one', () => {
    const declined = [{ documents: { 'id-document': 'national-id' }, reason: 'Too old a picture.' }]
    expect(provesIdentity([passport], 12, { ...ways, declined })).toMatchObject({ ok: true })
  })

  it('counts until the very end of its time', () => {
    const last = goodUntil.subtract({ milliseconds: 1 })
    expect(provesIdentity([passport], 12, { ...ways, now: last })).toMatchObject({ ok: true })
  })
})

describe('asking a second person', () => {
  const here = { eligible: { ok: true, where: ['math-office'] }, counter: 'math-office' } as const
  it('is for who has shown a document that somebody has to confirm', () => {
    expect(mayAskSecondPerson({ ...here, identity: no('second-person-missing') })).toEqual({ ok: true })
  })

  it.each([
    ['on leave', { ...here, eligible: no('on-leave'), identity: no('second-person-missing') }, 'on-leave'],
    [
      'at the wrong counter',
      { ...here, counter: 'physics', identity: no('second-person-missing') },
      'another-counter',
    ],
    [
      'somebody else’s old card lies there',
      { ...here, identity: no('old-card-of-somebody-else') },
      'old-card-of-somebody-else',
    ],
    ['nothing was shown', { ...here, identity: no('evidence-missing') }, 'evidence-missing'],
    [
      'it was declined a moment ago',
      { ...here, identity: no('second-person-declined') },
      'second-person-declined',
    ],
    ['identity is proved', { ...here, identity: yes({}) }, 'no-second-person-needed'],
  ] as const)('is refused: %s', (_, standing, refusal) => {
    expect(mayAskSecondPerson(standing)).toMatchObject({ ok: false, refusal })
  })
})

describe('answering', () => {
  const question: Question = { askedBy: 'clerk-a', confirmed: null, goodUntil, askedAnew: false }
  const confirms = { by: 'clerk-b', says: { confirmed: true, reason: null }, now }
  const declines = { ...confirms, says: { confirmed: false, reason: 'Another face.' } }

  it('is for anybody else, yes or no', () => {
    expect(mayAnswer(question, confirms)).toEqual({ ok: true })
    expect(mayAnswer(question, declines)).toEqual({ ok: true })
  })

  /** Each row adds, to what already speaks against it, something that is told before. */
  it.each([
    ['no-reason-given', {}, { says: { confirmed: false, reason: '  ' } }],
    ['asked-too-long-ago', {}, { says: { confirmed: false, reason: '' }, now: goodUntil }],
    ['asked-anew', { askedAnew: true }, { now: goodUntil }],
    ['declined-already', { askedAnew: true, confirmed: false }, { now: goodUntil }],
    ['confirmed-already', { askedAnew: true, confirmed: true }, { now: goodUntil }],
    ['asked-by-yourself', { askedAnew: true, confirmed: true }, { by: 'clerk-a', now: goodUntil }],
  ] as const)('is refused: %s', (refusal, change, answer) => {
    expect(mayAnswer({ ...question, ...change }, { ...confirms, ...answer })).toMatchObject({ refusal })
  })

  it('is refused in the written order', () => {
    expect(answerRefusals).toEqual([
      'asked-by-yourself',
      'confirmed-already',
      'declined-already',
      'asked-anew',
      'asked-too-long-ago',
      'no-reason-given',
    ])
  })
})
