import { describe, expect, it } from 'vitest'
import { mayPause, mayResume, type PauseFacts } from './pause-rules.ts'

const since = Temporal.Instant.from('2023-10-18T03:00:00Z')
const ordinary: PauseFacts = {
  holds: true,
  missing: false,
  inUse: true,
  pausedSince: null,
  resumedByHolder: 0,
}
const paused = { ...ordinary, pausedSince: since }
const holder = { byStaff: false, atMost: 3, where: { 'zh-TW': '註冊組', en: 'the registry' } }

describe('pausing', () => {
  it.each([
    ['the holder', {}, { ok: true, again: false }],
    ['a second tap', { pausedSince: since }, { ok: true, again: true }],
    ['after any number of resumptions', { resumedByHolder: 99 }, { ok: true, again: false }],
    ['somebody else', { holds: false, missing: true, inUse: false }, { refusal: 'not-your-card' }],
    [
      'a lost card, which has no access either',
      { missing: true, inUse: false },
      { refusal: 'reported-lost' },
    ],
    ['a card without campus access', { inUse: false }, { refusal: 'not-in-use' }],
  ] as const)('%s', (_, change, answer) => {
    expect(mayPause({ ...ordinary, ...change })).toMatchObject(answer)
  })
})

describe('resuming', () => {
  it.each([
    ['the holder', {}, {}, { ok: true, again: false }],
    ['what is not paused', { pausedSince: null }, {}, { ok: true, again: true }],
    ['the third time of three', { resumedByHolder: 2 }, {}, { ok: true, again: false }],
    [
      'the fourth time of three',
      { resumedByHolder: 3 },
      {},
      { refusal: 'resumed-too-often', facts: { times: 3, whereEn: 'the registry' } },
    ],
    ['the fourth time, at a desk', { resumedByHolder: 3 }, { byStaff: true }, { ok: true, again: false }],
    [
      'a second tap after the third',
      { resumedByHolder: 3, pausedSince: null },
      {},
      { ok: true, again: true },
    ],
    ['where none is allowed', {}, { atMost: 0 }, { refusal: 'resumed-too-often' }],
    ['a lost card', { missing: true, inUse: false, resumedByHolder: 3 }, {}, { refusal: 'reported-lost' }],
    ['a card that is over', { inUse: false, resumedByHolder: 3 }, {}, { refusal: 'not-in-use' }],
    ['somebody else’s card', { holds: false, missing: true }, {}, { refusal: 'not-your-card' }],
  ] as const)('%s', (_, change, other, answer) => {
    expect(mayResume({ ...paused, ...change }, { ...holder, ...other })).toMatchObject(answer)
  })
})
