import { type Decision, no, yes } from '../lib/decision.ts'
import { type CellRefusal, cleanCell } from '../roster/cells.ts'
import type { CsvRow, Rows } from '../roster/csv.ts'
import { type SaidHeaders, shortened } from '../roster/header.ts'
import {
  type OpenedFile,
  rowFaults,
  sameElsewhere,
  type TableFault,
  type TableHead,
  type TableRefusal,
  tableOf,
} from '../roster/table.ts'
import { type CardCellRefusal, type CardFileSettings, cellReaders } from './file-cells.ts'
import { type CardField, cardFields, type FileCard, fileColumns } from './file-columns.ts'
import { losslessFormats } from './read-chip.ts'

/** Why a whole file of cards is not read. Nothing of it is used. */
export type CardFileRefusal = TableRefusal | 'format-loses-bytes' | 'printed-numbers-rounded'

/** Why a row is not used, as far as its file alone can tell. */
export type RowRefusal =
  | CellRefusal
  | CardCellRefusal
  | 'wrong-cell-count'
  | 'over-lines'
  | 'chip-twice'
  | 'printed-twice'
  | 'item-twice'

/** One row of a file of cards, as far as it could be read, and what is wrong with it. */
export interface ReadCard<Refusal extends string = RowRefusal> {
  line: number
  told: Partial<FileCard>
  faults: TableFault<CardField, Refusal>[]
  /** The row as it stands in the file. */
  cells: readonly string[]
}

/** A file of cards as read; nobody has asked the register yet. */
export interface ReadFile {
  table: TableHead<CardField>
  /** The first rows as they stand in the file, for people to see what was read as what. */
  firstRows: readonly (readonly string[])[]
  rows: readonly ReadCard[]
}

function readRow(row: CsvRow, table: TableHead<CardField>, settings: CardFileSettings): ReadCard {
  const { line, cells } = row
  const { places } = table.columns
  const wrong = rowFaults(row, table)
  const faults: ReadCard['faults'] = [...wrong.faults]
  const told: Record<string, string | null> = {}
  if (wrong.shifted) return { line, told: {}, faults, cells }
  for (const field of cardFields) {
    const place = places.get(field)
    if (place === undefined) continue
    const raw = cells[place] ?? ''
    const cell = cleanCell(raw)
    const read = cell.ok ? cellReaders[field](cell.text, settings) : cell
    if (!read.ok) faults.push({ field, refusal: read.refusal, shown: shortened(raw), facts: read.facts })
    else if (field !== 'how') told[field] = read.value
  }
  return { line, told, faults, cells }
}

/** Adds to every row of a number that occurs twice which other line has it too; none of them is used. */
function markTwice(
  rows: readonly ReadCard[],
  field: 'chip' | 'printedNumber' | 'item',
  refusal: RowRefusal,
): void {
  for (const [row, facts] of sameElsewhere(rows, each => each.told[field] ?? null))
    row.faults.push({ field, refusal, shown: row.told[field] ?? '', facts: { ...facts } })
}

/** From how many numbers on it cannot be chance that every one of them ends in the same figure. */
const notByChance = 10

/** How many figures of a number a spreadsheet keeps; it makes zeros of the rest. */
const figuresKept = 15

/** Whether a spreadsheet has rounded what is longer than it keeps. Told by the whole column alone. */
function roundedNumbers(rows: readonly ReadCard[]): boolean {
  const long = rows.flatMap(({ told }) => told.printedNumber ?? []).filter(each => each.length > figuresKept)
  return long.length >= notByChance && long.every(each => /^0+$/.test(each.slice(figuresKept)))
}

/** How many rows are read between two chances of everybody else. */
const atOnce = 500

function* readRows(
  body: Rows,
  table: TableHead<CardField>,
  settings: CardFileSettings,
): Generator<number, Decision<{ read: ReadFile }, CardFileRefusal>> {
  const rows: ReadCard[] = []
  for (const row of body) {
    rows.push(readRow(row, table, settings))
    if (rows.length % atOnce === 0) yield rows.length
  }
  if (roundedNumbers(rows)) return no('printed-numbers-rounded')
  markTwice(rows, 'chip', 'chip-twice')
  markTwice(rows, 'printedNumber', 'printed-twice')
  markTwice(rows, 'item', 'item-twice')
  return yes({ read: { table, firstRows: rows.slice(0, 5).map(({ cells }) => cells), rows } })
}

/**
 * Begins to read a file of cards. Every row is told as far as it can be read, with everything that is wrong in it.
 * Refuses the whole file where not even its rows can be trusted: a number format that loses bytes; its columns; a column
 * of printed numbers that a spreadsheet has rounded.
 */
export function beginCardFile(
  opened: OpenedFile,
  settings: CardFileSettings,
  said: SaidHeaders<CardField> = new Map(),
): Decision<{ reading: ReturnType<typeof readRows> }, CardFileRefusal> {
  const { kind, format } = settings
  if (!losslessFormats.includes(format))
    return no('format-loses-bytes', { format, lossless: losslessFormats.join(', ') })
  const found = tableOf(opened, fileColumns[kind], said)
  if (!found.ok) return found
  const { rows, ...table } = found.table
  return yes({ reading: readRows(rows, table, settings) })
}

/** A row in which nothing is wrong, as a card: what its file has no column for is nothing. */
export const cardOf = ({ told }: ReadCard<string>): FileCard => ({
  chip: told.chip!,
  printedNumber: told.printedNumber ?? null,
  edition: told.edition!,
  studentNumber: told.studentNumber ?? null,
  counter: told.counter ?? null,
  box: told.box ?? null,
  carrierCode: told.carrierCode ?? null,
  heldSince: told.heldSince ?? null,
  item: told.item ?? null,
})
