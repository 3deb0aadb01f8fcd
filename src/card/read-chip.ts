import { type Decision, no, yes } from '../lib/decision.ts'
import { plainWidth } from '../roster/student-number.ts'
import { isLossless, narrow, type ReaderFormat, readerFormats } from './formats.ts'
import { type ChipNumber, type ChipRefusal, parseChipNumber } from './numbers.ts'

/** The formats that keep every byte of four- and of seven-byte chips, so that their text names one card. */
export const losslessFormats: readonly ReaderFormat[] = readerFormats.filter(
  format => isLossless(format, 4) && isLossless(format, 7),
)

/** What a spreadsheet makes of a number: `1.23E+09`, `713233758.0`. */
export const bySpreadsheet = /^\d+([.,]\d+)?E[+-]\d+$|^\d+[.,]\d+E\d+$|^\d+\.0*$/i

export type ChipTextRefusal =
  | 'empty'
  | 'written-by-spreadsheet'
  | 'leading-zeros-lost'
  | 'not-this-format'
  | ChipRefusal

type ReadChip = Decision<{ chip: ChipNumber }, ChipTextRefusal>

const isHex = (format: ReaderFormat): boolean => format === 'be-hex' || format === 'le-hex'

/** How many characters four and seven bytes have in a format. */
const widths = (format: ReaderFormat): readonly [number, number] => (isHex(format) ? [8, 14] : [10, 17])

function readWhole(text: string, format: ReaderFormat): ReadChip {
  if (format === 'be-hex') return parseChipNumber(text)
  const read = narrow(text, format)
  if (!read.ok) return no(read.refusal, { format })
  return read.knows === 'chip' ? yes({ chip: read.chip }) : no('not-this-format', { format })
}

/** A text that would be a chip number with zeros in front, or null. Only figures lose more than one zero. */
function withZeros(text: string, format: ReaderFormat): string | null {
  const width = widths(format).find(each => text.length < each)
  if (width === undefined) return null
  const most = !/^\d+$/.test(text) ? 1 : isHex(format) ? 2 : 5
  if (width - text.length > most) return null
  const perhaps = text.padStart(width, '0')
  return readWhole(perhaps, format).ok ? perhaps : null
}

/**
 * Reads a chip number as a file writes it, in one of the lossless formats. Nothing is guessed: a number that lost its
 * zeros in front is refused, with what it may have been (`facts.perhaps`).
 * Refuses, in this order: nothing there; what a spreadsheet wrote; zeros lost; another format's text; no card's number.
 */
export function readChip(written: string, format: ReaderFormat): ReadChip {
  const plain = plainWidth(written).trim()
  if (plain === '') return no('empty')
  if (bySpreadsheet.test(plain)) return no('written-by-spreadsheet', { example: '1.23E+09' })
  const text = isHex(format) ? plain.replace(/[\s:-]/g, '').toUpperCase() : plain
  if (!(isHex(format) ? /^[0-9A-F]+$/ : /^\d+$/).test(text))
    return isHex(format) ? no('not-hex') : no('not-this-format', { format })
  if (widths(format).includes(text.length)) return readWhole(text, format)
  const perhaps = withZeros(text, format)
  if (perhaps !== null) return no('leading-zeros-lost', { perhaps })
  return isHex(format) ? no('wrong-length', { digits: text.length }) : no('not-this-format', { format })
}
