import { describe, expect, it } from 'vitest'
import {
  type GrantOnCard,
  mayDecline,
  mayOpenForNewCard,
  type TaskFacts,
  tasksFor,
} from './door-task-rules.ts'

const at = (day: number) => Temporal.Instant.from(`2023-10-${String(day).padStart(2, '0')}T01:00:00Z`)
const grant = (grantId: number, cardId: number, change: Partial<GrantOnCard> = {}): GrantOnCard => ({
  grantId,
  cardId,
  doorId: 'lab',
  grantedAt: at(grantId),
  ended: false,
  declinedAt: null,
  ...change,
})

describe('which doors their owners are asked to open for a new card', () => {
  it.each<[string, GrantOnCard[], number[]]>([
    ['none where nothing was granted', [], []],
    ['a door of the old card', [grant(1, 10)], [1]],
    ['none that its owner ended', [grant(1, 10, { ended: true })], []],
    ['none that the new card has already', [grant(1, 10), grant(2, 30)], []],
    ['again where the new card’s own ended', [grant(1, 10), grant(2, 30, { ended: true })], [1]],
    ['of two cards before it the newer grant, once', [grant(1, 10), grant(2, 20)], [2]],
    ['each door by itself', [grant(1, 10), grant(2, 10, { doorId: 'studio' })], [1, 2]],
    ['none that its owner declined since', [grant(1, 10, { declinedAt: at(2) })], []],
    ['one that was granted again after it was declined', [grant(3, 20, { declinedAt: at(2) })], [3]],
  ])('%s', (_, grants, tasks) => {
    expect(tasksFor(grants, 30)).toEqual(tasks)
  })
})

const ready: TaskFacts = {
  done: false,
  declined: false,
  grantEnded: false,
  enrolled: true,
  cardInUse: true,
  grantedAlready: false,
  group: null,
}
const group = { nameZh: '全校', nameEn: 'Everyone enrolled' }

describe('opening a door for the new card', () => {
  it.each<[string, TaskFacts | null, string]>([
    ['is a grant', ready, 'grants'],
    ['again is the same', { ...ready, done: true, grantEnded: true }, 'again'],
    [
      'is done without a grant where the door was granted meanwhile',
      { ...ready, grantedAlready: true },
      'done',
    ],
    ['of nothing', null, 'unknown-task'],
    ['after it was declined', { ...ready, declined: true, grantEnded: true }, 'declined-already'],
    ['after the grant ended', { ...ready, grantEnded: true, enrolled: false }, 'grant-ended'],
    ['for who is not enrolled', { ...ready, enrolled: false, cardInUse: false }, 'not-enrolled'],
    [
      'for a new card that is lost',
      { ...ready, cardInUse: false, grantedAlready: true },
      'new-card-not-in-use',
    ],
    ['where a group opens it anyway', { ...ready, group }, 'opened-by-group'],
  ])('%s', (_, facts, expected) => {
    const said = mayOpenForNewCard(facts)
    expect(said.ok ? (said.again ? 'again' : said.grants ? 'grants' : 'done') : said.refusal).toBe(expected)
  })
})

describe('declining it', () => {
  it.each<[string, Parameters<typeof mayDecline>[0], string, string]>([
    ['needs a reason', ready, '  ', 'reason-missing'],
    ['with a reason', ready, 'The course is over.', 'declined'],
    ['again is the same', { ...ready, declined: true }, '', 'again'],
    ['after it was done', { ...ready, done: true }, 'too late', 'done-already'],
    ['of nothing', null, 'why', 'unknown-task'],
  ])('%s', (_, facts, reason, expected) => {
    const said = mayDecline(facts, reason)
    expect(said.ok ? (said.again ? 'again' : 'declined') : said.refusal).toBe(expected)
  })
})
