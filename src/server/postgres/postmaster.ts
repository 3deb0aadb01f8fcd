import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile, rename, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { program } from './binaries.ts'
import type { Place } from './place.ts'
import { asPostgres, runProgram } from './programs.ts'

/** What PostgreSQL wrote about itself into postmaster.pid. */
export interface Postmaster {
  pid: number
  port: number
  ready: boolean
}

/**
 * How a start went. `held`: somebody still has the data, alive or dying; `port taken`: somebody else listens there;
 * `failed`: anything else, in PostgreSQL's words.
 */
export type Started =
  | { outcome: 'ready'; child: ChildProcess; port: number }
  | { outcome: 'held' | 'port taken' | 'failed'; said: string }

const pollMs = 10
/** Ten minutes of counted polls: recovery after a crash may take long, and must not be interrupted. */
const longestStartPolls = 60_000

/** Reads postmaster.pid; undefined where there is none, or one that is still being written. */
export async function readPostmaster(data: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  if (!(pid > 0 && port > 0)) return undefined
  return { pid, port, ready: lines[7]?.trim() === 'ready' }
}

/** True while the process exists (which a dead one that nobody has collected yet still does). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A port of 127.0.0.1 that nothing listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string')
    throw new Error('The system gave no free port of 127.0.0.1.')
  return address.port
}

/**
 * Starts PostgreSQL and waits until it answers. It is detached, so that Ctrl-C reaches only the app, which then stops
 * PostgreSQL when nothing needs it any more. Only `durable: false`, for tests, may lose what was committed.
 */
export async function startPostmaster(
  place: Place,
  port: number,
  { durable, meanwhile }: { durable: boolean; meanwhile?: () => void },
): Promise<Started> {
  const log = await openLog(place.logFile)
  try {
    const from = (await log.stat()).size
    const settings = [...settingsOf(port), ...(durable ? durableSettings : unsafeSettings)]
    const child = spawn(
      program(place.binaries, 'postgres'),
      ['-D', place.data, ...settings.flatMap(setting => ['-c', setting])],
      { ...asPostgres(place, place.data), detached: true, stdio: ['ignore', log.fd, log.fd] },
    )
    await once(child, 'spawn')
    child.unref()
    meanwhile?.()
    for (let poll = 0; poll < longestStartPolls; poll++) {
      if (child.exitCode !== null || child.signalCode !== null) {
        return classify((await readFile(place.logFile)).subarray(from).toString('utf8'))
      }
      const seen = await readPostmaster(place.data)
      if (seen?.pid === child.pid && seen?.ready) return { outcome: 'ready', child, port }
      await wait(pollMs)
    }
    return { outcome: 'failed', said: 'it was still starting after ten minutes, and was left to go on.' }
  } finally {
    await log.close()
  }
}

/** Asks PostgreSQL to end (fast: open transactions are rolled back) and waits, a minute at most, until it has. */
export async function stopPostmaster(place: Place, pid: number, child?: ChildProcess): Promise<void> {
  if (process.platform === 'win32') {
    return runProgram(place, place.data, 'pg_ctl', ['stop', '-D', place.data, '-m', 'fast', '-w'])
  }
  process.kill(pid, 'SIGINT')
  for (let poll = 0; poll < 6_000; poll++) {
    // A process that is not our child may stay a zombie until its parent looks; its lock file is gone before that.
    const ended = child
      ? child.exitCode !== null || child.signalCode !== null
      : !isAlive(pid) || (await readPostmaster(place.data))?.pid !== pid
    if (ended) return
    await wait(pollMs)
  }
  throw new Error(`PostgreSQL (process ${pid}) was asked to stop and had not done so after a minute.`)
}

function classify(said: string): Started {
  // Both are seen for a second or so after a kill -9, while the dead process or its helpers are still being cleared away.
  if (/lock file "[^"]*" already exists/.test(said) || said.includes('pre-existing shared memory block'))
    return { outcome: 'held', said }
  if (/could not (bind|create any TCP\/IP sockets)/.test(said)) return { outcome: 'port taken', said }
  return { outcome: 'failed', said: said.trim().split('\n').slice(-5).join('\n') }
}

/** The log goes on at its end, and is put aside (one is kept) before a start that finds it larger than 1 MB. */
async function openLog(path: string) {
  const size = await stat(path).then(
    about => about.size,
    () => 0,
  )
  if (size > 1_000_000) await rename(path, `${path}.previous`)
  return open(path, 'a', 0o600)
}

const settingsOf = (port: number): string[] => [
  'listen_addresses=127.0.0.1',
  `port=${port}`,
  'unix_socket_directories=',
  'max_connections=200',
  'timezone=UTC',
  'log_timezone=UTC',
  // The texts that a failed start is recognised by.
  'lc_messages=C',
  // The server's own events, and nothing of a statement's values: a failed row would put a person into the log.
  'log_min_messages=log',
  'log_error_verbosity=terse',
  'log_min_error_statement=panic',
  'log_checkpoints=off',
]

const durableSettings = ['fsync=on', 'full_page_writes=on', 'synchronous_commit=on']

const unsafeSettings = [
  'fsync=off',
  'full_page_writes=off',
  'synchronous_commit=off',
  'wal_level=minimal',
  'max_wal_senders=0',
]
