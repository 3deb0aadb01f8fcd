import { type Decision, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { mayRetire, type RetireReason, type StockActRefusal } from './rules.ts'
import { inStock, keepRetirement, lockedCard } from './store.ts'

/**
 * Retires a card that nobody has collected: misprinted, damaged, or not collected in time. It is final; the numbers by
 * which doors would know it become free.
 */
export async function retireCard(
  act: Act,
  { cardId, reason }: { cardId: number; reason: RetireReason },
): Promise<Decision<{ cardId: number; retiredAt: string }, StockActRefusal>> {
  const card = await lockedCard(act, cardId)
  const { zone } = (await programmeInForce(act)).campus
  const may = mayRetire(card && inStock(card), zone)
  if (!may.ok) return may
  await keepRetirement(act, cardId, reason)
  await act.note({
    act: 'card retired',
    personId: card!.madeFor?.personId ?? null,
    cardId,
    facts: { reason },
  })
  return yes({ cardId, retiredAt: act.now.toString() })
}
