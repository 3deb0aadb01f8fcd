import { sql } from 'kysely'
import type { Timetable } from '../programme/shape.ts'
import { type Window, windowAtOrBefore, windowsBetween } from '../programme/timetable.ts'
import type { Transaction } from '../server/database.ts'
import type { Clock } from '../server/register.ts'
import type { Lease, PartOutcome } from './ledger.ts'
import { type Shared, shortTransaction } from './short-transaction.ts'

/** The campus whose windows these are: its id, its zone and its timetable, as the programme in force says. */
export interface WindowPlan {
  campus: string
  zone: string
  timetable: Timetable
  /** Since when this timetable is in force: windows that it would have had before are none, and were not missed. */
  since?: Temporal.Instant
}

const later = (a: Temporal.Instant, b: Temporal.Instant | undefined): Temporal.Instant =>
  b !== undefined && Temporal.Instant.compare(a, b) < 0 ? b : a

const newestSql = 'select max(starts_at) as "startsAt" from update_window'

/** The start of the newest window that was opened, or null before the first. */
export async function newestWindow(trx: Transaction): Promise<Temporal.Instant | null> {
  const [row] = await trx.statement<{ startsAt: Temporal.Instant | null }>('newest_window', newestSql, [])
  return row?.startsAt ?? null
}

const openSql = `
  insert into update_window (campus, on_date, at_time, starts_at, frozen_at) values ($1, $2, $3, $4, $5)
  on conflict do nothing returning 1`

const coverSql = `
  insert into update_window (campus, on_date, at_time, starts_at, covered_by) values ($1, $2, $3, $4, $5)
  on conflict do nothing`

// What a window owes each controller: the numbers with something open that was due by its start.
const oweSql = `
  insert into window_lane (starts_at, controller_id, owed)
  select $1, c.id, count(distinct w.number)
  from controller c
  left join wanted w on w.controller_id = c.id and w.settled_at is null and w.carried_by <= $1
  group by c.id`

// A window tries every controller anew, also one that was silent.
const wakeSql = 'update lane set rest_until = null, rests = 0 where rest_until is not null'

const passOnSql = `
  update update_window set covered_by = $1
  where starts_at < $1 and finished_at is null and covered_by is null`

const passOnLanesSql = `
  update window_lane set finished_at = $2, outcome = 'partly', failed = owed - done
  where starts_at = $1 and finished_at is null`

/** So long a window waits for people whose doors were put off before its start; then they follow with the next one. */
const patienceSeconds = 120

const putOffSql = 'select exists (select from put_off where since < $1) as "any"'

/** Whether some of what was decided before the window's start is not worked out yet: it takes seconds, and it is promised. */
async function waitsForPutOff(
  trx: Transaction,
  { startsAt }: Window,
  now: Temporal.Instant,
): Promise<boolean> {
  if (Temporal.Instant.compare(startsAt.add({ seconds: patienceSeconds }), now) <= 0) return false
  const [row] = await trx.statement<{ any: boolean }>('window_put_off', putOffSql, [startsAt])
  return row!.any
}

async function open(
  trx: Transaction,
  plan: WindowPlan,
  window: Window,
  now: Temporal.Instant,
): Promise<boolean> {
  const before = await newestWindow(trx)
  // Another process may have opened this one, or a later one, since it was looked for without the lock.
  if (before && Temporal.Instant.compare(before, window.startsAt) >= 0) return false
  if (await waitsForPutOff(trx, window, now)) return false
  const row = [plan.campus, window.on, window.at, window.startsAt]
  const opened = await trx.statement('open_window', openSql, [...row, now])
  if (opened.length === 0) return false
  const missed = before
    ? windowsBetween(plan.timetable, plan.zone, later(before, plan.since), window.startsAt)
    : []
  for (const { on, at, startsAt } of missed)
    await trx.statement('cover_window', coverSql, [plan.campus, on, at, startsAt, window.startsAt])
  await trx.statement('pass_on_windows', passOnSql, [window.startsAt])
  if (before) await trx.statement('pass_on_lanes', passOnLanesSql, [before, now])
  await trx.statement('owe_lanes', oweSql, [window.startsAt])
  await trx.statement('wake_lanes', wakeSql, [])
  return true
}

/** What opening and ending windows needs. */
export interface Opening extends Shared {
  clock: Clock
}

/**
 * Opens the window whose start has come, once for all processes: takes the timetable's lock alone for a moment,
 * so that every act before the start is visible and every later one has waited, and writes down what is owed.
 * Windows that were missed while nothing ran are marked as covered by it. Null when there is nothing to open.
 * Throws when an act that began before the start stays open for longer than two seconds: the next look tries
 * again, and meanwhile other acts and urgent work go on.
 */
export async function openDueWindow(opening: Opening, plan: WindowPlan): Promise<Window | null> {
  const { clock } = opening
  const due = await shortTransaction(opening, async trx => {
    const window = windowAtOrBefore(plan.timetable, plan.zone, await clock.now(trx))
    const newest = await newestWindow(trx)
    return newest && Temporal.Instant.compare(later(newest, plan.since), window.startsAt) >= 0 ? null : window
  })
  if (due === null) return null
  const opened = await shortTransaction(opening, async trx => {
    await sql`select pg_advisory_xact_lock(7270001)`.execute(trx.db)
    return open(trx, plan, due, await clock.now(trx))
  })
  return opened ? due : null
}

// A lane's part of a window is over when nothing that the window owes is open, or when it was tried and could not
// be done.
const finishLaneSql = `
  with asked as (select * from unnest($1::bigint[], $3::text[], $4::timestamptz[]) as r(c, outcome, starts_at)),
  open as materialized (
    select a.c, a.outcome, a.starts_at, (
      select count(distinct w.number) from wanted w
      where w.controller_id = a.c and w.settled_at is null and w.carried_by <= a.starts_at) as numbers
    from asked a)
  update window_lane l
  set finished_at = $2, began_at = coalesce(began_at, $2), outcome = open.outcome,
      failed = least(owed, open.numbers), done = owed - least(owed, open.numbers)
  from open
  where l.controller_id = open.c and l.starts_at = open.starts_at and l.finished_at is null
    and (open.outcome <> 'done' or open.numbers = 0)
  returning l.controller_id as "controllerId"`

/** How a controller's part of a window went. */
export interface Part {
  lease: Lease
  outcome: PartOutcome
  /** Which window; null before the first. */
  startsAt: Temporal.Instant | null
}

/** Ends controllers' parts of a window with what came of them; false where one was over already. */
export async function finishLanes(
  trx: Transaction,
  now: Temporal.Instant,
  parts: readonly Part[],
): Promise<boolean[]> {
  const rows = await trx.statement<{ controllerId: number }>('finish_lanes', finishLaneSql, [
    parts.map(({ lease }) => lease.controllerId),
    now,
    parts.map(({ outcome }) => outcome),
    parts.map(({ startsAt }) => startsAt),
  ])
  const over = new Set(rows.map(row => row.controllerId))
  return parts.map(({ lease }) => over.has(lease.controllerId))
}

const finishSql = `
  update update_window w set finished_at = $1
  where w.finished_at is null and w.frozen_at is not null and w.covered_by is null
    and not exists (select from window_lane l where l.starts_at = w.starts_at and l.finished_at is null)
  returning starts_at as "startsAt"`

/** Finishes the windows whose every lane has ended; of any number of processes exactly one gets each. */
export async function finishWindows(opening: Opening): Promise<Temporal.Instant[]> {
  return shortTransaction(opening, async trx => {
    const rows = await trx.statement<{ startsAt: Temporal.Instant }>('finish_windows', finishSql, [
      await opening.clock.now(trx),
    ])
    return rows.map(row => row.startsAt)
  })
}
