import type { Station } from '../../src/controller/emulator/station.ts'
import { mostSockets } from '../../src/controller/uhppote/socket-choice.ts'
import type { Chance } from './chance.ts'
import type { SimulatedProcess } from './process.ts'
import type { SimulatedTime } from './time.ts'

/** How a world's network treats datagrams, and how often a process is struck while it sends; shares of 1. */
export interface Weather {
  loss: number
  duplicate: number
  /** On its way for seconds. */
  late: number
  /** Overtaken by others. */
  reorder: number
  /** The process is stopped between its look at the fence and the sending. */
  stopAtSend: number
  /** The process dies just before, or just after, the sending. */
  killAtSend: number
  /** Somebody reports the card lost that is just being put. */
  loseAtPut: number
}

/** Nothing goes wrong. */
export const fairWeather: Weather = {
  loss: 0,
  duplicate: 0,
  late: 0,
  reorder: 0,
  stopAtSend: 0,
  killAtSend: 0,
  loseAtPut: 0,
}

/** How long a datagram lives. */
const packetLifeMs = 5_000

/** What the network tells of. */
export interface Told {
  counts(fault: string): void
  /** A change leaves a process. */
  departs(process: SimulatedProcess, serial: number, datagram: Buffer): void
  /** A process sends a put of this number. */
  puts(number: number): void
  stop(process: SimulatedProcess): void
  kill(process: SimulatedProcess): void
}

const putCode = 0x50
const removeCode = 0x52

interface Home {
  process: SimulatedProcess
  life: number
}

/** The network between the processes and the boards of a world. */
export class SimulatedNetwork {
  weather: Weather = fairWeather
  readonly #time: SimulatedTime
  readonly #chance: Chance
  readonly #stations = new Map<string, Station>()
  readonly #homes: Home[] = []
  readonly #told: Told

  constructor(time: SimulatedTime, chance: Chance, told: Told) {
    this.#time = time
    this.#chance = chance
    this.#told = told
  }

  add(station: Station): void {
    this.#stations.set(station.host, station)
  }

  /** A process sends a datagram out of one of its sockets. */
  send(process: SimulatedProcess, socket: number, datagram: Buffer, host: string): void {
    const { weather } = this
    const station = this.#stations.get(host)!
    const code = datagram[1]
    const isChange = code === putCode || code === removeCode
    if (code === putCode && this.#chance.happens(weather.loseAtPut)) this.#told.puts(datagram.readUInt32LE(8))
    if (this.#chance.happens(weather.stopAtSend)) this.#told.stop(process)
    if (this.#chance.happens(weather.killAtSend)) {
      const before = this.#chance.happens(0.5)
      this.#told.kill(process)
      if (before) return
    }
    const home = this.#homeOf(process)
    const departs = () => {
      if (isChange) this.#told.departs(process, station.board.serial, datagram)
      this.#carry(() => station.line.arrive(datagram, { address: '', port: home * mostSockets + socket }))
    }
    // A process that was stopped before the sending sends once it goes on.
    if (process.clockMs() > this.#time.nowMs) process.after(process.life, 0, departs)
    else departs()
  }

  #homeOf(process: SimulatedProcess): number {
    const { life } = process
    const known = this.#homes.findIndex(home => home.process === process && home.life === life)
    return known >= 0 ? known : this.#homes.push({ process, life }) - 1
  }

  /** A board's reply sets out. */
  reply(station: Station, datagram: Buffer, port: number): void {
    const { process, life } = this.#homes[Math.floor(port / mostSockets)]!
    this.#carry(() => process.hear(life, port % mostSockets, datagram, station.host))
  }

  #carry(deliver: () => void): void {
    const { weather } = this
    let copies = 1
    if (this.#chance.happens(weather.duplicate)) {
      copies = 2
      this.#told.counts('duplicate')
    }
    for (let copy = 0; copy < copies; copy += 1) {
      if (this.#chance.happens(weather.loss)) this.#told.counts('loss')
      else this.#time.after(this.#wayMs(), deliver)
    }
  }

  #wayMs(): number {
    const { weather } = this
    if (this.#chance.happens(weather.late)) {
      this.#told.counts('late')
      return this.#chance.whole(500, packetLifeMs)
    }
    if (this.#chance.happens(weather.reorder)) {
      this.#told.counts('reorder')
      return this.#chance.whole(20, 400)
    }
    return this.#chance.whole(1, 3)
  }
}
