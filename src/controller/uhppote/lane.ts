import type { ControllerAddress } from '../../update/driver.ts'
import { type Envelope, type Header, headerOf } from './frame.ts'

/** How long and how often a controller is asked before it counts as unreachable. */
export interface Patience {
  /** Datagrams sent for one request before giving up. */
  tries: number
  /** The first time-out is at least this long; each further one doubles. */
  shortestWaitMs: number
}

/** What a lane is given to speak with. */
export interface Wire extends Patience {
  /** How many shared sockets there are; at least two. */
  sockets: number
  send(socket: number, datagram: Buffer, host: string, port: number): void
  /** Sequence ids, each of them another one, never 0. */
  nextSequence(): number
  monotonicMs(): number
  /** Calls once, so many milliseconds later, unless it is cancelled by what is returned. */
  after: (ms: number, act: () => void) => () => void
}

/** A controller's reply to one request; `proved` where it repeated the request's sequence id. */
export interface Reply {
  datagram: Buffer
  proved: boolean
  tries: number
}

/**
 * Asks one thing (built anew for each try) and waits for its reply; null where every try stayed without one. No try
 * leaves after `leavesByMs` of the monotonic clock.
 */
export type Ask = (
  build: (to: Envelope) => Buffer,
  fits?: (reply: Buffer) => boolean,
  leavesByMs?: number,
) => Promise<Reply | null>

/** How long a datagram may be on its way; a late reply is expected for this long. */
const packetLifeMs = 5_000

interface Waiting {
  socket: number
  code: number
  sequence: number
  fits: (reply: Buffer) => boolean
  settle: (reply: { datagram: Buffer; proved: boolean } | null) => void
}

/**
 * The way to one controller: one request at a time, in the order they come.
 *
 * A reply to a change does not name the card. Where the controller repeats the sequence id, that names the
 * request. Where it does not, a reply is known only by address, serial number and function, so requests that
 * follow each other use different sockets, and one on which a reply is still owed rests for as long as a
 * packet may live: what comes late or twice then finds nobody waiting there. That makes a wrong
 * acknowledgement rare, not impossible; what is not proved is to be read back.
 */
export class Lane {
  #turn: Promise<unknown> = Promise.resolve()
  #waiting: Waiting | null = null
  #closed = false
  /** Learned for each function: some firmware might repeat the sequence id in some replies only. */
  readonly #echoes = new Map<number, boolean>()
  #smoothedMs = 0
  #socket: number
  #used = 0
  /** For each socket: the how-manieth use was its last, and until when a late reply may still come there. */
  readonly #lastUse: number[]
  readonly #owedUntilMs: number[]
  readonly #to: ControllerAddress
  readonly #wire: Wire

  constructor(to: ControllerAddress, wire: Wire) {
    this.#to = to
    this.#wire = wire
    this.#socket = to.serial % wire.sockets
    this.#lastUse = Array.from({ length: wire.sockets }, () => 0)
    this.#owedUntilMs = Array.from({ length: wire.sockets }, () => Number.NEGATIVE_INFINITY)
  }

  /** Does a piece of work when all before it is done; nothing else is asked of this controller meanwhile. */
  inTurn<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
    const mine = this.#turn.then(() => work(this.#ask))
    this.#turn = mine.catch(() => undefined)
    return mine
  }

  /** Forgets whether the controller repeats sequence ids: it may have been replaced. */
  forget(): void {
    this.#echoes.clear()
  }

  /** A datagram came from this controller's address with its serial number. */
  hear(socket: number, datagram: Buffer, header: Header): void {
    const waiting = this.#waiting
    if (!waiting || header.code !== waiting.code) return
    const proved = header.sequence === waiting.sequence
    if (!proved) {
      const echoes = this.#echoes.get(header.code)
      if (echoes === true || (echoes === undefined && header.sequence !== 0)) return
      if (socket !== waiting.socket) return
    }
    if (!waiting.fits(datagram)) return
    this.#echoes.set(header.code, proved)
    waiting.settle({ datagram, proved })
  }

  /** Whoever still waits gets no reply. */
  close(): void {
    this.#closed = true
    this.#waiting?.settle(null)
  }

  #ask: Ask = async (build, fits = () => true, leavesByMs = Number.POSITIVE_INFINITY) => {
    const envelope = { serial: this.#to.serial, sequence: this.#wire.nextSequence() }
    let datagram = build(envelope)
    const header = headerOf(datagram)!
    let waitMs = Math.ceil(Math.max(this.#wire.shortestWaitMs, 4 * this.#smoothedMs))
    for (let tries = 1; tries <= this.#wire.tries && !this.#closed; tries++) {
      if (this.#wire.monotonicMs() > leavesByMs) break
      if (tries > 1) datagram = build(envelope)
      if (this.#echoes.get(header.code) !== true) this.#moveOn()
      const askedMs = this.#wire.monotonicMs()
      const reply = await this.#exchange(datagram, header, fits, waitMs)
      if (reply) {
        // Only a first try tells the round trip: a later one may be answered by the reply to an earlier.
        if (tries === 1) this.#smooth(this.#wire.monotonicMs() - askedMs)
        return { ...reply, tries }
      }
      this.#owedUntilMs[this.#socket] = this.#wire.monotonicMs() + packetLifeMs
      waitMs *= 2
    }
    return null
  }

  #exchange(datagram: Buffer, header: Header, fits: Waiting['fits'], waitMs: number) {
    return new Promise<{ datagram: Buffer; proved: boolean } | null>(resolve => {
      const settle: Waiting['settle'] = reply => {
        cancel()
        this.#waiting = null
        resolve(reply)
      }
      const cancel = this.#wire.after(waitMs, () => settle(null))
      this.#waiting = { socket: this.#socket, code: header.code, sequence: header.sequence, fits, settle }
      this.#wire.send(this.#socket, datagram, this.#to.host, this.#to.port)
    })
  }

  /**
   * Takes another socket on which no reply is owed, the one at rest the longest; failing that, stays where a
   * reply has just come; failing that, takes the one on which a reply has been owed the longest.
   */
  #moveOn(): void {
    const nowMs = this.#wire.monotonicMs()
    const owed = this.#owedUntilMs.map(untilMs => untilMs > nowMs)
    const rank = (socket: number) => (owed[socket] ? 2 : socket === this.#socket ? 1 : 0)
    const restless = (socket: number) => (owed[socket] ? this.#owedUntilMs[socket]! : this.#lastUse[socket]!)
    let best = 0
    for (let socket = 1; socket < this.#wire.sockets; socket++) {
      const better = rank(socket) - rank(best) || restless(socket) - restless(best)
      if (better < 0) best = socket
    }
    this.#socket = best
    this.#lastUse[best] = ++this.#used
  }

  #smooth(tookMs: number): void {
    this.#smoothedMs = this.#smoothedMs === 0 ? tookMs : (7 * this.#smoothedMs + tookMs) / 8
  }
}
