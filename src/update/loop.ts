import { sayFault } from '../lib/say-fault.ts'
import { repeat } from '../server/repeat.ts'
import type { LaneWithWork, Lease } from './ledger.ts'
import type { Updating } from './updating.ts'
import type { WindowPlan } from './windows.ts'
import { isCertain, workLane } from './work.ts'

/** Lanes that one process works at the same time. */
const mostLanes = 2_000

/** Lists that one process reads at the same time: a long reading must not take the place of a change. */
const mostSurveys = 16

/**
 * A lane at which nobody has looked for so long is renewed no more: whatever holds it up, another process may try. Longer
 * than the waiting for a controller that falls silent after it took two seconds for each request.
 */
const hangsAfterMs = 5 * 60_000

/** Until a programme says how long: packet life plus the longest pause assumed. */
const usualQuietSeconds = 35

/** What the loop is given: a quiet time of its own goes before the programme's. */
export type Keeping = Omit<Updating, 'quietSeconds'> & { quietSeconds?: number }

/** The running updates of one process. */
export interface Updates {
  /** Looks once: opens a window whose start has come, takes lanes with work, ends what is finished. */
  look(): Promise<void>
  /** Looks until nothing is left that could be done now: for tests, and for a demo that skips ahead. */
  settle(): Promise<void>
  /** Looks soon: something may have come that does not wait. */
  hurry(): void
  /** Stops looking, and waits for the lanes in hand: each ends after the datagram it has just sent. */
  stop(): Promise<void>
}

/**
 * Keeps the controllers: every process that shares the database may run this. What is due is found in committed
 * rows, so a process that was told nothing, was late, or died, costs only time.
 */
export function keepUpdating(
  keeping: Keeping,
  options: {
    /** The timetable in force, and how much later than a change it is read back. */
    plan: () => Promise<(WindowPlan & { quietSeconds?: number }) | null>
    /** What else a window's start brings, beside its changes; nothing waits for it. */
    onOpened?: (plan: WindowPlan) => void
    onFinished?: (startsAt: Temporal.Instant) => Promise<void>
    everyMs?: number
  },
): Updates {
  const updating: Updating = { ...keeping, quietSeconds: keeping.quietSeconds ?? usualQuietSeconds }
  const inHand = new Map<number, Promise<void>>()
  const leases = new Set<Lease>()
  const surveying = new Set<number>()
  const stopped = new AbortController()
  const said = (what: string) => (error: unknown) => updating.log(`${what}: ${sayFault(error)}`)

  async function openWindow(): Promise<void> {
    const plan = await options.plan()
    updating.quietSeconds = keeping.quietSeconds ?? plan?.quietSeconds ?? usualQuietSeconds
    if (plan && (await updating.ledger.openDueWindow(plan))) options.onOpened?.(plan)
  }

  /** One request to a slow controller may be waited for longer than a lease lasts. */
  async function renewLeases(): Promise<void> {
    const isWorked = (lease: Lease) => updating.monotonicMs() - lease.lookedAtMs < hangsAfterMs
    const older = [...leases].filter(lease => isWorked(lease) && !isCertain(updating, lease))
    await Promise.all(older.map(lease => updating.ledger.renew(lease)))
  }

  async function work(controller: LaneWithWork): Promise<void> {
    const lease = await updating.ledger.claim(controller.id)
    if (lease === null) return
    leases.add(lease)
    await workLane(updating, controller, lease, stopped.signal).finally(() => leases.delete(lease))
  }

  async function finish(): Promise<void> {
    for (const startsAt of await updating.ledger.finishWindows()) await options.onFinished?.(startsAt)
  }

  async function visit(controller: LaneWithWork): Promise<void> {
    const { id } = controller
    await work(controller).catch(said(`controller ${id}`))
    inHand.delete(id)
    surveying.delete(id)
    // Whoever was the last need not wait for the next look.
    if (inHand.size === 0) await finish().catch(said('window'))
  }

  async function look(): Promise<void> {
    await renewLeases().catch(said('leases'))
    // Before a window is opened, so that it does not owe what stands there already.
    await updating.ledger.takeUpAdopted().catch(said('adopted numbers'))
    // A window that cannot be opened yet (an act from before its start is still open) must not keep lost cards.
    await openWindow().catch(said('window'))
    await updating.boards.noteStrays(updating.driver.strays?.() ?? []).catch(said('replies from elsewhere'))
    const lanes = await updating.ledger.lanesWithWork()
    for (const controller of lanes) {
      if (inHand.size >= mostLanes || stopped.signal.aborted) break
      const { id, changes } = controller
      const survey = controller.survey && surveying.size < mostSurveys
      if (inHand.has(id) || !(survey || changes)) continue
      if (survey) surveying.add(id)
      inHand.set(id, visit({ ...controller, survey }))
    }
    await finish()
  }

  async function settle(): Promise<void> {
    for (let round = 0; round < 1000; round += 1) {
      await look()
      if (inHand.size === 0 || stopped.signal.aborted) return
      await Promise.all(inHand.values())
    }
  }

  const looking = repeat(look, { everyMs: options.everyMs, onFault: said('update') })
  return {
    look,
    settle,
    hurry: () => looking.hurry(),
    async stop() {
      stopped.abort()
      await looking.stop()
      const renewing = repeat(renewLeases, { everyMs: 1_000, onFault: said('leases') })
      await Promise.all(inHand.values())
      await renewing.stop()
    },
  }
}
