import { sayFault } from '../lib/say-fault.ts'
import { carryOut, type Spoken } from './deeds.ts'
import type { LaneWithWork, Lease, PartOutcome, Turn } from './ledger.ts'
import { type Outcome, servedBy } from './outcome.ts'
import { batchOf, paceOf } from './pace.ts'
import { isStillVisited, nextVisits, type PersonSteps, stepsFor } from './plan.ts'
import type { Surveyed, Updating } from './updating.ts'
import { countCards, verifySome } from './verify.ts'

const usualRestSeconds = 15
type End = PartOutcome | 'fenced' | 'stopped'

/** What one process has in hand while it works a lane. */
interface Visit {
  updating: Updating
  lease: Lease
  spoken: Spoken
  stopping: AbortSignal
  /** Whether the board that is known was met lately. */
  met: boolean
  /** Whether this visit also reads the controller's list, where somebody asked for it. */
  surveys: boolean
  /** How often each person was visited. */
  visits: Map<number, number>
  /** The batch before is written down while the next one is sent: whether the lane was still ours, or what went wrong. */
  written: Promise<() => boolean>
  /** The people of that batch: what they have open may be done already. */
  beingWritten: ReadonlySet<number>
  /** Since when, in milliseconds that only grow, whoever could not be served is not tried again. */
  visitsSinceMs: number
  /** People whose card was put again already because reading it back showed another: not twice in one visit. */
  doubted: Set<number>
  /** Start of the newest window whose work this visit has listed. */
  horizon: Temporal.Instant | null
  /** How many people were served, and numbers read back, in the time that a batch should take, when last measured. */
  pace: number
  readingPace: number
  placesPace: number
}

const haltedBy = ({ stopping }: Visit): End => (stopping.aborted ? 'stopped' : 'fenced')

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
  const { horizon, open } = await updating.ledger.list(lease)
  // Another window brings other work, also to people who were visited before it began.
  if (!sameMoment(visit.horizon, horizon)) visits.clear()
  visit.horizon = horizon
  const next = nextVisits(open, visits)
  const kind = next.some(person => person.removals) ? 'switches' : 'adds'
  const batchSize = batchOf(kind, visit.pace)
  return { next: next.map(person => person.personId), batchSize, open: open.length }
}

/** Fence and plan in one: null says that the lane is no longer ours. */
const nextTurn = (visit: Visit, personIds: readonly number[]): Promise<Turn | null> => {
  const { updating, lease, visits, beingWritten } = visit
  return updating.ledger.turn({
    lease,
    personIds: personIds.filter(id => !beingWritten.has(id)),
    isStillVisited: person =>
      !beingWritten.has(person.personId) && isStillVisited(person, visits.get(person.personId) ?? 0),
  })
}

/** Waits until the batch before is written down; false where the lane is no longer ours. */
async function wroteDown(visit: Visit): Promise<boolean> {
  const written = await visit.written
  visit.beingWritten = new Set()
  return written()
}

/** Begins to write a batch down; nobody waits for it here. */
function writeDown(
  visit: Visit,
  outcomes: readonly Outcome[],
  steps: readonly PersonSteps[],
  turn: Turn,
): void {
  const { updating, lease } = visit
  const { ledger, quietSeconds } = updating
  const settled = steps.flatMap(person => person.settled)
  visit.beingWritten = new Set(turn.people.map(person => person.personId))
  visit.written = ledger.keep({ lease, outcomes, settled, horizon: turn.horizon, quietSeconds }).then(
    kept => () => kept,
    (error: unknown) => () => {
      throw error
    },
  )
}

/** Visits everybody with something open, in order, until nothing new can be done, and all of it is written down. */
async function workThrough(visit: Visit): Promise<End> {
  try {
    const end = await visitAll(visit)
    return (await wroteDown(visit)) ? end : 'fenced'
  } finally {
    // The lane is not given back while anything is being written down.
    await visit.written
  }
}

async function visitAll(visit: Visit): Promise<End> {
  const { spoken, visits } = visit
  for (let listed: Listed | null = null; ; ) {
    if (visit.stopping.aborted) return 'stopped'
    if (listed === null || listed.next.length === 0) {
      if (!(await wroteDown(visit))) return 'fenced'
      listed = await listVisits(visit)
      if (listed.next.length === 0) return listed.open === 0 ? 'done' : 'partly'
    }
    // Before the turn is read: what is sent is then as new as it can be.
    const met = await spoken.meet()
    if (met !== 'known') return met === 'halted' ? haltedBy(visit) : 'unreachable'
    const turn = await nextTurn(visit, listed.next.splice(0, listed.batchSize))
    if (turn === null) return 'fenced'
    for (const { personId } of turn.people) visits.set(personId, (visits.get(personId) ?? 0) + 1)
    const steps = turn.people.map(({ personId, due }) => stepsFor(personId, due))
    const outcomes = await carryOutInTime(visit, steps, spoken)
    for (const id of servedBy(steps, outcomes)) if (!visit.doubted.has(id)) visits.delete(id)
    if (!(await wroteDown(visit))) return 'fenced'
    writeDown(visit, outcomes, steps, turn)
    if (outcomes.some(outcome => outcome.answer === 'unreachable')) return 'unreachable'
    // A window has begun meanwhile: what it brings is listed anew, urgent cards first.
    if (!sameMoment(turn.horizon, visit.horizon)) listed = null
  }
}

async function carryOutInTime(visit: Visit, steps: readonly PersonSteps[], spoken: Spoken) {
  const { monotonicMs } = visit.updating
  const beganMs = monotonicMs()
  const { outcomes } = await carryOut(spoken, steps)
  visit.pace = paceOf(steps.length, monotonicMs() - beganMs)
  return outcomes
}

async function verifyInTime(visit: Visit) {
  const { ledger, monotonicMs } = visit.updating
  const beganMs = monotonicMs()
  const limit = batchOf('readings', visit.readingPace)
  const verified = await verifySome(ledger, visit.lease, visit.spoken, limit)
  visit.readingPace = paceOf(verified.read, monotonicMs() - beganMs)
  return verified
}

/** Some places of the list, where somebody asked for it. */
async function surveyInTime(visit: Visit): Promise<Surveyed | null> {
  if (!visit.surveys) return null
  const { surveys, monotonicMs } = visit.updating
  const beganMs = monotonicMs()
  const limit = batchOf('places', visit.placesPace)
  const surveyed = await surveys.some(visit.lease, { spoken: visit.spoken, limit })
  visit.placesPace = paceOf(surveyed.places, monotonicMs() - beganMs)
  return surveyed
}

const endPart = ({ updating, lease, horizon }: Visit, outcome: PartOutcome): Promise<boolean | null> =>
  updating.ledger.endPart({ lease, outcome, startsAt: horizon })

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
    const verified = await verifyInTime(visit)
    if (verified.end === 'halted') return haltedBy(visit)
    visitAgain(visit, verified.doubted)
    if (verified.end === 'unreachable') return 'unreachable'
    // Once a window, and once when something was missing: has the whole memory gone?
    const counts: boolean = !counted && (ended || verified.doubted.length > 0)
    counted ||= counts
    const cards = counts ? await countCards(updating.ledger, lease, spoken) : 'enough'
    if (cards === 'unreachable') return 'unreachable'
    // Fewer cards may be another board's: who stands there is asked before any of them is read back.
    if (cards === 'fewer') visit.met = false
    if (verified.end !== 'nothing' || cards !== 'enough') continue
    const surveyed = await surveyInTime(visit)
    if (surveyed === null || surveyed.end === 'nothing') return worked
    if (surveyed.end === 'halted') return haltedBy(visit)
    if (surveyed.end === 'unreachable') return 'unreachable'
    visitAfresh(visit, worked)
    visitAgain(visit, surveyed.doubted)
  }
}

/** Gives the lane back; one with something undone, or silent, rests. */
async function end({ updating, lease }: Visit, outcome: End): Promise<void> {
  const rests = outcome === 'partly' || outcome === 'unreachable'
  const seconds = rests ? (updating.restSeconds ?? usualRestSeconds) : 0
  await updating.ledger.release({ lease, seconds, silent: outcome === 'unreachable' })
}

/**
 * Whether the next datagram may be sent: known from a renewal not long ago, else asked of the database. It is
 * looked at before every datagram, so that a process which was paused stops before it sends again. (A pause
 * between this look and the sending is what the verifying pass is for.)
 */
async function stillOurs(updating: Updating, lease: Lease): Promise<boolean> {
  lease.lookedAtMs = updating.monotonicMs()
  return isCertain(updating, lease) || updating.ledger.renew(lease)
}

/** Whether a lease was renewed so lately that nobody else can have taken its lane. */
export const isCertain = ({ leaseSeconds, monotonicMs }: Updating, lease: Lease): boolean =>
  monotonicMs() - lease.certainAtMs < (leaseSeconds * 1000) / 3

/**
 * Everything one controller has to do now: changes in their order, then the verifying pass. Window, urgent and
 * verifying work of a controller, and the reading of its list, all go through the one process that holds its lane.
 * `stopping` ends it after the datagram in hand; what was done is written down, and the lane is free for others.
 */
export async function workLane(
  updating: Updating,
  controller: Omit<LaneWithWork, 'changes'>,
  lease: Lease,
  stopping: AbortSignal,
): Promise<void> {
  const { id, serial, host, port, capacity, driver, settings } = controller
  const mayGoOn = async () => !stopping.aborted && (await stillOurs(updating, lease))
  const spoken: Spoken = {
    driver: updating.driver,
    address: { serial, host, port, capacity, driver, settings },
    mayGoOn,
    async meet() {
      const meeting = visit.met ? 'known' : await updating.boards.meet(lease, spoken)
      visit.met = meeting === 'known'
      if (meeting === 'stranger') updating.log(`controller ${id}: another board stands at ${host}:${port}`)
      return meeting
    },
  }
  const visit: Visit = {
    updating,
    lease,
    spoken,
    stopping,
    met: controller.met,
    surveys: controller.survey,
    visits: new Map(),
    written: Promise.resolve(() => true),
    beingWritten: new Set(),
    visitsSinceMs: updating.monotonicMs(),
    doubted: new Set(),
    horizon: null,
    pace: 0,
    readingPace: 0,
    placesPace: 0,
  }
  let outcome: End
  try {
    outcome = await workAndVerify(visit)
    // Silent before its list was come to: whoever asked for it is told, and does not wait for days.
    if (outcome === 'unreachable' && visit.surveys) await updating.surveys.breakOff(lease, 'silent')
  } catch (error) {
    // A fault of ours must not keep the window open for ever: this lane's part ends, and is tried again.
    updating.log(`controller ${id}: ${sayFault(error)}`)
    outcome = (await endPart(visit, 'partly')) === null ? 'fenced' : 'partly'
    if (visit.surveys) await updating.surveys.breakOff(lease, 'fault')
  }
  // What was asked of a system that is handed files becomes one now; of a lane that is another's nothing does.
  if (outcome !== 'fenced') await spoken.driver.handOver?.(spoken.address)
  await end(visit, outcome)
  if (outcome !== 'done') updating.log(`controller ${id}: ${outcome}`)
}
