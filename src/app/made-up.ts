import { type DoorFormat, doorNumber } from '../card/formats.ts'
import { checkChipNumber, printChipNumber } from '../card/numbers.ts'

/** Gives a whole number from 0 to below the limit. */
export type Below = (limit: number) => number

/** A seeded source of numbers (mulberry32): the same campus whenever and wherever it is made. */
export function seeded(seed: number): Below {
  let state = seed
  return limit => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
}

/**
 * Chip numbers that no two cards share, neither whole nor as any door of the campus sees them; nor with cards that are
 * there already.
 */
export function chipMaker(
  formats: readonly DoorFormat[],
  below: Below,
  there: Iterable<Uint8Array> = [],
): (length: 4 | 7) => Uint8Array {
  const seenAs = (chip: Uint8Array): string[] | null => {
    const numbers = formats.map(format => doorNumber(chip, format))
    if (!checkChipNumber(chip).ok || numbers.some(answer => !answer.ok)) return null
    const front = printChipNumber(chip.slice(chip.length - 4, chip.length - 1))
    return [...numbers.map((answer, at) => `${formats[at]} ${answer.ok && answer.number}`), `front ${front}`]
  }
  const taken = new Set([...there].flatMap(chip => seenAs(chip) ?? []))
  return length => {
    for (;;) {
      const chip = Uint8Array.from({ length }, (_, at) => (length === 7 && at === 0 ? 4 : below(256)))
      const seen = seenAs(chip)
      if (seen === null || seen.some(each => taken.has(each))) continue
      for (const each of seen) taken.add(each)
      return chip
    }
  }
}

/** An old card prints its chip number in decimal, bytes reversed, ten digits. */
export const printedOnOldCard = (chip: Uint8Array): string =>
  String(new DataView(chip.buffer).getUint32(0, true)).padStart(10, '0')
