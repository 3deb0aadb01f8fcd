import { setTimeout as wait } from 'node:timers/promises'
import { lanesWithWork } from './lanes.ts'
import { shortTransaction } from './short-transaction.ts'
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
  /** Stops looking, and waits for the lanes in hand: each ends after the datagram it has just sent. */
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
    /** What else a window's start brings, beside its changes; nothing waits for it. */
    onOpened?: (plan: WindowPlan) => void
    onFinished?: (startsAt: Temporal.Instant) => Promise<void>
    everyMs?: number
  },
): Updates {
  const inHand = new Map<number, Promise<void>>()
  const stopped = new AbortController()
  const said = (what: string) => (error: unknown) => updating.log(`${what}: ${String(error)}`)

  async function openWindow(): Promise<void> {
    const plan = await options.plan()
    if (plan && (await openDueWindow(updating, plan))) options.onOpened?.(plan)
  }

  async function look(): Promise<void> {
    // A window that cannot be opened yet (an act from before its start is still open) must not keep lost cards.
    await openWindow().catch(said('window'))
    const lanes = await shortTransaction(updating, lanesWithWork)
    for (const controller of lanes) {
      if (inHand.size >= mostLanes || stopped.signal.aborted) break
      if (inHand.has(controller.id)) continue
      const work = workLane(updating, controller, stopped.signal)
        .catch(said(`controller ${controller.id}`))
        .finally(() => inHand.delete(controller.id))
      inHand.set(controller.id, work)
    }
    for (const startsAt of await finishWindows(updating)) await options.onFinished?.(startsAt)
  }

  async function settle(): Promise<void> {
    for (let round = 0; round < 1000; round += 1) {
      await look()
      if (inHand.size === 0 || stopped.signal.aborted) return
      await Promise.all(inHand.values())
    }
  }

  async function run(everyMs: number): Promise<void> {
    while (!stopped.signal.aborted) {
      await look().catch(said('update'))
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
