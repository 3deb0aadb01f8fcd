import { csvRow } from '../lib/spreadsheet-guard.ts'
import type { Language } from '../lib/words.ts'
import type { Fault } from './rules.ts'
import type { TableHead } from './table.ts'
import { tableWords } from './table-words.ts'
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

/** The two columns behind those of the file, in the reader's language. */
export interface BadColumns {
  line: string
  reason: string
}

/** What a file of bad rows is made of. */
export interface BadFile {
  header: readonly string[]
  rows: readonly BadCells[]
  /** What stands between what a row has in its last column and beyond. */
  delimiter: string
}

/** The cells of a file of bad rows: the columns of the original, then line and reason. Nothing of a row is lost. */
export function badCells({ header, rows, delimiter }: BadFile, named: BadColumns): string[][] {
  const lines = rows.map(({ line, cells, reasons }) => {
    // Line and reason stand in their columns, however many cells a row has; what it has too many is in its last one.
    const own = header.map((_, at) =>
      at === header.length - 1 ? withoutBlanks(cells.slice(at)).join(delimiter) : (cells[at] ?? ''),
    )
    return [...own, String(line), reasons.join(' ')]
  })
  return [[...header, named.line, named.reason], ...lines]
}

/**
 * The bad rows as a CSV to correct and drop again: the columns of the original, with line and reason behind them
 * (columns that an import leaves aside). UTF-8 with its mark, so that Excel shows Chinese.
 */
export const badRowsFile = (file: BadFile, named: BadColumns): string =>
  `\uFEFF${badCells(file, named).map(csvRow).join('')}`

/** Whether a file is one that `badRowsFile` wrote, corrected: it has our two columns, in either language. */
export const isMended = ({ columns }: Pick<TableHead<string>, 'columns'>): boolean =>
  Object.values(tableWords).some(({ badFile }) =>
    [badFile.line, badFile.reason].every(name => columns.ignored.includes(name)),
  )
