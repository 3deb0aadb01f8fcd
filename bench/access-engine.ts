import { campusClock, monotonicMs } from '../src/app/clock.ts'
import { windowPlan } from '../src/app/gatehouse.ts'
import { openUhppoteDriver } from '../src/controller/uhppote/driver.ts'
import { openDatabase } from '../src/server/database.ts'
import type { ControllerAddress, ControllerDriver } from '../src/update/driver.ts'
import { keepUpdating, type Updates } from '../src/update/loop.ts'
import { overDatabase } from '../src/update/over-database.ts'
import { mostMemory } from '../test/most-memory.ts'
import { beginProfile, endProfile } from './access-profile.ts'

/*
 * The engine in a process of its own, so that its processor time and its memory are its own: the real driver,
 * `keepUpdating` and the doors' pool, as `npm start` puts them together, without HTTP and messages.
 */

/** What the engine is told; each is answered by a message that has the same key. */
export type EngineAsked =
  | { plain: ControllerAddress[]; each: number }
  | { settle: string; limitSeconds: number }
  | { plan: ControllerAddress[] }
  | { run: number }
  | { halt: true }
  | { usage: true }
  | { stop: true }

/** What became of settling: how long until the window was finished, and until nothing was left to do. */
export interface Settled {
  finishedMs: number | null
  tookMs: number
  gaveUp: boolean
  /** The first lines that the engine wrote into its log, and how many there were. */
  said: string[]
  lines: number
}

const doors = openDatabase(process.env.BENCH_DATABASE!, 'doors', { connections: 16 })
const driver = await openUhppoteDriver({ monotonicMs })

function open(by: ControllerDriver, onFinished: () => void, everyMs?: number) {
  const said: string[] = []
  let lines = 0
  const log = (line: string) => {
    lines++
    if (said.length < 3) said.push(line)
  }
  const updates = keepUpdating(
    // The verifying pass has a measurement of its own: the bench says when the quiet time is over.
    {
      ...overDatabase({ database: doors, clock: campusClock, owner: 'bench', monotonicMs, leaseSeconds: 10 }),
      driver: by,
      quietSeconds: 3600,
      log,
    },
    { plan: () => windowPlan(doors), onFinished: async () => onFinished(), ...(everyMs ? { everyMs } : {}) },
  )
  return { updates, told: () => ({ said, lines }) }
}

async function settle(name: string, limitSeconds: number): Promise<Settled> {
  await beginProfile()
  let finishedMs: number | null = null
  let gaveUp = false
  const beganMs = monotonicMs()
  const { updates, told } = open(driver, () => {
    finishedMs = monotonicMs() - beganMs
  })
  const limit = setTimeout(() => {
    gaveUp = true
    void updates.stop()
  }, limitSeconds * 1000)
  await updates.settle()
  const tookMs = monotonicMs() - beganMs
  clearTimeout(limit)
  await updates.stop()
  await endProfile(`${name}-engine`)
  return { finishedMs, tookMs, gaveUp, ...told() }
}

/** Plain questions, one after the other on each controller, all controllers at once: what the wire alone can do. */
async function plain(controllers: readonly ControllerAddress[], each: number): Promise<number> {
  const beganMs = monotonicMs()
  await Promise.all(
    controllers.map(async controller => {
      for (let time = 0; time < each; time++) await driver.get(controller, 1n)
    }),
  )
  return monotonicMs() - beganMs
}

/**
 * Planning alone: nothing is sent. Each lane comes as far as its first deed and finds its controller silent; the time
 * is from looking for the window to the last of these first deeds.
 */
async function plan(
  controllers: readonly ControllerAddress[],
): Promise<{ tookMs: number; lanes: number; finished: number }> {
  const came = new Set<number>()
  let lastMs = 0
  const beganMs = monotonicMs()
  const note = ({ serial }: ControllerAddress) => {
    if (came.size < controllers.length && !came.has(serial)) lastMs = monotonicMs() - beganMs
    came.add(serial)
  }
  const silent = { answer: 'unreachable', proved: false, tries: 5 } as const
  const notes: ControllerDriver = {
    ...driver,
    meet: async () => ({ answer: 'cannot-say' }),
    put: async to => {
      note(to)
      return silent
    },
    get: async to => {
      note(to)
      return { answer: 'unreachable' }
    },
    count: async () => ({ answer: 'unreachable' }),
  }
  const { updates } = open(notes, () => {})
  await updates.settle()
  const finished = monotonicMs() - beganMs
  await updates.stop()
  return { tookMs: lastMs, lanes: came.size, finished }
}

let running: Updates | null = null

async function does(asked: EngineAsked): Promise<object> {
  if ('plain' in asked) return { plain: await plain(asked.plain, asked.each) }
  if ('settle' in asked) return { settle: await settle(asked.settle, asked.limitSeconds) }
  if ('plan' in asked) return { plan: await plan(asked.plan) }
  if ('run' in asked) {
    running = open(driver, () => {}, asked.run).updates
    return { run: true }
  }
  if ('halt' in asked) {
    await running?.stop()
    return { halt: true }
  }
  if ('usage' in asked) return { usage: { cpu: process.cpuUsage(), peakKb: mostMemory() / 1024 } }
  await driver.close()
  await doors.close()
  return process.exit(0)
}

process.on('message', (asked: EngineAsked) => {
  does(asked).then(
    answer => process.send?.(answer),
    (fault: unknown) => process.send?.({ error: String(fault) }),
  )
})
process.once('disconnect', () => process.exit(0))
