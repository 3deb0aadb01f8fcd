import { openUhppoteDriver } from '../../src/controller/uhppote/driver.ts'
import type { Hear, Network } from '../../src/controller/uhppote/sockets.ts'
import type { ControllerDriver } from '../../src/update/driver.ts'
import type { Ledger } from '../../src/update/ledger.ts'
import { keepUpdating, type Updates } from '../../src/update/loop.ts'
import type { Boards } from '../../src/update/meeting.ts'
import type { Surveys } from '../../src/update/updating.ts'
import type { WindowPlan } from '../../src/update/windows.ts'
import type { SimulatedTime } from './time.ts'

/** No board is replaced. */
const noBoards: Boards = { meet: async () => 'known', noteStrays: async () => {} }

/** What a process of a world is given. */
export interface ProcessMaking {
  time: SimulatedTime
  plan: WindowPlan
  leaseSeconds: number
  /** Sends a datagram out of one of this process's sockets. */
  send(process: SimulatedProcess, socket: number, datagram: Buffer, host: string): void
  /** It asks its driver for a change of a card. */
  asks(process: SimulatedProcess, serial: number, deed: string, number: bigint): void
  ledgerOf(process: SimulatedProcess): Ledger
  surveysOf(process: SimulatedProcess): Surveys
  log(line: string): void
}

/**
 * One process that keeps controllers, with the real loop, lane and driver in it. It can be killed, and started anew;
 * and it can be stopped for a while: whatever comes to it meanwhile, also its own timers, waits until it goes on, and
 * whatever it was just about to do is done only then.
 */
export class SimulatedProcess {
  readonly #making: ProcessMaking
  readonly #id: string
  /** Which of its lives this is; what belonged to an earlier one comes to nothing. */
  life = 0
  isAlive = false
  stoppedSinceMs = 0
  stoppedUntilMs = 0
  #updates: Updates | null = null
  #looking = false
  #hear: Hear = () => {}

  constructor(id: string, making: ProcessMaking) {
    this.#id = id
    this.#making = making
  }

  /** Its name among those that share the database: another one in each life. */
  get name(): string {
    return `${this.#id}.${this.life}`
  }

  /** Its clock that only grows; whoever reads it while it is stopped reads it once it goes on. */
  clockMs(): number {
    return Math.max(this.#making.time.nowMs, this.stoppedUntilMs)
  }

  /** What it read of its clock at the latest, for a statement that is done now. */
  readAtMs(): number {
    const { nowMs } = this.#making.time
    return this.stoppedUntilMs > nowMs ? Math.min(nowMs, this.stoppedSinceMs) : nowMs
  }

  isRunning(life: number): boolean {
    return this.isAlive && this.life === life && this.stoppedUntilMs <= this.#making.time.nowMs
  }

  start(): void {
    this.life += 1
    this.isAlive = true
    this.#looking = false
    this.stoppedUntilMs = 0
    const { life } = this
    const making = this.#making
    const { plan, leaseSeconds } = making
    const opening = openUhppoteDriver({ monotonicMs: () => this.clockMs(), network: this.#network(life) })
    const opened = async (): Promise<void> => {
      const opened = await opening
      const asks = (deed: string, { serial }: { serial: number }, number: bigint) =>
        making.asks(this, serial, deed, number)
      const driver: ControllerDriver = {
        ...opened,
        put(controller, card) {
          asks('put', controller, card.number)
          return opened.put(controller, card)
        },
        remove(controller, number) {
          asks('remove', controller, number)
          return opened.remove(controller, number)
        },
      }
      this.#updates = keepUpdating(
        {
          ledger: making.ledgerOf(this),
          surveys: making.surveysOf(this),
          boards: noBoards,
          driver,
          monotonicMs: () => this.clockMs(),
          leaseSeconds,
          log: line => making.log(line),
        },
        { plan: async () => plan },
      )
    }
    void opened()
  }

  kill(): void {
    this.isAlive = false
    this.#updates = null
  }

  stopFor(ms: number): void {
    if (this.stoppedUntilMs <= this.#making.time.nowMs) this.stoppedSinceMs = this.#making.time.nowMs
    this.stoppedUntilMs = this.clockMs() + ms
  }

  /** Looks for work, as the timer of the loop would have it look: one look at a time. */
  look(): void {
    if (!this.isRunning(this.life) || this.#looking || !this.#updates) return
    const { life } = this
    this.#looking = true
    void this.#updates
      .look()
      .catch(error => this.#making.log(`${this.name} update: ${String(error)}`))
      .finally(() => {
        if (life === this.life) this.#looking = false
      })
  }

  /** Does something in this process, so much later, once it is not stopped; nothing where it has died. */
  after(life: number, ms: number, act: () => void): () => void {
    const { time } = this.#making
    let cancel = () => {}
    const attempt = () => {
      if (!this.isAlive || this.life !== life) return
      if (this.stoppedUntilMs > time.nowMs) cancel = time.at(this.stoppedUntilMs, attempt)
      else act()
    }
    cancel = time.at(this.clockMs() + ms, attempt)
    return () => cancel()
  }

  /** A datagram has come to one of its sockets. */
  hear(life: number, socket: number, datagram: Buffer, host: string): void {
    this.after(life, 0, () => this.#hear(socket, datagram, host, 60_000))
  }

  #network(life: number): Network {
    return {
      openSockets: async (count, hear) => {
        this.#hear = hear
        return {
          ports: Array.from({ length: count }, (_, socket) => socket),
          send: (socket, datagram, host) => {
            if (this.isAlive && this.life === life) this.#making.send(this, socket, datagram, host)
          },
          close: async () => {},
        }
      },
      after: (ms, act) => this.after(life, ms, act),
    }
  }
}
