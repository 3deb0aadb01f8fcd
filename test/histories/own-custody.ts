import type { Facts } from './facts.ts'
import { minute } from './told-time.ts'

/** How a card came to whom it is: at a desk, with a class representative, or before the history began. */
export interface OwnGiven {
  personId: number
  atMs: number
  by: 'desk' | 'representative' | 'before'
  counter: string | null
  /** Who fetched it for its holder; null: nobody did. */
  representative: number | null
}

/** A handover that was taken back, and why. */
export interface OwnUndone extends OwnGiven {
  cardId: number
  why: string
}

/** For how long the programme lets a desk take back what it did. */
const undoneWithinMs = 2 * minute

/**
 * Who has which card as the tests keep it: from what desks did and were told that it was done, with nothing of the product's
 * rules. Of the register it believes what was activated, reported lost and applied for.
 */
export class OwnCustody {
  readonly given = new Map<number, OwnGiven>()
  readonly undone: OwnUndone[] = []
  /** Cards that were handed in for another one, and which; they lie in the office. */
  readonly handedIn = new Map<number, number>()
  /** Cards that were found to be faulty when somebody had just taken them. */
  readonly faulty = new Set<number>()
  /** Applications of which the card lies in its box again. */
  readonly openAgain = new Set<number>()
  /** What was done that nobody should have been able to do. */
  readonly wrong: string[] = []
  /** Cards that have been in their holder's hands for sure: somebody activated them, or reported them lost. */
  readonly #reached = new Set<number>()
  #facts: Facts | null = null

  /** The register is read. */
  seen(facts: Facts): void {
    if (this.#facts === null)
      for (const { cardId, personId, at } of facts.handovers)
        this.given.set(cardId, {
          personId,
          atMs: at,
          by: 'before',
          counter: null,
          representative: null,
        })
    this.#facts = facts
    for (const { cardId } of [...facts.activations, ...facts.lost]) this.#reached.add(cardId)
  }

  /** Whether a card is on its way to its holder still. */
  isFetched(cardId: number): boolean {
    return this.given.get(cardId)?.by === 'representative' && !this.hasReached(cardId)
  }

  /** Whether a card was in its holder's hands for sure: who hands one in had it. */
  hasReached(cardId: number): boolean {
    return this.#reached.has(cardId) || this.handedIn.has(cardId)
  }

  #openFor(personId: number): Facts['reissues'][number] | undefined {
    return this.#facts!.reissues.find(each => each.personId === personId && each.endedAs === null)
  }

  /** A desk handed a card over; who has it in place of one that is damaged or bears a former name hands that one in. */
  collected(cardId: number, to: Omit<OwnGiven, 'by' | 'representative'>): void {
    if (this.given.has(cardId)) this.wrong.push(`card ${cardId} was given, and is given again`)
    const reissue = this.#openFor(to.personId)
    this.given.set(cardId, { ...to, by: 'desk', representative: null })
    if (reissue?.cardId !== cardId) return
    this.openAgain.delete(reissue.id)
    if (!reissue.isLost && !this.#isRetired(reissue.forCard)) this.handedIn.set(reissue.forCard, cardId)
  }

  #isRetired(cardId: number): boolean {
    return this.faulty.has(cardId) || this.handedIn.has(cardId)
  }

  /** A class representative fetched a card. */
  fetched(cardId: number, { personId, representative, atMs }: Fetched): void {
    if (this.given.has(cardId)) this.wrong.push(`card ${cardId} was given, and is fetched`)
    if (personId === representative)
      this.wrong.push(`person ${personId} fetched their own card as of another`)
    if (this.#openFor(personId))
      this.wrong.push(`card ${cardId} was fetched, and is to be collected in person`)
    this.given.set(cardId, { personId, representative, atMs, by: 'representative', counter: null })
  }

  /** What a desk did is taken back by it or by the office. */
  tookBack(
    cardId: number,
    { why, counter, atMs }: { why: string; counter: string | null; atMs: number },
  ): void {
    const given = this.given.get(cardId)
    if (!given) return void this.wrong.push(`card ${cardId} was with nobody, and is taken back`)
    if (this.hasReached(cardId)) this.wrong.push(`card ${cardId} was in use or lost, and is taken back`)
    if (given.by !== (why === 'brought-back' ? 'representative' : 'desk'))
      this.wrong.push(`card ${cardId} was given by ${given.by}, and is taken back as ${why}`)
    if (given.by === 'desk' && atMs >= given.atMs + undoneWithinMs)
      this.wrong.push(`card ${cardId} was taken back ${atMs - given.atMs} ms after it was handed over`)
    if (given.by === 'desk' && counter !== null && counter !== given.counter)
      this.wrong.push(`card ${cardId} was handed over at ${given.counter}, and is taken back at ${counter}`)
    this.given.delete(cardId)
    this.undone.push({ ...given, cardId, why })
    for (const [old, by] of this.handedIn) if (by === cardId) this.handedIn.delete(old)
    const reissue = this.#facts!.reissues.find(each => each.cardId === cardId)
    if (reissue) this.openAgain.add(reissue.id)
    if (why === 'faulty') this.faulty.add(cardId)
  }

  /** Cards that lie in the office for good. */
  retired(): number[] {
    return [...new Set([...this.handedIn.keys(), ...this.faulty])].toSorted((a, b) => a - b)
  }
}

interface Fetched {
  personId: number
  representative: number
  atMs: number
}
