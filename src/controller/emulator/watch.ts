import type { Board } from './board.ts'
import type { Pair } from './settings.ts'

/** A moment at which a controller held neither the old card nor its successor. */
export interface Violation extends Pair {
  serial: number
  /** Datagrams received by all controllers up to then. */
  datagram: number
}

/** What the watch has seen since it began. */
export interface Watched {
  /** Pairs of card and successor, counted on each controller that held the old card when watching began. */
  pairs: number
  /** Changes after which such a pair was looked at. */
  checks: number
  violations: number
  /** The first hundred of them. */
  examples: Violation[]
}

const exampleLimit = 100

/**
 * Sees from outside that nobody is left without a card: after every change of a controller's list it looks
 * whether the old card or its successor is there. It sees each change, so that nothing can slip between looks.
 */
export class Watch {
  #pairsOf = new Map<number, Map<number, Pair[]>>()
  #seen: Watched = { pairs: 0, checks: 0, violations: 0, examples: [] }

  /** Begins anew, with these pairs. */
  begin(pairs: readonly Pair[], boards: Iterable<Board>): void {
    this.#pairsOf = new Map()
    this.#seen = { pairs: 0, checks: 0, violations: 0, examples: [] }
    for (const board of boards) {
      const held = new Map<number, Pair[]>()
      for (const pair of pairs) {
        if (!board.cards.has(pair.old)) continue
        this.#seen.pairs++
        for (const card of [pair.old, pair.new]) held.set(card, [...(held.get(card) ?? []), pair])
      }
      this.#pairsOf.set(board.serial, held)
    }
  }

  /** A controller's list has changed at one card, or altogether. */
  changed(board: Board, card: number | 'all', datagram: number): void {
    const held = this.#pairsOf.get(board.serial)
    const pairs = card === 'all' ? new Set([...(held?.values() ?? [])].flat()) : (held?.get(card) ?? [])
    for (const pair of pairs) {
      this.#seen.checks++
      if (board.cards.has(pair.old) || board.cards.has(pair.new)) continue
      this.#seen.violations++
      if (this.#seen.examples.length < exampleLimit)
        this.#seen.examples.push({ ...pair, serial: board.serial, datagram })
    }
  }

  /** A controller lost its memory by itself: nobody's doing, so its pairs are watched no longer. */
  wiped(serial: number): void {
    this.#pairsOf.delete(serial)
  }

  seen(): Watched {
    return this.#seen
  }
}
