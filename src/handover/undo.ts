import { keepRetirement } from '../card/store.ts'
import { type Decision, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import { lockHolder } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import { mayUndo, type UndoReason, type UndoRefusal, usualUndoMinutes } from './undo-rules.ts'
import {
  holderOfHandover,
  keepGivenBack,
  keepUndone,
  lockGiven,
  standingHandover,
  wasUndone,
} from './undo-store.ts'

/** Which handover is taken back, and why. */
export interface Undoing {
  cardId: number
  /** When it was done, exactly as the desk was answered. */
  at: Temporal.Instant
  why: UndoReason
}

/** Where the card goes back to. */
export interface Undone {
  at: Temporal.Instant
  ending: string | null
  /** Null also of a card that is faulty: it is put aside. */
  box: string | null
  /** The card is faulty: it was retired for good. */
  retired: boolean
}

/**
 * Takes a handover back within the programme's minutes, for the mistake that is seen at once. Nothing is erased: the handover
 * stays as an undone one, with its signature, evidence and clerk, who undid it and why. The card lies in its box again, a card
 * that was handed in for it is its holder's again, a second person's word and a proxy's code are good again as long as they
 * would have been. A live code stays used up: the phone shows a new one. A card that is faulty waits for nobody: it is retired
 * as damaged, and another one has to be made where it was made for this person.
 */
export async function undoHandover(
  act: Act,
  { cardId, at, why }: Undoing,
): Promise<Decision<Undone, UndoRefusal>> {
  const programme = await programmeInForce(act)
  const personId = await holderOfHandover(act, cardId, at)
  // As handing over and activating do: the person first, then the card.
  if (personId !== null) await lockHolder(act, personId)
  await lockGiven(act, cardId)
  const standing = await standingHandover(act, cardId)
  const may = mayUndo({
    asked: at,
    standing,
    undoneBefore: await wasUndone(act, cardId, at),
    by: act.actor,
    minutes: programme.pickup.undoMinutes ?? usualUndoMinutes,
    now: act.now,
  })
  if (!may.ok) return may
  await keepUndone(act, cardId, why)
  const givenBack = await keepGivenBack(act, cardId, at)
  if (givenBack !== null)
    await act.note({
      act: 'card given back',
      personId: personId!,
      cardId: givenBack,
      facts: { undone: true },
    })
  await act.note({
    act: 'handover undone',
    personId: personId!,
    cardId,
    facts: { why, counter: standing!.counter, handedOverAt: at.toString() },
  })
  const { ending, box } = standing!
  if (why !== 'faulty') return yes({ at: act.now, ending, box, retired: false })
  await keepRetirement(act, cardId, 'damaged')
  await act.note({ act: 'card retired', personId: personId!, cardId, facts: { reason: 'damaged' } })
  return yes({ at: act.now, ending, box: null, retired: true })
}
