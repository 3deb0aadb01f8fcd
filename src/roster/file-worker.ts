import { parentPort, workerData } from 'node:worker_threads'
import type { CsvRow } from './csv.ts'
import { type FileWork, type OpenedAside, readAside } from './read-aside.ts'

/*
 * A thread that reads one file: what is large keeps nobody else waiting, what is hostile has no more memory than this
 * thread is given. Rows go out in portions.
 */

/** What it says: rows as they come, then how the file was opened or why it was not. */
export type FileSaid = { rows: CsvRow[] } | { done: OpenedAside }

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
const say = (said: FileSaid) => parentPort!.postMessage(said)
say({ done: await readAside(workerData as FileWork, rows => say({ rows })) })
