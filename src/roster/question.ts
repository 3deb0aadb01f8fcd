import { type Decision, yes } from '../lib/decision.ts'
import type { Act } from '../server/register.ts'
import type { Applying } from './difference.ts'
import { type ImportRefusal, lookToApply, writeLooked } from './import.ts'
import { mayAnswerImport, mayAsk, mayTakeBack, type QuestionRefusal } from './question-rules.ts'
import { keepAnswer, keepQuestion, keepTakenBack, openQuestion } from './question-store.ts'
import { lockRoster } from './store.ts'

/** Asks a second person to let a file go by which many would stop being enrolled. Nothing of it is applied yet. */
export async function askSecondPerson(
  act: Act,
  { uploadId, seal }: { uploadId: number; seal: string },
): Promise<Decision<{ questionId: number }, ImportRefusal | QuestionRefusal>> {
  const looked = await lookToApply(act, { uploadId, seal })
  if (!looked.ok) return looked
  const { ending } = looked.preview
  const open = await openQuestion(act, uploadId)
  const decision = mayAsk({ ending, open, seal })
  if (!decision.ok) return decision
  // What was asked about is no more.
  if (open) await keepTakenBack(act, open.id)
  const questionId = await keepQuestion(act, { uploadId, seal, ...ending! })
  await act.note({
    act: 'second person asked about a roster',
    facts: { upload: uploadId, people: ending!.people, of: ending!.of },
  })
  return yes({ questionId })
}

/**
 * A second person of the office answers: lets the file go, and exactly the difference that was asked about is applied in
 * this same act; or declines with a reason, and nothing is.
 */
export async function answerImport(
  act: Act,
  {
    uploadId,
    seal,
    letGo,
    reason,
  }: { uploadId: number; seal: string; letGo: boolean; reason: string | null },
): Promise<Decision<{ applied: Applying | null }, ImportRefusal | QuestionRefusal>> {
  await lockRoster(act)
  const open = await openQuestion(act, uploadId)
  const by = act.actor.id
  const decision = mayAnswerImport(open, { by, seal, letGo, reason })
  if (!decision.ok) return decision
  const said = reason?.trim() || null
  if (!letGo) {
    await keepAnswer(act, open!.id, { letGo, reason: said })
    await act.note({
      act: 'roster declined',
      facts: { upload: uploadId, people: open!.people, reason: said },
    })
    return yes({ applied: null })
  }
  const looked = await lookToApply(act, { uploadId, seal })
  if (!looked.ok) return looked
  await keepAnswer(act, open!.id, { letGo, reason: said })
  await act.note({ act: 'roster let go', facts: { upload: uploadId, people: open!.people, reason: said } })
  await writeLooked(act, looked.preview)
  return yes({ applied: looked.preview.will })
}

/** Who asked takes the question back; the file is as if nobody had been asked. */
export async function takeBackQuestion(
  act: Act,
  uploadId: number,
): Promise<Decision<object, QuestionRefusal>> {
  const open = await openQuestion(act, uploadId)
  const decision = mayTakeBack(open, act.actor.id)
  if (!decision.ok) return decision
  await keepTakenBack(act, open!.id)
  await act.note({ act: 'question about a roster taken back', facts: { upload: uploadId } })
  return yes({})
}
