import { describe, expect, it } from 'vitest'
import { type Extra, extrasOf, type Grant, type Marked, mayMark, mayRunUntil } from './rules.ts'

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
const grant = (doorId: string, on: 'old' | 'new', ended = false, change: Partial<Grant> = {}): Grant => ({
  doorId,
  on,
  ended,
  grantedAt,
  task: null,
  byGroup: false,
  readBackAt: null,
  ...change,
})
const asked = { askedAt: grantedAt, declined: null }

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
      story: 'a laboratory on the old card is known to need doing: after the money, before the rest',
      grants: [grant('lab', 'old')],
      says: [
        'commuter-pass: ask-yourself',
        'individual-access: set-up-again: lab set-up-again',
        'national-library: ask-yourself',
      ],
    },
    {
      story: 'its owner was asked',
      grants: [grant('lab', 'old', false, { task: asked })],
      says: [
        'commuter-pass: ask-yourself',
        'individual-access: requested: lab requested',
        'national-library: ask-yourself',
      ],
    },
    {
      story: 'its owner declined',
      grants: [grant('lab', 'old', false, { task: { ...asked, declined: { reason: 'No.' } } })],
      says: [
        'commuter-pass: ask-yourself',
        'individual-access: declined: lab declined',
        'national-library: ask-yourself',
      ],
    },
    {
      story: 'one of two laboratories is granted again',
      grants: [grant('lab', 'old'), grant('studio', 'old'), grant('lab', 'new')],
      says: [
        'commuter-pass: ask-yourself',
        'individual-access: set-up-again: lab done: studio set-up-again',
        'national-library: ask-yourself',
      ],
    },
    {
      story: 'granted again by a grant of two cards before: each door once',
      grants: [grant('lab', 'old'), grant('lab', 'old'), grant('lab', 'new')],
      says: [
        'commuter-pass: ask-yourself',
        'national-library: ask-yourself',
        'individual-access: done: lab done',
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
      story: 'read back at the door, it works',
      grants: [grant('lab', 'old'), grant('lab', 'new', false, { readBackAt: grantedAt })],
      says: [
        'commuter-pass: ask-yourself',
        'national-library: ask-yourself',
        'individual-access: done: lab works',
      ],
    },
    {
      story: 'a group opens it anyway: nothing is needed',
      grants: [grant('lab', 'old', false, { byGroup: true })],
      says: [
        'commuter-pass: ask-yourself',
        'national-library: ask-yourself',
        'individual-access: done: lab not-needed',
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
      story: 'a door that only the new card has never was to be moved',
      grants: [grant('lab', 'new')],
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
        'commuter-pass: ask-yourself',
        'individual-access: set-up-again: lab set-up-again',
        'national-library: ask-yourself',
      ],
    },
  ])('$story', ({ grants, says }) => {
    expect(said(extrasOf(programme, { hasOldCard: true, grants }))).toEqual(says)
  })

  it('is nothing for who has no old card', () => {
    expect(extrasOf(programme, { hasOldCard: false, grants: [grant('lab', 'new')] })).toEqual([])
  })
})

const marked = (says: 'done' | 'not-mine'): ReadonlyMap<string, Marked> =>
  new Map([['commuter-pass', { mark: { says, at: grantedAt }, runsUntil: null }]])

describe('what the holder says of it', () => {
  it.each(['done', 'not-mine'] as const)('%s: it goes to the end', says => {
    const extras = extrasOf(programme, { hasOldCard: true, grants: [], marked: marked(says) })
    expect(said(extras).at(-1)).toBe(`commuter-pass: ${says}`)
  })

  it('what has a last day stands before what has none, the earliest first', () => {
    const dated = {
      doesNotMove: [
        item('gym'),
        { ...item('parking'), until: '2024-01-31' },
        { ...item('hall'), until: '2023-12-31' },
      ],
    }
    const extras = extrasOf(dated, { hasOldCard: true, grants: [] })
    expect(extras.map(extra => extra.item.id)).toEqual(['hall', 'parking', 'gym'])
  })

  const withDoor = extrasOf(programme, { hasOldCard: true, grants: [grant('lab', 'old')] })
  it.each<[string, string, Extra<Grant>[], string]>([
    ['an item that there is not', 'sauna', withDoor, 'unknown-item'],
    ['by who has no earlier card', 'national-library', [], 'nothing-to-move'],
    ['doors that are known', 'individual-access', withDoor, 'doors-tell-themselves'],
    ['an item', 'national-library', withDoor, 'yes'],
  ])('%s', (_, id, extras, expected) => {
    const may = mayMark(extras, programme, id)
    expect(may.ok ? 'yes' : may.refusal).toBe(expected)
  })
})

describe('until when a pass runs', () => {
  const today = Temporal.PlainDate.from('2023-10-18')
  const pass = { item: programme.doesNotMove[1]! }
  it.each([
    ['2023-11-05', '2023-11-05'],
    [' ２０２３/11/5 ', '2023-11-05'],
    ['2023-10-18', '2023-10-18'],
    ['', 'taken back'],
    ['2023-02-30', 'not-a-date'],
    ['next week', 'not-a-date'],
    ['2023-10-17', 'pass-has-ended'],
    ['2033-11-05', 'pass-too-long'],
  ])('"%s": %s', (typed, expected) => {
    const may = mayRunUntil(pass, typed, today)
    expect(may.ok ? (may.runsUntil?.toString() ?? 'taken back') : may.refusal).toBe(expected)
  })

  it('is asked of no other item', () => {
    expect(mayRunUntil({ item: programme.doesNotMove[0]! }, '2023-11-05', today)).toMatchObject({
      refusal: 'no-pass',
    })
  })
})
