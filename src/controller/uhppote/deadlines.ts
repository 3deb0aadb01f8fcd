/** Something that is late at a moment, unless it has been taken away by then. */
export interface Timed {
  /** Milliseconds of the clock that only grows. */
  dueAtMs: number
  earlier: Timed | null
  later: Timed | null
  /** It was still there when its moment came. */
  late(): void
}

/** Time as the driver has it. */
export interface Pace {
  /** Milliseconds that only ever grow. */
  monotonicMs(): number
  /** Calls once, so many milliseconds later, unless it is cancelled by what is returned. */
  after: (ms: number, act: () => void) => () => void
}

/**
 * All time-outs of a driver behind one timer: a list in the order of their moments, so that a reply which comes in
 * time costs no timer of its own. Most are as far away as the one before, and go to its end.
 */
export class Deadlines {
  #first: Timed | null = null
  #last: Timed | null = null
  #armedForMs = Number.POSITIVE_INFINITY
  #disarm = () => {}
  readonly #pace: Pace

  constructor(pace: Pace) {
    this.#pace = pace
  }

  add(one: Timed, dueAtMs: number): void {
    one.dueAtMs = dueAtMs
    let before = this.#last
    while (before !== null && before.dueAtMs > dueAtMs) before = before.earlier
    one.earlier = before
    one.later = before === null ? this.#first : before.later
    if (before === null) this.#first = one
    else before.later = one
    if (one.later === null) this.#last = one
    else one.later.earlier = one
    if (dueAtMs < this.#armedForMs) this.#arm(dueAtMs)
  }

  remove(one: Timed): void {
    if (one.earlier === null) this.#first = one.later
    else one.earlier.later = one.later
    if (one.later === null) this.#last = one.earlier
    else one.later.earlier = one.earlier
    one.earlier = null
    one.later = null
    // The timer stays: when it finds nothing late, it is set for whoever is first by then.
  }

  /** Nothing is late any more. */
  stop(): void {
    this.#disarm()
    this.#armedForMs = Number.NEGATIVE_INFINITY
  }

  #arm(dueAtMs: number): void {
    this.#disarm()
    this.#armedForMs = dueAtMs
    const waitMs = Math.max(0, Math.ceil(dueAtMs - this.#pace.monotonicMs()))
    this.#disarm = this.#pace.after(waitMs, () => this.#strike())
  }

  #strike(): void {
    this.#armedForMs = Number.POSITIVE_INFINITY
    const nowMs = this.#pace.monotonicMs()
    // Whoever is late and asks again is due later than now: the loop ends.
    for (let one = this.#first; one !== null && one.dueAtMs <= nowMs; one = this.#first) {
      this.remove(one)
      one.late()
    }
    if (this.#first !== null && this.#armedForMs === Number.POSITIVE_INFINITY) this.#arm(this.#first.dueAtMs)
  }
}
