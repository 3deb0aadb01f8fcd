import { chmod, mkdir, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { csvRow } from '../../lib/spreadsheet-guard.ts'

/** So much is gathered before it is written. */
const chunkBytes = 64 * 1024

/** Whether a pack may be written there: a folder that is not there yet, or that is empty. */
export async function isNewOrEmpty(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException
    if (code === 'ENOENT') return true
    if (code === 'ENOTDIR') return false
    throw fault
  }
}

/** Makes the folder, which only whoever runs this may open. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
}

/** Writes a new file that only its owner may read; where one is there already nothing is written. */
export async function writeNew(
  folder: string,
  name: string,
  parts: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  const file = await open(join(folder, name), 'wx', 0o600)
  try {
    let waiting = ''
    for await (const part of parts) {
      waiting += part
      if (waiting.length < chunkBytes) continue
      await file.write(waiting)
      waiting = ''
    }
    await file.write(waiting)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A table as CSV that a spreadsheet opens: in UTF-8 with its mark, each cell guarded. */
export async function* csvOf(
  head: readonly string[],
  rows: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
): AsyncGenerator<string> {
  yield `\uFEFF${csvRow(head)}`
  for await (const row of rows) yield csvRow(row)
}
