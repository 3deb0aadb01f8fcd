import { type Decision, no, yes } from '../lib/decision.ts'
import { parseStudentNumber, plainWidth, type StudentNumberShape } from '../roster/student-number.ts'
import { narrow, type ReaderFormat } from './formats.ts'
import { type ChipNumber, type PrintedNumber, type PrintedShape, parsePrintedNumber } from './numbers.ts'
import { meansProxyCode, parseProxyCode } from './proxy-code.ts'

/** What one scan at a desk may be. */
export type ScanCandidate =
  /** A person's proof from the phone: a pickup code or the app's proof, opaque here. */
  | { is: 'proof'; token: string }
  /** The one-time code of who collects for somebody else. */
  | { is: 'proxy-code'; code: string }
  | { is: 'student-number'; studentNumber: string }
  | { is: 'chip'; chip: ChipNumber }
  /** The desk's reader tells only a part: it narrows a search and never identifies a card. */
  | { is: 'part-of-chip'; patterns: readonly string[] }
  | { is: 'printed-number'; printed: PrintedNumber }

export type ScanRefusal =
  | 'nothing-scanned'
  | 'scan-too-long'
  | 'control-character'
  | 'not-ascii'
  | 'damaged-proof'
  | 'damaged-proxy-code'
  | 'cut-seven-byte'
  | 'random-chip'
  | 'blank-chip'
  | 'not-recognised'

/** How this desk reads: the format of its card reader, and the way the campus writes student numbers and prints cards. */
export interface DeskReader {
  readerFormat: ReaderFormat
  studentNumber: StudentNumberShape
  /** Undefined where the programme says nothing: then as most cards are. */
  printedNumber: PrintedShape | undefined
}

/** Longest scan that is read, in characters, without what the reader adds at its end. */
export const longestScan = 64

/** What a proof from a student's phone begins with. */
export const proofPrefix = 'GH1.'

/** What readers put around a scan: start and end of text, Enter, line feed, Tab, blanks. */
const frame = new Set(['\u0002', '\u0003', '\r', '\n', '\t', ' '])

/** A scan without what its reader put around it; what stands between stays. */
function unframed(raw: string): string {
  let from = 0
  let to = raw.length
  while (from < to && frame.has(raw[from]!)) from++
  while (to > from && frame.has(raw[to - 1]!)) to--
  return raw.slice(from, to)
}

/**
 * Says what a raw text from a keyboard-wedge reader can be, most telling first; who or which card it is comes later.
 * Forgives the reader's suffix and full-width characters. Refuses, in this order: nothing; more than 64 characters; a
 * control character inside (two scans ran together); other than ASCII; a proof or a proxy's code that was cut or garbled; the first half
 * of a seven-byte number (this desk's reader is set wrong); anything unknown.
 * A number can be two or three things (a student number, a chip number, a printed number of as many digits): then all are
 * candidates, in this order, and the first that the register knows wins.
 */
export function classifyScan(
  raw: string,
  reader: DeskReader,
): Decision<{ candidates: readonly ScanCandidate[] }, ScanRefusal> {
  if (raw.length > 4 * longestScan) return no('scan-too-long', { most: longestScan })
  const text = plainWidth(unframed(raw)).trim()
  if (text === '') return no('nothing-scanned')
  if (text.length > longestScan) return no('scan-too-long', { most: longestScan })
  if (/\p{Cc}/u.test(text)) return no('control-character')
  if (/[^ -~]/.test(text)) return no('not-ascii')
  if (text.startsWith(proofPrefix)) {
    return /^GH1\.[A-Za-z0-9._-]{8,}$/.test(text)
      ? yes({ candidates: [{ is: 'proof', token: text }] })
      : no('damaged-proof')
  }
  if (meansProxyCode(text)) {
    const read = parseProxyCode(text)
    return read.ok ? yes({ candidates: [{ is: 'proxy-code', code: read.code }] }) : read
  }

  const candidates: ScanCandidate[] = []
  const person = parseStudentNumber(text, reader.studentNumber)
  if (person.ok) candidates.push({ is: 'student-number', studentNumber: person.studentNumber })
  const chip = narrow(text, reader.readerFormat)
  if (chip.ok && chip.knows === 'chip') candidates.push({ is: 'chip', chip: chip.chip })
  const printed = parsePrintedNumber(text, reader.printedNumber)
  const isOwnNumber = printed.ok && printed.printed.prints === 'own-number'
  if (chip.ok && chip.knows === 'part' && !isOwnNumber) {
    candidates.push({ is: 'part-of-chip', patterns: chip.patterns })
  }
  if (printed.ok && (isOwnNumber || !chip.ok))
    candidates.push({ is: 'printed-number', printed: printed.printed })
  const garbled = !chip.ok && isGarbled(chip.refusal) ? chip.refusal : null
  // An old card's decimal is no answer where the reader has just shown that it garbles chip numbers.
  const onlyOldPrinted = printed.ok && !isOwnNumber && candidates.length === 1 && !person.ok
  if (garbled && (onlyOldPrinted || candidates.length === 0))
    return no(garbled, { format: reader.readerFormat })
  if (candidates.length > 0) return yes({ candidates })
  return no('not-recognised', { format: reader.readerFormat, shape: reader.studentNumber })
}

const isGarbled = (refusal: string): refusal is 'cut-seven-byte' | 'random-chip' | 'blank-chip' =>
  refusal === 'cut-seven-byte' || refusal === 'random-chip' || refusal === 'blank-chip'
