import type { Answer as DriverAnswer } from './driver.ts'
import type { DueNumber } from './plan.ts'

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
