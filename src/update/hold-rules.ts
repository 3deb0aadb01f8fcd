import { type Decision, no, yes } from '../lib/decision.ts'

/** Why nothing can be held, lifted or let go now, in the order in which it is said. */
export const holdRefusals = [
  'no-such-controller-here',
  'held-already',
  'no-such-hold',
  'hold-needs-reason',
  'update-under-way',
  'asked-already',
  'nothing-to-let-go',
  'held-there',
  'no-such-notice',
] as const
export type HoldRefusal = (typeof holdRefusals)[number]

/** What decides whether updates of some controllers may be held. */
export interface HoldFacts {
  /** Serial numbers that are not ours. */
  unknown: readonly number[]
  /** How many of those asked for are not held yet. */
  toHold: number
  reason: string
}

/** Whether ordinary updates of some controllers, or of all, may be held from now on. */
export function mayHold({ unknown, toHold, reason }: HoldFacts): Decision<object, HoldRefusal> {
  if (unknown.length > 0) return no('no-such-controller-here', { controller: unknown[0]! })
  if (reason.trim() === '') return no('hold-needs-reason')
  return toHold === 0 ? no('held-already') : yes({})
}

/** What decides whether what the next window would give may go now. */
export interface RunNowFacts {
  unknown: readonly number[]
  reason: string
  /** An update is under way: whatever is due goes with it. */
  underWay: boolean
  /** Somebody asked already, and it begins in a moment. */
  asked: boolean
  /** Every controller concerned is held. */
  allHeld: boolean
  /** Card numbers that would be put, or changed without taking anything away. */
  numbers: number
}

/** Whether what the next window would give may go now, outside of the timetable. */
export function mayRunNow(facts: RunNowFacts): Decision<object, HoldRefusal> {
  if (facts.unknown.length > 0) return no('no-such-controller-here', { controller: facts.unknown[0]! })
  if (facts.reason.trim() === '') return no('hold-needs-reason')
  if (facts.asked) return no('asked-already')
  if (facts.underWay) return no('update-under-way')
  if (facts.allHeld) return no('held-there')
  return facts.numbers === 0 ? no('nothing-to-let-go') : yes({})
}
