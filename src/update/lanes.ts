import type { Transaction } from '../server/database.ts'

/** A lane's lease: which controller, and the epoch that fences every batch. Leases use the raw clock. */
export interface Lease {
  controllerId: number
  epoch: number
}

const claimSql = `
  insert into lane (controller_id, epoch, owner, lease_until)
  values ($1, 1, $2, raw_now() + make_interval(secs => $3))
  on conflict (controller_id) do update
  set epoch = lane.epoch + 1, owner = $2, lease_until = raw_now() + make_interval(secs => $3)
  where lane.owner is null or lane.lease_until < raw_now()
  returning epoch`

/** Takes a free or expired lane for this process; null when another process has it. */
export async function claimLane(trx: Transaction, controllerId: number, owner: string, seconds: number) {
  const [row] = await trx.statement<{ epoch: number }>('claim_lane', claimSql, [controllerId, owner, seconds])
  return row ? { controllerId, epoch: row.epoch } : null
}

const renewSql = `
  update lane set lease_until = raw_now() + make_interval(secs => $3)
  where controller_id = $1 and epoch = $2 and owner is not null returning epoch`

/** Extends a lease that is still ours; false tells a process that paused too long to stop at once. */
export async function renewLane(trx: Transaction, lease: Lease, seconds: number): Promise<boolean> {
  const rows = await trx.statement('renew_lane', renewSql, [lease.controllerId, lease.epoch, seconds])
  return rows.length > 0
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

const withWorkSql = `
  with horizon as (select max(starts_at) as at from update_window),
  open as (
    select distinct w.controller_id from wanted w, horizon h
    where w.settled_at is null and (w.at_once or w.carried_by <= h.at)
    union select controller_id from window_lane where finished_at is null
    union select controller_id from held where verify_after < raw_now())
  select c.id, c.host, c.port, c.capacity
  from open o join controller c on c.id = o.controller_id left join lane l on l.controller_id = c.id
  where (l.owner is null or l.lease_until < raw_now()) and (l.rest_until is null or l.rest_until < raw_now())
  order by c.id`

export interface ControllerRow {
  id: number
  host: string
  port: number
  capacity: number
}

/** The controllers that have something to do now, are not resting, and belong to no other process. */
export const lanesWithWork = (trx: Transaction): Promise<ControllerRow[]> =>
  trx.statement<ControllerRow>('lanes_with_work', withWorkSql, [])
