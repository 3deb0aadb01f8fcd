import { type Decision, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { endUnpaid } from './apply.ts'
import { move } from './ledger.ts'
import { restoreFound } from './restore-found.ts'
import { type FoundRefusal, mayBeFoundAgain } from './rules.ts'
import { asOpen, keepEnded, lockedReissue } from './store.ts'

/** What finding the card again brought, and what becomes of the fee. */
export interface FoundAgain {
  reissueId: number
  cardId: number
  fee: 'nothing-paid' | 'kept' | 'paid-back'
}

/**
 * The lost card is found before the new one was made (domain 3.6): no card is made, and the found one gets its campus
 * access back; its stored value stays locked. What was paid is kept or owed back as the programme says. Refuses as
 * `mayBeFoundAgain` does, also where the new card was made a moment ago.
 */
export async function foundCardAgain(
  act: Act,
  { reissueId }: { reissueId: number },
): Promise<Decision<FoundAgain, FoundRefusal>> {
  const { reissue: settings } = await programmeInForce(act)
  const reissue = await lockedReissue(act, reissueId)
  const may = mayBeFoundAgain(asOpen(reissue), settings)
  if (!may.ok) return may
  const { id, amount, personId, forCard, settled } = reissue!
  if (settled === null) await endUnpaid(act, reissue!, 'found-again')
  else {
    if (may.fee === 'paid-back')
      await move(act, { kind: 'owed-back', reissueId: id }, amount, { to: 'fees', from: 'owed-back' })
    await keepEnded(act, id, 'found-again')
    await act.note({
      act: 'reissue cancelled',
      personId,
      cardId: forCard,
      facts: { reissue: id, as: 'found-again', fee: may.fee },
    })
  }
  await restoreFound(act, { personId, cardId: forCard })
  return yes({ reissueId: id, cardId: forCard, fee: may.fee })
}
