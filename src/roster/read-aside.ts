import { streamXlsxRows } from 'hucre/xlsx'
import { type Decision, no, yes } from '../lib/decision.ts'
import { type CsvRow, mostRows, type TakeRow } from './csv.ts'
import { type OpenedFile, type OpenRefusal, type ReadAs, walkText } from './table.ts'
import { rowOfSheet } from './workbook.ts'

/** What is read aside: a text, or a sheet of a workbook that was looked through, by its place among the names. */
export interface FileWork {
  bytes: Uint8Array
  readAs: ReadAs
  workbook: { sheets: readonly string[]; at: number } | null
}

/** How a file was opened (its rows went out before), or why it was not. */
export type OpenedAside = Decision<{ opened: Omit<OpenedFile, 'rows'> }, OpenRefusal>

/** Rows that go out together. */
const portion = 250

/** Reads a file and hands its rows out in portions. */
export async function readAside(
  { bytes, readAs, workbook }: FileWork,
  handOut: (rows: readonly CsvRow[]) => void,
): Promise<OpenedAside> {
  let rows: CsvRow[] = []
  const take = (row: CsvRow) => {
    rows.push(row)
    if (rows.length < portion) return
    handOut(rows)
    rows = []
  }
  const done = workbook ? await walkWorkbook(bytes, workbook, take) : walkText(bytes, readAs, take)
  handOut(rows)
  return done
}

async function walkWorkbook(
  bytes: Uint8Array,
  { sheets, at }: NonNullable<FileWork['workbook']>,
  take: TakeRow,
): Promise<OpenedAside> {
  let count = 0
  try {
    for await (const { index, values } of streamXlsxRows(bytes, { sheet: at })) {
      const row = rowOfSheet(index, values)
      if (row === null) continue
      if (++count > mostRows + 1) return no('too-many-rows', { most: mostRows })
      take(row)
    }
  } catch {
    return no('damaged-workbook')
  }
  return yes({ opened: { encoding: 'xlsx' as const, delimiter: ',', sheet: sheets[at] ?? null, sheets } })
}
