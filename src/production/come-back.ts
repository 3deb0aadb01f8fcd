import type { Act } from '../server/register.ts'
import { keepBack } from './store.ts'

/**
 * Cards of people came into the register: those that the card maker was asked for are back. The batch of each is told how
 * many came; cards that nobody ordered change nothing here.
 */
export async function cardsCameBack(
  act: Act,
  came: readonly { cardId: number; personId: number }[],
): Promise<void> {
  if (came.length === 0) return
  const batches = Map.groupBy(await keepBack(act, came), batchId => batchId)
  await act.note(
    ...[...batches].map(([batch, cards]) => ({
      act: 'ordered cards came back',
      facts: { batch, cards: cards.length },
    })),
  )
}
