import { narrow, type ReaderFormat, readerFormats } from '../card/formats.ts'
import type { ChipRefusal } from '../card/numbers.ts'
import { printChipNumber } from '../card/numbers.ts'
import { type Decision, no, yes } from '../lib/decision.ts'
import { plainWidth } from '../roster/student-number.ts'

/** Longest number that the lab reads, in characters. */
export const longestNumber = 40

export type LabRefusal = 'nothing-typed' | 'no-number'

/** A number taken as decimal or as hexadecimal digits, and what else is written for the same bits. */
export interface TakenAs {
  as: 'decimal' | 'hexadecimal'
  decimal: string
  hex: string
  /** The same bytes, last first. */
  reversedDecimal: string
  reversedHex: string
  /** Its last 24 bits as Wiegand-26 has them: facility and number. */
  facility: number
  inFacility: number
}

/** What the number would be as a reader of one format sends it. */
export interface Reading {
  format: ReaderFormat
  /** Chips in hexadecimal, `??` for bytes that such a reader does not tell. */
  patterns: readonly string[]
  /** The chip is told whole: such a reader identifies a card. */
  whole: boolean
}

/** A format in which the number can be no chip's, though it has the form. */
export interface UnfitReading {
  format: ReaderFormat
  refusal: ChipRefusal
}

export interface Readings {
  text: string
  taken: TakenAs[]
  readings: Reading[]
  unfit: UnfitReading[]
}

function takenAs(as: TakenAs['as'], value: bigint): TakenAs {
  const digits = value.toString(16).toUpperCase()
  const hex = digits.padStart(Math.max(8, digits.length + (digits.length % 2)), '0')
  const reversedHex = hex.match(/../g)!.toReversed().join('')
  const low = Number(value & 0xffffffn)
  return {
    as,
    decimal: value.toString(),
    hex,
    reversedDecimal: BigInt(`0x${reversedHex}`).toString(),
    reversedHex,
    facility: low >> 16,
    inFacility: low & 0xffff,
  }
}

/** Numbers longer than any chip's are no card's: 64 bits hold the longest. */
const mostBits = 64n

/**
 * Everything that a typed or scanned number can mean: as digits, and in each number format that Gatehouse knows. Full-width
 * characters and separators between bytes are forgiven. Refuses nothing typed, and what is no number at all.
 */
export function readingsOf(typed: string): Decision<{ read: Readings }, LabRefusal> {
  const text = plainWidth(typed).trim()
  if (text === '') return no('nothing-typed')
  const joined = text.replace(/(?<=[0-9A-Fa-f]{2})[\s:-](?=[0-9A-Fa-f]{2})/g, '')
  const taken: TakenAs[] = []
  const digits = /^[0-9]+$/.test(joined) && BigInt(joined) >> mostBits === 0n
  if (digits) taken.push(takenAs('decimal', BigInt(joined)))
  if (/^([0-9A-Fa-f]{2}){3,8}$/.test(joined)) taken.push(takenAs('hexadecimal', BigInt(`0x${joined}`)))

  const readings: Reading[] = []
  const unfit: UnfitReading[] = []
  for (const format of readerFormats) {
    const told = narrow(joined, format)
    if (!told.ok) {
      if (told.refusal !== 'not-this-format') unfit.push({ format, refusal: told.refusal })
    } else if (told.knows === 'chip')
      readings.push({ format, patterns: [printChipNumber(told.chip)], whole: true })
    else readings.push({ format, patterns: told.patterns, whole: false })
  }
  if (taken.length + readings.length + unfit.length === 0) return no('no-number')
  return yes({ read: { text: joined, taken, readings, unfit } })
}

/** The numbers under which controllers may know it: as digits say it, within their 32 bits. */
export const atControllers = ({ taken }: Pick<Readings, 'taken'>): number[] => [
  ...new Set(
    taken.map(({ decimal }) => Number(decimal)).filter(number => number > 0 && number <= 0xffffffff),
  ),
]
