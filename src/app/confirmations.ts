import { tellConfirmed } from '../message/confirmed.ts'
import { tellStaff } from '../message/staff-mail.ts'
import { programmeOrNull } from '../programme/store.ts'
import type { Actor, Register } from '../server/register.ts'

const messenger: Actor = { kind: 'system', id: 'messages' }

/**
 * Tells the people whose doors have been read back that the new card works there, and those who still wait where
 * the old one does; and those of the staff who asked for it that an update needs somebody. Each is told once; looking
 * again changes nothing.
 */
export const tellWhatDoorsConfirmed = (register: Register): Promise<unknown> =>
  register.look(messenger, async act => {
    if ((await programmeOrNull(act)) === null) return 0
    return (await tellStaff(act)) + (await tellConfirmed(act))
  })
