import type { PaymentWay } from '../programme/shape-cards.ts'
import type { Act } from '../server/register.ts'
import { produceFor } from './produce.ts'
import { keepSettled, type Reissue } from './store.ts'

/** Nothing is due any more: a card is made for it from now on, or is there already. */
export async function settle(
  act: Act,
  { id, personId, forCard, amount }: Reissue,
  by: { as: 'paid'; way: PaymentWay } | { as: 'waived'; byDecision: boolean },
): Promise<void> {
  await keepSettled(act, id, by.as)
  await act.note({
    // A decision about a dispute is told by itself, once.
    act:
      by.as === 'paid'
        ? 'reissue paid'
        : by.byDecision
          ? 'reissue fee waived by decision'
          : 'reissue fee waived',
    personId,
    cardId: forCard,
    facts: { reissue: id, amount, ...(by.as === 'paid' ? { way: by.way } : {}) },
  })
  await produceFor(act, id)
}
