import type { Transaction } from '../server/database.ts'
import { isOnHold, isRestored } from './due-sql.ts'
import type { LaneWithWork, Lease, Rest } from './ledger.ts'
import { type Shared, shortTransaction } from './short-transaction.ts'

/** What is needed to hold lanes: the shared database, and a clock that also runs while this process is paused. */
export interface Holding extends Shared {
  /** This process's own name among those that share the database. */
  owner: string
  /** Milliseconds that only ever grow; tells after any pause that the fence must be asked again. */
  monotonicMs: () => number
}

const claimSql = `
  insert into lane (controller_id, epoch, owner, lease_until)
  select c, 1, $2, raw_now() + make_interval(secs => $3) from unnest($1::bigint[]) c order by c
  on conflict (controller_id) do update
  set epoch = lane.epoch + 1, owner = $2, lease_until = raw_now() + make_interval(secs => $3)
  where lane.owner is null or lane.lease_until < raw_now()
  returning controller_id as "controllerId", epoch`

/** Takes free or expired lanes for this process; null for one that another process has. */
export async function claimLanes(
  holding: Holding,
  controllerIds: readonly number[],
): Promise<(Lease | null)[]> {
  const certainAtMs = holding.monotonicMs()
  const rows = await shortTransaction(holding, trx =>
    trx.statement<{ controllerId: number; epoch: number }>('claim_lanes', claimSql, [
      controllerIds,
      holding.owner,
      holding.leaseSeconds,
    ]),
  )
  const epochs = new Map(rows.map(row => [row.controllerId, row.epoch]))
  return controllerIds.map(controllerId => {
    const epoch = epochs.get(controllerId)
    return epoch === undefined ? null : { controllerId, epoch, certainAtMs, lookedAtMs: certainAtMs }
  })
}

const stillOurs = `
  lane l join unnest($1::bigint[], $2::bigint[]) as a(c, e) on a.c = l.controller_id
  where l.epoch = a.e and l.owner is not null`

// Whoever changes many takes their rows in one order, as everybody does.
const locked = `select l.controller_id from ${stillOurs} order by l.controller_id for update of l`

/** The leases as `stillOurs` takes them: controllers, and their epochs. */
const columnsOf = (leases: readonly Lease[]) => [
  leases.map(lease => lease.controllerId),
  leases.map(lease => lease.epoch),
]

const controllersOf = (rows: readonly { controllerId: number }[]) =>
  new Set(rows.map(row => row.controllerId))

const renewSql = `
  with ours as (${locked})
  update lane set lease_until = raw_now() + make_interval(secs => $3)
  where controller_id in (select controller_id from ours) returning controller_id as "controllerId"`

/**
 * Extends the leases that are still ours, and holds the lanes' rows until the transaction ends, so that nobody takes
 * them meanwhile. Answers with the controllers whose lease is ours; the process must stop at once on any other.
 */
export async function renewLanes(
  trx: Transaction,
  holding: Holding,
  leases: readonly Lease[],
): Promise<Set<number>> {
  const certainAtMs = holding.monotonicMs()
  const rows = await trx.statement<{ controllerId: number }>('renew_lanes', renewSql, [
    ...columnsOf(leases),
    holding.leaseSeconds,
  ])
  const ours = controllersOf(rows)
  for (const lease of leases) if (ours.has(lease.controllerId)) lease.certainAtMs = certainAtMs
  return ours
}

/** The same for one lane: false tells a process that paused too long to stop at once. */
export const renewLane = async (trx: Transaction, holding: Holding, lease: Lease): Promise<boolean> =>
  (await renewLanes(trx, holding, [lease])).has(lease.controllerId)

const heldSql = `select l.controller_id as "controllerId" from ${stillOurs}`

/** Answers with the controllers whose lane is still ours by now, without waiting for what is being written down. */
export const lanesStillHeld = async (trx: Transaction, leases: readonly Lease[]): Promise<Set<number>> =>
  controllersOf(await trx.statement('lanes_still_held', heldSql, columnsOf(leases)))

// A lane that cannot go on is left alone for longer each time: once, twice, four times as long.
const releaseSql = `
  with ours as (${locked}),
  rests as (select * from unnest($1::bigint[], $3::float8[], $4::bool[]) as r(c, seconds, silent))
  update lane l set owner = null, lease_until = null,
    rests = case when seconds > 0 then l.rests + 1 else 0 end,
    rests_since = case when seconds > 0 then campus_now() end,
    rest_until = case when seconds > 0
      then raw_now() + make_interval(secs => seconds * 2 ^ least(l.rests, 2)) end,
    silent_since = case when silent then coalesce(l.silent_since, campus_now()) end
  from rests where l.controller_id = rests.c and l.controller_id in (select controller_id from ours)
  returning l.controller_id as "controllerId"`

/** Gives lanes back; a silent or refusing controller is left alone for a while. False for one that is another's. */
export async function releaseLanes(trx: Transaction, given: readonly Rest[]): Promise<boolean[]> {
  const rows = await trx.statement<{ controllerId: number }>('release_lanes', releaseSql, [
    ...columnsOf(given.map(({ lease }) => lease)),
    given.map(({ seconds }) => seconds),
    given.map(({ silent }) => silent),
  ])
  const released = controllersOf(rows)
  return given.map(({ lease }) => released.has(lease.controllerId))
}

// Each min() is one step into an index, whatever waits for later windows; as "exists", PostgreSQL prefers to read all
// of it. Rows at once are never later than now. Only the newest window can have lanes that are not over: opening it
// ended those of the one before. A lane that rests is taken up all the same for what was decided at once since.
const withWorkSql = `
  with moment as materialized (
    select campus_now() as now, raw_now() as raw, (select max(starts_at) from update_window) as horizon)
  select id, serial, host, port, capacity, driver, settings, survey, coalesce(changes, false) as changes, met from (
    select c.id, coalesce(c.board, c.id) as serial, coalesce(c.host, '') as host, coalesce(c.port, 0) as port, c.capacity, c.driver, c.settings,
      l.rest_until >= m.raw as rests,
      coalesce(k.met_at >= m.now - interval '1 day' and k.met_address = c.host || ':' || c.port
               and l.silent_since is null, false) as met,
      exists (select from controller_survey s where s.controller_id = c.id and s.ended_at is null) as survey,
      (not ${isRestored('c.id')} and (
        ((select min(o.carried_by) from wanted_open o where o.controller_id = c.id) <= m.horizon
         and (not ${isOnHold('c.id')}
              or exists (select from wanted_open o
                         where o.controller_id = c.id and o.at_once and o.carried_by <= m.now)))
        or (select min(o.carried_by) from wanted_open o
            where o.controller_id = c.id and o.at_once
              and o.carried_by > coalesce(m.horizon, '-infinity') and o.carried_by <= m.now) is not null))
      or (select min(h.verify_after) from held h where h.controller_id = c.id) < m.raw
      or exists (select from window_lane w
                 where w.starts_at = m.horizon and w.controller_id = c.id and w.finished_at is null) as changes,
      l.rest_until >= m.raw and exists (
        select from wanted_open o where o.controller_id = c.id and o.at_once
          and o.carried_by > l.rests_since and o.carried_by <= m.now) as hasty
    from moment m cross join controller c left join lane l on l.controller_id = c.id
    left join known_board k on k.controller_id = c.id
    where l.owner is null or l.lease_until < m.raw) free
  where (survey or changes) and (rests is not true or hasty) order by id`

/** The controllers that have something to do now, are not resting, and belong to no other process. */
export const lanesWithWork = (trx: Transaction): Promise<LaneWithWork[]> =>
  trx.statement<LaneWithWork>('lanes_with_work', withWorkSql, [])
