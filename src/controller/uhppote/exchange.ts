import type { Question, Reply, Running } from './call.ts'
import type { Timed } from './deadlines.ts'

/** Who is told that no reply came in time. */
interface Waiter {
  timedOut(exchange: Exchange): void
}

/** One question under way: sent, and sent again, until its reply comes or its tries are used up. */
export class Exchange implements Timed {
  dueAtMs = 0
  earlier: Timed | null = null
  later: Timed | null = null
  /** Datagrams sent for it. */
  tries = 0
  /** When the last of them was sent, and from which socket. */
  askedMs = 0
  socket = 0
  /** How long its reply is waited for: twice as long with each try. */
  waitMs: number
  datagram: Buffer
  /** Whether it has passed the gate, and is not known to be answered or lost. */
  isThroughGate: boolean
  readonly #waiter: Waiter
  readonly running: Running
  readonly question: Question
  readonly sequence: number
  /** Who waits for the reply, where it is not a call's first question. */
  readonly settle: ((reply: Reply | null) => void) | null

  constructor(
    waiter: Waiter,
    asked: { running: Running; question: Question; settle: ((reply: Reply | null) => void) | null },
    sent: { sequence: number; datagram: Buffer; waitMs: number },
  ) {
    this.#waiter = waiter
    this.running = asked.running
    this.question = asked.question
    this.settle = asked.settle
    this.isThroughGate = asked.settle === null
    this.sequence = sent.sequence
    this.datagram = sent.datagram
    this.waitMs = sent.waitMs
  }

  late(): void {
    this.#waiter.timedOut(this)
  }
}
