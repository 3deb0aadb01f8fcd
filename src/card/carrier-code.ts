import { createHash } from 'node:crypto'
import { type Decision, no, yes } from '../lib/decision.ts'
import { type ChipNumber, printChipNumber } from './numbers.ts'

/** Letters and digits that cannot be taken for each other: Crockford's base 32, five bits each. */
export const codeLetters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const alphabet = new RegExp(`^[${codeLetters}]+$`)

/** A typed code without what people put into it: spaces, dashes, small letters, O for 0, I and L for 1. */
export const plainCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/[\s\-–—_.]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')

/** At least 50 bits, so that nobody guesses one; at most what fits on a letter. */
export const shortestCode = 10
const longestCode = 20

/**
 * The code on the letter that a card is sent or handed over with, as people type it: small letters, spaces, dashes,
 * full-width characters, O for 0 and I or L for 1 are forgiven.
 */
export function parseCarrierCode(typed: string): Decision<{ code: string }, 'not-a-carrier-code'> {
  const code = plainCode(typed)
  const fits = code.length >= shortestCode && code.length <= longestCode && alphabet.test(code)
  return fits ? yes({ code }) : no('not-a-carrier-code', { least: shortestCode })
}

/** What is kept of a code: it cannot be read back, and counts for this card alone. */
export const carrierCodeHash = (chip: ChipNumber, code: string): Buffer =>
  createHash('sha256')
    .update(`carrier ${printChipNumber(chip)} ${code}`)
    .digest()
