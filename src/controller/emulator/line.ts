import type { Board } from './board.ts'
import type { Trouble } from './settings.ts'

/** Where a datagram came from, and where its reply goes. */
export interface Peer {
  address: string
  port: number
}

/** The time in which boards live: real, or simulated. */
export interface Pace {
  /** Milliseconds that only ever grow. */
  monotonicMs(): number
  /** Calls once, so many milliseconds later. */
  after: (ms: number, act: () => void) => void
}

/** Requests that a board keeps waiting; more are lost, as on a device of small memory. */
const waitingLimit = 64

/** How often a reply comes that floods. */
const floodOf = 1_000

/** Numbers from 0 to below 1 that look random and are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The network to one board, with its troubles, and the board's pace: one request after the other. */
export class Line {
  readonly #board: Board
  readonly #trouble: Trouble
  readonly #random: () => number
  readonly #pace: Pace
  readonly #send: (reply: Buffer, to: Peer, elsewhere: boolean) => void
  #waiting = 0
  #freeAtMs = 0

  constructor(
    board: Board,
    trouble: Trouble,
    random: () => number,
    pace: Pace,
    send: (reply: Buffer, to: Peer, elsewhere: boolean) => void,
  ) {
    this.#board = board
    this.#trouble = trouble
    this.#random = random
    this.#pace = pace
    this.#send = send
  }

  /** A datagram has come as far as this controller's address. */
  arrive(datagram: Buffer, from: Peer): void {
    if (this.#trouble.silent) return
    if (this.#isSmooth()) this.#wait(datagram, from)
    else this.#carry(() => this.#wait(datagram, from))
  }

  #wait(datagram: Buffer, from: Peer): void {
    const { serviceMs } = this.#trouble
    if (serviceMs === 0 && this.#waiting === 0) {
      this.#serve(datagram, from)
      return
    }
    if (this.#waiting >= waitingLimit) return
    this.#waiting++
    const nowMs = this.#pace.monotonicMs()
    this.#freeAtMs = Math.max(nowMs, this.#freeAtMs) + serviceMs
    this.#pace.after(this.#freeAtMs - nowMs, () => {
      this.#waiting--
      this.#serve(datagram, from)
    })
  }

  #serve(datagram: Buffer, from: Peer): void {
    const reply = this.#board.answer(datagram)
    if (!reply || this.#trouble.mute) return
    if (this.#isSmooth()) this.#reply(reply, from)
    else this.#carry(() => this.#reply(reply, from))
  }

  #reply(reply: Buffer, to: Peer): void {
    const { lateMs, late } = this.#trouble
    if (lateMs > 0 && this.#happens(late)) this.#pace.after(lateMs, () => this.#sendAs(reply, to))
    else this.#sendAs(reply, to)
  }

  #sendAs(reply: Buffer, to: Peer): void {
    switch (this.#trouble.replies) {
      case 'proper':
        this.#send(reply, to, false)
        return
      case 'other address':
        this.#send(reply, to, true)
        return
      case 'other serial':
        reply.writeUInt32LE((reply.readUInt32LE(4) + 1) >>> 0, 4)
        this.#send(reply, to, false)
        return
      case 'truncated':
        this.#send(reply.subarray(0, 40), to, false)
        return
      case 'flood':
        for (let copy = 0; copy < floodOf; copy++) this.#send(reply, to, false)
    }
  }

  /** Nothing is lost or doubled: the usual case, in which a datagram costs no chance. */
  #isSmooth(): boolean {
    return this.#trouble.loss === 0 && this.#trouble.duplicate === 0
  }

  /** One way over the network: once, twice, or not at all. */
  #carry(deliver: () => void): void {
    const copies = this.#happens(this.#trouble.duplicate) ? 2 : 1
    for (let copy = 0; copy < copies; copy++) if (!this.#happens(this.#trouble.loss)) deliver()
  }

  #happens(share: number): boolean {
    return share > 0 && this.#random() < share
  }
}
