import { describe, expect, it } from 'vitest'
import type { KnownToRegister } from './file-check.ts'
import { type Case, card, given, hold, nothing, verdict, without } from './trial-check.ts'

describe('cards that students hold', () => {
  const held = (how: Case['kind'], known: Partial<KnownToRegister> = {}): Case => ({ kind: how, known })
  it.each<[string, string, string, Case]>([
    ['an old card', given, '1 good, 0 unchanged', held('old-cards')],
    [
      'an old card whose printed number has worn off',
      without(given, 1, ''),
      '1 good, 0 unchanged',
      held('old-cards'),
    ],
    ['a ROC date', without(given, 4, '110/09/13'), '1 good, 0 unchanged', held('old-cards')],
    ['given today', without(given, 4, '2023-10-18'), '1 good, 0 unchanged', held('old-cards')],
    [
      'given tomorrow',
      without(given, 4, '2023-10-19'),
      `${nothing}heldSince in-the-future`,
      held('old-cards'),
    ],
    ['given nobody knows when', without(given, 4, ''), `${nothing}heldSince empty`, held('old-cards')],
    ['no date', without(given, 4, '2021-02-30'), `${nothing}heldSince not-a-date`, held('old-cards')],
    ['given in 1921', without(given, 4, '1921-09-13'), `${nothing}heldSince too-long-ago`, held('old-cards')],
    ['of nobody', without(given, 3, ''), `${nothing}studentNumber empty`, held('old-cards')],
    [
      'given otherwise than was chosen',
      without(given, 2, '4k'),
      `${nothing}how other-kind`,
      held('health-check'),
    ],
    [
      'given in a way nobody knows',
      without(given, 5, 'by post'),
      `${nothing}how unknown-word`,
      held('old-cards'),
    ],
    [
      'who holds a card of that edition',
      without(given, 2, 'older'),
      `${nothing}studentNumber holds-already`,
      held('old-cards', { held: [{ ...hold, edition: 'older' }] }),
    ],
    [
      'who held one that ended before',
      without(given, 2, 'older'),
      '1 good, 0 unchanged',
      held('old-cards', { held: [{ ...hold, edition: 'older', until: '2021-09-13' }] }),
    ],
    [
      'who has campus access with another card',
      given,
      `${nothing}studentNumber uses-another`,
      held('old-cards', { used: [hold] }),
    ],
    [
      'the same at the health examination, which gives no access',
      without(without(given, 2, '4k'), 5, 'health-check'),
      '1 good, 0 unchanged',
      held('health-check', { used: [hold] }),
    ],
    [
      'given after the access of its edition ended',
      without(given, 4, '2023-10-17'),
      `${nothing}heldSince access-ended`,
      held('old-cards', { accessEndsOn: () => '2023-10-17' }),
    ],
    [
      'of the edition that is given today, which would open doors without being activated',
      without(given, 2, '4k'),
      `${nothing}edition edition-given-now`,
      held('old-cards'),
    ],
    [
      'of an edition that was given once and has no end',
      without(given, 2, '4k'),
      '1 good, 0 unchanged',
      held('old-cards', { givenToday: null }),
    ],
    [
      'of an edition whose access ends, which no health examination gives',
      without(given, 5, ''),
      `${nothing}edition edition-ends`,
      held('health-check'),
    ],
    [
      'in the register exactly so',
      given,
      '0 good, 1 unchanged',
      held('old-cards', {
        cards: [
          {
            ...card,
            chip: 'AABBCC21',
            printedNumber: '9900000000000021',
            edition: 'old',
            studentNumber: '41047002S',
            heldSince: '2021-09-13',
            how: 'before-gatehouse',
          },
        ],
      }),
    ],
  ])('%s', (_story, row, expected, more) => {
    expect(verdict([row], more)).toBe(expected)
  })

  it('two old cards of one student could not both be in use, of whatever edition', () => {
    const other = 'AABBCC22,9900000000000022,older,41047002S,2022-09-13,'
    expect(verdict([given, other], { kind: 'old-cards' })).toContain('line 3: studentNumber student-twice')
    const freshmen = [without(without(given, 5, ''), 2, '4k'), other]
    expect(verdict(freshmen, { kind: 'health-check' })).toBe('2 good, 0 unchanged')
  })
})
