/** Who waits at the gate; told when it is its turn. */
export interface AtGate {
  /** May pass once, now; false where it has nothing to pass with any more. */
  turnAtGate(): boolean
}

/**
 * How many requests of a process may be under way at once, over all controllers: more would overrun the buffers of
 * sockets and switches. Who finds it closed waits in a row, and passes once each time its turn comes, so that a
 * controller with much to do keeps no other one waiting.
 */
export class Gate {
  readonly #most: number
  #through = 0
  readonly #row: AtGate[] = []
  readonly #inRow = new Set<AtGate>()

  constructor(most: number) {
    this.#most = most
  }

  /** Passes where there is room and nobody waits; else stands in the row, once. */
  pass(who: AtGate): boolean {
    if (this.#through < this.#most && this.#row.length === 0) {
      this.#through++
      return true
    }
    if (!this.#inRow.has(who)) {
      this.#inRow.add(who)
      this.#row.push(who)
    }
    return false
  }

  /** One that passed is no longer under way: its reply came, or it counts as lost. */
  leave(): void {
    this.#through--
    while (this.#through < this.#most && this.#row.length > 0) {
      const next = this.#row.shift()!
      this.#inRow.delete(next)
      this.#through++
      if (!next.turnAtGate()) this.#through--
    }
  }
}
