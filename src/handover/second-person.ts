import { type Decision, no, yes } from '../lib/decision.ts'
import { type HandoverRefusal, nextAtDesk, type Standing } from './rules.ts'

/** Why a second person is not asked, beside what keeps the card from being handed over anyway. */
export type AskingRefusal<Eligibility extends string> =
  | HandoverRefusal<Eligibility>
  | 'no-second-person-needed'

/** Whether a second person is to be asked: nothing else stands in the way, and their word is what is missing. */
export function mayAskSecondPerson<Eligibility extends string>(
  standing: Omit<Standing<Eligibility>, 'card'>,
): Decision<object, AskingRefusal<Eligibility>> {
  const { identity } = standing
  const next = nextAtDesk({ ...standing, card: null })
  if (!next.ok) return next
  if (identity?.ok) return no('no-second-person-needed')
  return identity?.refusal === 'second-person-missing' ? yes({}) : (identity ?? no('evidence-missing'))
}

/** Why an answer to a clerk's question is not taken, in the order in which it is told. */
export const answerRefusals = [
  'asked-by-yourself',
  'confirmed-already',
  'declined-already',
  'asked-anew',
  'asked-too-long-ago',
  'no-reason-given',
] as const
export type AnswerRefusal = (typeof answerRefusals)[number]

/** A question as it stands when somebody answers it. */
export interface Question {
  askedBy: string
  confirmed: boolean | null
  goodUntil: Temporal.Instant
  /** The same clerk has asked about this person again since. */
  askedAnew: boolean
}

/** Whether somebody may answer: never the one who asked, once, and while the question is good. */
export function mayAnswer(
  { askedBy, confirmed, goodUntil, askedAnew }: Question,
  {
    by,
    says,
    now,
  }: { by: string; says: { confirmed: boolean; reason: string | null }; now: Temporal.Instant },
): Decision<object, AnswerRefusal> {
  if (by === askedBy) return no('asked-by-yourself')
  if (confirmed !== null) return no(confirmed ? 'confirmed-already' : 'declined-already')
  if (askedAnew) return no('asked-anew')
  if (Temporal.Instant.compare(now, goodUntil) >= 0) return no('asked-too-long-ago')
  if (!says.confirmed && !says.reason?.trim()) return no('no-reason-given')
  return yes({})
}
