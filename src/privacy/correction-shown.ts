import { Type } from 'typebox'
import { headings } from '../lib/own-headings.ts'
import type { Language } from '../lib/words.ts'
import { programmeInForce } from '../programme/store.ts'
import { sayFrom } from '../server/perform.ts'
import type { Act } from '../server/register.ts'
import { Moment, orNull } from '../server/shapes.ts'
import { isOverdue } from './correction-rules.ts'
import { type Correction, correctionsOf } from './correction-store.ts'
import { correctionWords } from './correction-words.ts'

/** Requests of one person that are shown: what waits, and the newest of what ended. */
export const mostOwnCorrections = 20

const sentences = (language: Language) => correctionWords[language].refusal
/** Says why a correction is not taken up, answered or taken back. */
export const sayCorrection = sayFrom({ 'zh-TW': sentences('zh-TW'), en: sentences('en') })

/** Under which heading. */
export const PartAsked = Type.Enum([...headings], { description: 'A heading of “What is kept of me”' })

/** A request for a correction as its person reads it. */
export const CorrectionShown = Type.Object({
  id: Type.Integer(),
  part: PartAsked,
  wrong: Type.String({ description: 'In the person’s own words' }),
  askedAt: Moment,
  dueOn: Type.String({ format: 'date', description: 'The last day of an answer, of the campus’s calendar' }),
  prolongedBecause: orNull(Type.String({ description: 'Why the office took longer, to this day' })),
  overdue: Type.Boolean({ description: 'It waits, and this day is over' }),
  answer: orNull(Type.Enum(['corrected', 'passed-on', 'not-changed', 'taken-back'])),
  answeredAt: orNull(Moment),
  reason: orNull(
    Type.String({ description: 'Why nothing changed, to whom it was passed on, or what was corrected' }),
  ),
})
export type CorrectionShown = Type.Static<typeof CorrectionShown>

/** A request as it is shown on a day. */
export const correctionShown = (
  { id, part, wrong, askedAt, dueOn, prolongReason, answer, answeredAt, answerReason }: Correction,
  today: Temporal.PlainDate,
): CorrectionShown => ({
  id,
  part,
  wrong,
  askedAt: askedAt.toString(),
  dueOn: dueOn.toString(),
  prolongedBecause: prolongReason,
  overdue: answer === null && isOverdue(dueOn, today),
  answer,
  answeredAt: answeredAt?.toString() ?? null,
  reason: answerReason,
})

/** The day on the campus's calendar. */
export const todayOn = async (act: Act): Promise<Temporal.PlainDate> =>
  act.now.toZonedDateTimeISO((await programmeInForce(act)).campus.zone).toPlainDate()

/** What a person asked to have corrected: what waits first, then the newest. */
export async function ownCorrections(act: Act, personId: number): Promise<CorrectionShown[]> {
  const today = await todayOn(act)
  return (await correctionsOf(act, personId, mostOwnCorrections)).map(row => correctionShown(row, today))
}
