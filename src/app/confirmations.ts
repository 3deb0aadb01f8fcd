import { tellConfirmed } from '../message/confirmed.ts'
import { programmeOrNull } from '../programme/store.ts'
import type { Actor, Register } from '../server/register.ts'

const messenger: Actor = { kind: 'system', id: 'messages' }

/**
 * Tells the people whose doors have been read back that the new card works there, and those who still wait where
 * the old one does. Each is told once; looking again changes nothing.
 */
export const tellWhatDoorsConfirmed = (register: Register): Promise<unknown> =>
  register.look(messenger, async act => ((await programmeOrNull(act)) ? tellConfirmed(act) : 0))
