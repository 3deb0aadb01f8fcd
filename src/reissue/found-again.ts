import { type Decision, yes } from '../lib/decision.ts'
import { foundAgain } from '../loss/found-again.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { endUnpaid } from './apply.ts'
import { move } from './ledger.ts'
import { type FoundRefusal, mayBeFoundAgain } from './rules.ts'
import { asOpen, keepEnded, lockedReissue, openReissueFor, replacementFor } from './store.ts'

/** What finding the card again brought, and what becomes of the fee. */
export interface FoundAgain {
  reissueId: number
  cardId: number
  fee: 'nothing-paid' | 'kept' | 'paid-back'
}

/** Whether the card that takes the place of a lost one was produced. */
export const replacementProduced = async (act: Act, cardId: number): Promise<boolean> =>
  (await replacementFor(act, cardId)) !== null

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
  const { id, personId, forCard: cardId } = reissue!
  const found = await foundAgain(act, { personId, cardId, replacementProduced: async () => false })
  if (!found.ok) throw new Error(`card ${cardId} has an open reissue, and is not found: ${found.refusal}`)
  return yes({ reissueId: id, cardId, fee: may.fee })
}

/**
 * What follows when a missing card is its holder's again, by whichever way: the open application for another one ends,
 * and what was paid is kept or owed back.
 */
export async function endOfFound(act: Act, cardId: number): Promise<void> {
  const open = await openReissueFor(act, cardId)
  // Of a damaged or renamed card the application goes on: it is still damaged.
  if (open === null || open.reason !== 'lost') return
  const { id, amount, personId, settled } = open
  if (settled === null) return endUnpaid(act, open, 'found-again')
  const { feeWhenFoundAgain } = (await programmeInForce(act)).reissue
  const fee = settled === 'paid' ? feeWhenFoundAgain : 'nothing-paid'
  if (fee === 'paid-back')
    await move(act, { kind: 'owed-back', reissueId: id }, amount, { to: 'fees', from: 'owed-back' })
  await keepEnded(act, id, 'found-again')
  await act.note({
    act: 'reissue cancelled',
    personId,
    cardId,
    facts: { reissue: id, as: 'found-again', fee },
  })
}
