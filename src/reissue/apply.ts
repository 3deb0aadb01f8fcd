import { type Decision, yes } from '../lib/decision.ts'
import { editionIssuedOn } from '../programme/rules.ts'
import { programmeInForce } from '../programme/store.ts'
import { lockHolder } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import { move } from './ledger.ts'
import { payWithOwnReceipt } from './pay-at-kiosk.ts'
import { produceFor } from './produce.ts'
import {
  type Application,
  type ApplicationRefusal,
  mayApply,
  mayWithdraw,
  type WithdrawalRefusal,
} from './rules.ts'
import {
  applicationFacts,
  asOpen,
  keepEnded,
  keepReissue,
  newestReissueOf,
  openReissueOf,
  type Reissue,
  type ReissueEnd,
} from './store.ts'

/**
 * A student applies for a card in place of one that is lost, damaged or bears a former name; or somebody of the staff
 * does for who stands before them. The fee is the one of this day and stays so. Refuses as `mayApply` does, and then
 * nothing is kept.
 */
export async function applyForReissue(
  act: Act,
  { personId, ...asked }: Application & { personId: number },
): Promise<Decision<{ again: boolean; reissueId: number }, ApplicationRefusal>> {
  const programme = await programmeInForce(act)
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const issued = editionIssuedOn(programme, today)?.id ?? ''
  await lockHolder(act, personId)
  const facts = await applicationFacts(act, { personId, cardId: asked.cardId, issued })
  const decision = mayApply(facts, asked, programme, today)
  if (!decision.ok) return decision
  if (decision.again) return yes({ again: true, reissueId: (await openReissueOf(act, personId))!.id })
  const reissueId = await keepReissue(act, personId, asked, decision)
  const { amount } = decision
  if (amount > 0) await move(act, { kind: 'charged', reissueId }, amount, { to: 'due', from: 'fees' })
  await act.note({
    act: 'reissue applied for',
    personId,
    cardId: asked.cardId,
    facts: { reissue: reissueId, reason: asked.reason, amount },
  })
  if (amount === 0) await produceFor(act, reissueId)
  else await payWithOwnReceipt(act, (await openReissueOf(act, personId))!)
  return yes({ again: false, reissueId })
}

/** Ends an application of which nothing was paid: what was due is due no longer. */
export async function endUnpaid(act: Act, reissue: Reissue, as: ReissueEnd): Promise<void> {
  const { id, amount, personId, forCard } = reissue
  if (reissue.settled === null)
    await move(act, { kind: 'charge-cancelled', reissueId: id }, amount, { to: 'fees', from: 'due' })
  await keepEnded(act, id, as)
  await act.note({
    act: as === 'lapsed' ? 'reissue lapsed' : 'reissue cancelled',
    personId,
    cardId: forCard,
    facts: { reissue: id, as },
  })
}

/** The holder takes back an application of which nothing was paid. Asking again is harmless. */
export async function withdrawReissue(
  act: Act,
  { personId }: { personId: number },
): Promise<Decision<{ reissueId: number }, WithdrawalRefusal>> {
  await lockHolder(act, personId)
  const reissue = await openReissueOf(act, personId)
  const last = reissue ?? (await newestReissueOf(act, personId))
  if (last?.endedAs === 'withdrawn') return yes({ reissueId: last.id })
  const may = mayWithdraw(asOpen(reissue))
  if (!may.ok) return may
  await endUnpaid(act, reissue!, 'withdrawn')
  return yes({ reissueId: reissue!.id })
}

/**
 * Who is no student any more gets no card: an application that is open ends, and what was paid for a card that was not
 * made is owed back. Called where the roster says so; does nothing where none is open or the card is made already.
 */
export async function endReissueOfLeaver(act: Act, personId: number): Promise<boolean> {
  await lockHolder(act, personId)
  const reissue = await openReissueOf(act, personId)
  if (reissue === null || reissue.cardId !== null) return false
  if (reissue.settled === 'paid')
    await move(act, { kind: 'owed-back', reissueId: reissue.id }, reissue.amount, {
      to: 'fees',
      from: 'owed-back',
    })
  await endUnpaid(act, reissue, 'left')
  return true
}
