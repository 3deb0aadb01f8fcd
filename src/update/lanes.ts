import type { Transaction } from '../server/database.ts'
import { type Shared, shortTransaction } from './short-transaction.ts'

/** A lane's lease: which controller, and the epoch that fences every batch. Leases use the raw clock. */
export interface Lease {
  controllerId: number
  epoch: number
  /** Up to when it was certainly ours, in milliseconds of this process's clock that only grows. */
  certainAtMs: number
}

/** What is needed to hold lanes: the shared database, and a clock that also runs while this process is paused. */
export interface Holding extends Shared {
  /** This process's own name among those that share the database. */
  owner: string
  /** Milliseconds that only ever grow; tells after any pause that the fence must be asked again. */
  monotonicMs: () => number
}

const claimSql = `
  insert into lane (controller_id, epoch, owner, lease_until)
  values ($1, 1, $2, raw_now() + make_interval(secs => $3))
  on conflict (controller_id) do update
  set epoch = lane.epoch + 1, owner = $2, lease_until = raw_now() + make_interval(secs => $3)
  where lane.owner is null or lane.lease_until < raw_now()
  returning epoch`

/** Takes a free or expired lane for this process; null when another process has it. */
export async function claimLane(holding: Holding, controllerId: number): Promise<Lease | null> {
  const certainAtMs = holding.monotonicMs()
  const [row] = await shortTransaction(holding, trx =>
    trx.statement<{ epoch: number }>('claim_lane', claimSql, [
      controllerId,
      holding.owner,
      holding.leaseSeconds,
    ]),
  )
  return row ? { controllerId, epoch: row.epoch, certainAtMs } : null
}

const renewSql = `
  update lane set lease_until = raw_now() + make_interval(secs => $3)
  where controller_id = $1 and epoch = $2 and owner is not null returning epoch`

/**
 * Extends a lease that is still ours, and holds the lane's row until the transaction ends, so that nobody takes
 * the lane meanwhile. False tells a process that paused too long to stop at once.
 */
export async function renewLane(trx: Transaction, holding: Holding, lease: Lease): Promise<boolean> {
  const certainAtMs = holding.monotonicMs()
  const { controllerId, epoch } = lease
  const rows = await trx.statement('renew_lane', renewSql, [controllerId, epoch, holding.leaseSeconds])
  if (rows.length > 0) lease.certainAtMs = certainAtMs
  return rows.length > 0
}

/**
 * Whether the next datagram may be sent: known from a renewal not long ago, else asked of the database. It is
 * looked at before every datagram, so that a process which was paused stops before it sends again. (A pause
 * between this look and the sending is what the verifying pass is for.)
 */
export async function stillOurs(holding: Holding, lease: Lease): Promise<boolean> {
  const certainForMs = (holding.leaseSeconds * 1000) / 3
  if (holding.monotonicMs() - lease.certainAtMs < certainForMs) return true
  return shortTransaction(holding, trx => renewLane(trx, holding, lease))
}

const releaseSql = `
  update lane set owner = null, lease_until = null,
    rest_until = case when $3::float8 > 0 then raw_now() + make_interval(secs => $3::float8) end,
    silent_since = case when $4::timestamptz is null then null else coalesce(silent_since, $4) end
  where controller_id = $1 and epoch = $2`

/** Gives a lane back; a silent or refusing controller is left alone for some seconds. */
export async function releaseLane(
  trx: Transaction,
  lease: Lease,
  rest: { seconds: number; silentSince: Temporal.Instant | null },
): Promise<void> {
  await trx.statement('release_lane', releaseSql, [
    lease.controllerId,
    lease.epoch,
    rest.seconds,
    rest.silentSince,
  ])
}

// Each min() is one step into an index, whatever waits for later windows; as "exists", PostgreSQL prefers to read all
// of it. Rows at once are never later than now. Only the newest window can have lanes that are not over: opening it
// ended those of the one before.
const withWorkSql = `
  with moment as materialized (
    select campus_now() as now, raw_now() as raw, (select max(starts_at) from update_window) as horizon)
  select id, host, port, capacity, survey, coalesce(changes, false) as changes from (
    select c.id, c.host, c.port, c.capacity,
      exists (select from controller_survey s where s.controller_id = c.id and s.ended_at is null) as survey,
      ((select min(w.carried_by) from wanted w
        where w.controller_id = c.id and w.settled_at is null and w.guarded_by is null) <= m.horizon
       and (not exists (select from update_hold u
                        where u.lifted_at is null and (u.controller_id is null or u.controller_id = c.id))
            or exists (select from wanted w where w.controller_id = c.id and w.settled_at is null
                       and w.guarded_by is null and w.at_once and w.carried_by <= m.now)))
      or (select min(w.carried_by) from wanted w
          where w.controller_id = c.id and w.settled_at is null and w.guarded_by is null and w.at_once
            and w.carried_by > coalesce(m.horizon, '-infinity') and w.carried_by <= m.now) is not null
      or (select min(h.verify_after) from held h where h.controller_id = c.id) < m.raw
      or exists (select from window_lane w
                 where w.starts_at = m.horizon and w.controller_id = c.id and w.finished_at is null) as changes
    from moment m cross join controller c left join lane l on l.controller_id = c.id
    where (l.owner is null or l.lease_until < m.raw) and (l.rest_until is null or l.rest_until < m.raw)) free
  where survey or changes order by id`

export interface ControllerRow {
  id: number
  host: string
  port: number
  capacity: number
}

/** A controller with something to do. */
export interface LaneWithWork extends ControllerRow {
  /** Somebody asked for its list to be read. */
  survey: boolean
  /** Something else is due there: changes, reading back, the end of its part of a window. */
  changes: boolean
}

/** The controllers that have something to do now, are not resting, and belong to no other process. */
export const lanesWithWork = (trx: Transaction): Promise<LaneWithWork[]> =>
  trx.statement<LaneWithWork>('lanes_with_work', withWorkSql, [])
