import { Worker } from 'node:worker_threads'
import { type Decision, no, yes } from '../lib/decision.ts'
import { OthersReading } from '../server/problem.ts'
import type { CsvRow } from './csv.ts'
import { largestTableBytes } from './decode.ts'
import type { FileSaid } from './file-worker.ts'
import { type PackedRows, rowsOf } from './packed-rows.ts'
import { type FileWork, readAside } from './read-aside.ts'
import { asRecognised, type OpenedFile, type OpenRefusal, openText, type ReadAs } from './table.ts'
import { sheetRead } from './workbook.ts'
import { checkWorkbook } from './workbook-check.ts'

/** A text up to this size, in bytes, is read where it is asked for: within a few hundredths of a second. */
const smallText = 256 * 1024

/** The same of a workbook, by what it becomes. */
const smallWorkbook = 1024 * 1024

/**
 * A file is given up after this time, in milliseconds; 200,000 rows take a sixth of it. The act that reads it is idle
 * meanwhile, and the database ends what is idle for a minute.
 */
const patienceMs = 40_000

/** The memory of a thread that reads a file, in megabytes. */
const threadMegabytes = 384

/** How many threads read at the same time. */
const mostThreads = 2
let threads = 0

const starts = (bytes: Uint8Array, hex: string) => bytes.subarray(0, hex.length / 2).toHex() === hex

/** `EncryptedPackage` as an old container writes it: a workbook behind a password. */
const encrypted = Buffer.from('EncryptedPackage', 'utf16le')

/** Tells how many rows have been read so far. */
export type OnRead = (rows: number) => void

/**
 * Opens a file of an office as rows of cells: CSV, or xlsx, whatever its name says. What is large or a workbook is read
 * by a thread of its own. Refuses an old or an encrypted workbook, and what `openText` and `checkWorkbook` refuse; throws
 * `OthersReading` where as many threads as may are at work.
 */
export async function openFile(
  bytes: Buffer,
  readAs: ReadAs = asRecognised,
  onRead: OnRead = () => {},
): Promise<Decision<{ opened: OpenedFile }, OpenRefusal>> {
  if (bytes.length > largestTableBytes)
    return no('file-too-large', { bytes: bytes.length, most: largestTableBytes })
  if (starts(bytes, 'd0cf11e0') && bytes.includes(encrypted)) return no('encrypted-workbook')
  if (starts(bytes, '504b')) return openWorkbook(bytes, readAs, onRead)
  if (bytes.length <= smallText) return openText(bytes, readAs)
  return inThread({ bytes, readAs, workbook: null }, onRead)
}

/** A workbook is looked through first; a small one is then read here, any other in a thread of its own. */
async function openWorkbook(
  bytes: Buffer,
  readAs: ReadAs,
  onRead: OnRead,
): Promise<Decision<{ opened: OpenedFile }, OpenRefusal>> {
  const checked = await checkWorkbook(bytes)
  if (!checked.ok) return checked
  const at = sheetRead(checked.sheets, readAs.sheet)
  if (at < 0) return no('no-such-sheet', { sheets: checked.sheets.length })
  const sheets = checked.sheets.map(({ name }) => name)
  const work = { bytes, readAs, workbook: { sheets, at } }
  if (checked.inflated > smallWorkbook) return inThread(work, onRead)
  const rows: CsvRow[] = []
  const done = await readAside(work, some => rows.push(...some))
  return done.ok ? yes({ opened: { ...done.opened, rows } }) : done
}

async function inThread(
  work: FileWork,
  onRead: OnRead,
): Promise<Decision<{ opened: OpenedFile }, OpenRefusal>> {
  if (threads >= mostThreads) throw new OthersReading('other files are being read')
  threads++
  try {
    return await readInThread(work, onRead)
  } finally {
    threads--
  }
}

async function readInThread(
  work: FileWork,
  onRead: OnRead,
): Promise<Decision<{ opened: OpenedFile }, OpenRefusal>> {
  // Handed over, not written out for the thread and read there again: the file is in memory twice, not four times.
  const bytes = new Uint8Array(work.bytes)
  const worker = new Worker(new URL('./file-worker.ts', import.meta.url), {
    workerData: { ...work, bytes } satisfies FileWork,
    transferList: [bytes.buffer],
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: threadMegabytes, maxYoungGenerationSizeMb: 16 },
  })
  const packs: PackedRows[] = []
  let count = 0
  const { promise, resolve, reject } = Promise.withResolvers<Decision<{ opened: OpenedFile }, OpenRefusal>>()
  const patience = setTimeout(() => resolve(no('workbook-takes-too-long')), patienceMs)
  worker.on('message', (said: FileSaid) => {
    if ('rows' in said) {
      packs.push(said.rows)
      count += said.count
      onRead(count)
    } else
      resolve(said.done.ok ? yes({ opened: { ...said.done.opened, rows: rowsOf(packs, count) } }) : said.done)
  })
  // What a thread cannot read is the file's fault: no memory left, or a part that is not what it says.
  worker.on('error', (fault: Error & { code?: string }) => {
    if (work.workbook === null) reject(fault)
    else if (fault.code === 'ERR_WORKER_OUT_OF_MEMORY')
      resolve(no('workbook-too-large', { most: threadMegabytes * 1024 * 1024 }))
    else resolve(no('damaged-workbook'))
  })
  worker.on('exit', () => resolve(no('damaged-workbook')))
  try {
    return await promise
  } finally {
    clearTimeout(patience)
    await worker.terminate()
  }
}
