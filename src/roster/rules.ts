import { type Decision, type Facts, yes } from '../lib/decision.ts'
import { type CellRefusal, cleanCell } from './cells.ts'
import { columns, personFields } from './columns.ts'
import type { CsvRow, Rows } from './csv.ts'
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
export type UploadRefusal =
  | 'no-such-upload'
  | 'file-forgotten'
  | 'applied-already'
  | 'register-changed'
  | 'second-person-needed'

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

/** How a roster was read: which rows could not be used, and what was taken to mean something else. */
export interface RosterRead {
  table: TableHead<PersonField>
  /** The fields that this file has columns for; it says nothing of the others. */
  stated: readonly PersonField[]
  /** The first rows as they stand in the file, for people to see what was read as what. */
  firstRows: readonly (readonly string[])[]
  /** How many rows are used. */
  good: number
  bad: readonly BadRow[]
  /** How many entry years stood in the ROC calendar and were converted (111 to 2022). */
  convertedYears: number
}

/** A roster as read, with who stands in it. */
export interface Roster extends RosterRead {
  rows: readonly GoodRow[]
}

/** A row of a roster that is used: the line on which it begins, and who stands in it. */
export interface GoodRow {
  line: number
  person: PersonFacts
}
type ReadRow = GoodRow | BadRow

/**
 * A person of whom nothing is read yet: what a field is taken for where the file has no column for it, which a difference never
 * compares. All fields stand here, in their order, so that of 100,000 people each takes the room of its fields and no more.
 */
const unread = ({ language }: RosterSettings): Record<PersonField, unknown> => ({
  studentNumber: null,
  nameZh: null,
  nameEn: null,
  department: null,
  entryYear: null,
  degree: null,
  kind: null,
  status: null,
  site: null,
  hall: null,
  email: null,
  language,
  healthCheck: null,
  leaveTerms: noTerms,
  returnedOn: null,
  nextStatus: null,
  nextStatusOn: null,
  alsoStaff: false,
})
const noTerms: readonly string[] = []

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

/** Whether a row's entry year stands in the ROC calendar. */
const isRoc = (cells: readonly string[], { columns: { places } }: TableHead<PersonField>): boolean =>
  /^\s*[\d０-９]{3}(?![\d０-９])/.test(cells[places.get('entryYear')!] ?? '')

function readRow(row: CsvRow, table: TableHead<PersonField>, settings: RosterSettings): ReadRow {
  const { line, cells } = row
  const { places } = table.columns
  const wrong = rowFaults(row, table)
  const faults: Fault[] = [...wrong.faults]
  const values = unread(settings)
  if (wrong.shifted) return { line, studentNumber: null, faults, cells }
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
  if (faults.length > 0) return { line, studentNumber: values.studentNumber as string | null, faults, cells }
  values.nameZh ||= values.nameEn
  values.nameEn ||= values.nameZh
  // Every field is in `values` once no reader refused: required columns are there, the others have their stand-in.
  return { line, person: values as unknown as PersonFacts }
}

const isBad = (row: ReadRow): row is BadRow => 'faults' in row
const numberOf = (row: ReadRow): string | null => (isBad(row) ? row.studentNumber : row.person.studentNumber)

/** A row whose student number occurs twice: none of those is used, and each names another line that has it too. */
const doubled = (row: ReadRow, facts: Facts, cells: readonly string[]): BadRow => {
  const studentNumber = numberOf(row)
  const fault = {
    field: 'studentNumber',
    refusal: 'duplicate-in-file',
    shown: studentNumber ?? '',
    facts,
  } as const
  return { line: row.line, studentNumber, faults: [...(isBad(row) ? row.faults : []), fault], cells }
}

/** How many rows are read between two chances of everybody else. */
const atOnce = 500

/**
 * Reads the rows of a roster; yields how many it has read, so that whoever runs it may let others go first. Of a good row the
 * cells are not kept: where it turns out that a student number occurs twice, the rows are walked once more.
 */
function* readRows(
  all: Rows,
  table: TableHead<PersonField>,
  settings: RosterSettings,
): Generator<number, Roster> {
  const read: ReadRow[] = []
  let convertedYears = 0
  for (const row of all) {
    const one = readRow(row, table, settings)
    if (!isBad(one) && isRoc(row.cells, table)) convertedYears++
    if (read.push(one) % atOnce === 0) yield read.length
  }
  const twice = sameElsewhere(read, numberOf)
  let at = 0
  for (const { cells } of twice.size > 0 ? all : []) {
    const one = read[at]!
    const facts = twice.get(one)
    if (facts && !isBad(one) && isRoc(cells, table)) convertedYears--
    if (facts) read[at] = doubled(one, { ...facts }, cells)
    if (++at % atOnce === 0) yield read.length
  }
  const rows = read.filter(row => 'person' in row)
  return {
    table,
    stated: personFields.filter(field => table.columns.places.has(field)),
    firstRows: Iterator.from(all)
      .take(5)
      .map(({ cells }) => cells)
      .toArray(),
    rows,
    good: rows.length,
    bad: read.filter(isBad),
    convertedYears,
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
