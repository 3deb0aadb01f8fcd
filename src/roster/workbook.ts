import type { CsvRow } from './csv.ts'
import type { SheetName } from './workbook-check.ts'

type Value = string | number | boolean | Date | null

/** A spreadsheet keeps 15 figures of a number; what has more has lost the rest. */
const figuresKept = 1e15

/** A number as a table tells it; one that has lost figures as a spreadsheet shows it, so that it is refused as that. */
function numberText(value: number): string {
  if (!Number.isInteger(value)) return String(value)
  if (Math.abs(value) < figuresKept) return String(value)
  const [figures, power = ''] = value.toExponential(2).split('e')
  return `${figures}E${power}`
}

/** A date cell as a day; with its time where it has one, which no column of ours takes. */
function dateText(value: Date): string {
  if (Number.isNaN(value.getTime())) return '#VALUE!'
  const [day = '', time = ''] = value.toISOString().split('T')
  return time.startsWith('00:00:00') ? day : `${day} ${time.slice(0, 5)}`
}

/**
 * A cell of a workbook as the same text that a CSV would have: the value of a formula, a day as 2024-02-19, numbers
 * without thousands, `TRUE` or `FALSE`.
 */
export function cellText(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  return dateText(value)
}

/** A row of a sheet as a row of a table: its number is its line; null where it is blank. */
export function rowOfSheet(index: number, values: readonly Value[]): CsvRow | null {
  const cells = values.map(cellText)
  const width = cells.findLastIndex(cell => cell.trim() !== '') + 1
  return width === 0 ? null : { line: index + 1, cells: cells.slice(0, width) }
}

/** Which sheet is read: the one that somebody chose (from 1), else the first that can be seen; -1 where there is none. */
export const sheetRead = (sheets: readonly SheetName[], chosen: number | null): number =>
  chosen === null ? sheets.findIndex(({ hidden }) => !hidden) : chosen <= sheets.length ? chosen - 1 : -1
