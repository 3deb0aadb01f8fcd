import { describe, expect, it } from 'vitest'
import { type ControllerFacts, doorState } from './card-story.ts'

const today = Temporal.PlainDate.from('2023-10-18')

describe('what one controller is said to do with a card', () => {
  const lastDay = Temporal.PlainDate.from('2024-02-29')
  const held = { opens: true, agrees: true, lastDay, verified: true }
  const put: ControllerFacts = { aim: 'open', due: true, held, silent: false }
  const removal: ControllerFacts = { ...put, aim: 'closed', held: { ...held, agrees: false } }
  it.each<{ story: string; facts: ControllerFacts; says: string }>([
    { story: 'read back and right', facts: put, says: 'works' },
    {
      story: 'confirmed, not read back yet',
      facts: { ...put, held: { ...held, verified: false } },
      says: 'confirmed',
    },
    { story: 'a later window carries it', facts: { ...put, due: false, held: null }, says: 'planned' },
    {
      story: 'works, while a change is planned',
      facts: { ...put, due: false },
      says: 'works',
    },
    { story: 'due and nothing heard', facts: { ...put, held: null }, says: 'waiting' },
    { story: 'due and silent', facts: { ...put, held: null, silent: true }, says: 'silent' },
    {
      story: 'something else was read back',
      facts: { ...put, held: { ...held, agrees: false } },
      says: 'waiting',
    },
    { story: 'removal due, still held', facts: removal, says: 'waiting' },
    { story: 'removal due, not reached', facts: { ...removal, silent: true }, says: 'silent' },
    { story: 'removal planned', facts: { ...removal, due: false }, says: 'planned' },
    {
      story: 'removal confirmed',
      facts: { ...removal, held: { ...held, opens: false } },
      says: 'ended',
    },
    {
      story: 'held, but its last day is over: the controller refuses it without us',
      facts: { ...removal, silent: true, held: { ...held, lastDay: Temporal.PlainDate.from('2023-10-17') } },
      says: 'ended',
    },
    {
      story: 'held, its last day is today',
      facts: { ...removal, held: { ...held, lastDay: today } },
      says: 'waiting',
    },
  ])('$story', ({ facts, says }) => {
    expect(doorState(facts, today)).toBe(says)
  })
})
