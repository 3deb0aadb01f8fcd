import { bringTrouble, makeStation, type Station } from '../../src/controller/emulator/station.ts'
import type { Hear, Network } from '../../src/controller/uhppote/sockets.ts'
import { aheadMs, localText } from './told-time.ts'

/** Controllers of a history's campus: each in a house of its own, with a door for everybody; the last has one more. */
export const serials = [401, 402, 403] as const
/** The controller with the door that is granted one by one, and that door's number there. */
export const labSerial = 403
export const labDoor = 2
export const port = 60_000
export const hostOf = (serial: number): string => `127.0.0.${serial - 400}`

/** Waiting takes a twentieth of the time it would: the driver's patience is real, and histories are many. */
const hastens = 20
const fastMs = (): number => performance.now() * hastens
const fastAfter = (ms: number, act: () => void): (() => void) => {
  const timer = setTimeout(act, ms / hastens)
  return () => clearTimeout(timer)
}

/** How a controller's network can be. */
export type Weather = 'fair' | 'dead' | 'lossy'

const cardReplies = new Set([0x5a, 0x5c])
const absent = 'absent'

interface Seen {
  atMs: number
  order: number
}

/**
 * The boards themselves, and what passed between them and the driver. It sees what the product cannot: what really stands
 * in a board's list, since when, and which of its answers about a card came through.
 */
export class Boards {
  readonly #stations: Map<number, Station>
  readonly #nowMs: () => number
  readonly weather = new Map<number, Weather>(serials.map(serial => [serial, 'fair']))
  readonly #content = new Map<string, string>()
  readonly #changed = new Map<string, Seen>()
  /** Since the last change: the first answer that came through, later than the quiet time. */
  readonly #readBack = new Map<string, Seen>()
  readonly #quietMs: number
  #order = 0
  #hear: Hear = () => {}

  constructor(seed: number, { nowMs, quietMs }: { nowMs: () => number; quietMs: number }) {
    this.#nowMs = nowMs
    this.#quietMs = quietMs
    this.#stations = new Map(serials.map(serial => [serial, this.#station(serial, seed)]))
  }

  #station(serial: number, seed: number): Station {
    const host = hostOf(serial)
    // One of the boards does not name the request in its replies.
    const setup = { serial, host, port, capacity: 60, echo: serial !== 402 }
    return makeStation(setup, {
      seed,
      startAt: Temporal.PlainDateTime.from(localText(this.#nowMs()).replace(' ', 'T')),
      monotonicMs: this.#nowMs,
      after: (ms, act) => void fastAfter(ms, act),
      send: (reply, to) => {
        this.#note(serial, reply)
        setImmediate(() => this.#hear(to.port, reply, host, port))
      },
      changed: (board, card) => {
        for (const { number } of card === 'all' ? board.cards.all() : [{ number: card }])
          this.#change(serial, number)
      },
    })
  }

  #text(serial: number, number: number): string {
    const card = this.#stations.get(serial)!.board.cards.get(number)
    return card ? `${card.doors.join('')} ${card.from} ${card.to}` : absent
  }

  #change(serial: number, number: number): void {
    const key = `${serial} ${number}`
    const text = this.#text(serial, number)
    if ((this.#content.get(key) ?? absent) === text) return
    this.#content.set(key, text)
    this.#order += 1
    this.#changed.set(key, { atMs: this.#nowMs(), order: this.#order })
    this.#readBack.delete(key)
  }

  #note(serial: number, reply: Buffer): void {
    const number = reply.readUInt32LE(8)
    if (!cardReplies.has(reply[1]!) || number === 0) return
    const key = `${serial} ${number}`
    const changed = this.#changed.get(key)
    if (!changed || this.#readBack.has(key) || this.#nowMs() < changed.atMs + this.#quietMs) return
    this.#order += 1
    this.#readBack.set(key, { atMs: this.#nowMs(), order: this.#order })
  }

  /** How the driver reaches these boards. */
  network(): Network {
    return {
      openSockets: async (count, hear) => {
        this.#hear = hear
        return {
          ports: Array.from({ length: count }, (_, socket) => socket),
          send: (socket, datagram, host) => {
            const copy = Buffer.from(datagram)
            const station = [...this.#stations.values()].find(each => each.host === host)!
            setImmediate(() => station.line.arrive(copy, { address: '', port: socket }))
          },
          close: async () => {
            this.#hear = () => {}
          },
        }
      },
      after: fastAfter,
    }
  }

  /** The driver's clock. */
  readonly driverMs = fastMs

  /** Makes the network to a board good, bad, or none. */
  setWeather(serial: number, weather: Weather): void {
    this.weather.set(serial, weather)
    bringTrouble(this.#stations.get(serial)!, {
      silent: weather === 'dead',
      loss: weather === 'lossy' ? 0.25 : 0,
      duplicate: weather === 'lossy' ? 0.2 : 0,
    })
  }

  /** Which doors a board opens today to a number: the numbers of the doors. */
  opens(serial: number, number: number): number[] {
    const card = this.#stations.get(serial)!.board.cards.get(number)
    const today = new Date(this.#nowMs() + aheadMs).toISOString().slice(0, 10)
    if (!card || today < card.from || today > card.to) return []
    return card.doors.flatMap((opens, at) => (opens === 0 ? [] : [at + 1]))
  }

  /** The numbers to which a board opens some door today, in order. */
  openNumbers(serial: number): number[] {
    const { board } = this.#stations.get(serial)!
    const numbers = board.cards.all().map(card => card.number)
    return numbers.filter(number => this.opens(serial, number).length > 0).toSorted((a, b) => a - b)
  }

  /** When what stands there of a number was first read back since its last change; null where it was not. */
  readBackAt(serial: number, number: number): number | null {
    return this.#readBack.get(`${serial} ${number}`)?.atMs ?? null
  }
}
