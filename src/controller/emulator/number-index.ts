/** Where a number stands: a table of places in 4 bytes an entry, so that 1,000 boards of 20,000 cards fit in memory. */
export class NumberIndex {
  /** Places counted from 1; 0 is free. */
  #table = new Int32Array(64)
  #size = 0
  readonly #numberAt: (place: number) => number

  /** `numberAt` says which number stands at a place. */
  constructor(numberAt: (place: number) => number) {
    this.#numberAt = numberAt
  }

  get size(): number {
    return this.#size
  }

  /** The place of a number, or -1. */
  placeOf(number: number): number {
    const entry = this.#table[this.#find(number)]!
    return entry - 1
  }

  /** Notes the place of a number that stands there already, new or moved. */
  set(number: number, place: number): void {
    if ((this.#size + 1) * 10 > this.#table.length * 7) this.#grow()
    const at = this.#find(number)
    if (this.#table[at] === 0) this.#size++
    this.#table[at] = place + 1
  }

  /** Forgets a number while it still stands at its place; what was pushed away by it moves closer. */
  delete(number: number): void {
    const mask = this.#table.length - 1
    let hole = this.#find(number)
    if (this.#table[hole] === 0) return
    this.#size--
    for (let next = (hole + 1) & mask; this.#table[next] !== 0; next = (next + 1) & mask) {
      const home = this.#home(this.#numberAt(this.#table[next]! - 1))
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        this.#table[hole] = this.#table[next]!
        hole = next
      }
    }
    this.#table[hole] = 0
  }

  clear(): void {
    this.#table = new Int32Array(64)
    this.#size = 0
  }

  #home(number: number): number {
    return (Math.imul(number, 0x9e3779b1) >>> 7) & (this.#table.length - 1)
  }

  #find(number: number): number {
    const mask = this.#table.length - 1
    let at = this.#home(number)
    for (let entry = this.#table[at]!; entry !== 0; entry = this.#table[at]!) {
      if (this.#numberAt(entry - 1) === number) return at
      at = (at + 1) & mask
    }
    return at
  }

  #grow(): void {
    const old = this.#table
    this.#table = new Int32Array(old.length * 2)
    for (const entry of old) if (entry !== 0) this.#table[this.#find(this.#numberAt(entry - 1))] = entry
  }
}
