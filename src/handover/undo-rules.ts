import { type Decision, no, yes } from '../lib/decision.ts'

/** For how many minutes a handover may be undone where the programme does not say. */
export const usualUndoMinutes = 2

/** Why a clerk takes a handover back; the journal holds no free text. */
export const undoReasons = ['by-mistake', 'wrong-person', 'not-taken', 'faulty'] as const
export type UndoReason = (typeof undoReasons)[number]

/** Why a handover is not undone, in the order in which it is told. */
export const undoRefusals = [
  'nothing-handed-over',
  'undone-already',
  'not-undone-here',
  'undone-at-its-counter',
  'activated-since',
  'lost-since',
  'more-since',
  'undo-too-late',
] as const
export type UndoRefusal = (typeof undoRefusals)[number]

/** A handover that stands, with what has happened to its card since. Instants in campus time. */
export interface Standing {
  at: Temporal.Instant
  how: string
  counter: string | null
  activatedAt: Temporal.Instant | null
  lost: boolean
  /** Something else hangs on it: a pause, a refund, an application, another holder. */
  more: boolean
}

/** When a handover can no longer be undone; it can be until just before. */
export const undoEnds = (at: Temporal.Instant, minutes: number): Temporal.Instant => at.add({ minutes })

/**
 * Whether a handover of that moment may be undone: by a clerk of the counter where it was done or by the office, soon after,
 * and while nothing has been built on it. Where the card was handed over again since, what was asked about is undone already.
 */
export function mayUndo({
  asked,
  standing,
  undoneBefore,
  by,
  minutes,
  now,
}: {
  /** Of which moment the handover is. */
  asked: Temporal.Instant
  standing: Standing | null
  undoneBefore: boolean
  by: { kind: string; counter?: string }
  /** The programme's minutes; 0: never. */
  minutes: number
  now: Temporal.Instant
}): Decision<object, UndoRefusal> {
  if (standing === null || !standing.at.equals(asked))
    return no(undoneBefore ? 'undone-already' : 'nothing-handed-over')
  if (standing.how !== 'desk' || minutes === 0) return no('not-undone-here')
  if (by.kind !== 'office' && by.counter !== standing.counter)
    return no('undone-at-its-counter', { counter: standing.counter })
  if (standing.activatedAt !== null) return no('activated-since')
  if (standing.lost) return no('lost-since')
  if (standing.more) return no('more-since')
  if (Temporal.Instant.compare(now, undoEnds(standing.at, minutes)) >= 0)
    return no('undo-too-late', { minutes })
  return yes({})
}
