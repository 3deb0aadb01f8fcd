import type { CardList } from './card-list.ts'

/** What came of one card of a sorted list. */
export type Taken = 'taken' | 'replaced' | 'unsorted' | 'refused'

const content = 8

/**
 * A whole list that comes card by card, in ascending order, and takes the place of the old one with its last card; what
 * is broken off leaves the old one in force. Not tried on a real board: so says the vendor's own kit of samples.
 */
export class SortedList {
  readonly #cards: CardList
  #coming: Buffer[] = []
  /** The card that was taken last, and its place. */
  #last = 0
  #taken = 0

  constructor(cards: CardList) {
    this.#cards = cards
  }

  /** Takes the card in a datagram, its number and its place in the list (the first is 1). */
  take(datagram: Buffer, number: number, { total, at }: { total: number; at: number }): Taken {
    // The same card again, because its reply was lost.
    if (at === this.#taken && number === this.#last) return 'taken'
    if (at === 1) this.#coming = []
    if (at !== this.#coming.length + 1 || (at > 1 && number <= this.#last)) return 'unsorted'
    if (total > this.#cards.capacity) return 'refused'
    this.#coming.push(Buffer.from(datagram))
    this.#taken = at
    this.#last = number
    if (at < total) return 'taken'
    this.#cards.clear()
    for (const one of this.#coming) this.#cards.putRecord(one, content)
    this.#coming = []
    return 'replaced'
  }
}
