import { type Decision, no, yes } from '../lib/decision.ts'
import type { CsvRow } from './csv.ts'
import { plainWidth } from './student-number.ts'

/** A column that a file may have: the header we write ourselves, and what clerks' systems call it in both languages. */
export interface Column {
  header: string
  required: boolean
  alsoCalled: readonly string[]
}

/** Every column that a kind of file may have, by the field it fills. */
export type ColumnTable<Field extends string> = Readonly<Record<Field, Column>>

export type ColumnRefusal =
  | 'garbled-header'
  | 'header-further-down'
  | 'no-header'
  | 'too-many-columns'
  | 'doubled-columns'
  | 'missing-columns'

/** Most columns a file may have; what a register's export brings beyond ours is left aside. */
export const mostColumns = 100

/** What the office has said of headers, by `headerKey`: which field each is; null: none, it is left aside. */
export type SaidHeaders<Field extends string> = ReadonlyMap<string, Field | null>

/** The fields of a file by their place in a row, and the headers that mean nothing to us. */
export interface TableColumns<Field extends string> {
  places: ReadonlyMap<Field, number>
  ignored: readonly string[]
  /** Headers, as `headerKey` has them, that mean what the office has said. */
  remembered: readonly string[]
}

/** Longest header that can be remembered, in characters. */
export const longestHeader = 100

/** A header as it is compared: width, case, spaces and underlines make no difference. */
export const headerKey = (header: string): string =>
  plainWidth(header.normalize('NFC'))
    .replace(/[\u200B-\u200F\u2060\uFEFF]/g, '')
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
    .trim()

/** The field that a header cell names, in either language; undefined where it names none of these. */
export function fieldNames<Field extends string>(
  columns: ColumnTable<Field>,
): (header: string) => Field | undefined {
  const fields = Object.keys(columns) as Field[]
  const known = new Map(
    fields.flatMap(field =>
      [columns[field].header, ...columns[field].alsoCalled].map(name => [headerKey(name), field] as const),
    ),
  )
  return header => known.get(headerKey(header))
}

/**
 * Finds the columns by their headers, in any order; unknown ones are left aside and named.
 * Refuses, in this order: more than 100 columns; a header that an earlier program garbled; a title above the header
 * (`facts.line` says on which line of the file the header is); no header; one field twice; fields missing
 * (`facts.columns` names them). `firstRows` are the first rows of the file that are not blank, as read.
 */
export function readHeader<Field extends string>(
  firstRows: readonly CsvRow[],
  columns: ColumnTable<Field>,
  said: SaidHeaders<Field> = new Map(),
): Decision<TableColumns<Field>, ColumnRefusal> {
  const known = fieldNames(columns)
  const fieldOf = (cell: string): Field | null | undefined => {
    const told = said.get(headerKey(cell))
    return told === undefined ? known(cell) : told
  }
  const recognised = (cells: readonly string[]): number =>
    cells.filter(cell => (fieldOf(cell) ?? null) !== null).length
  const header = firstRows[0]?.cells ?? []
  if (header.length > mostColumns)
    return no('too-many-columns', { columns: header.length, most: mostColumns })
  if (recognised(header) < 3) {
    if (header.some(cell => /[\u00C0-\u00FF][\u0080-\u00BF\u0152-\u0178\u2013-\u2122]/.test(cell)))
      return no('garbled-header')
    const further = firstRows.find(row => recognised(row.cells) >= 3)
    if (further) return no('header-further-down', { line: further.line })
    return no('no-header', { seen: shortened(header.join(', ')) })
  }
  const places = new Map<Field, number>()
  const ignored: string[] = []
  const doubled: string[] = []
  header.forEach((cell, place) => {
    const field = fieldOf(cell)
    if (field === undefined || field === null) {
      if (cell.trim() !== '') ignored.push(shortened(cell))
    } else if (places.has(field)) doubled.push(cell.trim())
    else places.set(field, place)
  })
  if (doubled.length > 0) return no('doubled-columns', { columns: doubled.join(', ') })
  const fields = Object.keys(columns) as Field[]
  const missing = fields.filter(field => columns[field].required && !places.has(field))
  if (missing.length > 0) {
    const names = missing.map(field => `${columns[field].alsoCalled[0]} (${columns[field].header})`)
    return no('missing-columns', { columns: names.join(', '), ...unknownHeaders(header, fieldOf, missing) })
  }
  const remembered = header.map(headerKey).filter(key => said.has(key))
  return yes({ places, ignored, remembered })
}

/** Between the names in a list of facts: no header holds it. */
const parted = '\t'

/** What an officer chooses among who says what a header means: headers nobody knows, and the fields that are missing. */
function unknownHeaders(
  header: readonly string[],
  fieldOf: (cell: string) => string | null | undefined,
  missing: readonly string[],
): Record<'unknown' | 'fields', string> {
  const unknown = header
    .map(cell => cell.trim())
    .filter(cell => cell !== '' && cell.length <= longestHeader && !/[\p{Cc}]/u.test(cell))
    .filter(cell => (fieldOf(cell) ?? null) === null)
  return { unknown: unknown.join(parted), fields: missing.join(parted) }
}

/** A cell as a report shows it: at most 24 characters, and what cannot be seen is written out. */
export function shortened(cell: string): string {
  const visible = Array.from(cell.slice(0, 100), letter => {
    const code = letter.codePointAt(0)!
    return hidden.test(letter) ? `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›` : letter
  })
  const most = 24
  return visible.length > most ? `${visible.slice(0, most - 1).join('')}…` : visible.join('')
}

const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\uFFFD]/u
