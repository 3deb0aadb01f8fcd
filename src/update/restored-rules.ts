import { type Decision, no, yes } from '../lib/decision.ts'

/** By what it was noticed that the database was brought back from an older copy; `said`: by somebody who did it. */
export const restoreSigns = ['said', 'other-server', 'other-timeline', 'journal-behind'] as const
export type RestoreSign = (typeof restoreSigns)[number]

/** Where a database is: the identifier of its server, and which line of the server's history it is on. */
export interface Home {
  server: string
  timeline: number
}

/**
 * What tells that a database was brought back: it lacks what this process knows was written, it is on another server than
 * it was, or its server was brought back to an earlier moment or took over from another one, which begins another timeline.
 * Null where nothing tells so, also of a database that is looked at for the first time.
 */
export function signOfRestore(
  was: Home | null,
  is: Home,
  { lacksWritten }: { lacksWritten: boolean },
): Exclude<RestoreSign, 'said'> | null {
  if (lacksWritten) return 'journal-behind'
  if (was === null) return null
  if (was.server !== is.server) return 'other-server'
  return was.timeline === is.timeline ? null : 'other-timeline'
}

/** Why controllers are not let go after the database was brought back, in the order in which it is said. */
export const restoreRefusals = [
  'no-controllers',
  'restored-already',
  'nothing-restored',
  'release-needs-reason',
  'nothing-read-since',
  'difference-changed',
] as const
export type RestoreRefusal = (typeof restoreRefusals)[number]

/** What decides whether controllers are let go. */
export interface ReleaseFacts {
  reason: string
  /** Controllers that wait, and of them those whose list was read to its end since. */
  waiting: number
  read: number
  /** What whoever lets them go has seen, and what it is now. */
  seal: { shown: string; now: string }
}

/** Whether the controllers whose lists were read may be let go: only with the difference that was looked at. */
export function mayRelease({ reason, waiting, read, seal }: ReleaseFacts): Decision<object, RestoreRefusal> {
  if (waiting === 0) return no('nothing-restored')
  if (reason.trim() === '') return no('release-needs-reason')
  if (read === 0) return no('nothing-read-since', { waiting })
  return seal.shown === seal.now ? yes({}) : no('difference-changed')
}
