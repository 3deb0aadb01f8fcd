/** How long a datagram may be on its way; a late reply is expected for this long. */
const packetLifeMs = 5_000

/**
 * A reply that names no request is told by the socket it comes to, and one of these is asked from again only when all the
 * others were on which no reply is owed: of two replies that come late, both must meet the very socket in use.
 */
export const usualSockets = 32

/** As long as every reply comes in time these few take turns: the fewer there are, the more is heard at one waking. */
const calmSockets = 4

/** So long after a reply did not come in time all of them take turns: what delays one, or doubles it, does so to others. */
const restlessForMs = 2 * packetLifeMs

/** More shared sockets than these are of no use. */
export const mostSockets = 64

/**
 * Which of the shared sockets a lane asks from. Where replies do not name their requests, one that comes late would
 * be taken for the next one's: so requests that follow each other use different sockets, and one on which a reply is
 * still owed rests for as long as a packet may live.
 */
export class SocketChoice {
  /** The socket in use. */
  current: number
  #used = 0
  /** For each socket: the how-manieth use was its last, and until when a late reply may still come there. */
  readonly #lastUse: number[]
  readonly #owedUntilMs: number[]
  #restlessUntilMs = Number.NEGATIVE_INFINITY

  constructor(sockets: number, serial: number) {
    this.current = serial % Math.min(calmSockets, sockets)
    this.#lastUse = Array.from({ length: sockets }, () => 0)
    this.#owedUntilMs = Array.from({ length: sockets }, () => Number.NEGATIVE_INFINITY)
  }

  /** A reply that was expected on a socket has not come, and may still come. */
  owed(socket: number, nowMs: number): void {
    this.#owedUntilMs[socket] = nowMs + packetLifeMs
    this.#restlessUntilMs = nowMs + restlessForMs
  }

  /**
   * Takes another socket: the one at rest the longest of those on which no reply is owed; where there is none, the one
   * on which it has been owed the longest, because it is the least likely to come still. Never the same twice in a row,
   * even if a reply has just come there: what comes twice comes right after.
   */
  moveOn(nowMs: number): void {
    const all = this.#lastUse.length
    const many = nowMs < this.#restlessUntilMs ? all : Math.min(calmSockets, all)
    let best = -1
    for (let socket = 0; socket < many; socket++)
      if (socket !== this.current && (best < 0 || this.#isBetter(socket, best, nowMs))) best = socket
    this.current = best
    this.#lastUse[best] = ++this.#used
  }

  #isBetter(one: number, other: number, nowMs: number): boolean {
    const oneOwed = this.#owedUntilMs[one]!
    const otherOwed = this.#owedUntilMs[other]!
    if (oneOwed > nowMs || otherOwed > nowMs) return oneOwed < otherOwed
    return this.#lastUse[one]! < this.#lastUse[other]!
  }
}
