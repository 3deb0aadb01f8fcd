import { cardsHeld } from '../access/cards-held.ts'
import type { Bilingual } from '../lib/words.ts'
import type { Transaction } from '../server/database.ts'
import { hasBegun, hasStranger, isClockUnset, isOnHold } from './due-sql.ts'

/** A window that was opened or marked as missed, with what came of it. Instants in campus time. */
export interface WindowReport {
  startsAt: Temporal.Instant
  frozenAt: Temporal.Instant | null
  finishedAt: Temporal.Instant | null
  /** It was missed, and this later window did its work. */
  coveredBy: Temporal.Instant | null
  /** Numbers that were due, that are as they should be, and that could not be made so. */
  owed: number
  done: number
  failed: number
  /** Controllers that did not answer. */
  unreachable: number
  /** Somebody let it go, outside of the timetable. */
  extra: boolean
  endsBy: Temporal.Instant | null
}

const windowsSql = (which: string) => `
  select w.starts_at as "startsAt", w.frozen_at as "frozenAt", w.finished_at as "finishedAt",
         w.covered_by as "coveredBy", coalesce(sum(l.owed), 0)::int as owed,
         coalesce(sum(least(l.done, l.owed)), 0)::int as done, coalesce(sum(l.failed), 0)::int as failed,
         (count(*) filter (where l.outcome = 'unreachable'))::int as unreachable, w.extra, w.ends_by as "endsBy"
  from update_window w left join window_lane l on l.starts_at = w.starts_at
  where ${which}
  group by w.starts_at, w.frozen_at, w.finished_at, w.covered_by, w.extra, w.ends_by order by w.starts_at`

const spanSql = windowsSql('w.starts_at >= $1 and w.starts_at < $2')
const newestSql = windowsSql(
  'w.starts_at = (select max(starts_at) from update_window where frozen_at is not null)',
)

/** The windows whose start lies in a span, the end not included. */
export const windowsIn = (
  trx: Transaction,
  from: Temporal.Instant,
  to: Temporal.Instant,
): Promise<WindowReport[]> => trx.statement<WindowReport>('report_windows', spanSql, [from, to])

/** How a controller's part of a window ended: `held` by somebody, `late`: not done by the promised end. */
export type LaneOutcome = 'done' | 'partly' | 'unreachable' | 'held' | 'late'

/** One controller's part of a window. */
export interface LaneReport {
  controllerId: number
  buildingZh: string
  buildingEn: string
  owed: number
  done: number
  failed: number
  finishedAt: Temporal.Instant | null
  outcome: LaneOutcome | null
}

const lanesSql = `
  select l.controller_id as "controllerId", c.building_zh as "buildingZh", c.building_en as "buildingEn", l.owed,
         least(l.done, l.owed) as done, l.failed, l.finished_at as "finishedAt", l.outcome
  from window_lane l join controller c on c.id = l.controller_id
  where l.starts_at = $1 order by c.id`

/** What a window owes each controller, and how far that has come. */
export const lanesOf = (trx: Transaction, startsAt: Temporal.Instant): Promise<LaneReport[]> =>
  trx.statement<LaneReport>('report_lanes', lanesSql, [startsAt])

/** The newest window that was opened, with its sums; null before the first. */
export async function newestReport(trx: Transaction): Promise<WindowReport | null> {
  const [row] = await trx.statement<WindowReport>('report_newest', newestSql, [])
  return row ?? null
}

/** SQL: what a coming window ($1) will carry: of each number the newest wish that no earlier window has taken on. */
export const plannedCte = `
  with planned as (
    select distinct on (w.controller_id, w.number) w.controller_id, w.number, w.person_id, w.card_id, w.decided_at, w.doors,
           w.valid_to, h.doors as had,
           case when w.doors = '{0,0,0,0}' then 'remove'
                when h.doors is null or h.doors = '{0,0,0,0}' then 'put' else 'change' end as deed
    from wanted_open o join wanted w using (controller_id, number, carried_by)
    left join held h on h.controller_id = w.controller_id and h.number = w.number
    where not w.at_once and w.carried_by <= $1
      and w.carried_by > coalesce((select max(starts_at) from update_window), '-infinity')
    order by w.controller_id, w.number, w.carried_by desc)`

/** How much a coming window will change, by deed, and for how many people. */
export interface Planned {
  persons: number
  numbers: number
  puts: number
  changes: number
  removals: number
  controllers: number
}

const plannedSql = `${plannedCte}
  select count(distinct person_id)::int as persons, count(*)::int as numbers,
         (count(*) filter (where deed = 'put'))::int as puts,
         (count(*) filter (where deed = 'change'))::int as changes,
         (count(*) filter (where deed = 'remove'))::int as removals,
         count(distinct controller_id)::int as controllers
  from planned`

/** What the window of that start will carry, as it stands now. */
export async function plannedFor(trx: Transaction, startsAt: Temporal.Instant): Promise<Planned> {
  const [row] = await trx.statement<Planned>('report_planned', plannedSql, [startsAt])
  return row!
}

/** A controller as the access keeper sees it. */
export interface ControllerReport {
  id: number
  driver: string
  /** Null, and so is the port, where files are handed over; then the folder says where. */
  host: string | null
  port: number | null
  folder: string | null
  buildingZh: string
  buildingEn: string
  capacity: number
  /** Numbers of ours that it confirmed; it may hold others' besides. */
  held: number
  /** Changes that are due and not confirmed. */
  open: number
  silentSince: Temporal.Instant | null
  /** When it last confirmed that its clock was set. */
  clockSetAt: Temporal.Instant | null
  /** Seconds by which its clock was fast (slow where negative) when it was last read, before it was set. */
  clockDriftSeconds: number | null
  clockReadAt: Temporal.Instant | null
  /** Its clock was not set at the newest window. */
  clockUnset: boolean
  /** Somebody holds its updates. */
  isHeld: boolean
  /** Another board stands at its address: nothing is sent there. */
  isStrange: boolean
}

const controllersSql = `
  select c.id, c.driver, c.host, c.port, c.settings ->> 'folder' as folder, c.building_zh as "buildingZh", c.building_en as "buildingEn", c.capacity,
         l.silent_since as "silentSince", k.set_at as "clockSetAt",
         k.drift_seconds as "clockDriftSeconds", k.read_at as "clockReadAt",
         ${isClockUnset} as "clockUnset",
         ${isOnHold('c.id')} as "isHeld", ${hasStranger('c.id')} as "isStrange",
         ${cardsHeld('c.id')} as held,
         (select count(distinct o.number) from wanted_open o
          where o.controller_id = c.id and o.carried_by <= $1 and ${hasBegun('o')})::int as open
  from controller c left join lane l on l.controller_id = c.id
  left join controller_clock k on k.controller_id = c.id
  order by c.id`

/** Every controller: where it is, how full, since when silent, what is still owed to it. */
export const controllersNow = (trx: Transaction, now: Temporal.Instant): Promise<ControllerReport[]> =>
  trx.statement<ControllerReport>('report_controllers', controllersSql, [now])

const buildingsSql = `
  select id, jsonb_build_object('zh-TW', building_zh, 'en', building_en) as building from controller`

/** The building of each controller. */
export async function buildingsOf(trx: Transaction): Promise<Map<number, Bilingual>> {
  const rows = await trx.statement<{ id: number; building: Bilingual }>('buildings', buildingsSql, [])
  return new Map(rows.map(({ id, building }) => [id, building]))
}
