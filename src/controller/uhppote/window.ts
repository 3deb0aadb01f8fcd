const mostAtOnce = 16

/** When a controller was first seen to name requests in its replies. */
const atFirst = 4

/**
 * How many requests of one controller may be under way at once, where its replies name them: one more after as many
 * answers as it holds, half as many after a time-out, never more than 16 and never fewer than one.
 */
export class RequestWindow {
  size = atFirst
  #answered = 0
  #cutAtMs = Number.NEGATIVE_INFINITY

  /** A first try was answered. */
  answered(): void {
    if (this.size === mostAtOnce || ++this.#answered < this.size) return
    this.size++
    this.#answered = 0
  }

  /** One was not. Those that were lost together count once: what was asked before the last cut is no news. */
  timedOut(askedMs: number, nowMs: number): void {
    if (askedMs < this.#cutAtMs) return
    this.#cutAtMs = nowMs
    this.#answered = 0
    this.size = Math.max(1, this.size >> 1)
  }
}
