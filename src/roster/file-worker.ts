import { parentPort, workerData } from 'node:worker_threads'
import { type PackedRows, packRows } from './packed-rows.ts'
import { type FileWork, type OpenedAside, readAside } from './read-aside.ts'

/*
 * A thread that reads one file: what is large keeps nobody else waiting, what is hostile has no more memory than this
 * thread is given. Rows go out in portions, packed.
 */

/** What it says: rows as they come, then how the file was opened or why it was not. */
export type FileSaid = { rows: PackedRows; count: number } | { done: OpenedAside }

const say = (said: FileSaid, handedOver: ArrayBuffer[] = []) => parentPort!.postMessage(said, handedOver)
const done = await readAside(workerData as FileWork, some => {
  const rows = packRows(some)
  say({ rows, count: some.length }, [rows.buffer])
})
say({ done })
