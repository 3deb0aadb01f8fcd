import { describe, expect, it } from 'vitest'
import type { Programme } from '../programme/shape.ts'
import {
  correctionDaysOf,
  correctionDueOn,
  correctionsADay,
  isOverdue,
  longestCorrection,
  mayAnswerCorrection,
  mayAskCorrection,
  mayProlongCorrection,
  mayTakeBackCorrection,
} from './correction-rules.ts'

const programme = (zone: string, correctionDays?: number) =>
  ({ campus: { zone }, privacy: correctionDays === undefined ? undefined : { correctionDays } }) as Programme
const said = (may: { ok: boolean; refusal?: string }) => (may.ok ? 'yes' : may.refusal)

describe('by which day a correction is answered', () => {
  it.each([
    ['the day of asking is not counted', 'Asia/Taipei', '2023-10-18T11:00+08:00', undefined, '2023-11-17'],
    ['a minute before midnight, there', 'Asia/Taipei', '2023-10-18T23:59+08:00', 1, '2023-10-19'],
    ['the minute after', 'Asia/Taipei', '2023-10-19T00:00+08:00', 1, '2023-10-20'],
    ['a day of 25 hours is a day', 'America/New_York', '2024-11-02T23:30-04:00', 1, '2024-11-03'],
    ['and so through the autumn', 'America/New_York', '2024-10-20T23:30-04:00', 21, '2024-11-10'],
    ['a day of 23 hours is a day', 'America/New_York', '2024-03-09T23:30-05:00', 1, '2024-03-10'],
    ['and so through the spring', 'America/New_York', '2024-03-01T00:10-05:00', 30, '2024-03-31'],
    ['over the leap day', 'Asia/Taipei', '2024-02-01T08:00+08:00', 30, '2024-03-02'],
  ])('%s', (_, zone, at, days, dueOn) => {
    expect(correctionDueOn(Temporal.Instant.from(at), programme(zone, days)).toString()).toBe(dueOn)
  })

  it('is late once that day is over, and not on it', () => {
    const dueOn = Temporal.PlainDate.from('2023-11-17')
    expect(isOverdue(dueOn, dueOn)).toBe(false)
    expect(isOverdue(dueOn, dueOn.add({ days: 1 }))).toBe(true)
  })

  it('is the law’s own where the programme says nothing', () => {
    expect(correctionDaysOf(programme('Asia/Taipei'))).toBe(30)
    expect(correctionDaysOf(programme('Asia/Taipei', 21))).toBe(21)
  })
})

describe('asking for a correction', () => {
  const nothing = { open: false, askedLately: 0 }
  it.each([
    ['yes', '英文姓名拼錯', nothing],
    ['wrong-missing', ' \n ', { open: true, askedLately: correctionsADay }],
    ['wrong-too-long', '字'.repeat(longestCorrection + 1), { open: true, askedLately: correctionsADay }],
    ['correction-open', 'misspelt', { open: true, askedLately: correctionsADay }],
    ['corrections-often', 'misspelt', { open: false, askedLately: correctionsADay }],
    ['yes', 'misspelt', { open: false, askedLately: correctionsADay - 1 }],
  ])('%s', (answer, wrong, before) => {
    expect(said(mayAskCorrection(wrong, before))).toBe(answer)
  })

  it('counts letters as people do, and no space around them', () => {
    const longest = '𠮷'.repeat(longestCorrection)
    expect(said(mayAskCorrection(` ${longest}\n`, nothing))).toBe('yes')
    expect(mayAskCorrection(`${longest}𠮷`, nothing)).toMatchObject({ facts: { letters: 501, most: 500 } })
  })
})

describe('the end of a request', () => {
  const open = { ended: false, own: false }
  it.each([
    ['yes', open, 'corrected', ''],
    ['yes', open, 'passed-on', 'the registrar'],
    ['yes', open, 'not-changed', 'it is right'],
    ['passed-on-to-nobody', open, 'passed-on', ' '],
    ['correction-reason-missing', open, 'not-changed', ' '],
    ['own-correction', { ended: false, own: true }, 'not-changed', ''],
    ['correction-ended', { ended: true, own: true }, 'not-changed', ''],
  ] as const)('answered: %s', (answer, request, as, reason) => {
    expect(said(mayAnswerCorrection(request, { answer: as, reason }))).toBe(answer)
  })

  it('is taken back as long as nobody has answered', () => {
    expect(said(mayTakeBackCorrection({ ended: false }))).toBe('yes')
    expect(said(mayTakeBackCorrection({ ended: true }))).toBe('correction-ended')
  })
})

describe('taking longer to answer', () => {
  const dueOn = Temporal.PlainDate.from('2023-11-17')
  const open = { ended: false, own: false, prolonged: false, dueOn }
  const asked = { days: 30, reason: 'The registrar is asked', today: dueOn }
  it.each([
    ['2023-12-17', open, asked],
    ['2023-11-18', open, { ...asked, days: 1 }],
    ['why-longer-missing', open, { ...asked, reason: ' ' }],
    ['days-longer-wrong', open, { ...asked, days: 31, reason: ' ' }],
    ['days-longer-wrong', open, { ...asked, days: 0 }],
    ['correction-overdue', open, { ...asked, days: 31, today: dueOn.add({ days: 1 }) }],
    ['correction-prolonged', { ...open, prolonged: true }, { ...asked, today: dueOn.add({ days: 1 }) }],
    ['own-correction', { ...open, own: true, prolonged: true }, asked],
    ['correction-ended', { ...open, ended: true, own: true }, asked],
  ])('%s', (answer, request, by) => {
    const may = mayProlongCorrection(request, by)
    expect(may.ok ? may.dueOn.toString() : may.refusal).toBe(answer)
  })
})
