import { describe, expect, it } from 'vitest'
import { type CardAtDesk, type CardRefusal, cardRefusals, mayHandCard } from './rules.ts'
import { words } from './words.ts'

const at = Temporal.Instant.from('2023-12-01T02:42:10Z')
const person = { studentNumber: '41047001S', edition: '4k-centenary', zone: 'Asia/Taipei' }
const ready: CardAtDesk = {
  edition: '4k-centenary',
  ours: true,
  handedOver: null,
  lostReportedAt: null,
  retired: null,
  producedFor: '41047001S',
}
const retired = { at, reason: 'misprint' }
const toHer = { toStudentNumber: '41047001S', at }
const toHim = { toStudentNumber: '41047002S', at }

/** Every fault at once, so that each row below can take one away and see which is told next. */
const everything = { edition: 'easycard', ours: false, lostReportedAt: at, retired, producedFor: '41047002S' }

describe('whether a card may be handed to this person', () => {
  it('the card of their own pack may', () => {
    expect(mayHandCard(ready, person)).toEqual({ ok: true })
  })

  it('a blank that was produced for nobody may', () => {
    expect(mayHandCard({ ...ready, producedFor: null }, person)).toEqual({ ok: true })
  })

  it.each<[string, CardAtDesk | null, CardRefusal]>([
    ['not in the register', null, 'unknown-card'],
    [
      "somebody's bank card, and all else is wrong too",
      { ...ready, ...everything, handedOver: toHim },
      'foreign-card',
    ],
    ['their own old card', { ...ready, ...everything, ours: true, handedOver: toHer }, 'own-old-card'],
    [
      'already theirs',
      { ...ready, handedOver: toHer, lostReportedAt: at, retired },
      'already-handed-to-this-person',
    ],
    [
      "already somebody else's",
      { ...ready, ...everything, ours: true, handedOver: toHim },
      'already-handed-to-somebody-else',
    ],
    ['reported lost while in stock', { ...ready, ...everything, ours: true }, 'reported-lost'],
    ['retired', { ...ready, ...everything, ours: true, lostReportedAt: null }, 'retired'],
    [
      "a sibling's envelope",
      { ...ready, ...everything, ours: true, lostReportedAt: null, retired: null },
      'another-persons-pack',
    ],
    ['an old blank', { ...ready, edition: 'easycard', producedFor: null }, 'wrong-edition'],
  ])('%s', (_story, card, refusal) => {
    expect(mayHandCard(card, person)).toMatchObject({ ok: false, refusal })
  })

  it('the refusals are told in the contracted order', () => {
    expect(cardRefusals).toEqual([
      'unknown-card',
      'foreign-card',
      'own-old-card',
      'already-handed-to-this-person',
      'already-handed-to-somebody-else',
      'reported-lost',
      'retired',
      'another-persons-pack',
      'wrong-edition',
    ])
  })

  it('says to whom and when, in the time of the campus', () => {
    const answer = mayHandCard({ ...ready, handedOver: toHim }, person)
    expect(answer).toMatchObject({ facts: { at: '2023-12-01 10:42', to: '41047002S' } })
    const facts = answer.ok ? {} : answer.facts
    expect(words['zh-TW'].handOver['already-handed-to-somebody-else'](facts)).toBe(
      '這張卡已於 2023-12-01 10:42 交給 41047002S，不可再交給他人。請查明是否拿錯卡。',
    )
    expect(words.en.handOver['already-handed-to-somebody-else'](facts)).toContain('on 2023-12-01 10:42')
  })
})
