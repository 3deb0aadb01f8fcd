import { recomputeAccess } from '../access/recompute.ts'
import { tellOf } from '../message/tell.ts'
import type { Follow } from '../server/register.ts'

/**
 * What follows each act, in the act's own transaction: the one list. No room calls a later room; it writes in
 * the journal what happened, and here stands what that brings with it.
 */
export const follow: Follow = async (act, entry) => {
  const person = entry.personId ? [entry.personId] : []
  switch (entry.act) {
    case 'card activated':
      await recomputeAccess(act, person, { putsAtOnce: entry.facts?.atOnce === true })
      break
    case 'card reported lost':
      await recomputeAccess(act, person, { urgentCards: [entry.cardId!] })
      break
    case 'person added':
    case 'person changed':
    case 'person missing':
    case 'old card recorded':
    case 'door granted':
      await recomputeAccess(act, person)
      break
  }
  await tellOf(act, entry)
}
