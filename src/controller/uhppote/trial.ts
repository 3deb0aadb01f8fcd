import type { CardRecord, ControllerDriver } from '../../update/driver.ts'
import type { ControllerSetup } from '../emulator/settings.ts'
import { makeStation, type Station } from '../emulator/station.ts'
import { openUhppoteDriver, type UhppoteOptions } from './driver.ts'
import type { Hear, Network } from './sockets.ts'

/** Time that passes only when there is nothing else to do. */
export class SimulatedTime {
  nowMs = 0
  readonly #waiting: { atMs: number; act: () => void }[] = []

  after(ms: number, act: () => void): () => void {
    const one = { atMs: this.nowMs + ms, act }
    const later = this.#waiting.findIndex(other => other.atMs > one.atMs)
    this.#waiting.splice(later < 0 ? this.#waiting.length : later, 0, one)
    return () => {
      const at = this.#waiting.indexOf(one)
      if (at >= 0) this.#waiting.splice(at, 1)
    }
  }

  /** Lets time pass until the work is done; throws where nothing is left that could bring it about. */
  async until<T>(work: Promise<T>): Promise<T> {
    let done = false
    const ended = work.finally(() => {
      done = true
    })
    for (let steps = 0; ; steps++) {
      // All that follows at once has its turn before time passes.
      await new Promise(setImmediate)
      if (done) return ended
      const next = this.#waiting.shift()
      if (!next || steps > 1_000_000) throw new Error('nothing is left to wait for')
      this.nowMs = next.atMs
      next.act()
    }
  }
}

/** Boards and a network without sockets: datagrams take a millisecond each way. */
export class SimulatedCampus {
  readonly time = new SimulatedTime()
  /** Who receives what is sent to an address. */
  readonly at = new Map<string, (datagram: Buffer, fromSocket: number) => void>()
  /** Every datagram that was sent, in its order: when, to whom, from which socket. */
  readonly sent: { atMs: number; host: string; socket: number; datagram: Buffer }[] = []
  #heard: Hear = () => {}

  readonly network: Network = {
    openSockets: async (count, hear) => {
      this.#heard = hear
      return {
        ports: Array.from({ length: count }, (_, socket) => socket),
        send: (socket, datagram, host) => {
          // The driver may send the same bytes again: what has left stays as it was.
          const left = Buffer.from(datagram)
          this.sent.push({ atMs: this.time.nowMs, host, socket, datagram: left })
          this.time.after(1, () => this.at.get(host)?.(left, socket))
        },
        close: async () => {},
      }
    },
    after: (ms, act) => this.time.after(ms, act),
  }

  /** A datagram from an address, on its way to one of the driver's sockets. */
  reply(host: string, datagram: Buffer, toSocket: number, port = 60_000): void {
    this.time.after(1, () => this.#heard(toSocket, datagram, host, port))
  }

  /** Puts a board where its address says; one that stood there is there no more. */
  board(setup: Partial<ControllerSetup> & { host: string }, seed = 1): Station {
    const whole = { serial: 410_000_001, port: 60_000, ...setup }
    const station = makeStation(whole, {
      seed,
      startAt: Temporal.PlainDateTime.from('2024-02-01T08:00'),
      monotonicMs: () => this.time.nowMs,
      after: (ms, act) => void this.time.after(ms, act),
      send: (reply, to, elsewhere) => this.reply(elsewhere ? '127.61.9.250' : whole.host, reply, to.port),
    })
    this.at.set(whole.host, (datagram, socket) =>
      station.line.arrive(datagram, { address: '127.0.0.1', port: socket }),
    )
    return station
  }

  openDriver(options: Partial<UhppoteOptions> = {}): Promise<ControllerDriver> {
    return openUhppoteDriver({ monotonicMs: () => this.time.nowMs, network: this.network, ...options })
  }
}

/** A card with nothing special about it. */
export const someCard = (number: number, change: Partial<CardRecord> = {}): CardRecord => ({
  number: BigInt(number),
  from: Temporal.PlainDate.from('2023-11-20'),
  to: Temporal.PlainDate.from('2024-02-29'),
  doors: [1, 1, 1, 1],
  pin: 0,
  ...change,
})
