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

/**
 * The number printed on a card. Current cards print 16 digits that cannot be computed from the chip number; older cards
 * print the chip number in decimal, 8 to 10 digits (domain facts 4.1).
 */
export interface PrintedNumber {
  digits: string
  prints: 'purse-number' | 'chip-in-decimal'
}

export type PrintedRefusal = 'not-digits' | 'wrong-digit-count'

/** Reads a printed number; spaces and hyphens between groups are forgiven. Refuses letters and other digit counts. */
export function parsePrintedNumber(text: string): Decision<{ printed: PrintedNumber }, PrintedRefusal> {
  const digits = text.trim().replace(/[\s-]/g, '')
  if (!/^[0-9]+$/.test(digits)) return no('not-digits')
  if (digits.length === 16) return yes({ printed: { digits, prints: 'purse-number' } })
  if (digits.length < 8 || digits.length > 10) return no('wrong-digit-count', { digits: digits.length })
  return yes({ printed: { digits, prints: 'chip-in-decimal' } })
}

/**
 * A printed number as a receipt masks it: digits 6 to 11 of the 16, or the 5th to 7th digit from the right of an older
 * card's 8 to 10 (`6611651733` becomes `661***1733`).
 */
export function maskedPrinted({ digits, prints }: PrintedNumber): string {
  if (prints === 'purse-number') return `${digits.slice(0, 5)}******${digits.slice(11)}`
  return `${digits.slice(0, -7)}***${digits.slice(-4)}`
}

/** The last four digits that are printed on a card, by which people tell their cards apart; null where none are printed. */
export const endingOf = (printedNumber: string | null): string | null => printedNumber?.slice(-4) ?? null
