import type { BoardCard } from './settings.ts'

/** A controller's card list: places in a row, some of them left empty by removals. */
export class CardList {
  capacity: number
  readonly #places: (BoardCard | null)[] = []
  readonly #placeOf = new Map<number, number>()
  readonly #holes: number[] = []
  readonly #keepsHoles: boolean

  constructor(capacity: number, keepsHoles: boolean) {
    this.capacity = capacity
    this.#keepsHoles = keepsHoles
  }

  get size(): number {
    return this.#placeOf.size
  }

  has(number: number): boolean {
    return this.#placeOf.has(number)
  }

  get(number: number): BoardCard | null {
    const place = this.#placeOf.get(number)
    return place === undefined ? null : this.#places[place]!
  }

  /** The card at a place, the first is 1. */
  at(slot: number): BoardCard | 'deleted' | 'end' {
    if (slot < 1 || slot > this.#places.length) return 'end'
    return this.#places[slot - 1] ?? 'deleted'
  }

  /** All cards, in the order of their places. */
  all(): BoardCard[] {
    return this.#places.filter(card => card !== null)
  }

  /** False where there is no room for another card. */
  put(card: BoardCard): boolean {
    let place = this.#placeOf.get(card.number)
    if (place === undefined) {
      if (this.size >= this.capacity) return false
      place = this.#holes.pop() ?? this.#places.length
      this.#placeOf.set(card.number, place)
    }
    this.#places[place] = card
    return true
  }

  /** False where the card is not there. */
  remove(number: number): boolean {
    const place = this.#placeOf.get(number)
    if (place === undefined) return false
    this.#placeOf.delete(number)
    if (this.#keepsHoles) {
      this.#places[place] = null
      this.#holes.push(place)
      return true
    }
    const last = this.#places.pop()!
    if (last && last.number !== number) {
      this.#places[place] = last
      this.#placeOf.set(last.number, place)
    }
    return true
  }

  clear(): void {
    this.#places.length = 0
    this.#holes.length = 0
    this.#placeOf.clear()
  }
}

/** A controller's own clock: set now and then, running on by itself in between. */
export class BoardClock {
  #setTo: Temporal.PlainDateTime
  #setAtMs: number
  readonly #monotonicMs: () => number

  constructor(at: Temporal.PlainDateTime, monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs
    this.#setTo = at
    this.#setAtMs = monotonicMs()
  }

  set(at: Temporal.PlainDateTime): void {
    this.#setTo = at
    this.#setAtMs = this.#monotonicMs()
  }

  /** Local wall time, in whole seconds. */
  now(): string {
    const passed = Math.floor(this.#monotonicMs() - this.#setAtMs)
    return this.#setTo.add({ milliseconds: passed }).toString({ smallestUnit: 'second' })
  }
}

/** What happened at a door, or to the board. */
export interface BoardEvent {
  index: number
  type: number
  granted: number
  door: number
  direction: number
  card: number
  at: string
  reason: number
}

/** The newest events; the oldest give way, and indexes go on rising. Real boards keep about 200,000. */
export class EventRing {
  static readonly limit = 20_000
  #kept: BoardEvent[] = []
  #last = 0

  append(event: Omit<BoardEvent, 'index'>): BoardEvent {
    const whole = { index: ++this.#last, ...event }
    this.#kept.push(whole)
    // Boards drop a chunk of about 2,048 at once; so does this, which also keeps appending cheap.
    if (this.#kept.length >= EventRing.limit + 2_048) this.#kept = this.#kept.slice(2_048)
    return whole
  }

  get newest(): BoardEvent | null {
    return this.#kept.at(-1) ?? null
  }

  get oldest(): BoardEvent | null {
    return this.#kept[0] ?? null
  }

  /** The event of that index, `overwritten` where it has been dropped, null where there is none yet. */
  at(index: number): BoardEvent | 'overwritten' | null {
    if (index < 1 || index > this.#last) return null
    const oldest = this.oldest
    if (!oldest || index < oldest.index) return 'overwritten'
    return this.#kept[index - oldest.index] ?? null
  }

  clear(): void {
    this.#kept = []
    this.#last = 0
  }
}
