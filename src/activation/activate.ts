import { type Decision, yes } from '../lib/decision.ts'
import { carry } from '../programme/promise.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { type ActivationRefusal, mayActivate } from './rules.ts'
import { activationFacts, keepActivation, type Switch, switchOf } from './store.ts'

/** An old card without an end date: its access ends only by the activation. */
const endOfTime = Temporal.Instant.from('9999-12-31T00:00:00Z')

/**
 * The holder switches the new card on (the notice's points 5 and 9). In the register the old card's campus access
 * ends at this very moment; the doors follow with the window that is promised here and obeyed by the update.
 */
export async function activateCard(
  act: Act,
  { personId, lastDigits }: { personId: number; lastDigits: string },
): Promise<Decision<{ again: boolean; promise: Switch }, ActivationRefusal>> {
  const programme = await programmeInForce(act)
  const { zone } = programme.campus
  const facts = await activationFacts(act, personId, programme.deadline.editions)
  const decision = mayActivate(facts, lastDigits)
  if (!decision.ok) return decision
  if (decision.again) return yes({ again: true, promise: await switchOf(act, decision.cardId) })

  const promised = carry({
    timetable: programme.timetable,
    zone,
    moment: act.now,
    oldAccessEndsAt: facts.old && !facts.old.paused ? (facts.old.accessEndsAt ?? endOfTime) : null,
  })
  const promise: Switch = {
    cardId: decision.cardId,
    at: act.now,
    replaces: decision.replaces,
    carriedBy: promised.carriedBy,
    atOnce: promised.kind === 'at-once',
    oldUntil: promised.oldCertainlyUntil,
    newFrom: promised.newCertainlyFrom,
  }
  await keepActivation(act, personId, promise)
  await act.note({
    act: 'card activated',
    personId,
    cardId: decision.cardId,
    facts: { replaces: decision.replaces, carriedBy: promise.carriedBy.toString(), atOnce: promise.atOnce },
  })
  return yes({ again: false, promise })
}
