import { expect, it } from 'vitest'
import { no, yes } from '../lib/decision.ts'
import {
  mayAnswerRequest,
  mayAskToSign,
  mayUse,
  type SignatureRequest,
  signingState,
} from './signing-rules.ts'

const at = (time: string) => Temporal.Instant.from(`2023-10-18T${time}:00Z`)
const text = { 'zh-TW': '本人已領取。', en: 'I have received it.' }

/** What a clerk asked at 11:00 on the phone, until 11:05. */
const waits: SignatureRequest = {
  id: 7,
  personId: 1,
  cardId: 21,
  proxyId: null,
  place: 'phone',
  text,
  counter: 'here',
  askedBy: 'a',
  proofAt: at('11:00'),
  askedAt: at('11:00'),
  goodUntil: at('11:05'),
  withdrawnAt: null,
  usedAt: null,
  signed: null,
  answeredAt: null,
  manner: null,
}
const signed: SignatureRequest = { ...waits, signed: true, answeredAt: at('11:04'), manner: 'confirmed' }
const refused: SignatureRequest = { ...waits, signed: false, answeredAt: at('11:01') }
const button = { manner: 'confirmed', picture: '' } as const
const names = ['示例生', 'Sample Student']

it.each([
  ['the button', waits, button, '11:04', null],
  ['a part of the name', waits, { manner: 'typed', picture: 'sample' }, '11:04', null],
  ['a no', waits, null, '11:04', null],
  ['it was signed', signed, button, '11:04', 'signed-already'],
  ['it was refused, and the time is over', refused, button, '11:09', 'refused-already'],
  [
    'it was withdrawn, and the time is over',
    { ...waits, withdrawnAt: at('11:01') },
    button,
    '11:09',
    'no-longer-asked',
  ],
  ['the time is over, at the minute', waits, button, '11:05', 'asked-too-long-ago'],
  ['a no that comes too late', waits, null, '11:05', 'asked-too-long-ago'],
  ['a clerk’s word on a phone', waits, { manner: 'witnessed', picture: '' }, '11:01', 'not-signed'],
  ['one’s own button on a tablet', { ...waits, place: 'tablet' }, button, '11:01', 'not-signed'],
  ['another name', waits, { manner: 'typed', picture: 'Somebody' }, '11:01', 'name-differs'],
  ['a dot', waits, { manner: 'drawn', picture: 'M1 1L1 1' }, '11:01', 'not-signed'],
] as const)('an answer: %s', (_, request, given, now, refusal) => {
  const answered = mayAnswerRequest(request, { given, names, now: at(now) })
  expect(answered.ok ? null : answered.refusal).toBe(refusal)
})

const about = { personId: 1, cardId: 21, proxyId: null, clerk: 'a', text, now: at('11:05') }

it.each([
  ['in time, after the time to answer', signed, {}, null],
  ['nothing was asked', null, {}, 'signature-not-asked'],
  ['of another person, about another card', signed, { personId: 2, cardId: 22 }, 'signature-not-asked'],
  ['by another clerk', signed, { clerk: 'b' }, 'signature-not-asked'],
  ['another card, and a proxy', signed, { cardId: 22, proxyId: 3 }, 'signed-for-another-card'],
  ['a proxy stands there', signed, { proxyId: 3 }, 'signed-by-another'],
  ['the proxy signed, and the holder came', { ...signed, proxyId: 3 }, {}, 'signed-by-another'],
  ['refused', refused, {}, 'refused-by-signer'],
  ['withdrawn', { ...signed, withdrawnAt: at('11:04') }, {}, 'signature-withdrawn'],
  ['used before', { ...signed, usedAt: at('11:04') }, {}, 'signature-withdrawn'],
  ['too late', signed, { now: at('11:09') }, 'signature-too-late'],
  ['not signed yet', waits, { now: at('11:04') }, 'signature-awaited'],
  ['not signed in time', waits, {}, 'signature-too-late'],
  ['in other words', signed, { text: { ...text, en: 'Received.' } }, 'signed-other-words'],
] as const)('a handover with what was signed elsewhere: %s', (_, request, change, refusal) => {
  const may = mayUse(request, { ...about, ...change })
  expect(may.ok ? null : may.refusal).toBe(refusal)
})

const ready = {
  eligible: { ok: true, where: ['here'] },
  counter: 'here',
  card: yes({}),
  identity: yes({}),
} as const
const asking = { place: 'phone', byProxy: false, waiting: null, clerk: 'a', now: at('11:01') } as const

it.each([
  ['nothing else is missing', {}, {}, null],
  ['asked by the same clerk already', {}, { waiting: waits }, null],
  ['another desk’s question that is over', {}, { waiting: waits, clerk: 'b', now: at('11:05') }, null],
  ['a proxy, on the tablet', {}, { byProxy: true, place: 'tablet' }, null],
  ['no card yet', { card: null }, { byProxy: true }, 'not-ready-to-sign'],
  ['identity is missing', { identity: no('evidence-missing') }, {}, 'not-ready-to-sign'],
  ['a wrong card', { card: no('unknown-card') }, {}, 'unknown-card'],
  ['a proxy, on the phone', {}, { byProxy: true, waiting: waits, clerk: 'b' }, 'proxy-signs-here'],
  ['another desk is asking', {}, { waiting: waits, clerk: 'b' }, 'asked-at-another-desk'],
] as const)('asking: %s', (_, standing, change, refusal) => {
  const may = mayAskToSign({ ...ready, ...standing }, { ...asking, ...change })
  expect(may.ok ? null : may.refusal).toBe(refusal)
})

it.each([
  ['nobody was asked', null, 'a', '11:01', null],
  ['it waits', waits, 'a', '11:01', 'asked'],
  ['another desk waits', waits, 'b', '11:01', 'elsewhere'],
  ['it is signed', signed, 'a', '11:05', 'signed'],
  ['another desk has it signed', signed, 'b', '11:04', null],
  ['a button on the tablet', { ...signed, place: 'tablet', manner: 'witnessed' }, 'a', '11:04', 'to-witness'],
  ['refused, whoever asked', refused, 'b', '11:04', 'refused'],
  ['refused, and over', refused, 'b', '11:05', null],
  ['not signed in time', waits, 'a', '11:05', 'over'],
  ['signed, and not used in time', signed, 'a', '11:09', 'over'],
  ['withdrawn', { ...waits, withdrawnAt: at('11:01') }, 'a', '11:01', null],
  ['used', { ...signed, usedAt: at('11:04') }, 'a', '11:04', null],
] as const)('the desk sees: %s', (_, newest, clerk, now, state) => {
  expect(signingState(newest, { clerk, now: at(now) })).toBe(state)
})
