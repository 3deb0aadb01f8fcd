import { askDoorOwners } from '../access/door-tasks.ts'
import { recomputeAccess } from '../access/recompute.ts'
import { noteNotReplaced, noteReplaced } from '../loss/replaced.ts'
import { hasLeft } from '../loss/rules.ts'
import { tellOf } from '../message/tell.ts'
import { tellEmergency } from '../message/tell-emergency.ts'
import { cardsCameBack } from '../production/come-back.ts'
import { endOfCancelled, endUnused, reopenEnded } from '../proxy/at-desk.ts'
import { endReissueOfLeaver } from '../reissue/apply.ts'
import { endOfFound } from '../reissue/found-again.ts'
import { endCollected, makeAnother, produceFromStock, reopenCollected } from '../reissue/produce.ts'
import { actorName, type Follow, type Noted } from '../server/register.ts'
import { obeyProgramme } from './obey-programme.ts'

/** What concerns a person's access without being more urgent than the next window. */
const concernsAccess = new Set([
  'person added',
  'person changed',
  'old card recorded',
  'door granted',
  'door grant ended',
])

/** What gives a card the campus access back that was taken from it at once: at once, too. */
const givesAccessBack = new Set(['campus access resumed', 'loss report withdrawn', 'lost card found'])

/** By which a card of somebody comes into the register that the card maker may have been asked for. */
const comesFromMaker = new Set(['card taken into stock', 'card given at health check'])

const people = (noted: readonly Noted[]): number[] => [
  ...new Set(noted.flatMap(entry => (entry.personId ? [entry.personId] : []))),
]

/**
 * What follows each act, in the act's own transaction: the one list. No room calls a later room; it writes in
 * the journal what happened, and here stands what that brings with it.
 */
export const follow: Follow = async (act, noted) => {
  await recomputeAccess(act, people(noted.filter(entry => concernsAccess.has(entry.act))))
  await produceFromStock(
    act,
    noted.flatMap(({ act: happened, cardId }) =>
      happened === 'card taken into stock' && cardId ? [cardId] : [],
    ),
  )
  await cardsCameBack(
    act,
    noted.flatMap(({ act: happened, cardId, personId }) =>
      comesFromMaker.has(happened) && cardId && personId ? [{ cardId, personId }] : [],
    ),
  )
  for (const entry of noted) {
    const person = people([entry])
    if (entry.act === 'card activated') {
      await recomputeAccess(act, person, { putsAtOnce: entry.facts?.atOnce === true })
      await askDoorOwners(act, { personId: entry.personId!, cardId: entry.cardId! })
    }
    if (entry.act === 'temporary card lent') await recomputeAccess(act, person, { putsAtOnce: true })
    if (entry.act === 'temporary card returned' || entry.act === 'temporary card lost')
      await recomputeAccess(act, person, { urgentCards: [entry.cardId!] })
    if (entry.act === 'card reported lost' || entry.act === 'campus access paused')
      await recomputeAccess(act, person, { urgentCards: [entry.cardId!] })
    if (givesAccessBack.has(entry.act))
      await recomputeAccess(act, person, { putsAtOnce: entry.facts?.atOnce === true })
    if (entry.act === 'loss report withdrawn' || entry.act === 'lost card found')
      await endOfFound(act, entry.cardId!)
    if (entry.act === 'card handed over') {
      // A reissue, a naming and a loss report: none of them asks after the others.
      await Promise.all([
        endCollected(act, entry.cardId!, actorName(act.actor)),
        endUnused(act, entry.personId!, entry.cardId!),
        noteReplaced(act, { personId: entry.personId!, cardId: entry.cardId! }),
      ])
    }
    if (entry.act === 'card given to representative') {
      await endUnused(act, entry.personId!, entry.cardId!)
      await noteReplaced(act, { personId: entry.personId!, cardId: entry.cardId! })
    }
    if (entry.act === 'handover undone' || entry.act === 'card brought back') {
      const undone = { personId: entry.personId!, cardId: entry.cardId! }
      const handedOverAt = Temporal.Instant.from(String(entry.facts?.handedOverAt))
      await reopenCollected(act, undone.cardId)
      await reopenEnded(act, { ...undone, handedOverAt, cardRetired: entry.facts?.why === 'faulty' })
      await noteNotReplaced(act, { ...undone, handedOverAt })
    }
    if (entry.act === 'reissue cancelled' || entry.act === 'reissue lapsed')
      await endOfCancelled(act, entry.personId!, entry.cardId!)
    if (entry.act === 'card retired') await makeAnother(act, entry.cardId!)
    if (entry.act === 'person changed' && hasLeft(String(entry.facts?.statusTo)))
      await endReissueOfLeaver(act, entry.personId!)
    if (entry.act === 'programme published')
      await obeyProgramme(act, entry.facts as { version: number; replaces: number | null })
    if (entry.act === 'emergency code used') await tellEmergency(act)
    await tellOf(act, entry)
  }
}
