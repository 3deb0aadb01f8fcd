import { type Decision, type Facts, no, yes } from '../lib/decision.ts'
import { type CellRefusal, cleanCell } from './cells.ts'
import { type ColumnRefusal, personFields, type RosterColumns, readColumns, shortened } from './columns.ts'
import { type CsvRefusal, type CsvRow, splitRows } from './csv.ts'
import { type DecodeRefusal, decodeRoster, type RosterEncoding } from './decode.ts'
import { type FieldRefusal, fieldReaders, type RosterSettings } from './fields.ts'
import type { PersonFacts, PersonField } from './person.ts'

/** Why a whole file is not read. Nothing of it is used. */
export type FileRefusal = DecodeRefusal | CsvRefusal | ColumnRefusal | 'no-rows'

/** Why an upload is not applied though its file can be read. */
export type UploadRefusal = 'no-such-upload' | 'applied-already' | 'register-changed'

/** Why one row is not used; all other rows are. */
export type RowRefusal = CellRefusal | FieldRefusal | 'wrong-cell-count' | 'duplicate-in-file'

/** One thing wrong in a row: which field (null: the row itself), why, and the start of what stands there. */
export interface Fault {
  field: PersonField | null
  refusal: RowRefusal
  shown: string
  facts: Facts
}

/** A row that is not used: the line on which it begins in the file, whose it is where that could be read, what is wrong. */
export interface BadRow {
  line: number
  studentNumber: string | null
  faults: readonly Fault[]
}

/** A roster as read: who stands in it, which rows could not be used, and what was taken to mean something else. */
export interface Roster {
  encoding: RosterEncoding
  delimiter: string
  /** The fields that this file has columns for; it says nothing of the others. */
  stated: readonly PersonField[]
  /** Headers that mean nothing to us. */
  ignored: readonly string[]
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
  alsoStaff: false,
} as const satisfies Partial<PersonFacts>

function readRow(
  { line, cells }: CsvRow,
  columns: RosterColumns,
  width: number,
  settings: RosterSettings,
): ReadRow {
  const faults: Fault[] = []
  const values: Partial<Record<PersonField, unknown>> = { ...unstated }
  if (cells.length < width || cells.slice(width).some(cell => cell.trim() !== '')) {
    const facts = { cells: cells.length, expected: width }
    faults.push({ field: null, refusal: 'wrong-cell-count', shown: shortened(cells.join(',')), facts })
    return { line, studentNumber: null, person: null, faults, roc: false }
  }
  for (const field of personFields) {
    const place = columns.places.get(field)
    if (place === undefined) continue
    const raw = cells[place] ?? ''
    const cell = cleanCell(raw)
    const read = cell.ok ? fieldReaders[field](cell.text, settings) : cell
    if (read.ok) values[field] = read.value
    else faults.push({ field, refusal: read.refusal, shown: shortened(raw), facts: read.facts })
  }
  if (values.nameZh === '' && values.nameEn === '')
    faults.push({ field: 'nameZh', refusal: 'empty', shown: '', facts: {} })
  values.nameZh ||= values.nameEn
  values.nameEn ||= values.nameZh
  const studentNumber = (values.studentNumber as string | undefined) ?? null
  const roc = /^\s*[\d０-９]{3}(?![\d０-９])/.test(cells[columns.places.get('entryYear')!] ?? '')
  // Every field is in `values` once no reader refused: required columns are there, the others have their stand-in.
  const person = faults.length === 0 ? (values as unknown as PersonFacts) : null
  return { line, studentNumber, person, faults, roc }
}

/** Adds to every row of a student number that occurs twice which other line has it too; none of them is used. */
function markDuplicates(rows: readonly ReadRow[]): void {
  const lines = new Map<string, number[]>()
  for (const { studentNumber, line } of rows) {
    if (studentNumber === null) continue
    const known = lines.get(studentNumber)
    if (known) known.push(line)
    else lines.set(studentNumber, [line])
  }
  for (const row of rows) {
    const all = row.studentNumber === null ? undefined : lines.get(row.studentNumber)
    if (!all || all.length < 2) continue
    const line = all[0] === row.line ? all[1]! : all[0]!
    const facts = { line, times: all.length }
    row.faults.push({
      field: 'studentNumber',
      refusal: 'duplicate-in-file',
      shown: row.studentNumber ?? '',
      facts,
    })
  }
}

/**
 * Reads a registrar's file. Every good row is a person; every bad row is told with its line, field and reason.
 * Refuses the whole file where not even the rows can be trusted: its encoding, its quotation marks, its columns.
 */
export function readRoster(
  bytes: Uint8Array,
  settings: RosterSettings,
): Decision<{ roster: Roster }, FileRefusal> {
  const decoded = decodeRoster(bytes)
  if (!decoded.ok) return decoded
  const split = splitRows(decoded.text)
  if (!split.ok) return split
  const [header, ...body] = split.rows
  if (!header) return no('empty-file')
  const columns = readColumns(split.rows.slice(0, 6).map(row => row.cells))
  if (!columns.ok) return columns
  if (body.length === 0) return no('no-rows')
  const width = header.cells.findLastIndex(cell => cell.trim() !== '') + 1
  const read = body.map(row => readRow(row, columns, width, settings))
  markDuplicates(read)
  const good = read.filter(row => row.faults.length === 0)
  return yes({
    roster: {
      encoding: decoded.encoding,
      delimiter: split.delimiter,
      stated: personFields.filter(field => columns.places.has(field)),
      ignored: columns.ignored,
      rows: good.map(({ line, person }) => ({ line, person: person! })),
      bad: read
        .filter(row => row.faults.length > 0)
        .map(({ line, studentNumber, faults }) => ({ line, studentNumber, faults })),
      convertedYears: good.filter(row => row.roc).length,
    },
  })
}
