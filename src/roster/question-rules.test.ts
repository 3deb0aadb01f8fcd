import { describe, expect, it } from 'vitest'
import { mayAnswerImport, mayAsk, mayTakeBack, tooManyEnd } from './question-rules.ts'

describe('a second person is needed', () => {
  it.each([
    ['for 21 of 1,000', 21, 0, 1_000, true],
    ['not for 20 of 100', 20, 0, 100, false],
    ['not for 60 of 3,000, which is 2 %', 60, 0, 3_000, false],
    ['for 61 of 3,000', 61, 0, 3_000, true],
    ['for one more where other files have ended 60 lately', 1, 60, 3_000, true],
    ['not for as many as are left', 30, 30, 3_000, false],
    ['not for nobody', 0, 0, 0, false],
    ['not for nobody, whatever others have ended', 0, 500, 3_000, false],
  ])('%s', (_, people, lately, of, needed) => {
    expect(tooManyEnd({ people, lately, of }) !== null).toBe(needed)
  })

  it('as the programme says', () => {
    expect(tooManyEnd({ people: 6, lately: 0, of: 100 }, { people: 5, percent: 1 })).toEqual({
      people: 6,
      lately: 0,
      of: 100,
      most: 5,
    })
  })
})

const open = { askedBy: 'office', seal: 'a' }
const ending = { people: 30, lately: 0, of: 100, most: 20 }
const letGo = { by: 'office-2', seal: 'a', letGo: true, reason: null }
const told = (decision: { ok: boolean; refusal?: string }) => decision.refusal ?? 'yes'

it.each([
  ['nobody needs to be asked', { ending: null, open, seal: 'a' }, 'no-second-person-needed'],
  ['it was asked already', { ending, open, seal: 'a' }, 'asked-already'],
  ['another difference was asked about', { ending, open, seal: 'b' }, 'yes'],
  ['nobody was asked yet', { ending, open: null, seal: 'a' }, 'yes'],
])('asking where %s', (_, facts, expected) => {
  expect(told(mayAsk(facts))).toBe(expected)
})

it.each([
  ['there is no question', null, letGo, 'no-question'],
  ['by the one who asked', open, { ...letGo, by: 'office' }, 'asked-by-yourself'],
  [
    'by the one who asked, who declines',
    open,
    { ...letGo, by: 'office', letGo: false, reason: 'x' },
    'asked-by-yourself',
  ],
  ['about another difference', open, { ...letGo, seal: 'b' }, 'another-difference'],
  ['no without a reason', open, { ...letGo, letGo: false, reason: ' ' }, 'no-reason-given'],
  [
    'no with a reason, about another difference',
    open,
    { ...letGo, letGo: false, seal: 'b', reason: 'x' },
    'yes',
  ],
  ['yes', open, letGo, 'yes'],
])('answering: %s', (_, question, answer, expected) => {
  expect(told(mayAnswerImport(question, answer))).toBe(expected)
})

it('who asked takes it back, and nobody else', () => {
  expect(told(mayTakeBack(open, 'office-2'))).toBe('asked-by-another')
  expect(told(mayTakeBack(null, 'office'))).toBe('no-question')
  expect(told(mayTakeBack(open, 'office'))).toBe('yes')
})
