import { type Decision, no, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import {
  type DestinationRefusal,
  readDestination,
  sameDestination,
  type TypedDestination,
} from './destination.ts'
import { type ChangeRefusal, mayChange, mayWithdraw } from './rules.ts'
import { destinationOfCase, keepDestination, keepWithdrawal, refundFacts } from './store.ts'

/** The case of one of the person's cards, which nobody else changes meanwhile; null where there is none. */
async function caseOfCard(act: Act, personId: number, cardId: number) {
  const { deadline } = await programmeInForce(act)
  const facts = await refundFacts(act, personId, { ending: deadline.editions, locks: true })
  return facts?.cards.find(each => each.cardId === cardId)?.case ?? null
}

/**
 * The holder says anew where the money goes: while the case was not sent, or after the issuer could not pay to where it was
 * sent, and then it is sent again. The same place again changes nothing.
 */
export async function changeRefund(
  act: Act,
  { personId, cardId, to }: { personId: number; cardId: number; to: TypedDestination },
): Promise<Decision<{ again: boolean }, ChangeRefusal | DestinationRefusal>> {
  const { issuer } = await programmeInForce(act)
  const known = await caseOfCard(act, personId, cardId)
  const decision = mayChange(known)
  if (!decision.ok || known === null) return decision.ok ? no('no-case') : decision
  const read = readDestination(to, issuer)
  if (!read.ok) return read
  const { caseId } = known
  const before = await destinationOfCase(act, caseId)
  if (known.round === decision.round && before && sameDestination(before, read.destination))
    return yes({ again: true })
  await keepDestination(act, { caseId, round: decision.round }, read.destination)
  const { way } = read.destination
  await act.note({ act: 'refund changed', personId, cardId, facts: { way } })
  return yes({ again: false })
}

/** The holder takes a case back before it was sent, and goes on spending what is on the card; where it was to go is erased. */
export async function withdrawRefund(
  act: Act,
  { personId, cardId }: { personId: number; cardId: number },
): Promise<Decision<{ again: boolean }, ChangeRefusal>> {
  const known = await caseOfCard(act, personId, cardId)
  const decision = mayWithdraw(known)
  if (!decision.ok || decision.again || known === null) return decision
  await keepWithdrawal(act, known.caseId)
  await act.note({ act: 'refund withdrawn', personId, cardId })
  return yes({ again: false })
}
