import { type Decision, type Facts, no, yes } from '../lib/decision.ts'
import { type CsvRefusal, type CsvRow, lineBreaks, type Rows, type TakeRow, walkRows } from './csv.ts'
import { type ChosenEncoding, type DecodeRefusal, decodeTable, type TableEncoding } from './decode.ts'
import {
  type ColumnRefusal,
  type ColumnTable,
  readHeader,
  type SaidHeaders,
  shortened,
  type TableColumns,
} from './header.ts'
import type { WorkbookRefusal } from './workbook-check.ts'

/** Why a file is not even opened as rows of cells. */
export type OpenRefusal = DecodeRefusal | CsvRefusal | WorkbookRefusal | 'workbook-takes-too-long'

/** Why a whole file is not read. Nothing of it is used. */
export type TableRefusal = OpenRefusal | ColumnRefusal | 'no-rows'

/** What the office says of a file where it knows better than what was recognised; null: as recognised. */
export interface ReadAs {
  encoding: ChosenEncoding | null
  /** Which sheet of a workbook, from 1. */
  sheet: number | null
}

export const asRecognised: ReadAs = { encoding: null, sheet: null }

/** A file as rows of cells; nobody has asked yet what they mean. */
export interface OpenedFile {
  encoding: TableEncoding | 'xlsx'
  delimiter: string
  /** The sheet that was read and all there are; none in a CSV. */
  sheet: string | null
  sheets: readonly string[]
  rows: Rows
}

/** A file as a table: its columns by name, its rows as they stand. */
export interface Table<Field extends string> extends Omit<OpenedFile, 'rows'> {
  columns: TableColumns<Field>
  header: readonly string[]
  rows: Rows
  /** How many cells a row has. */
  width: number
}

/** Everything of a table but its rows. */
export type TableHead<Field extends string> = Omit<Table<Field>, 'rows'>

/** One thing wrong in a row: which field (null: the row itself), why, and the start of what stands there. */
export interface TableFault<Field extends string, Refusal extends string> {
  field: Field | null
  refusal: Refusal
  shown: string
  facts: Facts
}

/** A CSV file as rows of cells. Refuses an encoding that is not read, and quotation marks that cannot be trusted. */
export function openText(
  bytes: Uint8Array,
  readAs: ReadAs = asRecognised,
): Decision<{ opened: OpenedFile }, DecodeRefusal | CsvRefusal> {
  const rows: CsvRow[] = []
  const walked = walkText(bytes, readAs, row => rows.push(row))
  return walked.ok ? yes({ opened: { ...walked.opened, rows } }) : walked
}

/** The same, where the rows are not kept together: `take` is handed one by one. */
export function walkText(
  bytes: Uint8Array,
  { encoding }: ReadAs,
  take: TakeRow,
): Decision<{ opened: Omit<OpenedFile, 'rows'> }, DecodeRefusal | CsvRefusal> {
  const decoded = decodeTable(bytes, encoding)
  if (!decoded.ok) return decoded
  const walked = walkRows(decoded.text, take)
  if (!walked.ok) return walked
  const { delimiter } = walked
  return yes({ opened: { encoding: decoded.encoding, delimiter, sheet: null, sheets: [] } })
}

/**
 * Finds the columns of an opened file; `said` is what the office has said of headers. Refuses where not even the rows
 * can be trusted.
 */
export function tableOf<Field extends string>(
  { rows: all, ...opened }: OpenedFile,
  columns: ColumnTable<Field>,
  said: SaidHeaders<Field> = new Map(),
): Decision<{ table: Table<Field> }, TableRefusal> {
  const first = Iterator.from(all).take(6).toArray()
  const [header] = first
  if (!header) return no('empty-file')
  const read = readHeader(first, columns, said)
  if (!read.ok) return read
  // A column that is left aside has a name, and no rows within it.
  const swallows = (cell: string, at: number) =>
    lineBreaks(cell) > 0 && cell.includes(opened.delimiter) && ![...read.places.values()].includes(at)
  if (opened.encoding !== 'xlsx' && header.cells.some(swallows))
    return no('broken-quotes', { line: header.line })
  if (all.length === 1) return no('no-rows')
  const rows = { length: all.length - 1, [Symbol.iterator]: () => Iterator.from(all).drop(1) }
  const width = header.cells.findLastIndex(cell => cell.trim() !== '') + 1
  const { places, ignored, remembered } = read
  return yes({
    table: { ...opened, columns: { places, ignored, remembered }, header: header.cells, rows, width },
  })
}

/** Reads a CSV file as a table of these columns; refuses what `openText` and `tableOf` refuse. */
export function readTable<Field extends string>(
  bytes: Uint8Array,
  columns: ColumnTable<Field>,
): Decision<{ table: Table<Field> }, TableRefusal> {
  const text = openText(bytes)
  return text.ok ? tableOf(text.opened, columns) : text
}

/**
 * A row with fewer or more cells than the header: its cells may be shifted, so that none of them is trusted. In a workbook
 * each cell says its column, and blank ones at the end are left out: fewer are none that is lost.
 */
function shiftedCells(
  cells: readonly string[],
  { width, encoding }: Pick<Table<string>, 'width' | 'encoding'>,
): TableFault<never, 'wrong-cell-count'> | null {
  if ((cells.length >= width || encoding === 'xlsx') && cells.slice(width).every(cell => cell.trim() === ''))
    return null
  const facts = { cells: cells.length, expected: width }
  return { field: null, refusal: 'wrong-cell-count', shown: shortened(cells.join(',')), facts }
}

/**
 * What is wrong with a row whatever its columns mean: cells that may be shifted (then `shifted`, and none of them is
 * trusted); a line break in a cell that is left aside, into which a lost quotation mark may have drawn whole rows. Those
 * of the columns that are read are told by cells.ts.
 */
export function rowFaults(
  { line, cells }: CsvRow,
  table: Pick<Table<string>, 'width' | 'header' | 'columns' | 'encoding'>,
): { shifted: boolean; faults: TableFault<never, 'wrong-cell-count' | 'over-lines'>[] } {
  const { header, columns } = table
  const shifted = shiftedCells(cells, table)
  const read = new Set(shifted ? [] : columns.places.values())
  let until = line
  const overLines = cells.flatMap((cell, at): TableFault<never, 'over-lines'>[] => {
    const from = until
    until += lineBreaks(cell)
    if (until === from || read.has(at)) return []
    const facts = { column: header[at]?.trim() || String(at + 1), from, until }
    return [{ field: null, refusal: 'over-lines', shown: shortened(cell), facts }]
  })
  return { shifted: shifted !== null, faults: [...(shifted ? [shifted] : []), ...overLines] }
}

/** For each row whose key occurs more than once in a file: another line that has it too, and how often it occurs. */
export function sameElsewhere<Row extends { line: number }>(
  rows: readonly Row[],
  keyOf: (row: Row) => string | null,
): Map<Row, { line: number; times: number }> {
  const [seen, twice] = [new Set<string>(), new Set<string>()]
  for (const row of rows) {
    const key = keyOf(row)
    if (key !== null && seen.has(key)) twice.add(key)
    else if (key !== null) seen.add(key)
  }
  const byKey = new Map<string, Row[]>()
  for (const row of twice.size === 0 ? [] : rows) {
    const key = keyOf(row)
    if (key === null || !twice.has(key)) continue
    const known = byKey.get(key)
    if (known) known.push(row)
    else byKey.set(key, [row])
  }
  const found = new Map<Row, { line: number; times: number }>()
  for (const same of byKey.values()) {
    for (const row of same)
      found.set(row, { line: (same[0] === row ? same[1]! : same[0]!).line, times: same.length })
  }
  return found
}
