import type { Answer as DriverAnswer } from './driver.ts'
import type { DueNumber, PersonSteps } from './plan.ts'

/**
 * What came of a change, as `sent` keeps it: the driver's answers, and two of ours. `different`: it said yes and holds
 * something else. `taken`: another system's card stands there under the number, and stays.
 */
export const answers = [
  'applied',
  'already',
  'rejected',
  'full',
  'unconfirmed',
  'unreachable',
  'different',
  'taken',
] as const satisfies readonly (DriverAnswer | 'different' | 'taken')[]
export type Answer = (typeof answers)[number]

/** One thing sent to a controller and what came of it. */
export interface Outcome {
  due: DueNumber
  deed: 'put' | 'remove'
  answer: Answer
  /** The controller's own word names this change: an echoed sequence id, a read-back, or its count of cards. */
  confirmed: boolean
}

/** The people of a batch of whom everything was confirmed: what is open of one of them after that was decided meanwhile. */
export function servedBy(steps: readonly PersonSteps[], outcomes: readonly Outcome[]): number[] {
  const confirmed = new Set(outcomes.filter(outcome => outcome.confirmed).map(({ due }) => due))
  return steps
    .filter(({ urgentRemovals, puts, removals }) =>
      [...urgentRemovals, ...puts, ...removals].every(due => confirmed.has(due)),
    )
    .map(({ personId }) => personId)
}
