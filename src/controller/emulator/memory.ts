/** A controller's own clock: set now and then, running on by itself in between. */
export class BoardClock {
  #setTo: Temporal.PlainDateTime
  #setAtMs: number
  #driftPpm: number
  readonly #monotonicMs: () => number

  constructor(at: Temporal.PlainDateTime, monotonicMs: () => number, driftPpm: number) {
    this.#monotonicMs = monotonicMs
    this.#setTo = at
    this.#setAtMs = monotonicMs()
    this.#driftPpm = driftPpm
  }

  /** From now on it gains so many millionths, or loses them where negative; what it says now stays. */
  drift(ppm: number): void {
    this.set(this.#exact())
    this.#driftPpm = ppm
  }

  set(at: Temporal.PlainDateTime): void {
    this.#setTo = at
    this.#setAtMs = this.#monotonicMs()
  }

  /** Local wall time, in whole seconds. */
  now(): string {
    return this.#exact().toString({ smallestUnit: 'second' })
  }

  #exact(): Temporal.PlainDateTime {
    const passedMs = (this.#monotonicMs() - this.#setAtMs) * (1 + this.#driftPpm / 1e6)
    return this.#setTo.add({ milliseconds: Math.floor(passedMs) })
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

/** How many events a board keeps, and how many it drops at once when it is full; real ones some 200,000 and 2,048. */
export interface RingSize {
  limit: number
  chunk: number
}

/** The newest events; the oldest give way, a chunk at a time, and indexes go on rising. */
export class EventRing {
  #kept: BoardEvent[] = []
  #last = 0
  readonly #size: RingSize

  constructor(size: RingSize) {
    this.#size = size
  }

  append(event: Omit<BoardEvent, 'index'>): BoardEvent {
    // After the event, which may bring an index of no meaning along.
    const whole = { ...event, index: ++this.#last }
    this.#kept.push(whole)
    const { limit, chunk } = this.#size
    if (this.#kept.length >= limit + chunk) this.#kept = this.#kept.slice(chunk)
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
