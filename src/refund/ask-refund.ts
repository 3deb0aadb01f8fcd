import { type Decision, no, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import {
  type DestinationRefusal,
  readDestination,
  sameDestination,
  type TypedDestination,
} from './destination.ts'
import { type AskRefusal, mayAskRefund } from './rules.ts'
import { destinationOfCase, keepCase, keepDestination, refundFacts } from './store.ts'

/**
 * The holder of a card asks that what is on it be paid back, by the issuer and to where they say. Asking the same again gets
 * the same answer; another account is a change, and said as such.
 */
export async function askRefund(
  act: Act,
  { personId, cardId, to }: { personId: number; cardId: number; to: TypedDestination },
): Promise<Decision<{ again: boolean }, AskRefusal | DestinationRefusal>> {
  const { deadline, issuer } = await programmeInForce(act)
  const facts = await refundFacts(act, personId, { ending: deadline.editions, locks: true })
  const card = facts?.cards.find(each => each.cardId === cardId)
  if (!card) return no('not-your-card')
  const decision = mayAskRefund(card)
  const read = readDestination(to, issuer)
  if (!decision.ok) {
    const known =
      decision.refusal === 'asked-already' && read.ok && (await destinationOfCase(act, card.case!.caseId))
    return known && read.ok && sameDestination(known, read.destination) ? yes({ again: true }) : decision
  }
  if (!read.ok) return read
  const { why } = decision
  const { way } = read.destination
  const caseId = await keepCase(act, { cardId, personId, why, way })
  await keepDestination(act, { caseId, round: 1 }, read.destination)
  await act.note({ act: 'refund asked', personId, cardId, facts: { why, way } })
  return yes({ again: false })
}
