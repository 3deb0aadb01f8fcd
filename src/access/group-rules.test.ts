import { describe, expect, it } from 'vitest'
import {
  type GroupFacts,
  type GroupRefusal,
  groupRefusals,
  mayPutGroup,
  mayRemoveGroup,
} from './group-rules.ts'
import type { GroupWish } from './groups.ts'
import { words } from './words.ts'

const both = (text: string) => ({ 'zh-TW': text, en: text })
const science: GroupWish = {
  id: 'science',
  members: 'faculty',
  key: 'science',
  name: both('Science'),
  doors: ['entrance', 'study'],
}
const facts: GroupFacts = {
  recorded: null,
  faculties: ['science', 'arts'],
  halls: ['hall-1', 'hall-7'],
  doors: ['entrance', 'study'],
  seal: { shown: 'a', now: 'a' },
}
const { key: _key, ...keyless } = science
const same = { members: 'faculty', key: 'science' } as const
const wrongDoors = ['entrance', 'entrance', 'roof']

describe('whether an access group may be so', () => {
  it.each<[string, GroupWish, Partial<GroupFacts>]>([
    ['of a faculty', science, {}],
    ['of the campus', { ...keyless, members: 'campus' }, {}],
    ['of a hall in which somebody lives', { ...science, members: 'hall', key: 'hall-7' }, {}],
    ['of a hall that is said to be new', { ...science, members: 'hall', key: 'hall-9', newHall: true }, {}],
    ['without doors', { ...science, doors: [] }, { doors: [] }],
    ['set up from a file, which nobody looked at before', science, { seal: null }],
    ['with other doors than before', science, { recorded: same }],
    [
      'of a faculty that the programme has no more, as long as it was one',
      science,
      { recorded: same, faculties: [] },
    ],
  ])('%s', (_, said, change) => {
    expect(mayPutGroup(said, { ...facts, ...change })).toEqual({ ok: true })
  })

  it.each<[string, GroupWish, Partial<GroupFacts>, GroupRefusal]>([
    [
      'another faculty than before',
      { ...science, doors: wrongDoors },
      { recorded: { ...same, key: 'arts' } },
      'members-fixed',
    ],
    [
      'the campus instead of a faculty',
      { ...keyless, members: 'campus' },
      { recorded: same },
      'members-fixed',
    ],
    ['a faculty without saying which', { ...keyless, doors: wrongDoors }, {}, 'key-missing'],
    ['the campus with a key', { ...science, members: 'campus', doors: wrongDoors }, {}, 'key-not-wanted'],
    ['an unknown faculty', { ...science, key: 'magic', doors: wrongDoors }, {}, 'unknown-faculty'],
    [
      'an unknown faculty, new hall or not',
      { ...science, key: 'magic', newHall: true },
      {},
      'unknown-faculty',
    ],
    [
      'an unknown hall',
      { ...science, members: 'hall', key: 'hall-17', doors: wrongDoors },
      {},
      'unknown-hall',
    ],
    ['a door twice', { ...science, doors: wrongDoors }, {}, 'door-twice'],
    ['an unknown door', { ...science, doors: ['entrance', 'roof'] }, {}, 'unknown-door'],
    ['another thing than was looked at', science, { seal: { shown: 'a', now: 'b' } }, 'changed-since'],
  ])('%s: refused', (_, said, change, refusal) => {
    const answer = mayPutGroup(said, { ...facts, ...change })
    expect(answer).toMatchObject({ ok: false, refusal })
    if (answer.ok) return
    for (const language of ['zh-TW', 'en'] as const)
      expect(words[language].group[answer.refusal](answer.facts)).not.toMatch(/undefined|null/)
  })

  it('all doors that are unknown are counted, and the first are named', () => {
    const doors = ['a', 'b', 'c', 'd', 'e', 'f']
    const answer = mayPutGroup({ ...science, doors }, { ...facts, doors: [] })
    expect(answer).toMatchObject({ facts: { doors: 6, door: 'a, b, c, d, e' } })
  })

  it('the refusals are told in the contracted order', () => {
    expect(groupRefusals).toEqual([
      'members-fixed',
      'key-missing',
      'key-not-wanted',
      'unknown-faculty',
      'unknown-hall',
      'door-twice',
      'unknown-door',
      'changed-since',
    ])
  })
})

it.each([
  ['not of a hall', { hall: null, isLastOfHall: false, residents: 0 }, true],
  ['a hall’s last group with people in it', { hall: 'hall-7', isLastOfHall: true, residents: 3 }, false],
  ['a hall’s last group with nobody left', { hall: 'hall-7', isLastOfHall: true, residents: 0 }, true],
  ['one of two groups of a hall', { hall: 'hall-7', isLastOfHall: false, residents: 3 }, true],
])('a group may be removed (%s)', (_, hall, may) => {
  expect(mayRemoveGroup({ ...hall, seal: { shown: 'a', now: 'a' } }).ok).toBe(may)
  expect(mayRemoveGroup({ ...hall, seal: { shown: 'a', now: 'b' } })).toMatchObject({
    refusal: may ? 'changed-since' : 'hall-lived-in',
  })
})
