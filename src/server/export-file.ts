import { writeXlsxStream } from 'hucre/xlsx'
import { type Decision, no, yes } from '../lib/decision.ts'
import { encodeText, survives } from '../lib/encoding.ts'
import { csvRow } from '../lib/spreadsheet-guard.ts'
import { cellOf, type ExportColumn, type ExportLook, formatOf, headerOf, widthOf } from './export-columns.ts'

/** As what a list can be had: a spreadsheet; CSV in UTF-8 with its mark; CSV for old systems, as Windows of Taiwan writes Big5. */
export const exportFormats = ['xlsx', 'csv', 'big5'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Most rows, and most bytes, of an exported file; what has more is refused, not cut. */
export const mostExported = 200_000
export const mostExportedBytes = 64 * 1024 * 1024

/** A list while it is written. */
export interface Exporting<Row> {
  columns: readonly ExportColumn<Row>[]
  rows: AsyncIterable<Row> | Iterable<Row>
  look: ExportLook
  /** The name of the spreadsheet's sheet. */
  title: string
}

/** A list as a file. */
export interface Exported {
  chunks: readonly Uint8Array[]
  bytes: number
  rows: number
}

/** A list has more rows, or becomes a larger file, than is written. */
class TooLarge extends Error {}

/** How many rows are looked at to know how wide columns are. */
const rowsMeasured = 200
const narrowest = 8
const widest = 60

/** The first rows of a list, and all of them. */
async function firstOf<Row>(
  rows: AsyncIterable<Row> | Iterable<Row>,
): Promise<{ first: Row[]; all: () => AsyncGenerator<Row> }> {
  const first: Row[] = []
  const iterator = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]()
  let ended = false
  while (first.length < rowsMeasured && !ended) {
    const next = await iterator.next()
    if (next.done) ended = true
    else first.push(next.value)
  }
  async function* all() {
    yield* first
    if (ended) return
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
  }
  return { first, all }
}

async function* counted<Row>(rows: AsyncIterable<Row>, count: { rows: number }): AsyncGenerator<Row> {
  for await (const row of rows) {
    if (++count.rows > mostExported) throw new TooLarge()
    yield row
  }
}

/**
 * A literal `_x0041_` in a text is how a workbook escapes a character: it is escaped itself, so that it stays what it is.
 */
const plainInSheet = (value: string | number | Date | null): string | number | Date | null =>
  typeof value === 'string' ? value.replace(/_x(?=[0-9A-Fa-f]{4}_)/g, '_x005F_x') : value

async function* sheetOf<Row>({ columns, rows, look, title }: Exporting<Row>, count: { rows: number }) {
  const { first, all } = await firstOf(rows)
  const widths = columns.map(column =>
    Math.max(
      widthOf(headerOf(column, look)),
      ...first.map(row => widthOf(cellOf(column, row, look).text.slice(0, widest))),
      'moment' in column ? 19 : narrowest,
    ),
  )
  async function* cells() {
    for await (const row of counted(all(), count))
      yield columns.map(column => plainInSheet(cellOf(column, row, look).value))
  }
  const stream = writeXlsxStream(cells(), {
    name: title.replace(/[[\]:*?/\\']/g, ' ').slice(0, 31),
    columns: columns.map((column, at) => ({
      header: headerOf(column, look),
      numFmt: formatOf(column, look),
      width: Math.min(widths[at]! + 2, widest),
    })),
    freezePane: { rows: 1 },
  })
  yield* stream as unknown as AsyncIterable<Uint8Array>
}

/** How many rows of a CSV file are written together. */
const rowsTogether = 500

async function* linesOf<Row>(
  { columns, rows, look }: Exporting<Row>,
  format: 'csv' | 'big5',
  count: { rows: number },
) {
  // What is no text is written by us and can begin with a minus: it is a number, and no guard stands before it.
  const line = (row: Row) =>
    `${columns
      .map(column => {
        const { text, value } = cellOf(column, row, look)
        return typeof value === 'string' ? csvRow([text]).slice(0, -2) : text
      })
      .join(',')}\r\n`
  let text = `${format === 'csv' ? '\uFEFF' : ''}${csvRow(columns.map(column => headerOf(column, look)))}`
  const bytes = () => (format === 'csv' ? Buffer.from(text) : encodeText(text, 'big5'))
  const { all } = await firstOf(rows)
  for await (const row of counted(all(), count)) {
    text += line(row)
    if (count.rows % rowsTogether > 0) continue
    yield bytes()
    text = ''
  }
  yield bytes()
}

/**
 * Writes a list as a file. Rows are asked for one after the other and none is kept: what is held is the file.
 * Refuses more than 200,000 rows or 64 MB.
 */
export async function writeExport<Row>(
  list: Exporting<Row>,
  format: ExportFormat,
): Promise<Decision<{ file: Exported }, 'list-too-long'>> {
  const count = { rows: 0 }
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of format === 'xlsx' ? sheetOf(list, count) : linesOf(list, format, count)) {
      bytes += chunk.byteLength
      if (bytes > mostExportedBytes) throw new TooLarge()
      chunks.push(chunk)
    }
  } catch (fault) {
    if (!(fault instanceof TooLarge)) throw fault
    return no('list-too-long', { rows: mostExported, megabytes: mostExportedBytes / 1024 / 1024 })
  }
  return yes({ file: { chunks, bytes, rows: count.rows } })
}

/** A cell that Big5 cannot write as it is: where it stands, what it says, and which characters are lost. */
export interface Damaged {
  /** What stands in the row's first column: whose it is. */
  row: string
  column: string
  text: string
  characters: string[]
}

/** How many damaged cells are named; all are counted. */
export const mostNamedDamaged = 200

/**
 * What of a list does not survive the file for old systems, before anybody has it. Refuses as writing it does. `naming`
 * hears of each row of which something is named.
 */
export async function damagedBy<Row>(
  { columns, rows, look }: Exporting<Row>,
  naming: (row: Row) => void = () => {},
): Promise<Decision<{ rows: number; cells: number; named: Damaged[] }, 'list-too-long'>> {
  let count = 0
  let cells = 0
  const named: Damaged[] = []
  for await (const row of rows) {
    if (++count > mostExported)
      return no('list-too-long', { rows: mostExported, megabytes: mostExportedBytes / 1024 / 1024 })
    for (const column of columns) {
      if (!('text' in column)) continue
      const { text } = cellOf(column, row, look)
      if (survives(text, 'big5')) continue
      cells++
      if (named.length >= mostNamedDamaged) continue
      const characters = [...new Set(Array.from(text).filter(letter => !survives(letter, 'big5')))]
      const [first] = columns
      naming(row)
      named.push({ row: cellOf(first!, row, look).text, column: headerOf(column, look), text, characters })
    }
  }
  return yes({ rows: count, cells, named })
}
