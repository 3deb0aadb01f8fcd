/** Runs everything that promises have brought about, before time passes. */
// Node.js names this function with an underscore; through setImmediate, every event would wait for the real event loop.
const node = process as unknown as { _tickCallback(): void }
const settlePromises = (): void => node._tickCallback()

interface Waiting {
  atMs: number
  order: number
  act: () => void
  cancelled: boolean
}

const comesBefore = (a: Waiting, b: Waiting): boolean =>
  a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)

/**
 * Time that passes only when everything that follows from what has happened is done: events wait in a queue by their
 * time, then by the order in which they were made. Nothing here reads a clock, so that the same events come again.
 */
export class SimulatedTime {
  nowMs = 0
  events = 0
  readonly #heap: Waiting[] = []
  #made = 0

  /** Calls once at that time, unless it is cancelled by what is returned. */
  at(atMs: number, act: () => void): () => void {
    const one = { atMs: Math.max(atMs, this.nowMs), order: this.#made++, act, cancelled: false }
    this.#push(one)
    return () => {
      one.cancelled = true
    }
  }

  after(ms: number, act: () => void): () => void {
    return this.at(this.nowMs + ms, act)
  }

  /** Lets time pass up to then. To be called from no promise: those must run in between. */
  runUntil(untilMs: number): void {
    settlePromises()
    for (let next = this.#heap[0]; next && next.atMs <= untilMs; next = this.#heap[0]) {
      this.#pop()
      if (next.cancelled) continue
      this.nowMs = next.atMs
      this.events += 1
      if (this.events > 1_000_000) throw new Error('a world without end')
      next.act()
      settlePromises()
    }
    this.nowMs = untilMs
  }

  #push(one: Waiting): void {
    const heap = this.#heap
    let at = heap.length
    heap.push(one)
    while (at > 0) {
      const above = (at - 1) >> 1
      if (!comesBefore(one, heap[above]!)) break
      heap[at] = heap[above]!
      at = above
    }
    heap[at] = one
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()!
    if (heap.length === 0) return
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= heap.length) break
      if (below + 1 < heap.length && comesBefore(heap[below + 1]!, heap[below]!)) below += 1
      if (!comesBefore(heap[below]!, last)) break
      heap[at] = heap[below]!
      at = below
    }
    heap[at] = last
  }
}
