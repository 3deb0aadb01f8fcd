import { setTimeout as wait } from 'node:timers/promises'
import { lanesWithWork } from './lanes.ts'
import { finishWindows, openDueWindow, type WindowPlan } from './windows.ts'
import { type Updating, workLane } from './work.ts'

/** Lanes that one process works at the same time. */
const mostLanes = 256

/** The running updates of one process. */
export interface Updates {
  /** Looks once: opens a window whose start has come, takes lanes with work, ends what is finished. */
  look(): Promise<void>
  /** Looks until nothing is left that could be done now: for tests, and for a demo that skips ahead. */
  settle(): Promise<void>
  /** Stops looking and waits for the lanes in hand. */
  stop(): Promise<void>
}

/**
 * Keeps the controllers: every process that shares the database may run this. What is due is found in committed
 * rows, so a process that was told nothing, was late, or died, costs only time.
 */
export function keepUpdating(
  updating: Updating,
  options: {
    plan: () => Promise<WindowPlan | null>
    onFinished?: (startsAt: Temporal.Instant) => Promise<void>
    everyMs?: number
  },
): Updates {
  const inHand = new Map<number, Promise<void>>()
  const stopped = new AbortController()

  async function look(): Promise<void> {
    const plan = await options.plan()
    if (plan) await openDueWindow(updating.database, updating.clock, plan)
    const lanes = await updating.database.transaction(lanesWithWork)
    for (const controller of lanes.slice(0, mostLanes - inHand.size)) {
      if (inHand.has(controller.id)) continue
      const work = workLane(updating, controller)
        .catch((error: unknown) => updating.log(`controller ${controller.id}: ${String(error)}`))
        .finally(() => inHand.delete(controller.id))
      inHand.set(controller.id, work)
    }
    for (const startsAt of await finishWindows(updating.database, updating.clock))
      await options.onFinished?.(startsAt)
  }

  async function settle(): Promise<void> {
    for (let round = 0; round < 1000; round += 1) {
      await look()
      if (inHand.size === 0) return
      await Promise.all(inHand.values())
    }
  }

  async function run(everyMs: number): Promise<void> {
    while (!stopped.signal.aborted) {
      await look().catch((error: unknown) => updating.log(`update: ${String(error)}`))
      await wait(everyMs, undefined, { signal: stopped.signal }).catch(() => {})
    }
  }

  const running = options.everyMs === undefined ? Promise.resolve() : run(options.everyMs)
  return {
    look,
    settle,
    async stop() {
      stopped.abort()
      await running
      await Promise.all(inHand.values())
    },
  }
}
