import { type Call, type LaneTo, type Question, type Reply, type Running, RunningCall } from './call.ts'
import type { Deadlines } from './deadlines.ts'
import { Exchange } from './exchange.ts'
import type { AtGate, Gate } from './gate.ts'
import { SocketChoice } from './socket-choice.ts'
import { RequestWindow } from './window.ts'

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
  deadlines: Deadlines
  gate: Gate
}

/**
 * The way to one controller. Calls begin in the order they come.
 *
 * A reply to a change does not name the card. Where the controller repeats the sequence id, that names the request,
 * and several may be under way at once. Where it does not, or is not known to, exactly one is: its reply is known
 * only by address, serial number and function, so that requests which follow each other use different sockets, and
 * what comes late or twice finds nobody waiting there. That makes a wrong acknowledgement rare, not impossible; what
 * is not proved is to be read back.
 */
export class Lane implements AtGate {
  readonly to: LaneTo
  readonly #wire: Wire
  readonly #sockets: SocketChoice
  readonly #window = new RequestWindow()
  /** Learned for each function: some firmware might repeat the sequence id in some replies only. */
  readonly #echoes = new Map<number, boolean>()
  /** Functions known to repeat it that have since been answered without: the controller may be another one. */
  readonly #unechoed = new Set<number>()
  readonly #queue: Running[] = []
  readonly #waiting: Exchange[] = []
  /** Calls that must have the controller for themselves before they can go on. */
  readonly #parked: { running: Running; goOn: () => void }[] = []
  /** Cards that calls under way are about. */
  readonly #busy = new Set<number>()
  #underWay = 0
  /** The call that has the controller for itself. */
  #holder: Running | null = null
  #begun = 0
  #sharedUpTo = 0
  #smoothedMs = 0
  #isStarting = false
  #isAdmitted = false
  #closed = false

  constructor(to: LaneTo, wire: Wire) {
    this.to = to
    this.#wire = wire
    this.#sockets = new SocketChoice(wire.sockets, to.serial)
  }

  /** How many calls are worth making at once. */
  get together(): number {
    for (const echoes of this.#echoes.values()) if (echoes) return this.#window.size
    return 1
  }

  /** The same for one function: more than 1 where its own replies name their requests. */
  togetherFor(code: number): number {
    return this.#echoes.get(code) === true ? this.#window.size : 1
  }

  /** Makes a call when those before it allow; its question is built then, and not before. */
  call<T>(call: Call<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#queue.push(new RunningCall(this, call, resolve, reject))
      this.#startNext()
    })
  }

  turnAtGate(): boolean {
    this.#isAdmitted = true
    this.#startNext()
    const wasUsed = !this.#isAdmitted
    this.#isAdmitted = false
    return wasUsed
  }

  /** A datagram came from this controller's address with its serial number. */
  hear(socket: number, datagram: Buffer, code: number, sequence: number): void {
    for (const exchange of this.#waiting)
      if (exchange.sequence === sequence && exchange.question.code === code) {
        this.#accept(exchange, datagram, true)
        return
      }
    // A reply that names another request is not taken for one that names none.
    if (sequence !== 0) return
    if (this.#echoes.get(code) === true) {
      this.#unechoed.add(code)
      return
    }
    const exchange = this.#waiting[0]
    if (exchange?.running !== this.#holder || exchange.question.code !== code) return
    if (exchange.socket === socket) this.#accept(exchange, datagram, false)
  }

  /** Nobody answered an exchange in time. */
  timedOut(exchange: Exchange): void {
    const { code } = exchange.question
    const nowMs = this.#wire.monotonicMs()
    this.#waiting.splice(this.#waiting.indexOf(exchange), 1)
    this.#sockets.owed(exchange.socket, nowMs)
    if (this.#echoes.get(code) === true) this.#window.timedOut(exchange.askedMs, nowMs)
    // Answers came, but none that names its request: from now on one at a time, from other sockets.
    if (this.#unechoed.delete(code)) this.#echoes.delete(code)
    this.#leaveGate(exchange)
    if (exchange.tries >= this.#wire.tries) {
      this.#give(exchange, null)
      return
    }
    exchange.waitMs *= 2
    this.#try(exchange)
  }

  /** Whoever still waits, or asks from now on, gets no reply. */
  close(): void {
    this.#closed = true
    for (const exchange of this.#waiting.splice(0)) {
      this.#wire.deadlines.remove(exchange)
      this.#leaveGate(exchange)
      this.#give(exchange, null)
    }
    this.#startNext()
  }

  follow(running: Running, question: Question): Promise<Reply | null> {
    return new Promise(settle => this.#ask(running, question, settle))
  }

  wasShared(running: Running): boolean {
    return running.order <= this.#sharedUpTo
  }

  aloneWith(running: Running): Promise<void> {
    if (this.#holder === running) return Promise.resolve()
    return new Promise(goOn => this.#park(running, goOn))
  }

  /** Begins what may begin now. */
  #startNext(): void {
    // Called from what it has itself begun: it goes on anyway.
    if (this.#isStarting) return
    this.#isStarting = true
    while (this.#holder === null || this.#closed) {
      const [parked] = this.#parked
      if (parked) {
        if (this.#underWay > 0) break
        this.#parked.shift()
        this.#underWay++
        this.#holder = parked.running
        parked.goOn()
      } else {
        const [next] = this.#queue
        if (!next || !this.#mayBegin(next)) break
        this.#queue.shift()
        this.#begin(next)
      }
    }
    this.#isStarting = false
  }

  #mayBegin(next: Running): boolean {
    if (this.#closed) return true
    if (next.about !== 0 && this.#busy.has(next.about)) return false
    if (this.#underWay >= (this.#isAlone(next) ? 1 : this.#window.size)) return false
    if (!this.#isAdmitted) return this.#wire.gate.pass(this)
    this.#isAdmitted = false
    return true
  }

  #isAlone = (next: Running): boolean => next.anew || this.#echoes.get(next.question.code) !== true

  #begin(running: Running): void {
    if (this.#isAlone(running)) this.#holder = running
    if (running.anew) this.#echoes.clear()
    running.order = ++this.#begun
    if (this.#underWay++ > 0) this.#sharedUpTo = running.order
    if (running.about !== 0) this.#busy.add(running.about)
    try {
      this.#ask(running, running.question, null)
    } catch (error) {
      // It could not even be written down.
      this.#wire.gate.leave()
      this.#fail(running, error)
    }
  }

  #ask(running: Running, question: Question, settle: Exchange['settle']): void {
    const sequence = this.#wire.nextSequence()
    const datagram = question.build({ serial: this.to.serial, sequence })
    const waitMs = Math.ceil(Math.max(this.#wire.shortestWaitMs, 4 * this.#smoothedMs))
    this.#try(new Exchange(this, { running, question, settle }, { sequence, datagram, waitMs }))
  }

  /** Sends the question, or waits with it until nothing else is under way. */
  #try(exchange: Exchange): void {
    const { question, running, sequence } = exchange
    if (this.#closed || this.#wire.monotonicMs() > (question.leavesByMs ?? Number.POSITIVE_INFINITY)) {
      this.#leaveGate(exchange)
      this.#give(exchange, null)
      return
    }
    if (this.#echoes.get(question.code) !== true) {
      if (this.#holder !== running) {
        this.#park(running, () => this.#try(exchange))
        return
      }
      this.#sockets.moveOn(this.#wire.monotonicMs())
    }
    if (++exchange.tries > 1 && question.timely)
      exchange.datagram = question.build({ serial: this.to.serial, sequence })
    exchange.socket = this.#sockets.current
    exchange.askedMs = this.#wire.monotonicMs()
    this.#waiting.push(exchange)
    this.#wire.deadlines.add(exchange, exchange.askedMs + exchange.waitMs)
    this.#wire.send(exchange.socket, exchange.datagram, this.to.host, this.to.port)
  }

  #park(running: Running, goOn: () => void): void {
    this.#underWay--
    this.#parked.push({ running, goOn })
    this.#startNext()
  }

  #accept(exchange: Exchange, datagram: Buffer, proved: boolean): void {
    const { question, tries, askedMs } = exchange
    if (question.fits?.(datagram) === false) return
    this.#echoes.set(question.code, proved)
    if (proved && this.#unechoed.size > 0) this.#unechoed.delete(question.code)
    this.#waiting.splice(this.#waiting.indexOf(exchange), 1)
    this.#wire.deadlines.remove(exchange)
    // Only a first try tells the round trip: a later one may be answered by the reply to an earlier.
    if (tries === 1) {
      this.#smooth(this.#wire.monotonicMs() - askedMs)
      if (proved) this.#window.answered()
    }
    this.#leaveGate(exchange)
    this.#give(exchange, { datagram, proved, tries })
  }

  #leaveGate(exchange: Exchange): void {
    if (!exchange.isThroughGate) return
    exchange.isThroughGate = false
    this.#wire.gate.leave()
  }

  #give({ settle, running }: Exchange, reply: Reply | null): void {
    if (settle) settle(reply)
    else this.#conclude(running, reply)
  }

  #conclude(running: Running, reply: Reply | null): void {
    try {
      const goesOn = running.conclude(reply)
      if (goesOn === null) this.#end(running)
      else
        goesOn.then(
          () => this.#end(running),
          (error: unknown) => this.#fail(running, error),
        )
    } catch (error) {
      this.#fail(running, error)
    }
  }

  #fail(running: Running, error: unknown): void {
    running.fail(error)
    this.#end(running)
  }

  #end(running: Running): void {
    if (running.about !== 0) this.#busy.delete(running.about)
    if (this.#holder === running) this.#holder = null
    this.#underWay--
    this.#startNext()
  }

  #smooth(tookMs: number): void {
    this.#smoothedMs = this.#smoothedMs === 0 ? tookMs : (7 * this.#smoothedMs + tookMs) / 8
  }
}
