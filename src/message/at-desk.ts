import type { Telling } from './tell.ts'

/** Told only where the staff did it in the holder's name: who does it on their own phone sees there that it is done. */
export const atDesk =
  (tell: Telling): Telling =>
  async (act, ...about) =>
    act.actor.kind === 'student' ? [] : await tell(act, ...about)
