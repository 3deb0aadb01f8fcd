import { describe, expect, it } from 'vitest'
import type { PhotoRules } from '../programme/shape-cards.ts'
import {
  isOld,
  mayAnswer,
  maySend,
  mayTakePhoto,
  photosADay,
  type Sender,
  triesADay,
  warningsOf,
} from './rules.ts'

const rules: PhotoRules = {
  minWidth: 300,
  minHeight: 385,
  proportions: { width: 35, height: 45, tolerancePercent: 12 },
  holdersSend: true,
  oldAfterYears: 5,
}
const good = { width: 420, height: 540 }
const holder: Sender = { by: 'holder', sentLately: 0, sameAs: null }
const office: Sender = { ...holder, by: 'office' }

describe('a photo is taken in', () => {
  it.each([
    ['of the office', rules, good, office, 'yes'],
    ['of a holder', rules, good, holder, 'yes'],
    ['at the fewest pixels', rules, { width: 300, height: 385 }, office, 'yes'],
    ['where the programme keeps none', undefined, good, office, 'photos-not-kept'],
    [
      'of a holder where only the office sends',
      { ...rules, holdersSend: false },
      good,
      holder,
      'holders-may-not-send',
    ],
    ['of the office there', { ...rules, holdersSend: false }, good, office, 'yes'],
    ['for the last time that day', rules, good, { ...holder, sentLately: photosADay - 1 }, 'yes'],
    ['once more', rules, good, { ...holder, sentLately: photosADay }, 'sent-too-often'],
    ['of the office as often as it likes', rules, good, { ...office, sentLately: 99 }, 'yes'],
    ['one pixel too narrow', rules, { width: 299, height: 385 }, office, 'picture-too-small'],
    ['one pixel too low', rules, { width: 300, height: 384 }, office, 'picture-too-small'],
    ['a square', rules, { width: 600, height: 600 }, office, 'picture-shape'],
    ['lying', rules, { width: 800, height: 600 }, office, 'picture-shape'],
    ['3 to 4, within the tolerance', rules, { width: 600, height: 800 }, office, 'yes'],
    ['the picture of somebody else', rules, good, { ...office, sameAs: '41047002S' }, 'photo-of-another'],
  ] as const)('%s', (_, of, size, sender, expected) => {
    const decision = mayTakePhoto(of, size, sender)
    expect(decision.ok ? 'yes' : decision.refusal).toBe(expected)
  })

  it('what is refused first is told first', () => {
    const everything = { ...holder, sentLately: 99, sameAs: '41047002S' }
    const small = { width: 10, height: 10 }
    expect(mayTakePhoto(undefined, small, everything)).toMatchObject({ refusal: 'photos-not-kept' })
    expect(mayTakePhoto(rules, small, everything)).toMatchObject({ refusal: 'sent-too-often' })
    expect(mayTakePhoto(rules, small, { ...everything, sentLately: 0 })).toMatchObject({
      refusal: 'picture-too-small',
      facts: { width: 10, height: 10, minWidth: 300, minHeight: 385 },
    })
  })
})

it.each([
  ['at first', rules, 0, 0, 'yes'],
  ['for the last time that day', rules, photosADay - 1, triesADay - 1, 'yes'],
  ['once more than a day’s photos', rules, photosADay, 6, 'sent-too-often'],
  ['once more than a day’s tries', rules, 0, triesADay, 'tried-too-often'],
  ['where only the office sends', { ...rules, holdersSend: false }, 99, 99, 'holders-may-not-send'],
  ['where no photo is kept', undefined, 99, 99, 'photos-not-kept'],
] as const)('a holder sends a picture %s', (_, of, sentLately, triedLately, expected) => {
  const decision = maySend(of, { sentLately, triedLately })
  expect(decision.ok ? 'yes' : decision.refusal).toBe(expected)
})

it.each([
  [{ brightness: 120, contrast: 50, sharpness: 3 }, []],
  [{ brightness: 20, contrast: 50, sharpness: 3 }, ['dark']],
  [{ brightness: 250, contrast: 2, sharpness: 0 }, ['bright', 'flat', 'blurred']],
])('a machine finds odd: %j %j', (measured, found) => {
  expect(warningsOf({ width: 1, height: 1, ...measured })).toEqual(found)
})

it('a photo is answered once, and only one that is there', () => {
  expect(mayAnswer({ answered: false }).ok).toBe(true)
  expect(mayAnswer({ answered: true })).toMatchObject({ refusal: 'photo-answered' })
  expect(mayAnswer(null)).toMatchObject({ refusal: 'no-such-photo' })
})

it('a photo is old from the day on which it is so many years old', () => {
  const taken = Temporal.PlainDate.from('2018-10-18')
  expect(isOld(taken, rules, Temporal.PlainDate.from('2023-10-17'))).toBe(false)
  expect(isOld(taken, rules, Temporal.PlainDate.from('2023-10-18'))).toBe(true)
  expect(isOld(Temporal.PlainDate.from('2020-02-29'), rules, Temporal.PlainDate.from('2025-02-28'))).toBe(
    true,
  )
})
