import type { Language } from '../lib/words.ts'
import type { Fault } from './rules.ts'
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

/** A bad row as it stands in its file, with everything that is wrong in it as sentences. */
export interface BadCells {
  line: number
  cells: readonly string[]
  reasons: readonly string[]
}

/**
 * The bad rows as a file to correct and drop again: the columns of the original, with line and reason behind them
 * (columns that an import leaves aside). UTF-8 with its mark, so that Excel shows Chinese.
 */
export function badRowsFile(
  { header, rows }: { header: readonly string[]; rows: readonly BadCells[] },
  named: { line: string; reason: string },
): string {
  const lines = rows.map(({ line, cells, reasons }) => {
    // A row with too few or too many cells keeps its own; line and reason still stand in their columns.
    const padded = header.map((_, at) => cells[at] ?? '')
    return [...padded, String(line), reasons.join(' ')]
  })
  const table = [[...header, named.line, named.reason], ...lines]
  return `\uFEFF${table.map(cells => `${cells.map(csvCell).join(',')}\r\n`).join('')}`
}
