import { streamXlsxRows } from 'hucre/xlsx'
import { type Decision, no, yes } from '../lib/decision.ts'
import { type CsvRow, mostRows } from './csv.ts'
import { type OpenedFile, type OpenRefusal, openText, type ReadAs } from './table.ts'
import { rowOfSheet } from './workbook.ts'

/** What is read aside: a text, or a sheet of a workbook that was looked through, by its place among the names. */
export interface FileWork {
  bytes: Uint8Array
  readAs: ReadAs
  workbook: { sheets: readonly string[]; at: number } | null
}

/** How a file was opened (its rows went out before), or why it was not. */
export type OpenedAside = Decision<{ opened: OpenedFile }, OpenRefusal>

/** Rows that go out together. */
const portion = 1_000

/** Reads a file and hands its rows out in portions. */
export async function readAside(
  { bytes, readAs, workbook }: FileWork,
  handOut: (rows: CsvRow[]) => void,
): Promise<OpenedAside> {
  if (workbook) return readWorkbook(bytes, workbook, handOut)
  const text = openText(bytes, readAs)
  if (!text.ok) return text
  const { rows, ...opened } = text.opened
  for (let from = 0; from < rows.length; from += portion) handOut(rows.slice(from, from + portion))
  return yes({ opened: { ...opened, rows: [] } })
}

async function readWorkbook(
  bytes: Uint8Array,
  { sheets, at }: NonNullable<FileWork['workbook']>,
  handOut: (rows: CsvRow[]) => void,
): Promise<OpenedAside> {
  let rows: CsvRow[] = []
  let count = 0
  try {
    for await (const { index, values } of streamXlsxRows(bytes, { sheet: at })) {
      const row = rowOfSheet(index, values)
      if (row === null) continue
      if (++count > mostRows + 1) return no('too-many-rows', { most: mostRows })
      rows.push(row)
      if (rows.length < portion) continue
      handOut(rows)
      rows = []
    }
  } catch {
    return no('damaged-workbook')
  }
  handOut(rows)
  const opened = { encoding: 'xlsx' as const, delimiter: ',', sheet: sheets[at] ?? null, sheets, rows: [] }
  return yes({ opened })
}
