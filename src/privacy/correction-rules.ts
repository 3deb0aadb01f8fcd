import { type Decision, no, yes } from '../lib/decision.ts'
import type { CorrectionAnswer } from '../lib/own-headings.ts'
import type { Programme } from '../programme/shape.ts'

/** Letters in which somebody says what is wrong, and in which the office says why; the table has the same. */
export const longestCorrection = 500
/** How many corrections somebody asks for within a day, those that they took back then, too. */
export const correctionsADay = 10
/** Within how many days a correction is answered where the programme says nothing: the law's own (PDPA art. 13 (2)). */
const usualCorrectionDays = 30

/** How many letters a text has, as people and the database count them. */
const lettersOf = (text: string): number => Array.from(text).length

/** Within how many days a correction is answered. */
export const correctionDaysOf = ({ privacy }: Programme): number =>
  privacy?.correctionDays ?? usualCorrectionDays

/**
 * By which day a correction is answered: so many days of the campus's calendar after the one on which it was asked for, which is
 * not counted itself. A day with 23 or 25 hours is a day.
 */
export function correctionDueOn(askedAt: Temporal.Instant, programme: Programme): Temporal.PlainDate {
  const askedOn = askedAt.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  return askedOn.add({ days: correctionDaysOf(programme) })
}

/** By how many days the office may take longer, once, saying why: the law's own (PDPA art. 13 (2)). */
export const mostDaysLonger = 30

/** Whether an answer is late: its last day is over. */
export const isOverdue = (dueOn: Temporal.PlainDate, today: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(dueOn, today) < 0

/** Why a correction is not taken up, in the order in which it is told. */
export const askingRefusals = [
  'wrong-missing',
  'wrong-too-long',
  'correction-open',
  'corrections-often',
] as const
export type AskingRefusal = (typeof askingRefusals)[number]

/** Whether somebody asks for a correction of a part: in words, once at a time, and not without end. */
export function mayAskCorrection(
  wrong: string,
  { open, askedLately }: { open: boolean; askedLately: number },
): Decision<object, AskingRefusal> {
  if (wrong.trim() === '') return no('wrong-missing')
  const letters = lettersOf(wrong.trim())
  if (letters > longestCorrection) return no('wrong-too-long', { letters, most: longestCorrection })
  if (open) return no('correction-open')
  return askedLately >= correctionsADay ? no('corrections-often', { most: correctionsADay }) : yes({})
}

/** A request as far as its end asks: whether it has ended, and whether who ends it is the person themselves. */
export interface CorrectionToEnd {
  ended: boolean
  own: boolean
}

/** Why a correction is not answered, or not taken back, in the order in which it is told. */
export const endingRefusals = [
  'correction-ended',
  'own-correction',
  'correction-reason-missing',
  'passed-on-to-nobody',
] as const
export type EndingRefusal = (typeof endingRefusals)[number]

/** Whether the office answers: once, never one's own, with why nothing changes or to whom it was passed on. */
export function mayAnswerCorrection(
  { ended, own }: CorrectionToEnd,
  { answer, reason }: { answer: CorrectionAnswer; reason: string },
): Decision<object, EndingRefusal> {
  if (ended) return no('correction-ended')
  if (own) return no('own-correction')
  if (reason.trim() !== '' || answer === 'corrected') return yes({})
  return no(answer === 'passed-on' ? 'passed-on-to-nobody' : 'correction-reason-missing')
}

/** Whether who asked takes it back: as long as nobody has answered. */
export const mayTakeBackCorrection = ({
  ended,
}: Pick<CorrectionToEnd, 'ended'>): Decision<object, 'correction-ended'> =>
  ended ? no('correction-ended') : yes({})

/** A request as far as more time asks: how it stands, its last day, and whether the office has taken longer before. */
export interface CorrectionToProlong extends CorrectionToEnd {
  prolonged: boolean
  dueOn: Temporal.PlainDate
}

/** Why the office does not take longer, in the order in which it is told. */
export const prolongingRefusals = [
  'correction-ended',
  'own-correction',
  'correction-prolonged',
  'correction-overdue',
  'days-longer-wrong',
  'why-longer-missing',
] as const
export type ProlongingRefusal = (typeof prolongingRefusals)[number]

/** Whether the office takes longer to answer: once, before the last day is over, by the law's days at most, saying why. */
export function mayProlongCorrection(
  { ended, own, prolonged, dueOn }: CorrectionToProlong,
  { days, reason, today }: { days: number; reason: string; today: Temporal.PlainDate },
): Decision<{ dueOn: Temporal.PlainDate }, ProlongingRefusal> {
  if (ended) return no('correction-ended')
  if (own) return no('own-correction')
  if (prolonged) return no('correction-prolonged')
  if (isOverdue(dueOn, today)) return no('correction-overdue')
  if (days < 1 || days > mostDaysLonger) return no('days-longer-wrong', { most: mostDaysLonger })
  if (reason.trim() === '') return no('why-longer-missing')
  return yes({ dueOn: dueOn.add({ days }) })
}
