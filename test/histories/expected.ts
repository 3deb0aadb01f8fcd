import type { Facts } from './facts.ts'
import { type Promised, promiseAt, reportLeaves } from './windows.ts'

/** What somebody's old card is when another is activated. */
export function oldOf(facts: Facts, personId: number, cardId: number) {
  const use = facts.uses.find(
    each => each.personId === personId && each.kind === 'student' && each.cardId !== cardId,
  )
  const opens = use !== undefined && !facts.paused.includes(use.cardId)
  return {
    // A card without an end ends when another is activated and not before.
    oldEnds: opens ? (use.until ?? Number.POSITIVE_INFINITY) : null,
    handedIn: use !== undefined && facts.cards.some(card => card.id === use.cardId && card.retired),
  }
}

/** What the tests themselves reckon people must be promised, at the moments at which they act. */
export class Expected {
  /** By card, as of its activation. */
  readonly promised = new Map<number, Promised>()
  /** By card, when its loss report leaves. */
  readonly leaves = new Map<number, number>()
  /** Cards that were reported lost after another had been activated in their place. */
  readonly lostMeanwhile = new Set<number>()
  readonly #locked = new Set<number>()

  /** Somebody is about to activate a card. */
  activation(facts: Facts, { personId, cardId }: { personId: number; cardId: number }, nowMs: number): void {
    if (facts.activations.some(each => each.cardId === cardId)) return
    this.promised.set(cardId, promiseAt(nowMs, oldOf(facts, personId, cardId)))
  }

  /** Somebody is about to report a card lost. */
  report(
    facts: Facts,
    { cardId, putOffTo }: { cardId: number; putOffTo: number | null },
    nowMs: number,
  ): void {
    if (facts.lost.some(each => each.cardId === cardId)) return
    this.leaves.set(cardId, this.#locked.has(cardId) ? nowMs : reportLeaves(putOffTo ?? nowMs))
  }

  /** A report that was sent locks the stored value for ever: another one has nothing to wait for. */
  seen(facts: Facts): void {
    for (const { cardId, sentAt } of facts.lost) {
      if (sentAt !== null) this.#locked.add(cardId)
      if (facts.activations.some(({ replaces }) => replaces === cardId)) this.lostMeanwhile.add(cardId)
    }
  }
}
