import { type Decision, no, yes } from '../lib/decision.ts'

/**
 * A card's chip number: the 4 or 7 bytes that the chip itself answers with, in the order it sends them (ISO/IEC 14443-3).
 * Kept as bytes with their length, never as a decimal: every reader makes another decimal of the same bytes.
 */
export type ChipNumber = Uint8Array

export type ChipRefusal = 'not-hex' | 'wrong-length' | 'blank-chip' | 'cut-seven-byte' | 'random-chip'

/** First byte of a cut seven-byte number: the cascade tag of ISO/IEC 14443-3, never the start of a whole number. */
export const cascadeTag = 0x88

/**
 * Says whether these bytes can be one card's chip number.
 * Refuses a length other than 4 or 7; all zeros or all ones; four bytes that begin with 0x88 (a seven-byte number that a
 * reader cut to three bytes) and four bytes that begin with 0x08 (a phone or privacy card invents them anew at each tap).
 */
export function checkChipNumber(bytes: Uint8Array): Decision<{ chip: ChipNumber }, ChipRefusal> {
  if (bytes.length !== 4 && bytes.length !== 7) return no('wrong-length', { bytes: bytes.length })
  if (bytes.every(byte => byte === 0) || bytes.every(byte => byte === 0xff)) return no('blank-chip')
  if (bytes.length === 4 && bytes[0] === cascadeTag) return no('cut-seven-byte')
  if (bytes.length === 4 && bytes[0] === 0x08) return no('random-chip')
  return yes({ chip: bytes })
}

/** Reads a chip number from hexadecimal, with or without spaces, colons or hyphens between the bytes. */
export function parseChipNumber(text: string): Decision<{ chip: ChipNumber }, ChipRefusal> {
  const digits = text.trim().replace(/[\s:-]/g, '')
  if (digits.length > 64 || !/^([0-9a-fA-F]{2})+$/.test(digits)) return no('not-hex')
  return checkChipNumber(Uint8Array.fromHex(digits))
}

/** Writes a chip number as capital hexadecimal without separators, the order of the bytes as the chip sends them. */
export const printChipNumber = (chip: ChipNumber): string => Uint8Array.from(chip).toHex().toUpperCase()

/** Says whether two chip numbers are the same bytes and the same length. */
export const sameChip = (one: ChipNumber, other: ChipNumber): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at])

/** What a screen shows of a chip number: its length and the last two bytes, enough to compare and too little to copy. */
export const masked = (chip: ChipNumber): string => {
  const hex = printChipNumber(chip)
  return '•'.repeat(hex.length - 4) + hex.slice(-4)
}

/** How many digits a campus prints on its cards; no count stands in both lists. */
export interface PrintedShape {
  /** Of numbers of their own, which cannot be computed from the chip number. */
  digits: readonly number[]
  /** Of the chip number itself in decimal, as older cards print it. */
  chipInDecimal: readonly number[]
}

/** What cards print where the programme says nothing: 16 digits; the chip number in decimal on older ones (domain facts 4.1). */
export const usualPrinted: PrintedShape = { digits: [16], chipInDecimal: [8, 9, 10] }

/** The number printed on a card: one of its own, or the chip number in decimal. */
export interface PrintedNumber {
  digits: string
  prints: 'own-number' | 'chip-in-decimal'
}

export type PrintedRefusal = 'not-digits' | 'wrong-digit-count'

/**
 * Reads a number printed on a card of this campus; spaces and hyphens between groups are forgiven. Refuses letters, and
 * other digit counts than the campus's (`facts` names how many there are, and the campus's two lists).
 */
export function parsePrintedNumber(
  text: string,
  { digits: own, chipInDecimal }: PrintedShape = usualPrinted,
): Decision<{ printed: PrintedNumber }, PrintedRefusal> {
  const digits = text.trim().replace(/[\s-]/g, '')
  if (!/^[0-9]+$/.test(digits)) return no('not-digits')
  if (own.includes(digits.length)) return yes({ printed: { digits, prints: 'own-number' } })
  if (chipInDecimal.includes(digits.length)) return yes({ printed: { digits, prints: 'chip-in-decimal' } })
  return no('wrong-digit-count', {
    digits: digits.length,
    own: own.join(),
    chipInDecimal: chipInDecimal.join(),
  })
}

/**
 * A printed number as a receipt masks it, whatever the programme says of its length today: of up to 10 digits the 5th to
 * 7th from the right are hidden (`6611651733` becomes `661***1733`), of more all but the last 5 and at most the first 5.
 */
export function maskedPrinted(digits: string): string {
  const long = digits.length > 10
  const last = long ? 5 : 4
  const first = Math.max(0, Math.min(5, digits.length - last - (long ? 6 : 3)))
  return `${digits.slice(0, first)}${'*'.repeat(Math.max(0, digits.length - first - last))}${digits.slice(-last)}`
}

/** The last four digits that are printed on a card, by which people tell their cards apart; null where none are printed. */
export const endingOf = (printedNumber: string | null): string | null => printedNumber?.slice(-4) ?? null
