import { createReadStream } from 'node:fs'
import { open, readdir, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { readLine } from './form.ts'

const ours = /^journal-\d{4}-\d{2}-\d{2}\.jsonl$/

/** The file of a day, in the campus's calendar. */
export const fileOf = (day: Temporal.PlainDate): string => `journal-${day.toString()}.jsonl`

/** The journal's files in a folder, the oldest first; what else lies there is left alone. */
export const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter(name => ours.test(name)).sort()

/** A line is longer than this only where somebody else wrote into the file. */
const longestLine = 4_000_000

/** The lines of a file that have their ending, with the byte at which each ends; a last line that was cut off is not told. */
export async function* linesOf(path: string): AsyncGenerator<{ text: string; end: number }> {
  let [rest, end] = [Buffer.alloc(0), 0]
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10)) {
      end += at + 1
      yield { text: bytes.toString('utf8', 0, at), end }
      bytes = bytes.subarray(at + 1)
    }
    if (bytes.length > longestLine) throw new Error(`${path} has a line that is no entry of a journal.`)
    rest = Buffer.from(bytes)
  }
}

/** Up to where a folder has the journal: the file written last, its length, and the last whole seal in it. */
export interface Shipped {
  file: string | null
  bytes: number
  seal: number
  hash: string | null
}

/**
 * Reads up to where the journal was shipped, from the files themselves: no mark elsewhere could be written together with
 * them. What follows the last whole seal was cut off by a crash and is taken away; it is shipped again.
 */
export async function endOf(folder: string): Promise<Shipped> {
  for (const file of (await filesIn(folder)).reverse()) {
    const path = join(folder, file)
    const found: Shipped = { file, bytes: 0, seal: 0, hash: null }
    for await (const { text, end } of linesOf(path)) {
      const line = readLine(text)
      if (line?.is === 'seal') Object.assign(found, { bytes: end, seal: line.number, hash: line.hash })
    }
    if ((await stat(path)).size > found.bytes) await truncate(path, found.bytes)
    if (found.seal > 0) return found
  }
  return { file: null, bytes: 0, seal: 0, hash: null }
}

/** Adds to a file, and answers when the disk has it. */
export async function append(folder: string, file: string, text: string): Promise<number> {
  const handle = await open(join(folder, file), 'a', 0o640)
  try {
    await handle.writeFile(text)
    await handle.datasync()
    return (await handle.stat()).size
  } finally {
    await handle.close()
  }
}
