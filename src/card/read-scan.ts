import { type Decision, no, yes } from '../lib/decision.ts'
import type { ReaderFormat } from './formats.ts'
import { type ChipNumber, type PrintedNumber, printChipNumber } from './numbers.ts'
import { losslessFormats } from './read-chip.ts'
import { classifyScan, type DeskReader, type ScanRefusal } from './scan.ts'

/**
 * The formats a desk's reader may be set to: those that keep every byte. The reader hangs on one computer, so the
 * setting does too: the desk's screen keeps it and sends it with each scan.
 */
export const deskFormats: readonly ReaderFormat[] = losslessFormats

/** What most keyboard readers send when they come out of their box. */
export const usualDeskFormat: ReaderFormat = 'le-dec-10'

/** What one scan may be, most telling first; the register decides which of them it is. */
export type MayBe =
  | { is: 'student-number'; studentNumber: string }
  | { is: 'proof'; proof: string }
  | { is: 'proxy-code'; code: string }
  | { is: 'chip'; chip: ChipNumber }
  | { is: 'printed-number'; printed: PrintedNumber }

/**
 * Reads a scan in this desk's format; a chip number in hexadecimal is understood at every desk, since other
 * programs show it so. An old card prints its chip number in decimal, so typing that number is like reading the card.
 */
export function readScan(
  scan: string,
  desk: DeskReader,
): Decision<{ candidates: readonly MayBe[] }, ScanRefusal> {
  const here = classifyScan(scan, desk)
  const inHex = classifyScan(scan, { ...desk, readerFormat: 'be-hex' })
  const candidates: MayBe[] = []
  for (const candidate of here.ok ? here.candidates : []) {
    if (candidate.is === 'proof') candidates.push({ is: 'proof', proof: candidate.token })
    else if (candidate.is !== 'part-of-chip') candidates.push(candidate)
  }
  for (const candidate of inHex.ok ? inHex.candidates : []) {
    if (candidate.is !== 'chip') continue
    const hex = printChipNumber(candidate.chip)
    if (!candidates.some(known => known.is === 'chip' && printChipNumber(known.chip) === hex))
      candidates.push(candidate)
  }
  if (candidates.length > 0) return yes({ candidates })
  if (here.ok) return no('not-recognised', { format: desk.readerFormat, shape: desk.studentNumber })
  // "Not recognised" of the desk's format says less than what the hexadecimal reading found.
  return here.refusal === 'not-recognised' && !inHex.ok && inHex.refusal !== 'not-recognised' ? inHex : here
}
