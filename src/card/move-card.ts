import { type Decision, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { mayMove, type StockActRefusal } from './rules.ts'
import { inStock, keepPlace, lockedCard } from './store.ts'

/** Puts a waiting card into another counter's box: from now on its student is sent there. */
export async function moveCard(
  act: Act,
  { cardId, counter, box }: { cardId: number; counter: string; box: string | null },
): Promise<Decision<{ cardId: number; counter: string; box: string | null }, StockActRefusal>> {
  const card = await lockedCard(act, cardId)
  const { campus, counters } = await programmeInForce(act)
  const to = { counter, box: box?.trim() || null }
  const may = mayMove(card && inStock(card), to, {
    zone: campus.zone,
    counters: counters.map(each => each.id),
  })
  if (!may.ok) return may
  await keepPlace(act, cardId, to)
  await act.note({
    act: 'card moved',
    personId: card!.madeFor?.personId ?? null,
    cardId,
    facts: { from: card!.counter, to: to.counter, box: to.box },
  })
  return yes({ cardId, ...to })
}
