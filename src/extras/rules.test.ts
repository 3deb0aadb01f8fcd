import { describe, expect, it } from 'vitest'
import { type Extra, extrasOf, type Grant } from './rules.ts'

const both = (text: string) => ({ 'zh-TW': text, en: text })
const item = (id: string) => ({ id, name: both(id), owner: both('owner'), advice: both('advice') })
const programme = {
  doesNotMove: [
    item('national-library'),
    { ...item('commuter-pass'), refund: { price: 1200, perDay: 300, handling: 20 } },
    item('individual-access'),
  ],
}
const grantedAt = Temporal.Instant.from('2023-02-20T01:00:00Z')
const grant = (doorId: string, on: 'old' | 'new', ended = false): Grant => ({ doorId, on, ended, grantedAt })

const said = (extras: Extra<Grant>[]) =>
  extras.map(({ item: { id }, state, doors }) =>
    [id, state, ...doors.map(door => `${door.grant.doorId} ${door.state}`)].join(': '),
  )

describe('what does not move to the new card (point 10)', () => {
  it.each([
    {
      story: 'no individual door: money first, the rest in the programme’s order',
      grants: [],
      says: [
        'commuter-pass: ask-yourself',
        'national-library: ask-yourself',
        'individual-access: ask-yourself',
      ],
    },
    {
      story: 'a laboratory on the old card is known to need doing, and comes first',
      grants: [grant('lab', 'old')],
      says: [
        'individual-access: set-up-again: lab set-up-again',
        'commuter-pass: ask-yourself',
        'national-library: ask-yourself',
      ],
    },
    {
      story: 'one of two laboratories is granted again',
      grants: [grant('lab', 'old'), grant('studio', 'old'), grant('lab', 'new')],
      says: [
        'individual-access: set-up-again: lab done: studio set-up-again',
        'commuter-pass: ask-yourself',
        'national-library: ask-yourself',
      ],
    },
    {
      story: 'all of them are: it goes to the end',
      grants: [grant('lab', 'old'), grant('lab', 'new')],
      says: [
        'commuter-pass: ask-yourself',
        'national-library: ask-yourself',
        'individual-access: done: lab done',
      ],
    },
    {
      story: 'a grant that its owner ended is not owed to the new card',
      grants: [grant('lab', 'old', true)],
      says: [
        'commuter-pass: ask-yourself',
        'national-library: ask-yourself',
        'individual-access: ask-yourself',
      ],
    },
    {
      story: 'a new grant that was ended again does not count as done',
      grants: [grant('lab', 'old'), grant('lab', 'new', true)],
      says: [
        'individual-access: set-up-again: lab set-up-again',
        'commuter-pass: ask-yourself',
        'national-library: ask-yourself',
      ],
    },
    {
      story: 'a door that only the new card has never was to be moved',
      grants: [grant('lab', 'new')],
      says: [
        'commuter-pass: ask-yourself',
        'national-library: ask-yourself',
        'individual-access: ask-yourself',
      ],
    },
  ])('$story', ({ grants, says }) => {
    expect(said(extrasOf(programme, { hasOldCard: true, grants }))).toEqual(says)
  })

  it('is nothing for who has no old card', () => {
    expect(extrasOf(programme, { hasOldCard: false, grants: [grant('lab', 'new')] })).toEqual([])
  })
})
