import { csvRow } from '../lib/spreadsheet-guard.ts'
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

/** A bad row as it stands in its file, with everything that is wrong in it as sentences. */
export interface BadCells {
  line: number
  cells: readonly string[]
  reasons: readonly string[]
}

/** Cells without the blank ones behind the last that is not. */
const withoutBlanks = (cells: readonly string[]): readonly string[] =>
  cells.slice(0, cells.findLastIndex(cell => cell.trim() !== '') + 1)

/**
 * The bad rows as a file to correct and drop again: the columns of the original, with line and reason behind them
 * (columns that an import leaves aside). Nothing of a row is lost: `delimiter` stands between what it has in its last
 * column and beyond. UTF-8 with its mark, so that Excel shows Chinese.
 */
export function badRowsFile(
  { header, rows, delimiter }: { header: readonly string[]; rows: readonly BadCells[]; delimiter: string },
  named: { line: string; reason: string },
): string {
  const lines = rows.map(({ line, cells, reasons }) => {
    // Line and reason stand in their columns, however many cells a row has; what it has too many is in its last one.
    const own = header.map((_, at) =>
      at === header.length - 1 ? withoutBlanks(cells.slice(at)).join(delimiter) : (cells[at] ?? ''),
    )
    return [...own, String(line), reasons.join(' ')]
  })
  const table = [[...header, named.line, named.reason], ...lines]
  return `\uFEFF${table.map(csvRow).join('')}`
}
