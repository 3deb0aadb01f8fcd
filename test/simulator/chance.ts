import { seededRandom } from '../../src/controller/emulator/line.ts'

/** What happens by chance in a world; the same seed brings the same again. */
export class Chance {
  readonly #random: () => number

  constructor(seed: number) {
    this.#random = seededRandom(seed)
  }

  happens(share: number): boolean {
    return share > 0 && this.#random() < share
  }

  /** A whole number from the least to the most, both included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.#random() * (most - least + 1))
  }

  oneOf<T>(all: readonly T[]): T {
    return all[Math.floor(this.#random() * all.length)]!
  }
}
