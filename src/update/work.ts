import { isAbsent } from '../access/rules.ts'
import type { Database, Transaction } from '../server/database.ts'
import type { Clock } from '../server/register.ts'
import type { CardRecord, ControllerAddress, ControllerDriver } from './driver.ts'
import { type ControllerRow, claimLane, type Lease, releaseLane, renewLane } from './lanes.ts'
import { agrees, type DueNumber, type PersonSteps, stepsFor, visitingOrder } from './plan.ts'
import { dueNumbers, type Outcome, openPeople, recordOutcomes } from './store.ts'
import { finishLane, newestWindow } from './windows.ts'

/** What a process needs to keep controllers; app/main.ts hands it in. */
export interface Updating {
  /** A database opened as the doors' role. */
  database: Database
  clock: Clock
  driver: ControllerDriver
  /** This process's own name among those that share the database. */
  owner: string
  /** How long a lane belongs to a process that stopped renewing it. Raw clock. */
  leaseSeconds: number
  /** Packet life plus the longest pause assumed: how much later the verifying pass reads back (C3). */
  quietSeconds: number
  log(line: string): void
}

/** People a lane visits before it asks the fence again: small, so that a paused process does little harm. */
const batchSize = 16

/** How long a lane with something undone is left alone. */
const restSeconds = 15

const addressOf = (controller: ControllerRow): ControllerAddress => ({
  serial: controller.id,
  host: controller.host,
  port: controller.port,
  capacity: controller.capacity,
})

const recordOf = (due: DueNumber): CardRecord => ({
  number: BigInt(due.number),
  from: due.wanted.from,
  to: due.wanted.to,
  doors: due.wanted.doors,
  pin: 0,
})

/** Puts one card and makes sure that this very card is there: by the echo, else by reading it back. */
async function put(driver: ControllerDriver, address: ControllerAddress, due: DueNumber): Promise<Outcome> {
  const { answer, proved } = await driver.put(address, recordOf(due))
  if (proved || (answer !== 'applied' && answer !== 'unconfirmed'))
    return { due, deed: 'put', answer, confirmed: proved && answer === 'applied', readBack: false }
  const found = await driver.get(address, BigInt(due.number))
  if (found.answer === 'unreachable')
    return { due, deed: 'put', answer: 'unreachable', confirmed: false, readBack: false }
  const confirmed = found.answer === 'found' && agrees(due.wanted, found.card)
  return { due, deed: 'put', answer: confirmed ? 'applied' : 'different', confirmed, readBack: confirmed }
}

/** Removes one number and makes sure that it is gone. */
async function remove(
  driver: ControllerDriver,
  address: ControllerAddress,
  due: DueNumber,
): Promise<Outcome> {
  const { answer, proved } = await driver.remove(address, BigInt(due.number))
  const told = answer === 'applied' || answer === 'already'
  if (proved || (!told && answer !== 'unconfirmed' && answer !== 'rejected'))
    return { due, deed: 'remove', answer, confirmed: proved && told, readBack: false }
  const found = await driver.get(address, BigInt(due.number))
  if (found.answer === 'unreachable')
    return { due, deed: 'remove', answer: 'unreachable', confirmed: false, readBack: false }
  const confirmed = found.answer === 'absent'
  return { due, deed: 'remove', answer: confirmed ? answer : 'different', confirmed, readBack: confirmed }
}

/** Carries out one person's steps: urgent removals, puts, and removals only when every put is confirmed. */
async function carryOut(driver: ControllerDriver, address: ControllerAddress, steps: PersonSteps) {
  const outcomes: Outcome[] = []
  for (const due of steps.urgentRemovals) outcomes.push(await remove(driver, address, due))
  let allPut = true
  for (const due of steps.puts) {
    const outcome = await put(driver, address, due)
    outcomes.push(outcome)
    allPut &&= outcome.confirmed
  }
  if (allPut) for (const due of steps.removals) outcomes.push(await remove(driver, address, due))
  return outcomes
}

/** Fence and plan in one: renews the lease and reads the wishes anew, or says that the lane is no longer ours. */
const nextSteps = (updating: Updating, lease: Lease, personIds: readonly number[]) =>
  updating.database.transaction(async trx => {
    if (!(await renewLane(trx, lease, updating.leaseSeconds))) return null
    const numbers = await dueNumbers(trx, lease.controllerId, personIds)
    const byPerson = Map.groupBy(numbers, number => number.personId)
    return personIds.map(personId => stepsFor(personId, byPerson.get(personId) ?? []))
  })

const keep = (
  updating: Updating,
  lease: Lease,
  outcomes: readonly Outcome[],
  settled: readonly DueNumber[],
) =>
  updating.database.transaction(async trx => {
    if (!(await renewLane(trx, lease, updating.leaseSeconds))) return false
    const now = await updating.clock.now(trx)
    await recordOutcomes(trx, lease, now, { outcomes, settled, quietSeconds: updating.quietSeconds })
    return true
  })

type End = 'done' | 'partly' | 'unreachable' | 'fenced'

/** Visits everybody with something open, in order, until nothing new can be done. */
async function workThrough(updating: Updating, lease: Lease, controller: ControllerRow): Promise<End> {
  const address = addressOf(controller)
  const visited = new Map<number, number>()
  for (;;) {
    const open = await updating.database.transaction(trx => openPeople(trx, lease.controllerId))
    // Twice: a card that found the controller full may fit after the removals that came later.
    const next = visitingOrder(open).filter(person => (visited.get(person.personId) ?? 0) < 2)
    if (next.length === 0) return open.length === 0 ? 'done' : 'partly'
    const fewest = Math.min(...next.map(person => visited.get(person.personId) ?? 0))
    const batch = next
      .filter(person => person.urgent || (visited.get(person.personId) ?? 0) === fewest)
      .slice(0, batchSize)
      .map(person => person.personId)
    for (const personId of batch) visited.set(personId, (visited.get(personId) ?? 0) + 1)

    const steps = await nextSteps(updating, lease, batch)
    if (steps === null) return 'fenced'
    const outcomes: Outcome[] = []
    for (const person of steps) {
      outcomes.push(...(await carryOut(updating.driver, address, person)))
      if (outcomes.some(outcome => outcome.answer === 'unreachable')) break
    }
    const kept = await keep(
      updating,
      lease,
      outcomes,
      steps.flatMap(person => person.settled),
    )
    if (!kept) return 'fenced'
    if (outcomes.some(outcome => outcome.answer === 'unreachable')) return 'unreachable'
  }
}

const readBackSql = `
  select number, doors, valid_from as "from", valid_to as "to" from held
  where controller_id = $1 and verify_after < raw_now() order by verify_after limit 64`
const verifiedSql = `
  update held set verified_at = $3, verify_after = null where controller_id = $1 and number = $2`
const doubtSql = `
  with gone as (delete from held where controller_id = $1 and number = $2)
  update wanted set settled_at = null where controller_id = $1 and number = $2 and carried_by =
    (select max(carried_by) from wanted where controller_id = $1 and number = $2 and settled_at is not null)`

interface HeldRow extends Record<'from' | 'to', Temporal.PlainDate> {
  number: number
  doors: readonly [number, number, number, number]
}

/** The verifying pass: later than any packet may live, reads back what was switched; what differs is open again. */
async function verify(updating: Updating, lease: Lease, controller: ControllerRow): Promise<End> {
  const address = addressOf(controller)
  for (;;) {
    const rows = await updating.database.transaction(async trx =>
      (await renewLane(trx, lease, updating.leaseSeconds))
        ? trx.statement<HeldRow>('to_verify', readBackSql, [lease.controllerId])
        : null,
    )
    if (rows === null) return 'fenced'
    if (rows.length === 0) return 'done'
    const found: { number: number; agreed: boolean }[] = []
    for (const row of rows) {
      const there = await updating.driver.get(address, BigInt(row.number))
      if (there.answer === 'unreachable') return 'unreachable'
      const agreed = isAbsent(row)
        ? there.answer === 'absent'
        : there.answer === 'found' && agrees(row, there.card)
      found.push({ number: row.number, agreed })
    }
    await updating.database.transaction(async trx => {
      const now = await updating.clock.now(trx)
      for (const { number, agreed } of found) {
        await trx.statement(
          agreed ? 'verified' : 'doubted',
          agreed ? verifiedSql : doubtSql,
          agreed ? [lease.controllerId, number, now] : [lease.controllerId, number],
        )
      }
    })
    if (found.some(({ agreed }) => !agreed)) return 'partly'
  }
}

async function end(
  updating: Updating,
  lease: Lease,
  { outcome, upTo }: { outcome: End; upTo: Temporal.Instant | null },
  trx: Transaction,
): Promise<void> {
  if (outcome === 'fenced' || !(await renewLane(trx, lease, updating.leaseSeconds))) return
  const now = await updating.clock.now(trx)
  await finishLane(trx, lease.controllerId, now, outcome, upTo)
  await releaseLane(trx, lease, {
    seconds: outcome === 'done' ? 0 : restSeconds,
    silentSince: outcome === 'unreachable' ? now : null,
  })
}

/**
 * Everything one controller has to do now: changes in their order, then the verifying pass. Window, urgent and
 * verifying work of a controller all go through the one process that holds its lane.
 */
export async function workLane(updating: Updating, controller: ControllerRow): Promise<void> {
  const { lease, upTo } = await updating.database.transaction(async trx => ({
    lease: await claimLane(trx, controller.id, updating.owner, updating.leaseSeconds),
    upTo: await newestWindow(trx),
  }))
  if (lease === null) return
  let outcome = await workThrough(updating, lease, controller)
  if (outcome === 'done') outcome = await verify(updating, lease, controller)
  await updating.database.transaction(trx => end(updating, lease, { outcome, upTo }, trx))
  if (outcome !== 'done') updating.log(`controller ${controller.id}: ${outcome}`)
}
