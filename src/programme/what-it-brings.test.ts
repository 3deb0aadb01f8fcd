import { describe, expect, it } from 'vitest'
import { type PublishingFacts, whatItBrings } from './may-publish.ts'
import { deadlineOn, decided, facts, ntnu, to } from './trial-facts.ts'

describe('what publishing would bring', () => {
  const brings = (change: Partial<PublishingFacts>) => {
    const { reading, now } = { ...facts, ...change }
    if (!reading.ok) throw new Error('unreadable')
    return whatItBrings(ntnu, reading.programme, { now, decided })
  }
  it('a later deadline: campus access of 880 people ends later', () => {
    expect(brings(deadlineOn('2024-03-08'))).toMatchObject({ endsEarlier: 0, endsLater: 880 })
  })
  it('an earlier deadline: it ends earlier', () => {
    expect(brings(deadlineOn('2024-02-01'))).toMatchObject({ endsEarlier: 880, endsLater: 0 })
  })
  it('an edition more with a deadline: access without an end gets one', () => {
    const named = brings(to(draft => draft.deadline.editions.push('4k-centenary')))
    expect(named).toMatchObject({ endsEarlier: 60, endsLater: 0 })
  })
  it('an edition that the deadline no longer names: access goes on', () => {
    const named = brings(
      to(draft => {
        draft.deadline.editions = ['4k-centenary']
      }),
    )
    expect(named).toMatchObject({ endsEarlier: 60, endsLater: 880 })
  })
  it('a department of another faculty: 240 people', () => {
    const moved = brings(
      to(draft => {
        draft.departments.find(({ id }) => id === 'csie')!.faculty = 'technology'
      }),
    )
    expect(moved).toMatchObject({ changeFaculty: 240, endsEarlier: 0, endsLater: 0 })
  })
})
