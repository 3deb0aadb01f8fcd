import { isOpen } from '../access/open-rows.ts'
import type { Transaction } from '../server/database.ts'
import type { Limits } from './retention-rules.ts'

/** A day's forgetting, as far as it has come. */
export interface Run extends Limits {
  on: Temporal.PlainDate
  wantedUpTo: Temporal.Instant
  sentUpTo: number
}

// It goes on where the day before ended: what that looked at, nothing has taken the place of since but what comes after.
const beginSql = `
  insert into retention_run (on_date, began_at, events_before, history_before, wanted_up_to, sent_up_to)
  select $1, $2, $3, $4, coalesce(l.wanted_up_to, '0001-01-01 00:00+0'), coalesce(l.sent_up_to, 0)
  from (select) one left join lateral (
    select wanted_up_to, sent_up_to from retention_run order by on_date desc limit 1) l on true
  on conflict (on_date) do nothing`

/** Begins a day's forgetting, once for all processes. */
export const beginRun = (trx: Transaction, on: Temporal.PlainDate, now: Temporal.Instant, limits: Limits) =>
  trx.statement('retention_begin', beginSql, [on, now, limits.eventsBefore, limits.historyBefore])

const runSql = `
  select on_date as on, events_before as "eventsBefore", history_before as "historyBefore",
         wanted_up_to as "wantedUpTo", sent_up_to as "sentUpTo"
  from retention_run where on_date = $1 and ended_at is null for update`

/** The day's forgetting, for one process at a time, until its transaction ends; null where it is over. */
export async function takeRun(trx: Transaction, on: Temporal.PlainDate): Promise<Run | null> {
  const [run] = await trx.statement<Run>('retention_take', runSql, [on])
  return run ?? null
}

const monthsSql = `
  with gone as (select drop_tap_months($2) as month)
  update retention_run set months = months || array(select month from gone) where on_date = $1`

/** Drops the months of events that have ended long enough ago, each whole. */
export const dropMonths = (trx: Transaction, { on, eventsBefore }: Run) =>
  trx.statement('retention_months', monthsSql, [on, eventsBefore])

// A row is superseded where a later one of the same number and person was due by the limit: at every moment since, that
// one counts. What is not settled, or waits for a second person, stays.
const wantedSql = `
  with due as (select max(starts_at) as horizon from update_window where frozen_at <= $2),
  span as (
    select max(carried_by) as up_to from (
      select carried_by from wanted where carried_by > $1 and carried_by <= $2 order by carried_by limit $3) s),
  old as (
    select distinct o.controller_id, o.number, o.carried_by
    from span, wanted x
    join wanted o on o.controller_id = x.controller_id and o.number = x.number and o.carried_by < x.carried_by
      and o.person_id = x.person_id and o.guarded_by is null
      and not ${isOpen('o')}
    where x.carried_by > $1 and x.carried_by <= span.up_to and x.guarded_by is null
      and (x.at_once or x.carried_by <= (select horizon from due))
    limit $3),
  gone as (
    delete from wanted w using old
    where w.controller_id = old.controller_id and w.number = old.number and w.carried_by = old.carried_by
    returning 1)
  select (select up_to from span) as "upTo", (select count(*) from gone)::int as gone`
const wantedWentSql = 'update retention_run set wanted = wanted + $2, wanted_up_to = $3 where on_date = $1'

/** Forgets some of what was wanted before what is now; false when nothing is left to look at. */
export async function forgetWanted(trx: Transaction, run: Run, rowsAtATime: number): Promise<boolean> {
  const values = [run.wantedUpTo, run.historyBefore, rowsAtATime]
  const [row] = await trx.statement<{ upTo: Temporal.Instant | null; gone: number }>(
    'retention_wanted',
    wantedSql,
    values,
  )
  const { upTo, gone } = row!
  if (upTo === null) return false
  // Where as many were forgotten as one statement may, some of the same span may be left.
  await trx.statement('retention_wanted_went', wantedWentSql, [
    run.on,
    gone,
    gone === rowsAtATime ? run.wantedUpTo : upTo,
  ])
  return true
}

// Of each number the newest answer of each kind before the limit stays: it says what the controller held from then on,
// whose the number is there, and what was refused.
const sentSql = `
  with looked as materialized (
    select id, controller_id, number, deed, answer, doors is null as silent, at
    from sent where id > $1 order by id limit $3),
  span as (
    select coalesce((select min(id) - 1 from looked where at >= $2), (select max(id) from looked)) as up_to),
  newest as (
    select distinct on (controller_id, number, deed, answer, silent) looked.* from looked, span where id <= span.up_to
    order by controller_id, number, deed, answer, silent, id desc),
  held_gone as (
    delete from sent o using newest x
    where not x.silent and o.controller_id = x.controller_id and o.number = x.number and o.doors is not null
      and o.deed = x.deed and o.answer = x.answer and o.id < x.id and o.at <= x.at
    returning 1),
  refused_gone as (
    delete from sent o using newest x
    where x.silent and o.controller_id = x.controller_id and o.number = x.number and o.doors is null
      and o.deed = x.deed and o.answer = x.answer and o.id < x.id and o.at <= x.at
    returning 1)
  select (select up_to from span) as "upTo",
         ((select count(*) from held_gone) + (select count(*) from refused_gone))::int as gone`
const sentWentSql = 'update retention_run set sent = sent + $2, sent_up_to = $3 where on_date = $1'

/** Forgets some of what was answered before the last answer of its kind; false when nothing is left to look at. */
export async function forgetSent(trx: Transaction, run: Run, rowsAtATime: number): Promise<boolean> {
  const values = [run.sentUpTo, run.historyBefore, rowsAtATime]
  const [row] = await trx.statement<{ upTo: number | null; gone: number }>('retention_sent', sentSql, values)
  const { upTo, gone } = row!
  if (upTo === null || upTo <= run.sentUpTo) return false
  await trx.statement('retention_sent_went', sentWentSql, [run.on, gone, upTo])
  return true
}

/** What else grows with time: how it is found, some rows a time ($1 the history's limit, $2 the events', $3 how many). */
const others: Record<string, string> = {
  window_lane: `select ctid from window_lane where starts_at < $1 and finished_at is not null`,
  staff_notice: `select ctid from staff_notice where made_at < $1 and acknowledged_at is not null`,
  clock_reading: `select ctid from clock_reading where read_at < $2`,
  approved_loss: `select l.ctid from approved_loss l join guard_approval a on a.id = l.approval_id where a.starts_at < $1`,
  guard_approval: `select a.ctid from guard_approval a where a.starts_at < $1
    and not exists (select from approved_loss l where l.approval_id = a.id)`,
  doors_check: `select ctid from doors_check where began_at < $1
    and on_date < (select max(on_date) from doors_check)`,
  // The newest of a controller, and its newest complete one, say what stands there.
  controller_survey: `select s.ctid from controller_survey s where s.ended_at < $1
    and exists (select from controller_survey x where x.controller_id = s.controller_id and x.id > s.id
                and (s.outcome <> 'complete' or x.outcome = 'complete'))`,
}
// Both limits are named, because a statement must use every value that it is given.
const otherSql = (table: string, found: string) => `
  with gone as (
    delete from ${table} where ctid = any(array(select ctid from (${found} limit $3) f
                                                where $1::timestamptz is not null and $2::timestamptz is not null))
    returning 1)
  select count(*)::int as gone from gone`
const othersWentSql = 'update retention_run set others = others + $2 where on_date = $1'

/** Forgets some of everything else that grows with time; false when nothing was left. */
export async function forgetOthers(trx: Transaction, run: Run, rowsAtATime: number): Promise<boolean> {
  let gone = 0
  for (const [table, found] of Object.entries(others)) {
    const values = [run.historyBefore, run.eventsBefore, rowsAtATime]
    const [row] = await trx.statement<{ gone: number }>(`retention_${table}`, otherSql(table, found), values)
    gone += row!.gone
  }
  if (gone > 0) await trx.statement('retention_others_went', othersWentSql, [run.on, gone])
  return gone > 0
}

// Who looks can see afterwards what is no longer there; of whom, it does not say.
const endSql = `
  with ended as (
    update retention_run set ended_at = $2 where on_date = $1 and ended_at is null returning *)
  insert into journal (at, actor, act, facts)
  select $2, 'system:retention', 'old records forgotten', jsonb_build_object(
    'months', array_to_string(months, ' '), 'wanted', wanted, 'sent', sent, 'others', others)
  from ended where cardinality(months) + wanted + sent + others > 0`

/** Ends a day's forgetting; where something was forgotten, the journal says how much. */
export const endRun = (trx: Transaction, on: Temporal.PlainDate, now: Temporal.Instant) =>
  trx.statement('retention_end', endSql, [on, now])
