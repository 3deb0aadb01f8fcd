import { type Decision, yes } from '../lib/decision.ts'
import type { Act } from '../server/register.ts'
import { type LossRefusal, mayReportLost } from './rules.ts'
import { keepLoss, lossFacts } from './store.ts'

/**
 * A card is reported lost: its campus access ends now, and unlike everything else it does not wait for a window.
 * What the doors still hold of it is removed at once, at every controller that answers.
 */
export async function reportLost(
  act: Act,
  { personId, cardId }: { personId: number; cardId: number },
): Promise<Decision<{ again: boolean; at: Temporal.Instant }, LossRefusal>> {
  const facts = await lossFacts(act, personId, cardId)
  const decision = mayReportLost(facts)
  if (!decision.ok) return decision
  if (facts.reportedAt) return yes({ again: true, at: facts.reportedAt })
  await keepLoss(act, personId, cardId)
  await act.note({ act: 'card reported lost', personId, cardId })
  return yes({ again: false, at: act.now })
}
