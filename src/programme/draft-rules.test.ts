import { describe, expect, it } from 'vitest'
import { type DraftFacts, mayAnswer, mayBegin, mayKeep, mayPropose, mostDrafts } from './draft-rules.ts'

const draft: DraftFacts = { revision: 3, comparedWith: 1, ended: false, keptBy: 'office', proposed: null }
const said = (decision: { ok: boolean; refusal?: string }): string =>
  decision.ok ? 'yes' : decision.refusal!

it('so many drafts are open at most', () => {
  expect([said(mayBegin(mostDrafts - 1)), said(mayBegin(mostDrafts))]).toEqual(['yes', 'too-many-drafts'])
})

describe('keeping a draft', () => {
  it.each<[string, DraftFacts | null, number]>([
    ['yes', draft, 3],
    ['no-such-draft', null, 3],
    ['draft-ended', { ...draft, ended: true, revision: 9 }, 3],
    ['draft-is-proposed', { ...draft, proposed: { id: 7, by: 'office' }, revision: 9 }, 3],
    ['draft-changed-meanwhile', draft, 2],
  ])('%s', (expected, facts, revision) => {
    expect(said(mayKeep(facts, revision))).toBe(expected)
  })
})

describe('proposing it', () => {
  it.each<[string, DraftFacts, number, number | null]>([
    ['yes', draft, 3, 1],
    ['yes', { ...draft, comparedWith: null }, 3, null],
    ['draft-changed-meanwhile', draft, 2, 2],
    ['draft-behind', draft, 3, 2],
    ['draft-behind', { ...draft, comparedWith: null }, 3, 1],
  ])('%s', (expected, facts, revision, inForce) => {
    expect(said(mayPropose(facts, { revision, inForce }))).toBe(expected)
  })
})

describe('answering a proposal', () => {
  const open = { proposedBy: 'office', answer: null }
  it.each([
    ['yes', open, 'office-2', 'published', ''],
    ['own-proposal', open, 'office', 'published', ''],
    ['yes', open, 'office-2', 'declined', 'The fee is wrong'],
    ['reason-missing', open, 'office-2', 'declined', '  '],
    ['own-proposal', open, 'office', 'declined', ''],
    ['yes', open, 'office', 'withdrawn', ''],
    ['not-own-proposal', open, 'office-2', 'withdrawn', ''],
    ['proposal-answered', { ...open, answer: 'declined' as const }, 'office', 'published', ''],
    ['no-such-proposal', null, 'office', 'published', ''],
  ] as const)('%s', (expected, facts, who, answer, reason) => {
    expect(said(mayAnswer(facts, { who, answer, reason }))).toBe(expected)
  })
})
