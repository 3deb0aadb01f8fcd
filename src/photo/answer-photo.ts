import { type Decision, yes } from '../lib/decision.ts'
import { type Act, actorName } from '../server/register.ts'
import { type AnswerRefusal, type DeclineReason, mayAnswer } from './rules.ts'
import { keepAnswer, lockedPhoto } from './store.ts'

/** The office accepts a holder's photo (`reason` null), which then counts, or says why not; the holder is told. */
export async function answerPhoto(
  act: Act,
  { photoId, reason }: { photoId: number; reason: DeclineReason | null },
): Promise<Decision<{ photoId: number }, AnswerRefusal>> {
  const photo = await lockedPhoto(act, photoId)
  const may = mayAnswer(photo && { answered: photo.accepted !== null })
  if (!may.ok) return may
  await keepAnswer(act, { id: photoId, reason, who: actorName(act.actor) })
  await act.note({
    act: reason === null ? 'photo accepted' : 'photo declined',
    personId: photo!.personId,
    facts: { photo: photoId, ...(reason === null ? {} : { reason }) },
  })
  return yes({ photoId })
}
