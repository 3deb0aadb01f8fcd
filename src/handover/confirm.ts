import type { EligibilityRefusal } from '../eligibility/rules.ts'
import { eligibilityOf } from '../eligibility/store.ts'
import { type Decision, no, yes } from '../lib/decision.ts'
import type { Keys } from '../lib/keys.ts'
import { personByNumber } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import { keepAnswer, keepQuestion, lockQuestion } from './confirmation-store.ts'
import { allShown, type GivenEvidence, namedShown, waysFor, withErrand } from './evidence.ts'
import { documentsAsked, provesIdentity, shownOf, standingConfirmation } from './rules.ts'
import { type AnswerRefusal, type AskingRefusal, mayAnswer, mayAskSecondPerson } from './second-person.ts'
import { lockPerson } from './store.ts'

/**
 * Asks a second person to look at the documents of who has neither the old card nor the app. Asked again while an
 * answer about the same documents is still awaited, it is the same question.
 */
export async function askSecondPerson(
  act: Act,
  { studentNumber, evidence: given }: { studentNumber: string; evidence: readonly GivenEvidence[] },
  proofKeys: Keys,
): Promise<
  Decision<{ confirmation: number; goodUntil: Temporal.Instant }, AskingRefusal<EligibilityRefusal>>
> {
  await lockPerson(act, studentNumber)
  const person = await personByNumber(act, studentNumber)
  if (person === null) return no('unknown-person', { studentNumber })
  const { decision: eligible, programme } = await eligibilityOf(act, person)
  const errand = eligible.ok ? eligible : eligible.errand
  const judging = { personId: person.id, programme, proofKeys }
  const evidence = await allShown(act, given, judging)
  const ways = await waysFor(act, errand, given, judging)
  const identity = provesIdentity(evidence, person.id, ways)
  const may = mayAskSecondPerson({ eligible, counter: act.actor.counter ?? '', identity })
  if (!may.ok) return withErrand(may, errand)

  const documents = documentsAsked(ways.whenNeither, shownOf(evidence, person.id))
  const asked = standingConfirmation(ways, documents)
  if (asked) return yes({ confirmation: asked.id, goodUntil: asked.goodUntil })
  const goodUntil = act.now.add({ minutes: programme.pickup.confirmationMinutes })
  const confirmation = await keepQuestion(act, { personId: person.id, documents, goodUntil })
  await act.note({
    act: 'second person asked',
    personId: person.id,
    facts: { confirmation, evidence: namedShown(documents), counter: act.actor.counter ?? null },
  })
  return yes({ confirmation, goodUntil })
}

/** What a second person says. The reason of a no stays with the question; the journal holds no free text. */
export interface SecondPersonsAnswer {
  confirmed: boolean
  reason: string | null
}

/**
 * Takes a second person's answer: a clerk at the same counter or somebody of the office, never the one who asked,
 * and once. Null where there is no such question, or it was asked at somebody else's counter.
 */
export async function answerSecondPerson(
  act: Act,
  id: number,
  says: SecondPersonsAnswer,
): Promise<Decision<object, AnswerRefusal> | null> {
  const question = await lockQuestion(act, id)
  const { actor, now } = act
  if (question === null || (actor.kind !== 'office' && actor.counter !== question.counter)) return null
  const may = mayAnswer(question, { by: actor.id, says, now })
  if (!may.ok) return may
  await keepAnswer(act, id, {
    confirmed: says.confirmed,
    reason: says.confirmed ? null : says.reason!.trim(),
  })
  await act.note({
    act: says.confirmed ? 'identity confirmed' : 'identity declined',
    personId: question.personId,
    facts: { confirmation: id, evidence: namedShown(question.documents), counter: question.counter },
  })
  return yes({})
}
