import iconv from 'iconv-lite'
import { type Decision, no, yes } from '../lib/decision.ts'

/** The encodings of CSV files that are recognised; `big5` is what Excel on a Taiwanese Windows calls CSV (CP950). */
export type TableEncoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'big5'

export type DecodeRefusal =
  | 'empty-file'
  | 'file-too-large'
  | 'spreadsheet-file'
  | 'not-a-text-file'
  | 'utf-16-without-mark'
  | 'nul-characters'
  | 'damaged-text'
  | 'simplified-chinese-encoding'
  | 'japanese-encoding'
  | 'unknown-encoding'

/** Largest CSV file that is read, in bytes: 20 MB, a roster of about 150,000 people. */
export const largestTableBytes = 20 * 1024 * 1024

/** What the office says a file is written in where it knows better than what was recognised. */
export const tableEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'big5'] as const
export type ChosenEncoding = (typeof tableEncodings)[number]

/** First bytes of files that clerks take for CSV because of their name. */
const signatures: readonly [hex: string, refusal: DecodeRefusal, is: string][] = [
  ['504b0304', 'spreadsheet-file', 'xlsx'],
  ['504b0506', 'not-a-text-file', 'zip'],
  ['d0cf11e0', 'spreadsheet-file', 'xls'],
  ['25504446', 'not-a-text-file', 'pdf'],
  ['1f8b', 'not-a-text-file', 'gzip'],
  ['89504e47', 'not-a-text-file', 'png'],
  ['ffd8ff', 'not-a-text-file', 'jpeg'],
]

const starts = (bytes: Uint8Array, hex: string) => bytes.subarray(0, hex.length / 2).toHex() === hex

/** A text in the encoding that somebody chose. Refuses what that encoding cannot be. */
function decodeAs(bytes: Uint8Array, encoding: ChosenEncoding): Decision<Decoded, DecodeRefusal> {
  if (encoding === 'big5') {
    const text = iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 'big5')
    return text.includes('\uFFFD') ? no('damaged-text', { encoding }) : yes({ text, encoding })
  }
  if (encoding !== 'utf-8') return decodeUtf16(bytes, encoding)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? no('nul-characters') : yes({ text, encoding })
  } catch {
    return no('damaged-text', { encoding })
  }
}

function decodeUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Decision<Decoded, DecodeRefusal> {
  const text = bytes.length % 2 === 0 ? new TextDecoder(encoding).decode(bytes) : null
  if (text === null || text.includes('\uFFFD')) return no('damaged-text', { encoding })
  return text.includes('\0') ? no('nul-characters') : yes({ text, encoding })
}

interface Decoded {
  text: string
  encoding: TableEncoding
}

/** The share of two-byte characters outside the rows where everyday Big5 characters stand. */
function rareShare(bytes: Uint8Array): number {
  let pairs = 0
  let rare = 0
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at]!
    if (lead < 0x80) continue
    pairs++
    if (lead < 0xa1 || lead > 0xc6) rare++
    at++
  }
  return pairs === 0 ? 0 : rare / pairs
}

/**
 * Text that is not UTF-8. A file names itself: its first line says 學號 or 姓名 in the right encoding only. Where the
 * header is English, everyday characters decide.
 */
function decodeOlder(bytes: Uint8Array): Decision<Decoded, DecodeRefusal> {
  const head = Buffer.from(bytes.subarray(0, 4096))
  const says = (encoding: string, words: RegExp) => words.test(iconv.decode(head, encoding))
  const text = iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 'big5')
  if (!says('big5', /學號|姓名|系所|學籍/)) {
    if (says('gb18030', /學號|学号|姓名|系所|学籍/)) return no('simplified-chinese-encoding')
    if (says('shift_jis', /学籍番号|学生番号|氏名/)) return no('japanese-encoding')
    if (rareShare(bytes) > 0.25) return no('unknown-encoding')
  }
  if (text.includes('\uFFFD')) return no('unknown-encoding')
  return yes({ text, encoding: 'big5' })
}

/**
 * Turns a file into text and says which encoding it recognised.
 * Refuses, in this order: an empty file; more than 20 MB; a spreadsheet, an archive, a picture under the name of a CSV;
 * UTF-16 without its mark, NUL characters; UTF-16 or UTF-8 that was cut or damaged; other encodings, by name where known.
 * Where somebody has `chosen` an encoding, it is read as that or not at all.
 */
export function decodeTable(
  bytes: Uint8Array,
  chosen: ChosenEncoding | null = null,
): Decision<Decoded, DecodeRefusal> {
  if (bytes.length === 0) return no('empty-file')
  if (bytes.length > largestTableBytes)
    return no('file-too-large', { bytes: bytes.length, most: largestTableBytes })
  for (const [hex, refusal, is] of signatures) if (starts(bytes, hex)) return no(refusal, { is })
  if (chosen !== null) return decodeAs(bytes, chosen)
  if (starts(bytes, 'fffe')) return decodeUtf16(bytes, 'utf-16le')
  if (starts(bytes, 'feff')) return decodeUtf16(bytes, 'utf-16be')
  const head = bytes.subarray(0, 4096)
  const zeros = head.reduce((sum, byte) => sum + (byte === 0 ? 1 : 0), 0)
  if (zeros > head.length / 8) return no('utf-16-without-mark')
  if (bytes.includes(0)) return no('nul-characters')
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (text.trim() === '') return no('empty-file')
    return yes({ text, encoding: starts(bytes, 'efbbbf') ? 'utf-8-bom' : 'utf-8' })
  } catch {
    return starts(bytes, 'efbbbf') ? no('damaged-text', { encoding: 'utf-8' }) : decodeOlder(bytes)
  }
}
