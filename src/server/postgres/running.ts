import type { ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { type Keeper, keep, type Unusable } from './keeper.ts'
import type { Place } from './place.ts'
import { freePort, isAlive, type Postmaster, readPostmaster, startPostmaster } from './postmaster.ts'

/** A PostgreSQL that answers, and our hold on it. */
export interface Running {
  pid: number
  port: number
  keeper: Keeper
  /** Our child, when this process started it. */
  child: ChildProcess | undefined
}

const retryMs = 250
/** 30 s: so long a killed PostgreSQL, or its helpers, may hold on to the data. postmaster.pid is never deleted for it. */
const heldRetries = 120
/** Ten minutes: so long the recovery of a server that somebody else started is waited for. */
const passingRetries = 2_400
const portRetries = 20

/** What a server is to be like, and who hears of it. */
export interface Wish {
  durable: boolean
  /** The port to listen on; undefined: any free one. */
  port?: number | undefined
  onLost: () => void
  log: (line: string) => void
  /** Called when the server has been started and is waited for. */
  meanwhile?: () => void
}

/**
 * Finds the PostgreSQL that already runs on these data, or starts one.
 * One that is just starting, stopping or dying is waited for.
 */
export async function ensureRunning(place: Place, wish: Wish): Promise<Running> {
  const left = { held: heldRetries, passing: passingRetries, port: portRetries }
  for (;;) {
    const live = await findRunning(place, wish.onLost)
    if (typeof live === 'object') return live
    if (live === 'passing') {
      if (left.passing-- === 0)
        throw new Error(`The PostgreSQL on ${place.data} did not become ready in ten minutes.`)
      await wait(retryMs)
      continue
    }
    const started = await startPostmaster(place, wish.port ?? (await freePort()), wish)
    if (started.outcome === 'ready') return await hold(place, started.child, started.port, wish.onLost)
    if (started.outcome === 'failed') throw new Error(`PostgreSQL did not start: ${started.said}`)
    const kind = started.outcome === 'held' ? 'held' : 'port'
    if (left[kind]-- === 0) throw new Error(`PostgreSQL did not start: ${started.said.trim()}`)
    if (left.held === heldRetries - 1)
      wish.log('A PostgreSQL that ended has not let go of its data yet: waiting')
    await wait(retryMs)
  }
}

/** The server that postmaster.pid tells of, if it is alive and really runs on these data. */
export async function findRunning(place: Place, onLost: () => void): Promise<Running | Unusable> {
  const seen: Postmaster | undefined = await readPostmaster(place.data)
  if (seen === undefined || !isAlive(seen.pid)) return 'not ours'
  const keeper = await keep(place, seen.port, onLost)
  return typeof keeper === 'string' ? keeper : { pid: seen.pid, port: seen.port, keeper, child: undefined }
}

async function hold(place: Place, child: ChildProcess, port: number, onLost: () => void): Promise<Running> {
  for (let attempt = 0; attempt < heldRetries; attempt++) {
    const keeper = await keep(place, port, onLost)
    if (typeof keeper === 'object') return { pid: child.pid ?? 0, port, keeper, child }
    await wait(retryMs)
  }
  throw new Error(`PostgreSQL started on port ${port} of 127.0.0.1 and then let nobody in.`)
}
