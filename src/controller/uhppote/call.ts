import type { ControllerAddress } from '../../update/driver.ts'
import type { Envelope } from './frame.ts'

/** Where a lane leads, and whom it asks there. */
export type LaneTo = Pick<ControllerAddress, 'serial' | 'host' | 'port'>

/** A controller's reply to one request; `proved` where it repeated the request's sequence id. */
export interface Reply {
  datagram: Buffer
  proved: boolean
  tries: number
}

/** One thing to ask of a controller. */
export interface Question {
  /** Its function code. */
  code: number
  build(to: Envelope): Buffer
  /** Whether a reply can be one to this question; any, unless said. */
  fits?(reply: Buffer): boolean
  /** Each try is built anew, because what it says depends on the time. */
  timely?: boolean
  /** No try leaves after this moment, in milliseconds of the clock that only grows; at any time, unless said. */
  leavesByMs?: number
}

/** What may follow within one call, before it is over. */
export interface FollowUp {
  /** Asks one more thing; null where every try stayed without a reply. */
  ask(question: Question): Promise<Reply | null>
  /** Whether other calls were under way beside this one, so that they may have changed what it met. */
  wasShared(): boolean
  /** Waits until no other call is under way; none begins before this one is over. */
  alone(): Promise<void>
}

/** One call of the driver on one controller: a first question, and what follows from its reply. */
export interface Call<T> extends Question {
  /** The card it is about, 0 for none: calls about one card are served one after the other. */
  about: number
  /** Whether the controller is met anew: alone, and what was learned of it is forgotten. */
  anew?: boolean
  conclude(reply: Reply | null, follow: FollowUp): T | Promise<T>
}

/** A call that has come to a lane, whatever it answers. */
export interface Running extends FollowUp {
  /** In which order it began. */
  order: number
  readonly question: Question
  readonly about: number
  readonly anew: boolean
  /** Goes on from the first reply; what is returned, if anything, is still to be waited for. */
  conclude(reply: Reply | null): Promise<void> | null
  /** It broke: a fault of ours. */
  fail(error: unknown): void
}

/** What a call needs of the lane that it runs in. */
interface Runner {
  follow(running: Running, question: Question): Promise<Reply | null>
  wasShared(running: Running): boolean
  aloneWith(running: Running): Promise<void>
}

/** A call with whom it answers. */
export class RunningCall<T> implements Running {
  order = 0
  readonly #runner: Runner
  readonly #call: Call<T>
  readonly #resolve: (result: T) => void
  readonly fail: (error: unknown) => void

  constructor(runner: Runner, call: Call<T>, resolve: (result: T) => void, reject: (error: unknown) => void) {
    this.#runner = runner
    this.#call = call
    this.#resolve = resolve
    this.fail = reject
  }

  get question(): Question {
    return this.#call
  }

  get about(): number {
    return this.#call.about
  }

  get anew(): boolean {
    return this.#call.anew ?? false
  }

  conclude(reply: Reply | null): Promise<void> | null {
    const result = this.#call.conclude(reply, this)
    if (result instanceof Promise) return result.then(this.#resolve)
    this.#resolve(result)
    return null
  }

  ask(question: Question): Promise<Reply | null> {
    return this.#runner.follow(this, question)
  }

  wasShared(): boolean {
    return this.#runner.wasShared(this)
  }

  alone(): Promise<void> {
    return this.#runner.aloneWith(this)
  }
}
