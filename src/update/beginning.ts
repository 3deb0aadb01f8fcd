import { sql } from 'kysely'
import type { Window } from '../programme/timetable.ts'
import type { Transaction } from '../server/database.ts'
import type { Clock } from '../server/register.ts'
import { type Shared, shortTransaction } from './short-transaction.ts'

/** What opening and ending windows needs. */
export interface Opening extends Shared {
  clock: Clock
}

const openSql = `
  insert into update_window (campus, on_date, at_time, starts_at, frozen_at, ends_by, extra)
  values ($1, $2, $3, $4, $5, $6, $7)
  on conflict do nothing returning 1`

// What a window owes each controller: the numbers with something open that was due by its start.
const oweSql = `
  insert into window_lane (starts_at, controller_id, owed)
  select $1, c.id, count(distinct o.number)
  from controller c left join wanted_open o on o.controller_id = c.id and o.carried_by <= $1
  group by c.id`

// A window tries every controller anew, also one that was silent.
const wakeSql = 'update lane set rest_until = null, rests = 0 where rest_until is not null'

const passOnSql = `
  update update_window set covered_by = $1
  where starts_at < $1 and finished_at is null and covered_by is null`

const passOnLanesSql = `
  update window_lane set finished_at = $2, outcome = 'partly', failed = owed - done
  where starts_at = $1 and finished_at is null`

/** A window that begins: by the timetable, or `extra`, let go by somebody. */
export interface Beginning extends Pick<Window, 'on' | 'at' | 'startsAt' | 'endsBy'> {
  extra: boolean
}

/**
 * Writes down a window that has begun, and what it owes each controller. `before` is the newest window until now; one
 * that is not finished is covered by this one.
 */
export async function beginWindow(
  trx: Transaction,
  campus: string,
  { on, at, startsAt, endsBy, extra }: Beginning,
  { before, now }: { before: Temporal.Instant | null; now: Temporal.Instant },
): Promise<boolean> {
  // One that is caught up with after its end has its whole time from now on.
  const until = Temporal.Instant.compare(endsBy, now) > 0 ? endsBy : now.add(startsAt.until(endsBy))
  const opened = await trx.statement('open_window', openSql, [campus, on, at, startsAt, now, until, extra])
  if (opened.length === 0) return false
  await trx.statement('pass_on_windows', passOnSql, [startsAt])
  if (before) await trx.statement('pass_on_lanes', passOnLanesSql, [before, now])
  await trx.statement('wake_lanes', wakeSql, [])
  return true
}

/** Writes down what a window that has begun owes each controller; from then on the lanes take it up. */
export const oweLanes = (trx: Transaction, startsAt: Temporal.Instant) =>
  trx.statement('owe_lanes', oweSql, [startsAt])

/** Lets one window begin after the other, in all processes. Nothing else waits for this lock. */
export const oneAtATime = (trx: Transaction) => sql`select pg_advisory_xact_lock(7270013)`.execute(trx.db)

/**
 * Waits until every act from before this moment is visible, and every later one will read a later time: takes the
 * timetable's lock alone, reads the clock, and lets go. What is due by a start before that moment changes no more, so
 * that everything else about the window needs no act to wait. Throws when an act stays open for longer than two
 * seconds: the next look tries again, and meanwhile other acts and urgent work go on.
 */
export const cutOff = ({ clock, ...shared }: Opening): Promise<Temporal.Instant> =>
  shortTransaction(shared, async trx => {
    await sql`select pg_advisory_xact_lock(7270001)`.execute(trx.db)
    return clock.now(trx)
  })
