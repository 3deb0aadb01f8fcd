import { type Decision, yes } from '../lib/decision.ts'
import type { CorrectionAnswer, Heading } from '../lib/own-headings.ts'
import { programmeInForce } from '../programme/store.ts'
import { lockHolder } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import {
  type AskingRefusal,
  correctionDueOn,
  type EndingRefusal,
  mayAnswerCorrection,
  mayAskCorrection,
  mayProlongCorrection,
  mayTakeBackCorrection,
  type ProlongingRefusal,
} from './correction-rules.ts'
import { todayOn } from './correction-shown.ts'
import {
  askedBefore,
  isOwnAccount,
  keepCorrection,
  keepCorrectionEnd,
  keepCorrectionProlonged,
  lockedCorrection,
} from './correction-store.ts'

/** What is said of something that is wrong, as it is kept: a browser sends each line's end as two characters. */
const spoken = (text: string): string => text.replaceAll('\r\n', '\n').trim()

/** A student says what is wrong with a part of what is kept of them. Says by which day it is answered; refuses as `mayAskCorrection`. */
export async function askCorrection(
  act: Act,
  { personId, part, wrong }: { personId: number; part: Heading; wrong: string },
): Promise<Decision<{ id: number; dueOn: string }, AskingRefusal>> {
  await lockHolder(act, personId)
  const said = spoken(wrong)
  const may = mayAskCorrection(said, await askedBefore(act, personId, part))
  if (!may.ok) return may
  const dueOn = correctionDueOn(act.now, await programmeInForce(act))
  const id = await keepCorrection(act, { personId, part, wrong: said, dueOn })
  await act.note({ act: 'correction asked', personId, facts: { correction: id, part } })
  return yes({ id, dueOn: dueOn.toString() })
}

/** Who asked takes a request back that nobody has answered; null where it is none of theirs. */
export async function takeBackCorrection(
  act: Act,
  { personId, id }: { personId: number; id: number },
): Promise<Decision<object, 'correction-ended'> | null> {
  const found = await lockedCorrection(act, id)
  if (found === null || found.personId !== personId) return null
  const may = mayTakeBackCorrection({ ended: found.answer !== null })
  if (!may.ok) return may
  await keepCorrectionEnd(act, id, { as: 'taken-back', reason: null })
  await act.note({ act: 'correction taken back', personId, facts: { correction: id } })
  return yes({})
}

/** The office answers, and the person is told; null where there is no such request. Refuses as `mayAnswerCorrection`. */
export async function answerCorrection(
  act: Act,
  { id, answer, reason }: { id: number; answer: CorrectionAnswer; reason: string },
): Promise<Decision<{ id: number; answer: CorrectionAnswer }, EndingRefusal> | null> {
  const found = await lockedCorrection(act, id)
  if (found === null) return null
  const { personId } = found
  const own = await isOwnAccount(act, personId)
  const may = mayAnswerCorrection({ ended: found.answer !== null, own }, { answer, reason })
  if (!may.ok) return may
  await keepCorrectionEnd(act, id, { as: answer, reason: spoken(reason) || null })
  await act.note({ act: 'correction answered', personId, facts: { correction: id, answer } })
  return yes({ id, answer })
}

/** The office takes longer to answer, and the person is told; null where there is no such request. Refuses as `mayProlongCorrection`. */
export async function prolongCorrection(
  act: Act,
  { id, days, reason }: { id: number; days: number; reason: string },
): Promise<Decision<{ id: number; dueOn: string }, ProlongingRefusal> | null> {
  const found = await lockedCorrection(act, id)
  if (found === null) return null
  const { personId, dueOn } = found
  const [ended, prolonged] = [found.answer !== null, found.prolongReason !== null]
  const own = await isOwnAccount(act, personId)
  const asked = { days, reason, today: await todayOn(act) }
  const may = mayProlongCorrection({ ended, own, prolonged, dueOn }, asked)
  if (!may.ok) return may
  await keepCorrectionProlonged(act, id, { dueOn: may.dueOn, reason: spoken(reason) })
  await act.note({ act: 'correction prolonged', personId, facts: { correction: id, days } })
  return yes({ id, dueOn: may.dueOn.toString() })
}
