import { parentPort, workerData } from 'node:worker_threads'
import { streamXlsxRows } from 'hucre/xlsx'
import type { Decision } from '../lib/decision.ts'
import { no, yes } from '../lib/decision.ts'
import { type CsvRow, mostRows } from './csv.ts'
import { type OpenedFile, type OpenRefusal, openText, type ReadAs } from './table.ts'
import { rowOfSheet, sheetRead } from './workbook.ts'
import { checkWorkbook } from './workbook-check.ts'

/*
 * A thread that reads one file: what is large keeps nobody else waiting, what is hostile has no more memory than this
 * thread is given. Rows go out in portions.
 */

/** What this thread is given. */
export interface FileWork {
  bytes: Uint8Array
  readAs: ReadAs
  isWorkbook: boolean
}

/** What it says: rows as they come, then how the file was opened or why it was not. */
export type FileSaid = { rows: CsvRow[] } | { done: Decision<{ opened: OpenedFile }, OpenRefusal> }

const portion = 1_000
const say = (said: FileSaid) => parentPort!.postMessage(said)

async function readWorkbook(bytes: Buffer, { sheet: chosen }: ReadAs): Promise<void> {
  const checked = await checkWorkbook(bytes)
  if (!checked.ok) {
    say({ done: checked })
    return
  }
  const { sheets } = checked
  const at = sheetRead(sheets, chosen)
  const read = sheets[at]
  if (!read) {
    say({ done: no('no-such-sheet', { sheets: sheets.length }) })
    return
  }
  let rows: CsvRow[] = []
  let count = 0
  for await (const { index, values } of streamXlsxRows(bytes, { sheet: at })) {
    const row = rowOfSheet(index, values)
    if (row === null) continue
    if (++count > mostRows + 1) {
      say({ done: no('too-many-rows', { most: mostRows }) })
      return
    }
    rows.push(row)
    if (rows.length < portion) continue
    say({ rows })
    rows = []
  }
  say({ rows })
  const names = sheets.map(({ name }) => name)
  say({
    done: yes({ opened: { encoding: 'xlsx', delimiter: ',', sheet: read.name, sheets: names, rows: [] } }),
  })
}

function readText(bytes: Uint8Array, readAs: ReadAs): void {
  const text = openText(bytes, readAs)
  if (!text.ok) {
    say({ done: text })
    return
  }
  const { rows } = text.opened
  for (let from = 0; from < rows.length; from += portion) say({ rows: rows.slice(from, from + portion) })
  say({ done: yes({ opened: { ...text.opened, rows: [] } }) })
}

const { bytes, readAs, isWorkbook } = workerData as FileWork
if (isWorkbook) await readWorkbook(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), readAs)
else readText(bytes, readAs)
