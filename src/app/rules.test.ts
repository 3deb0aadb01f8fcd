import { describe, expect, it } from 'vitest'
import { cardStory, type StoryFacts } from './card-story.ts'

const at = (local: string): Temporal.Instant =>
  Temporal.PlainDateTime.from(local).toZonedDateTime('Asia/Taipei').toInstant()

const someDoors = { controllers: 12, done: 0 }
const noDoors = { controllers: 0, done: 0 }
const deadline = at('2024-03-01T00:00')
const collected = { collectedAt: at('2023-10-18T10:40'), lostAt: null }
const oldCard = { accessEndsAt: deadline, lostAt: null }

/** The main character before anything happened: enrolled, an old card, a new one to collect. */
const before: StoryFacts = {
  now: at('2023-10-18T10:45'),
  mayEnter: true,
  collect: 'may',
  newCard: null,
  oldCard,
  activation: null,
  newDoors: noDoors,
  oldDoors: noDoors,
}
const holding = { ...before, collect: 'already-collected', newCard: collected } as const
/** Activated at 11:00, carried by 15:00, promised by 16:00. */
const activated = {
  ...holding,
  now: at('2023-10-18T11:00'),
  activation: {
    at: at('2023-10-18T11:00'),
    carriedBy: at('2023-10-18T15:00'),
    newFrom: at('2023-10-18T16:00'),
  },
  oldCard: { accessEndsAt: at('2023-10-18T11:00'), lostAt: null },
  newDoors: someDoors,
  oldDoors: someDoors,
} as const
/** Activated at 20:00 on the last evening: the new card went ahead. */
const lastEvening = {
  ...activated,
  now: at('2024-02-29T20:05'),
  activation: {
    at: at('2024-02-29T20:00'),
    carriedBy: at('2024-02-29T20:00'),
    newFrom: at('2024-02-29T20:15'),
  },
} as const
const all = { controllers: 12, done: 12 }

const lostCard = {
  ...activated,
  newCard: { ...collected, lostAt: at('2023-10-19T11:30') },
  oldDoors: all,
} as const

/** The track in one line: + done, > current, . not yet, ! failed. */
const line = (facts: StoryFacts) =>
  cardStory(facts)
    .track.map(({ state }) => ({ done: '+', current: '>', waiting: '.', failed: '!' })[state])
    .join('')

describe('what my card says, what is next, and the track of five', () => {
  it.each<{ story: string; facts: StoryFacts; says: string }>([
    { story: 'may collect', facts: before, says: 'collectable collect +>...' },
    {
      story: 'on leave until March',
      facts: { ...before, collect: 'wait-until', mayEnter: false },
      says: 'not-eligible come-later .....',
    },
    {
      story: 'the card is still being made',
      facts: { ...before, collect: 'card-in-production' },
      says: 'not-eligible wait-for-card .....',
    },
    {
      story: 'graduated',
      facts: { ...before, collect: 'graduated', mayEnter: false },
      says: 'not-eligible ask-office .....',
    },
    {
      story: 'may collect, and never had an old card',
      facts: { ...before, oldCard: null },
      says: 'collectable collect +>..',
    },
    {
      story: 'may collect, the old card reported lost and gone from every door',
      facts: {
        ...before,
        oldCard: { accessEndsAt: at('2023-10-18T09:00'), lostAt: at('2023-10-18T09:00') },
        oldDoors: all,
      },
      says: 'collectable-old-lost collect +>..+',
    },
    {
      story: 'may collect, one door still holds the lost old card',
      facts: {
        ...before,
        oldCard: { accessEndsAt: at('2023-10-18T09:00'), lostAt: at('2023-10-18T09:00') },
        oldDoors: { controllers: 12, done: 11 },
      },
      says: 'collectable-old-lost collect +>...',
    },
    {
      story: 'may collect on the first moment after the deadline',
      facts: { ...before, now: deadline },
      says: 'collectable-old-ended collect +>..+',
    },
    {
      story: 'may collect on the last moment before it',
      facts: { ...before, now: deadline.subtract({ seconds: 1 }) },
      says: 'collectable collect +>...',
    },
    { story: 'collected, not activated', facts: holding, says: 'collected activate ++>..' },
    {
      story: 'collected, not activated, after the deadline',
      facts: { ...holding, now: at('2024-03-02T09:00') },
      says: 'collected-old-ended activate ++>.+',
    },
    {
      story: 'a freshman with the card from the health examination',
      facts: { ...holding, oldCard: null },
      says: 'collected-alone activate ++>.',
    },
    {
      story: 'collected, the old card lost',
      facts: {
        ...holding,
        oldCard: { accessEndsAt: at('2023-10-18T09:00'), lostAt: at('2023-10-18T09:00') },
        oldDoors: all,
      },
      says: 'collected-alone activate ++>.+',
    },
    {
      story: 'collected while on leave',
      facts: { ...holding, mayEnter: false },
      says: 'collected-no-access ask-office ++>..',
    },
    { story: 'activated, before the window', facts: activated, says: 'pending carry-both +++>.' },
    {
      story: 'on the stroke of the window',
      facts: { ...activated, now: at('2023-10-18T15:00') },
      says: 'switching carry-both +++>.',
    },
    {
      story: 'during the window, some doors done',
      facts: { ...activated, now: at('2023-10-18T15:20'), newDoors: { controllers: 12, done: 7 } },
      says: 'switching carry-both +++>.',
    },
    {
      story: 'the promised end has passed and one controller is silent',
      facts: { ...activated, now: at('2023-10-18T16:00'), newDoors: { controllers: 12, done: 11 } },
      says: 'waiting carry-both +++>.',
    },
    {
      story: 'all doors read back early, the old card not yet gone everywhere',
      facts: { ...activated, now: at('2023-10-18T15:24'), newDoors: all },
      says: 'works leave-old ++++>',
    },
    {
      story: 'all done',
      facts: { ...activated, now: at('2023-10-18T15:40'), newDoors: all, oldDoors: all },
      says: 'works leave-old +++++',
    },
    {
      story: 'all done for who had no old card',
      facts: { ...activated, oldCard: null, newDoors: all, oldDoors: noDoors },
      says: 'works nothing ++++',
    },
    {
      story: 'the clock alone never makes a card work: no controller known',
      facts: { ...activated, now: at('2023-10-18T23:00'), newDoors: noDoors },
      says: 'waiting carry-both +++>.',
    },
    {
      story: 'activated on the last evening: no waiting for a window',
      facts: lastEvening,
      says: 'switching carry-both +++>.',
    },
    {
      story: 'activated, then on leave',
      facts: { ...activated, mayEnter: false, newDoors: noDoors, oldDoors: all },
      says: 'no-access ask-office +++>+',
    },
    {
      story: 'the new card reported lost',
      facts: { ...activated, newCard: { ...collected, lostAt: at('2023-10-19T11:30') }, oldDoors: all },
      says: 'lost apply-reissue +++!+',
    },
    {
      story: 'the new card lost before it was activated',
      facts: { ...holding, newCard: { ...collected, lostAt: at('2023-10-19T11:30') } },
      says: 'lost-old-goes-on apply-reissue ++!..',
    },
    {
      story: 'lost, and the report has not left yet',
      facts: {
        ...activated,
        newCard: { ...collected, lostAt: at('2023-10-19T11:30') },
        oldDoors: all,
        mayTakeBack: true,
        mayBeFound: true,
      },
      says: 'lost-not-sent find-or-apply +++!+',
    },
    {
      story: 'damaged, then lost: another one is made already, and nothing has to be applied for',
      facts: {
        ...activated,
        newCard: { ...collected, lostAt: at('2023-10-19T11:30') },
        oldDoors: all,
        reissue: { reason: 'damaged', isDue: false },
      },
      says: 'lost wait-for-card +++!+',
    },
    {
      story: 'the card in use is paused',
      facts: { ...activated, newDoors: noDoors, oldDoors: all, isPaused: true },
      says: 'paused resume +++>+',
    },
    {
      story: 'the old card is paused, the new one in hand: it can be activated',
      facts: { ...holding, isOldPaused: true },
      says: 'collected-alone activate ++>..',
    },
    {
      story: 'the new card lost before the doors changed, the old one paused: neither opens',
      facts: { ...holding, newCard: { ...collected, lostAt: at('2023-10-19T11:30') }, isOldPaused: true },
      says: 'lost apply-reissue ++!..',
    },
    {
      story: 'lost, and left the university after that: its stored value stays locked',
      facts: { ...lostCard, mayEnter: false, hasLeft: true },
      says: 'lost nothing +++!+',
    },
    {
      story: 'applied for another one, and not paid',
      facts: { ...lostCard, collect: 'reissue-unpaid', reissue: { reason: 'lost', isDue: true } },
      says: 'reissue-unpaid pay-reissue +++!+',
    },
    {
      story: 'paid, and it is being made',
      facts: { ...lostCard, collect: 'card-not-ordered', reissue: { reason: 'lost', isDue: false } },
      says: 'reissue-in-production wait-for-card +++!+',
    },
    {
      story: 'the reissued card can be collected',
      facts: { ...lostCard, collect: 'may', reissue: { reason: 'lost', isDue: false } },
      says: 'reissue-collectable collect +++!+',
    },
    {
      story: 'a damaged card works on while another one is made',
      facts: {
        ...activated,
        collect: 'card-not-ordered',
        newDoors: all,
        oldDoors: all,
        reissue: { reason: 'damaged', isDue: false },
      },
      says: 'works leave-old +++++',
    },
    {
      story: 'a damaged card works on, and the fee for the other one is due',
      facts: {
        ...activated,
        collect: 'card-not-ordered',
        newDoors: all,
        oldDoors: all,
        reissue: { reason: 'damaged', isDue: true },
      },
      says: 'works pay-reissue +++++',
    },
    {
      story: 'graduated, with the card in hand',
      facts: { ...activated, mayEnter: false, hasLeft: true, newDoors: noDoors, oldDoors: all },
      says: 'left nothing +++>+',
    },
    {
      story: 'withdrawn, and never had a card',
      facts: { ...before, collect: 'withdrawn', mayEnter: false, hasLeft: true, oldCard: null },
      says: 'not-eligible ask-office ....',
    },
  ])('$story', ({ facts, says }) => {
    const { kind, next } = cardStory(facts)
    expect(`${kind} ${next} ${line(facts)}`).toBe(says)
  })
})
