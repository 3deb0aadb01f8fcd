import { type Decision, no, yes } from '../lib/decision.ts'
import { whoActed } from '../lib/roles.ts'

/** From how many people on a window may take access without a second person: more than `people`, and than `percent`. */
export interface GuardLimits {
  people: number
  percent: number
}

/** What counts where a programme says nothing (reliability.md C6). */
export const usualLimits: GuardLimits = { people: 20, percent: 2 }

/** A place where a window would take access from too many: a controller, or the campus (null). */
export interface TooMany {
  controller: number | null
  /** People who would lose access there without another card of theirs. */
  people: number
  /** Of how many who have access there. */
  of: number
  /** So many would have passed. */
  most: number
}

/** Why a guard cannot be answered, in the order in which it is said. */
export const guardRefusals = [
  'no-such-guard',
  'answered-already',
  'own-act',
  'guard-needs-reason',
  'changed-since-dry-run',
  'window-has-begun',
  'nothing-to-approve',
] as const
export type GuardRefusal = (typeof guardRefusals)[number]

/** Whether somebody is one of those whose acts it were, in whatever role. */
export const isOwn = (who: string, causedBy: readonly string[]): boolean =>
  causedBy.some(actor => whoActed(actor) === whoActed(who))

/** Let go: the rows are due at once. Refused: they wait until newer ones take their place. */
export type GuardAnswer = 'let-go' | 'refused'

/** What decides whether somebody may answer a guard. */
export interface AnswerFacts {
  /** Null: there is no such guard. */
  guard: { answer: GuardAnswer | null; causedBy: readonly string[] } | null
  answer: GuardAnswer
  /** Who answers, as the journal names them. */
  who: string
  reason: string
}

/** Whether somebody may answer a guard: a second person, with a reason, once; a refused one may still be let go. */
export function mayAnswer({ guard, answer, who, reason }: AnswerFacts): Decision<object, GuardRefusal> {
  if (guard === null) return no('no-such-guard')
  if (guard.answer === 'let-go' || guard.answer === answer) return no('answered-already')
  if (isOwn(who, guard.causedBy)) return no('own-act')
  if (reason.trim() === '') return no('guard-needs-reason')
  return yes({})
}

/** What decides whether what a coming window would take may be approved before it begins. */
export interface ApprovalFacts {
  /** The window that was looked at, and the one that comes next now. */
  window: { shown: Temporal.Instant; now: Temporal.Instant }
  seal: { shown: string; now: string | null }
  causedBy: readonly string[]
  who: string
  reason: string
}

/** Whether a rehearsed loss may be approved: by a second person, and exactly what was looked at. */
export function mayApprove(facts: ApprovalFacts): Decision<object, GuardRefusal> {
  if (!facts.window.shown.equals(facts.window.now)) return no('window-has-begun')
  if (facts.seal.now === null) return no('nothing-to-approve')
  if (facts.seal.shown !== facts.seal.now) return no('changed-since-dry-run')
  if (isOwn(facts.who, facts.causedBy)) return no('own-act')
  if (facts.reason.trim() === '') return no('guard-needs-reason')
  return yes({})
}
