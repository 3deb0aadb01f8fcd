import { type Decision, type Facts, no, yes } from '../lib/decision.ts'
import { type CsvRefusal, type CsvRow, lineBreaks, splitRows } from './csv.ts'
import { type DecodeRefusal, decodeTable, type TableEncoding } from './decode.ts'
import { type ColumnRefusal, type ColumnTable, readHeader, shortened, type TableColumns } from './header.ts'

/** Why a whole file is not read. Nothing of it is used. */
export type TableRefusal = DecodeRefusal | CsvRefusal | ColumnRefusal | 'no-rows'

/** A CSV file as a table: its columns by name, its rows as they stand. */
export interface Table<Field extends string> {
  encoding: TableEncoding
  delimiter: string
  columns: TableColumns<Field>
  header: readonly string[]
  rows: readonly CsvRow[]
  /** How many cells a row has. */
  width: number
}

/** One thing wrong in a row: which field (null: the row itself), why, and the start of what stands there. */
export interface TableFault<Field extends string, Refusal extends string> {
  field: Field | null
  refusal: Refusal
  shown: string
  facts: Facts
}

/**
 * Reads a file as a table of these columns. Refuses the whole file where not even the rows can be trusted: its
 * encoding, its quotation marks, its columns.
 */
export function readTable<Field extends string>(
  bytes: Uint8Array,
  columns: ColumnTable<Field>,
): Decision<{ table: Table<Field> }, TableRefusal> {
  const decoded = decodeTable(bytes)
  if (!decoded.ok) return decoded
  const split = splitRows(decoded.text)
  if (!split.ok) return split
  const [header, ...rows] = split.rows
  if (!header) return no('empty-file')
  const read = readHeader(split.rows.slice(0, 6), columns)
  if (!read.ok) return read
  // A column that is left aside has a name, and no rows within it.
  const swallows = (cell: string, at: number) =>
    lineBreaks(cell) > 0 && cell.includes(split.delimiter) && ![...read.places.values()].includes(at)
  if (header.cells.some(swallows)) return no('broken-quotes', { line: header.line })
  if (rows.length === 0) return no('no-rows')
  return yes({
    table: {
      encoding: decoded.encoding,
      delimiter: split.delimiter,
      columns: { places: read.places, ignored: read.ignored },
      header: header.cells,
      rows,
      width: header.cells.findLastIndex(cell => cell.trim() !== '') + 1,
    },
  })
}

/** A row with fewer or more cells than the header: its cells may be shifted, so that none of them is trusted. */
function shiftedCells(cells: readonly string[], width: number): TableFault<never, 'wrong-cell-count'> | null {
  if (cells.length >= width && cells.slice(width).every(cell => cell.trim() === '')) return null
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
  { width, header, columns }: Pick<Table<string>, 'width' | 'header' | 'columns'>,
): { shifted: boolean; faults: TableFault<never, 'wrong-cell-count' | 'over-lines'>[] } {
  const shifted = shiftedCells(cells, width)
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
  const byKey = new Map<string, Row[]>()
  for (const row of rows) {
    const key = keyOf(row)
    if (key === null) continue
    const known = byKey.get(key)
    if (known) known.push(row)
    else byKey.set(key, [row])
  }
  const found = new Map<Row, { line: number; times: number }>()
  for (const same of byKey.values()) {
    if (same.length < 2) continue
    for (const row of same)
      found.set(row, { line: (same[0] === row ? same[1]! : same[0]!).line, times: same.length })
  }
  return found
}
