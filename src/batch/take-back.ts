import { parseChipNumber } from '../card/numbers.ts'
import { cardByChip, lockedCard } from '../card/store.ts'
import { type Decision, yes } from '../lib/decision.ts'
import { lockHolder } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import { type BroughtBackRefusal, mayTakeBack } from './rules.ts'
import { broughtBack, keepBroughtBack } from './store.ts'

/** A card of the pile that came back, and in which box it lies again. */
export interface TakenBack {
  cardId: number
  personId: number
  batchId: number
  box: string | null
}

/** Takes one card of a representative's pile back: it lies in its box again for its holder to collect. */
export async function takeBack(act: Act, chip: string): Promise<Decision<TakenBack, BroughtBackRefusal>> {
  const read = parseChipNumber(chip)
  const card = read.ok ? await cardByChip(act, read.chip) : null
  // As handing over does: the person first, then the card.
  if (card?.handedOver) await lockHolder(act, card.handedOver.personId)
  if (card) await lockedCard(act, card.cardId)
  const known = card && (await broughtBack(act, card.cardId))
  const may = mayTakeBack(known, act.actor.counter ?? '')
  if (!may.ok) return may
  const { personId, batchId, givenAt } = known!
  await keepBroughtBack(act, card!.cardId)
  await act.note({
    act: 'card brought back',
    personId: personId!,
    cardId: card!.cardId,
    facts: { batch: batchId!, counter: act.actor.counter ?? null, handedOverAt: givenAt!.toString() },
  })
  return yes({ cardId: card!.cardId, personId: personId!, batchId: batchId!, box: card!.box })
}
