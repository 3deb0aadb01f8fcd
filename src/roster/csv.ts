import { CsvError, parse } from 'csv-parse/sync'
import { type Decision, no, yes } from '../lib/decision.ts'

export type CsvRefusal =
  | 'unclosed-quote'
  | 'row-too-long'
  | 'broken-quotes'
  | 'too-many-rows'
  | 'too-many-cells'

/** Most rows of a file, and the longest row in characters; beyond these a file is refused, not cut. */
export const mostRows = 200_000
export const longestRow = 16_384

/** Most cells of a file: twenty for each of 200,000 rows. */
export const mostCells = 4_000_000

/** One row of a file: the line on which it begins (from 1) and its cells as they stand. */
export interface CsvRow {
  line: number
  cells: readonly string[]
}

/** The rows of a file in its order, to be walked as often as somebody likes. */
export interface Rows extends Iterable<CsvRow> {
  readonly length: number
}

/** The sign between the cells of the first line: a comma, a tab (Excel's "Unicode text") or a semicolon. */
function delimiterOf(text: string): string {
  const end = text.search(/[\r\n]/)
  const first = text.slice(0, Math.min(end < 0 ? text.length : end, longestRow))
  const count = (sign: string) => first.split(sign).length
  return [',', '\t', ';'].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ',')
}

const lineFeed = 10
const carriageReturn = 13

/**
 * Walks a text once, before anything is made of it: a parser counts what stands in cells and not the signs between
 * them, so that millions of empty cells in one row would keep everybody waiting. Line and cell are counted as if there
 * were no quotation marks.
 */
function tooMuch(text: string, delimiter: string): Decision<object, CsvRefusal> {
  const between = delimiter.charCodeAt(0)
  let line = 1
  let begins = 0
  let cells = 0
  for (let at = 0; at <= text.length; at++) {
    if (at - begins > longestRow) return no('row-too-long', { line, most: longestRow })
    const sign = text.charCodeAt(at)
    if (sign === between && ++cells > mostCells) return no('too-many-cells', { most: mostCells })
    if (sign !== lineFeed && sign !== carriageReturn) continue
    begins = at + 1
    // CR LF is one end of a line, told at its LF.
    if (sign !== carriageReturn || text.charCodeAt(begins) !== lineFeed) line++
  }
  return yes({})
}

/** Who takes the rows of a text, each as soon as it is read. */
export type TakeRow = (row: CsvRow) => void

/** Splits a text into rows and keeps them together; refuses what `walkRows` refuses. */
export function splitRows(
  text: string,
): Decision<{ rows: readonly CsvRow[]; delimiter: string }, CsvRefusal> {
  const rows: CsvRow[] = []
  const walked = walkRows(text, row => rows.push(row))
  return walked.ok ? yes({ rows, delimiter: walked.delimiter }) : walked
}

/**
 * Splits a text into rows (RFC 4180; any line ends, also mixed; blank rows left out), which `take` is handed one by one; of a
 * text that is refused some may have been handed out already.
 * Refuses a quotation mark that is never closed and a row beyond 16,384 characters (what a lost quotation mark looks
 * like) or a line as long, each with its line, and more than 4,000,000 cells or 200,000 rows.
 */
export function walkRows(text: string, take: TakeRow): Decision<{ delimiter: string }, CsvRefusal> {
  const delimiter = delimiterOf(text)
  const bounded = tooMuch(text, delimiter)
  if (!bounded.ok) return bounded
  if (!text.includes('"')) return walkPlainRows(text, delimiter, take)
  try {
    let read = 0
    // One sign ends a line: of CR LF inside quotation marks the parser would count two lines.
    parse(text.replaceAll('\r\n', '\n'), {
      delimiter,
      bom: true,
      record_delimiter: ['\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: longestRow,
      to: mostRows + 2,
      on_record: (cells: string[], { lines }) => {
        read++
        if (cells.some(cell => cell.trim() !== '')) take({ line: lines - linesInside(cells), cells })
        return null
      },
    })
    if (read > mostRows + 1) return no('too-many-rows', { most: mostRows })
    return yes({ delimiter })
  } catch (fault) {
    if (!(fault instanceof CsvError)) throw fault
    const line = Number(fault.lines ?? 0)
    if (fault.code === 'CSV_QUOTE_NOT_CLOSED') return no('unclosed-quote', { line })
    if (fault.code === 'CSV_MAX_RECORD_SIZE') return no('row-too-long', { line, most: longestRow })
    return no('broken-quotes', { line })
  }
}

/** A text without any quotation mark, as nearly all are, is its lines and what stands between their signs: ten times as fast. */
function walkPlainRows(
  text: string,
  delimiter: string,
  take: TakeRow,
): Decision<{ delimiter: string }, CsvRefusal> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  let read = 0
  for (const [at, content] of lines.entries()) {
    if (content === '') continue
    if (++read > mostRows + 1) return no('too-many-rows', { most: mostRows })
    const cells = content.split(delimiter)
    if (cells.some(cell => cell.trim() !== '')) take({ line: at + 1, cells })
  }
  return yes({ delimiter })
}

/** How many ends of a line stand inside a cell. */
export const lineBreaks = (cell: string): number => {
  if (!cell.includes('\n') && !cell.includes('\r')) return 0
  return cell.match(/\r\n|\r|\n/g)?.length ?? 0
}

const linesInside = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + lineBreaks(cell), 0)
