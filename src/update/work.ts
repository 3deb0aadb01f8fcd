import type { Clock } from '../server/register.ts'
import { carryOut, type Spoken } from './deeds.ts'
import type { ControllerDriver } from './driver.ts'
import {
  type ControllerRow,
  claimLane,
  type Holding,
  type Lease,
  releaseLane,
  renewLane,
  stillOurs,
} from './lanes.ts'
import { isStillVisited, nextVisits, type PersonSteps, stepsFor } from './plan.ts'
import { shortTransaction } from './short-transaction.ts'
import { dueNumbers, newcomers, type Outcome, openPeople, recordOutcomes } from './store.ts'
import { breakOffSurvey, surveySome } from './survey.ts'
import { countCards, verifySome } from './verify.ts'
import { finishLane, newestWindow } from './windows.ts'

/** What a process needs to keep controllers; app hands it in. */
export interface Updating extends Holding {
  clock: Clock
  driver: ControllerDriver
  /** Packet life plus the longest pause assumed: how much later the verifying pass reads back (C3). */
  quietSeconds: number
  /** How long a lane with something undone is left alone; 15 unless said. */
  restSeconds?: number
  log(line: string): void
}

/**
 * People a lane visits before it writes down what it did and looks for lost cards: some fifty datagrams, a quarter
 * of a second on a controller that takes its time. A switch takes three of them, an added card one.
 */
const batchOfSwitches = 16
const batchOfAdds = 48

const usualRestSeconds = 15

type End = 'done' | 'partly' | 'unreachable' | 'fenced' | 'stopped'

/** What one process has in hand while it works a lane. */
interface Visit {
  updating: Updating
  lease: Lease
  spoken: Spoken
  stopping: AbortSignal
  /** Whether this visit also reads the controller's list, where somebody asked for it. */
  surveys: boolean
  /** How often each person was visited. */
  visits: Map<number, number>
  /** Since when, in milliseconds that only grow, whoever could not be served is not tried again. */
  visitsSinceMs: number
  /** People whose card was put again already because reading it back showed another: not twice in one visit. */
  doubted: Set<number>
  /** Start of the newest window whose work this visit has listed. */
  horizon: Temporal.Instant | null
}

const sameMoment = (a: Temporal.Instant | null, b: Temporal.Instant | null): boolean =>
  a === b || (a !== null && b !== null && a.equals(b))

interface Listed {
  next: number[]
  batchSize: number
  open: number
}

/** Everybody with something open, in the order of their visits, and up to which window that is. */
async function listVisits(visit: Visit): Promise<Listed> {
  const { updating, lease, visits } = visit
  const { horizon, open } = await shortTransaction(updating, async trx => ({
    horizon: await newestWindow(trx),
    open: await openPeople(trx, lease.controllerId),
  }))
  // Another window brings other work, also to people who were visited before it began.
  if (!sameMoment(visit.horizon, horizon)) visits.clear()
  visit.horizon = horizon
  const next = nextVisits(open, visits)
  const batchSize = next.some(person => person.removals) ? batchOfSwitches : batchOfAdds
  return { next: next.map(person => person.personId), batchSize, open: open.length }
}

interface Turn {
  steps: PersonSteps[]
  horizon: Temporal.Instant | null
}

/**
 * Fence and plan in one: renews the lease and reads anew what is wanted of these people, and before them of
 * whoever has something at once since; null says that the lane is no longer ours.
 */
const nextTurn = ({ updating, lease, visits }: Visit, people: readonly number[]): Promise<Turn | null> =>
  shortTransaction(updating, async trx => {
    if (!(await renewLane(trx, updating, lease))) return null
    const horizon = await newestWindow(trx)
    const hasty = (await newcomers(trx, lease.controllerId, horizon))
      .filter(person => isStillVisited(person, visits.get(person.personId) ?? 0))
      .map(person => person.personId)
    const personIds = [...new Set([...hasty, ...people])]
    const byPerson = Map.groupBy(
      await dueNumbers(trx, lease.controllerId, personIds),
      number => number.personId,
    )
    const steps = personIds.map(personId => stepsFor(personId, byPerson.get(personId) ?? []))
    return { steps, horizon }
  })

const keep = ({ updating, lease }: Visit, outcomes: readonly Outcome[], { steps, horizon }: Turn) =>
  shortTransaction(updating, async trx => {
    if (!(await renewLane(trx, updating, lease))) return false
    const settled = steps.flatMap(person => person.settled)
    const { quietSeconds } = updating
    const now = await updating.clock.now(trx)
    await recordOutcomes(trx, lease, now, { outcomes, settled, horizon, quietSeconds })
    return true
  })

/** Visits everybody with something open, in order, until nothing new can be done. */
async function workThrough(visit: Visit): Promise<End> {
  const { spoken, visits } = visit
  for (let listed: Listed | null = null; ; ) {
    if (visit.stopping.aborted) return 'stopped'
    if (listed === null || listed.next.length === 0) {
      listed = await listVisits(visit)
      if (listed.next.length === 0) return listed.open === 0 ? 'done' : 'partly'
    }
    const turn = await nextTurn(visit, listed.next.splice(0, listed.batchSize))
    if (turn === null) return 'fenced'
    for (const { personId } of turn.steps) visits.set(personId, (visits.get(personId) ?? 0) + 1)
    const outcomes: Outcome[] = []
    for (const steps of turn.steps) {
      const carried = await carryOut(spoken, steps)
      outcomes.push(...carried.outcomes)
      if (carried.ended) break
    }
    if (!(await keep(visit, outcomes, turn))) return 'fenced'
    if (outcomes.some(outcome => outcome.answer === 'unreachable')) return 'unreachable'
    // A window has begun meanwhile: what it brings is listed anew, urgent cards first.
    if (!sameMoment(turn.horizon, visit.horizon)) listed = null
  }
}

const endPart = ({ updating, lease, horizon }: Visit, outcome: 'done' | 'partly' | 'unreachable') =>
  shortTransaction(updating, async trx => {
    if (!(await renewLane(trx, updating, lease))) return null
    return finishLane(trx, lease.controllerId, await updating.clock.now(trx), outcome, horizon)
  })

/** People of whom something is open again are visited again, once in a visit. */
function visitAgain(visit: Visit, doubted: readonly { personId: number }[]): void {
  for (const { personId } of doubted) {
    if (!visit.doubted.has(personId)) visit.visits.delete(personId)
    visit.doubted.add(personId)
  }
}

/** Between two batches of a reading everybody may be visited: at once when nothing is open, else after the usual rest. */
function visitAfresh(visit: Visit, worked: End): void {
  const { monotonicMs, restSeconds = usualRestSeconds } = visit.updating
  const nowMs = monotonicMs()
  if (worked !== 'done' && nowMs - visit.visitsSinceMs < restSeconds * 1000) return
  visit.visits.clear()
  visit.visitsSinceMs = nowMs
}

/**
 * Changes in their order, then reading back, then some places of the controller's list where somebody asked for it,
 * round by round, until none has anything left. The controller's part of a window is over when its changes are done:
 * "switched" and "verified" are two times.
 */
async function workAndVerify(visit: Visit): Promise<End> {
  const { updating, lease, spoken } = visit
  let partOf: Temporal.Instant | null = null
  for (let counted = false; ; ) {
    const worked = await workThrough(visit)
    if (worked === 'fenced' || worked === 'stopped') return worked
    const ended: boolean | null = sameMoment(partOf, visit.horizon) ? false : await endPart(visit, worked)
    if (ended === null) return 'fenced'
    partOf = visit.horizon
    if (worked === 'unreachable') return worked
    const verified = await verifySome(updating, lease, spoken)
    if (verified.end === 'halted') return visit.stopping.aborted ? 'stopped' : 'fenced'
    visitAgain(visit, verified.doubted)
    if (verified.end === 'unreachable') return 'unreachable'
    // Once a window, and once when something was missing: has the whole memory gone?
    const counts: boolean = !counted && (ended || verified.doubted.length > 0)
    counted ||= counts
    const cards = counts ? await countCards(updating, lease, spoken) : 'enough'
    if (cards === 'unreachable') return 'unreachable'
    if (verified.end !== 'nothing' || cards !== 'enough') continue
    const surveyed = visit.surveys ? await surveySome(updating, lease, spoken) : null
    if (surveyed === null || surveyed.end === 'nothing') return worked
    if (surveyed.end === 'halted') return visit.stopping.aborted ? 'stopped' : 'fenced'
    if (surveyed.end === 'unreachable') return 'unreachable'
    visitAfresh(visit, worked)
    visitAgain(visit, surveyed.doubted)
  }
}

/** Gives the lane back; one with something undone, or silent, rests. */
const end = ({ updating, lease }: Visit, outcome: End): Promise<void> =>
  shortTransaction(updating, async trx => {
    if (!(await renewLane(trx, updating, lease))) return
    const rests = outcome === 'partly' || outcome === 'unreachable'
    await releaseLane(trx, lease, {
      seconds: rests ? (updating.restSeconds ?? usualRestSeconds) : 0,
      silentSince: outcome === 'unreachable' ? await updating.clock.now(trx) : null,
    })
  })

/**
 * Everything one controller has to do now: changes in their order, then the verifying pass. Window, urgent and
 * verifying work of a controller, and the reading of its list, all go through the one process that holds its lane.
 * `stopping` ends it after the datagram in hand; what was done is written down, and the lane is free for others.
 */
export async function workLane(
  updating: Updating,
  controller: ControllerRow & { survey: boolean },
  stopping: AbortSignal,
): Promise<void> {
  const lease = await claimLane(updating, controller.id)
  if (lease === null) return
  const { id: serial, host, port, capacity, driver, settings } = controller
  const mayGoOn = async () => !stopping.aborted && (await stillOurs(updating, lease))
  const spoken = {
    driver: updating.driver,
    address: { serial, host, port, capacity, driver, settings },
    mayGoOn,
  }
  const visit: Visit = {
    updating,
    lease,
    spoken,
    stopping,
    surveys: controller.survey,
    visits: new Map(),
    visitsSinceMs: updating.monotonicMs(),
    doubted: new Set(),
    horizon: null,
  }
  let outcome: End
  try {
    outcome = await workAndVerify(visit)
    // Silent before its list was come to: whoever asked for it is told, and does not wait for days.
    if (outcome === 'unreachable' && visit.surveys) await breakOffSurvey(updating, lease, 'silent')
  } catch (error) {
    // A fault of ours must not keep the window open for ever: this lane's part ends, and is tried again.
    updating.log(`controller ${serial}: ${String(error)}`)
    outcome = 'partly'
    await endPart(visit, outcome)
    if (visit.surveys) await breakOffSurvey(updating, lease, 'fault')
  }
  await end(visit, outcome)
  if (outcome !== 'done') updating.log(`controller ${serial}: ${outcome}`)
}
