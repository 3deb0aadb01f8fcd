import type { Timetable } from '../programme/shape.ts'
import { type Window, windowAtOrBefore, windowsBetween } from '../programme/timetable.ts'
import type { Transaction } from '../server/database.ts'
import { beginWindow, cutOff, type Opening, oneAtATime, oweLanes } from './beginning.ts'
import { isOnHold } from './due-sql.ts'
import { guardWindow } from './guard.ts'
import type { GuardLimits } from './guard-rules.ts'
import type { Lease, PartOutcome } from './ledger.ts'
import { raiseMissed, raiseWindowNotices } from './notices.ts'
import { openRunNow } from './run-now.ts'
import { longTransaction, shortTransaction } from './short-transaction.ts'

/** The campus whose windows these are: its id, its zone and its timetable, as the programme in force says. */
export interface WindowPlan {
  campus: string
  zone: string
  timetable: Timetable
  /** Since when this timetable is in force: windows that it would have had before are none, and were not missed. */
  since?: Temporal.Instant
  /** From how many people on who would lose access a window waits for a second person; the usual unless said. */
  guard?: GuardLimits
}

const later = (a: Temporal.Instant, b: Temporal.Instant | undefined): Temporal.Instant =>
  b !== undefined && Temporal.Instant.compare(a, b) < 0 ? b : a

const newestSql = 'select max(starts_at) as "startsAt" from update_window'

/** The start of the newest window that was opened, or null before the first. */
export async function newestWindow(trx: Transaction): Promise<Temporal.Instant | null> {
  const [row] = await trx.statement<{ startsAt: Temporal.Instant | null }>('newest_window', newestSql, [])
  return row?.startsAt ?? null
}

const coverSql = `
  insert into update_window (campus, on_date, at_time, starts_at, covered_by) values ($1, $2, $3, $4, $5)
  on conflict do nothing`

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
  if (!(await beginWindow(trx, plan.campus, { ...window, extra: false }, { before, now }))) return false
  const missed = before
    ? windowsBetween(plan.timetable, plan.zone, later(before, plan.since), window.startsAt)
    : []
  for (const { on, at, startsAt } of missed)
    await trx.statement('cover_window', coverSql, [plan.campus, on, at, startsAt, window.startsAt])
  await raiseMissed(trx, window.startsAt, now)
  await guardWindow(trx, { startsAt: window.startsAt, before, on: window.on, limits: plan.guard, now })
  await oweLanes(trx, window.startsAt)
  return true
}

async function openRegularWindow(opening: Opening, plan: WindowPlan): Promise<Window | null> {
  const { clock } = opening
  const due = await shortTransaction(opening, async trx => {
    const window = windowAtOrBefore(plan.timetable, plan.zone, await clock.now(trx))
    const newest = await newestWindow(trx)
    return newest && Temporal.Instant.compare(later(newest, plan.since), window.startsAt) >= 0 ? null : window
  })
  if (due === null) return null
  await cutOff(opening)
  const opened = await longTransaction(opening, async trx => {
    await oneAtATime(trx)
    return open(trx, plan, due, await clock.now(trx))
  })
  return opened ? due : null
}

/**
 * Opens the window whose start has come, once for all processes, and else an extra one that somebody asked for. After
 * the cut-off the guard looks at whom it would take access from, and only then, in the same transaction, the lanes are
 * told what is owed: they see nothing before. Windows that were missed while nothing ran are marked as covered by it, and
 * the staff are told.
 * Null when there is nothing to open.
 */
export async function openDueWindow(opening: Opening, plan: WindowPlan): Promise<Window | null> {
  return (await openRegularWindow(opening, plan)) ?? openRunNow(opening, plan)
}

// A lane's part of a window is over when nothing that the window owes is open, when it was tried and could not be done,
// or when somebody holds the controller.
const finishLaneSql = `
  with asked as (select * from unnest($1::bigint[], $3::text[], $4::timestamptz[]) as r(c, outcome, starts_at)),
  open as materialized (
    select a.c, a.outcome, a.starts_at, (
      select count(distinct o.number) from wanted_open o
      where o.controller_id = a.c and o.carried_by <= a.starts_at) as numbers,
      ${isOnHold('a.c')} as held
    from asked a)
  update window_lane l
  set finished_at = $2, began_at = coalesce(began_at, $2),
      outcome = case when held and open.numbers > 0 then 'held' else open.outcome end,
      failed = least(owed, open.numbers), done = owed - least(owed, open.numbers)
  from open
  where l.controller_id = open.c and l.starts_at = open.starts_at and l.finished_at is null
    and (open.outcome <> 'done' or open.numbers = 0 or held)
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

// What is not done by the time that was promised is told; the lanes go on all the same.
const lateSql = `
  update window_lane l set finished_at = $1, outcome = 'late', failed = l.owed - least(l.done, l.owed)
  from update_window w
  where w.starts_at = l.starts_at and l.finished_at is null and w.finished_at is null and w.covered_by is null
    and w.ends_by <= $1`

const finishSql = `
  update update_window w set finished_at = $1
  where w.finished_at is null and w.frozen_at is not null and w.covered_by is null
    and not exists (select from window_lane l where l.starts_at = w.starts_at and l.finished_at is null)
  returning starts_at as "startsAt"`

/**
 * Finishes the windows whose every lane has ended, or whose promised end has come; of any number of processes exactly one
 * gets each. What is left, and where, is raised as a notice to the staff in the same transaction.
 */
export async function finishWindows(opening: Opening): Promise<Temporal.Instant[]> {
  return shortTransaction(opening, async trx => {
    const now = await opening.clock.now(trx)
    await trx.statement('late_lanes', lateSql, [now])
    const rows = await trx.statement<{ startsAt: Temporal.Instant }>('finish_windows', finishSql, [now])
    const finished = rows.map(row => row.startsAt)
    await raiseWindowNotices(trx, finished, now)
    return finished
  })
}
