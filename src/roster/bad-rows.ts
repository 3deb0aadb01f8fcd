import type { Language } from '../lib/words.ts'
import type { BadRow, Fault } from './rules.ts'
import { words } from './words.ts'

/** What is wrong with one thing in a row, as a sentence that says where it stands and what to do. */
export const sayFault = (
  line: number,
  { field, refusal, shown, facts }: Fault,
  language: Language,
): string => {
  const w = words[language]
  return `${w.at(line, field && w.fields[field], shown)} ${w.row[refusal](facts)}`
}

/**
 * A cell as a spreadsheet may open it: quoted where needed, and what begins like a formula stands behind an
 * apostrophe, which an import takes away again (cells.ts). OWASP, "CSV Injection".
 */
export function csvCell(cell: string): string {
  const safe = /^[=+\-@\t\r＝＋－＠]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/**
 * The bad rows as a file to correct and drop again: the columns of the original, with line and reason behind them
 * (columns that an import leaves aside). UTF-8 with its mark, so that Excel shows Chinese.
 */
export function badRowsFile(
  { header, rows }: { header: readonly string[]; rows: readonly { row: BadRow; cells: readonly string[] }[] },
  language: Language,
): string {
  const w = words[language]
  const lines = rows.map(({ row, cells }) => {
    // A row with too few or too many cells keeps its own; line and reason still stand in their columns.
    const padded = header.map((_, at) => cells[at] ?? '')
    const reasons = row.faults.map(fault => sayFault(row.line, fault, language)).join(' ')
    return [...padded, String(row.line), reasons]
  })
  const table = [[...header, w.badFile.line, w.badFile.reason], ...lines]
  return `\uFEFF${table.map(cells => `${cells.map(csvCell).join(',')}\r\n`).join('')}`
}
