import { lockStock } from '../card/file-store.ts'
import { type Decision, yes } from '../lib/decision.ts'
import type { Act } from '../server/register.ts'
import { type CancelRefusal, mayCancel } from './rules.ts'
import { keepCancelled, lockedItems } from './store.ts'

/**
 * Gives up cards of a batch that did not come back, all that are out or those chosen, with why; `makeAgain` says whether
 * their people are to have another one made.
 */
export async function cancelCards(
  act: Act,
  asked: { batchId: number; items: readonly number[] | null; because: string; makeAgain: boolean },
): Promise<Decision<{ cancelled: number }, CancelRefusal>> {
  // A file of cards that is taken in meanwhile waits, or was first and has closed its cards.
  await lockStock(act)
  const { batchId, because, makeAgain } = asked
  const may = mayCancel(await lockedItems(act, batchId), asked.items)
  if (!may.ok) return may
  const people = await keepCancelled(act, may.items, { because, makeAgain })
  await act.note(
    { act: 'ordered cards cancelled', facts: { batch: batchId, cards: people.length, makeAgain } },
    ...people.map(personId => ({
      act: 'ordered card cancelled',
      personId,
      facts: { batch: batchId, because, makeAgain },
    })),
  )
  return yes({ cancelled: people.length })
}
