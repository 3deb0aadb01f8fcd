import { type Decision, yes } from '../lib/decision.ts'
import { type CellRefusal, cleanCell } from './cells.ts'
import { columns, personFields } from './columns.ts'
import type { CsvRow } from './csv.ts'
import { type FieldRefusal, fieldReaders, type RosterSettings } from './fields.ts'
import { type SaidHeaders, shortened } from './header.ts'
import type { PersonFacts, PersonField } from './person.ts'
import {
  type OpenedFile,
  rowFaults,
  sameElsewhere,
  type TableFault,
  type TableHead,
  type TableRefusal,
  tableOf,
} from './table.ts'

/** Why a whole file is not read. Nothing of it is used. */
export type FileRefusal = TableRefusal

/** Why an upload is not applied though its file can be read. */
export type UploadRefusal = 'no-such-upload' | 'applied-already' | 'register-changed' | 'second-person-needed'

/** Why one row is not used; all other rows are. */
export type RowRefusal =
  | CellRefusal
  | FieldRefusal
  | 'wrong-cell-count'
  | 'over-lines'
  | 'duplicate-in-file'
  | 'change-without-day'
  | 'day-without-change'

/** One thing wrong in a row of a roster. */
export type Fault = TableFault<PersonField, RowRefusal>

/** A row that is not used: the line on which it begins in the file, whose it is where that could be read, what is wrong. */
export interface BadRow {
  line: number
  studentNumber: string | null
  faults: readonly Fault[]
  /** The row as it stands in the file. */
  cells: readonly string[]
}

/** A roster as read: who stands in it, which rows could not be used, and what was taken to mean something else. */
export interface Roster {
  table: TableHead<PersonField>
  /** The fields that this file has columns for; it says nothing of the others. */
  stated: readonly PersonField[]
  /** The first rows as they stand in the file, for people to see what was read as what. */
  firstRows: readonly (readonly string[])[]
  rows: readonly { line: number; person: PersonFacts }[]
  bad: readonly BadRow[]
  /** How many entry years stood in the ROC calendar and were converted (111 to 2022). */
  convertedYears: number
}

type ReadRow = {
  line: number
  studentNumber: string | null
  person: PersonFacts | null
  faults: Fault[]
  roc: boolean
}

/** What a field is taken for where the file has no column for it; a difference never compares these. */
const unstated = {
  hall: null,
  email: null,
  language: 'zh-TW',
  healthCheck: null,
  leaveTerms: [],
  returnedOn: null,
  nextStatus: null,
  nextStatusOn: null,
  alsoStaff: false,
} as const satisfies Partial<PersonFacts>

/** A change of status that lies ahead has its day, and a day has its change; one to the present status is none. */
function changeFault(
  values: Partial<Record<PersonField, unknown>>,
): { field: PersonField; refusal: RowRefusal } | null {
  const { status, nextStatus = null, nextStatusOn = null } = values
  if (nextStatus !== null && nextStatusOn === null)
    return { field: 'nextStatusOn', refusal: 'change-without-day' }
  if (nextStatus === null && nextStatusOn !== null)
    return { field: 'nextStatus', refusal: 'day-without-change' }
  // What is told again though it has come true is no plan any more.
  if (nextStatus !== null && nextStatus === status) {
    values.nextStatus = null
    values.nextStatusOn = null
  }
  return null
}

function readRow(row: CsvRow, table: TableHead<PersonField>, settings: RosterSettings): ReadRow {
  const { line, cells } = row
  const { places } = table.columns
  const wrong = rowFaults(row, table)
  const faults: Fault[] = [...wrong.faults]
  const values: Partial<Record<PersonField, unknown>> = { ...unstated }
  if (wrong.shifted) return { line, studentNumber: null, person: null, faults, roc: false }
  for (const field of personFields) {
    const place = places.get(field)
    if (place === undefined) continue
    const raw = cells[place] ?? ''
    const cell = cleanCell(raw)
    const read = cell.ok ? fieldReaders[field](cell.text, settings) : cell
    if (read.ok) values[field] = read.value
    else faults.push({ field, refusal: read.refusal, shown: shortened(raw), facts: read.facts })
  }
  if (values.nameZh === '' && values.nameEn === '')
    faults.push({ field: 'nameZh', refusal: 'empty', shown: '', facts: {} })
  const change = changeFault(values)
  if (change) faults.push({ ...change, shown: '', facts: {} })
  values.nameZh ||= values.nameEn
  values.nameEn ||= values.nameZh
  const studentNumber = (values.studentNumber as string | undefined) ?? null
  const roc = /^\s*[\d０-９]{3}(?![\d０-９])/.test(cells[places.get('entryYear')!] ?? '')
  // Every field is in `values` once no reader refused: required columns are there, the others have their stand-in.
  const person = faults.length === 0 ? (values as unknown as PersonFacts) : null
  return { line, studentNumber, person, faults, roc }
}

/** Adds to every row of a student number that occurs twice which other line has it too; none of them is used. */
function markDuplicates(rows: readonly ReadRow[]): void {
  for (const [row, facts] of sameElsewhere(rows, row => row.studentNumber))
    row.faults.push({
      field: 'studentNumber',
      refusal: 'duplicate-in-file',
      shown: row.studentNumber ?? '',
      facts: { ...facts },
    })
}

/** How many rows are read between two chances of everybody else. */
const atOnce = 500

/** Reads the rows of a roster; yields how many it has read, so that whoever runs it may let others go first. */
function* readRows(
  rows: readonly CsvRow[],
  table: TableHead<PersonField>,
  settings: RosterSettings,
): Generator<number, Roster> {
  const read: ReadRow[] = []
  for (const row of rows) {
    read.push(readRow(row, table, settings))
    if (read.length % atOnce === 0) yield read.length
  }
  markDuplicates(read)
  return {
    table,
    stated: personFields.filter(field => table.columns.places.has(field)),
    firstRows: rows.slice(0, 5).map(({ cells }) => cells),
    rows: read.flatMap(({ line, person, faults }) =>
      faults.length === 0 ? [{ line, person: person! }] : [],
    ),
    bad: read.flatMap(({ line, studentNumber, faults }, at) =>
      faults.length > 0 ? [{ line, studentNumber, faults, cells: rows[at]!.cells }] : [],
    ),
    convertedYears: read.reduce((sum, { roc, faults }) => sum + (roc && faults.length === 0 ? 1 : 0), 0),
  }
}

/**
 * Begins to read a registrar's file. Every good row is a person; every bad row is told with its line, field and reason.
 * Refuses the whole file where not even the rows can be trusted: its encoding, its quotation marks, its columns.
 */
export function beginRoster(
  opened: OpenedFile,
  settings: RosterSettings,
  said: SaidHeaders<PersonField> = new Map(),
): Decision<{ reading: Generator<number, Roster> }, FileRefusal> {
  const found = tableOf(opened, columns, said)
  if (!found.ok) return found
  const { rows, ...table } = found.table
  return yes({ reading: readRows(rows, table, settings) })
}
