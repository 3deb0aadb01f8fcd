import { eligibilityOfMany } from '../eligibility/store.ts'
import { type Decision, no, yes } from '../lib/decision.ts'
import { counterOf } from '../programme/rules.ts'
import { programmeInForce } from '../programme/store.ts'
import { peopleByIds } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import type { PlaceRefusal } from './rules.ts'
import { batchOf, keepPlaces, withoutPlace } from './store.ts'

/**
 * Puts the cards of a batch that came without a place into boxes: all at one counter, or each at the first counter to which
 * its holder is sent (`counter` null). From now on they can be collected there.
 */
export async function putAtCounters(
  act: Act,
  { batchId, counter, box }: { batchId: number; counter: string | null; box: string | null },
): Promise<Decision<{ cards: number }, PlaceRefusal>> {
  if ((await batchOf(act, batchId)) === null) return no('no-such-batch')
  const programme = await programmeInForce(act)
  if (counter !== null && counterOf(programme, counter) === null) return no('unknown-counter', { counter })
  const cards = await withoutPlace(act, batchId)
  if (cards.length === 0) return no('none-without-place')
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const people = await peopleByIds(
    act,
    cards.map(({ personId }) => personId),
  )
  const decided = await eligibilityOfMany(act, people, { programme, today })
  const sentTo = new Map(
    people.map(({ id }, at) => {
      const { decision } = decided[at]!
      return [id, (decision.ok ? decision : decision.errand).where[0]!]
    }),
  )
  const placed = cards.map(({ cardId, personId }) => ({
    cardId,
    personId,
    counter: counter ?? sentTo.get(personId)!,
  }))
  await keepPlaces(act, placed, box?.trim() || null)
  await act.note(
    ...placed.map(({ cardId, personId, counter: to }) => ({
      act: 'card moved',
      personId,
      cardId,
      facts: { from: null, to, box, batch: batchId },
    })),
  )
  return yes({ cards: placed.length })
}
