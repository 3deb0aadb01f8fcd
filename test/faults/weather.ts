import { seededRandom } from '../../src/controller/emulator/line.ts'

/** What a network does to the datagrams that cross it, each way. */
export interface Weather {
  /** Share of datagrams that get lost. */
  loss: number
  /** Share of datagrams that come twice. */
  twice: number
  /** Each copy is up to so much late, so that one overtakes the other. */
  jitterMs: number
  /** Share of copies that are as late as a packet may live. */
  late: number
  lateMs: number
}

/** Nothing is lost, doubled or late. */
export const fair: Weather = { loss: 0, twice: 0, jitterMs: 0, late: 0, lateMs: 0 }

/** How often each thing happened. */
export interface Weathered {
  crossed: number
  lost: number
  twice: number
  late: number
}

/** One direction to one controller. The n-th datagram that crosses it meets the same luck for the same seed. */
export class Crossing {
  readonly told: Weathered
  readonly #random: () => number

  constructor(seed: number, told: Weathered) {
    this.#random = seededRandom(seed)
    this.told = told
  }

  /** After how many milliseconds each copy comes out on the other side: none, one or two. */
  next(weather: Weather): number[] {
    // The same number of draws for each datagram: what becomes of one does not move the luck of the next.
    const draws = Array.from({ length: 6 }, () => this.#random())
    this.told.crossed += 1
    if (draws[0]! < weather.loss) {
      this.told.lost += 1
      return []
    }
    const copies = draws[1]! < weather.twice ? 2 : 1
    if (copies === 2) this.told.twice += 1
    return [0, 1].slice(0, copies).map(copy => {
      if (draws[2 + copy]! >= weather.late) return draws[4 + copy]! * weather.jitterMs
      this.told.late += 1
      return weather.lateMs
    })
  }
}
