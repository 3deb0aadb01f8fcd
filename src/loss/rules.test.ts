import { describe, expect, it } from 'vitest'
import {
  type GivingBack,
  givenBack,
  type LossFacts,
  type LostBeforeDoors,
  mayBeFound,
  mayReportLost,
  mayWithdraw,
  oldGoesOn,
} from './rules.ts'

const at = (text: string) => Temporal.Instant.from(text)
const now = at('2023-10-18T03:00:00Z')
const report: NonNullable<LossFacts['report']> = {
  id: 1,
  at: now,
  putOffTo: null,
  sendAt: at('2023-10-18T04:00:00Z'),
  sentAt: null,
  receivedAt: null,
  refusedBecause: null,
  hadAccess: true,
}
const sent = { ...report, sentAt: at('2023-10-18T04:00:00Z') }
const ordinary: LossFacts = { holds: true, status: 'enrolled', report: null, endedAs: null }
const issuer = { nameZh: '悠遊卡公司', nameEn: 'EasyCard', phones: '412-8880' }

describe('reporting lost', () => {
  it.each([
    ['the holder', {}, { ok: true, again: false }],
    ['the holder a second time', { report }, { ok: true, again: true }],
    ['who is on leave', { status: 'on-leave' }, { ok: true, again: false }],
    ['somebody else', { holds: false }, { refusal: 'not-your-card' }],
    ['who has graduated', { status: 'graduated' }, { refusal: 'left-the-university', facts: issuer }],
    ['who has withdrawn', { status: 'withdrawn' }, { refusal: 'left-the-university' }],
    ['who reported it and graduated then', { status: 'graduated', report }, { ok: true, again: true }],
    ['somebody else who has left', { holds: false, status: 'graduated' }, { refusal: 'not-your-card' }],
  ] as const)('%s', (_, change, answer) => {
    expect(mayReportLost({ ...ordinary, ...change }, issuer)).toMatchObject(answer)
  })
})

describe('taking a report back', () => {
  it.each([
    ['until it is sent', { report }, { ok: true, again: false }],
    ['not once it is sent', { report: sent }, { refusal: 'already-sent' }],
    ['a second time', { endedAs: 'withdrawn' }, { ok: true, again: true }],
    ['where there is none', {}, { refusal: 'not-reported-lost' }],
    ['of a card that was found', { endedAs: 'found' }, { refusal: 'not-reported-lost' }],
    ['of somebody else', { holds: false, report: sent }, { refusal: 'not-your-card' }],
  ] as const)('%s', (_, change, answer) => {
    expect(mayWithdraw({ ...ordinary, ...change }, false)).toMatchObject(answer)
  })
})

describe('a card found again', () => {
  const rule = { foundAgain: 'until-produced', replacementProduced: false } as const
  it.each([
    ['before it is sent is a withdrawal', { report }, {}, { ok: true, as: 'withdrawn' }],
    [
      'before it is sent, by the strictest rule too',
      { report },
      { foundAgain: 'never' },
      { ok: true, as: 'withdrawn' },
    ],
    [
      'before it is sent, when its replacement was produced already',
      { report },
      { replacementProduced: true },
      { refusal: 'replacement-produced' },
    ],
    ['after it is sent gets its campus access', { report: sent }, {}, { ok: true, as: 'found' }],
    ['a second time', { endedAs: 'found' }, {}, { ok: true, as: 'again' }],
    ['that was not lost', {}, {}, { refusal: 'not-reported-lost' }],
    ['where nothing is restored', { report: sent }, { foundAgain: 'never' }, { refusal: 'never-restored' }],
    [
      'after its replacement was produced',
      { report: sent },
      { replacementProduced: true },
      { refusal: 'replacement-produced' },
    ],
    [
      'where nothing is restored, and its replacement was produced',
      { report: sent },
      { foundAgain: 'never', replacementProduced: true },
      { refusal: 'never-restored' },
    ],
    ['of somebody else', { holds: false, report: sent }, {}, { refusal: 'not-your-card' }],
  ] as const)('%s', (_, change, other, answer) => {
    expect(mayBeFound({ ...ordinary, ...change }, { ...rule, ...other })).toMatchObject(answer)
  })
})

describe('what comes back with a card', () => {
  const facts: GivingBack = {
    now,
    hadAccess: true,
    retired: false,
    heldAnother: false,
    accessEndsAt: at('2024-02-29T16:00:00Z'),
    otherInUse: null,
    replaces: null,
  }
  const nothing = { custody: false, access: false, endsOther: null }
  it.each([
    ['all of it', {}, { custody: true, access: true, endsOther: null }],
    [
      'no access where there was none',
      { hadAccess: false },
      { custody: true, access: false, endsOther: null },
    ],
    ['no access on the deadline', { accessEndsAt: now }, { custody: true, access: false, endsOther: null }],
    ['of a card that no date ends', { accessEndsAt: null }, { custody: true, access: true, endsOther: null }],
    ['nothing of a retired card', { retired: true }, nothing],
    ['nothing where another of its edition is held', { heldAnother: true }, nothing],
    ['no access beside another card', { otherInUse: 9 }, { custody: true, access: false, endsOther: null }],
    [
      'the old card ends again that went on in its place',
      { otherInUse: 9, replaces: 9 },
      { custody: true, access: true, endsOther: 9 },
    ],
    [
      'the old card stays where this one gets no access',
      { otherInUse: 9, replaces: 9, hadAccess: false },
      { custody: true, access: false, endsOther: null },
    ],
  ] as const)('%s', (_, change, back) => {
    expect(givenBack({ ...facts, ...change })).toEqual(back)
  })
})

describe('a new card lost before the doors have switched to it', () => {
  const old = { missing: false, retired: false, accessEndsAt: at('2024-02-29T16:00:00Z') }
  const facts: LostBeforeDoors = {
    now,
    rule: 'old-card-goes-on',
    activation: { replaces: 9, carriedBy: at('2023-10-18T07:00:00Z') },
    old,
  }
  it.each([
    ['the old card goes on', {}, 9],
    ['neither opens where the programme says so', { rule: 'neither-opens' }, null],
    ['neither opens once the window begins', { now: at('2023-10-18T07:00:00Z') }, null],
    ['one that was not activated', { activation: null }, null],
    ['one that had no old card', { old: null }, null],
    ['an old card that is lost itself', { old: { ...old, missing: true } }, null],
    ['an old card that is retired', { old: { ...old, retired: true } }, null],
    ['an old card whose date has come', { old: { ...old, accessEndsAt: now } }, null],
    ['an old card that no date ends', { old: { ...old, accessEndsAt: null } }, 9],
  ] as const)('%s', (_, change, goesOn) => {
    expect(oldGoesOn({ ...facts, ...change })).toBe(goesOn)
  })
})
