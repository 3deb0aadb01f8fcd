import { describe, expect, it } from 'vitest'
import { type GrantFacts, type GrantRefusal, grantRefusals, mayGrant } from './grant-rules.ts'
import { words } from './words.ts'

describe('whether a door may be granted to a card', () => {
  const may: GrantFacts = { person: { enrolled: true }, card: { cardId: 7 }, granted: null, group: null }
  const granted = { on: '2023-10-01', ownerZh: '系辦', ownerEn: 'Office' }
  const group = { id: 'all', nameZh: '全校', nameEn: 'Everybody' }

  it('to the card in use', () => {
    expect(mayGrant(may)).toEqual({ ok: true, cardId: 7 })
  })

  it.each<[string, GrantFacts, GrantRefusal]>([
    ['nobody of that number', { person: null, card: null, granted, group }, 'unknown-student'],
    ['not enrolled', { person: { enrolled: false }, card: null, granted, group }, 'not-enrolled'],
    ['no card in use', { ...may, card: null, granted, group }, 'no-card-in-use'],
    ['granted already', { ...may, granted, group }, 'granted-already'],
    ['opened by a group', { ...may, group }, 'opened-by-group'],
  ])('%s: refused', (_, story, refusal) => {
    const answer = mayGrant(story)
    expect(answer).toMatchObject({ ok: false, refusal })
    if (answer.ok) return
    for (const language of ['zh-TW', 'en'] as const)
      expect(words[language].grant[answer.refusal](answer.facts)).not.toMatch(/undefined|null/)
  })

  it('the refusals are told in the contracted order', () => {
    expect(grantRefusals).toEqual([
      'unknown-student',
      'not-enrolled',
      'no-card-in-use',
      'granted-already',
      'opened-by-group',
    ])
  })
})
