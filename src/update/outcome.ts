import type { Answer as DriverAnswer } from './driver.ts'
import type { DueNumber } from './plan.ts'

/** `different`: it said yes and holds something else. `taken`: another system's card stands there under the number, and stays. */
export type Answer = DriverAnswer | 'different' | 'taken'

/** One thing sent to a controller and what came of it. */
export interface Outcome {
  due: DueNumber
  deed: 'put' | 'remove'
  answer: Answer
  /** The controller's own word names this change: an echoed sequence id, a read-back, or its count of cards. */
  confirmed: boolean
}
