import { isAbsent } from '../access/rules.ts'
import type { Transaction } from '../server/database.ts'
import type { Batch } from './ledger.ts'
import type { Outcome } from './outcome.ts'

// Told once for each reading of the list, not at each of the many times that it is tried.
const takenSql = `
  update survey_card set taken_at = $3
  where survey_id = (select max(id) from controller_survey where controller_id = $1 and outcome = 'complete')
    and number = any($2::bigint[]) and taken_at is null
  returning number`

const becameOursSql = `
  update survey_card s set ours = true from unnest($1::bigint[], $2::bigint[]) as r(c, n)
  where s.number = r.n and not s.ours
    and s.survey_id = (select max(id) from controller_survey where controller_id = r.c and outcome = 'complete')`

// What Gatehouse has removed is no longer its own: whoever puts a card there later under the same number put theirs.
const goneSql = `
  with asked as (select * from unnest($1::bigint[], $2::bigint[]) as r(c, n)),
  gone as (
    delete from survey_card s using asked
    where s.number = asked.n
      and s.survey_id = (select max(id) from controller_survey where controller_id = asked.c and outcome = 'complete'))
  delete from adopted_number a using asked where a.controller_id = asked.c and a.number = asked.n`

const sentSql = `
  insert into sent (controller_id, number, deed, answer, starts_at, at, doors, valid_from, valid_to)
  select c, n, d, a, w, $6, h::smallint[], f, t
  from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $7::text[], $8::date[], $9::date[])
    as r(c, n, d, a, w, h, f, t)`

// Verified is what is read back after the quiet time; a read-back right after the change confirms, no more.
const heldSql = `
  insert into held (controller_id, number, doors, valid_from, valid_to, confirmed_at, verify_after)
  select c, n, d::smallint[], f, t, $6, raw_now() + make_interval(secs => q)
  from unnest($1::bigint[], $2::bigint[], $3::text[], $4::date[], $5::date[], $7::float8[]) as r(c, n, d, f, t, q)
  on conflict (controller_id, number) do update
  set doors = excluded.doors, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
      confirmed_at = excluded.confirmed_at, verified_at = null, verify_after = excluded.verify_after`

// A window's progress counts what it owed: numbers due at its start, each once. What waited for a second person waits no
// longer once a newer row took its place.
const settleSql = `
  with window_now as materialized (select max(starts_at) as starts_at from update_window),
  over as (select * from unnest($1::bigint[], $2::bigint[], $3::timestamptz[]) as r(c, n, b)),
  settled as (
    delete from wanted_open o using over where o.controller_id = c and o.number = n and o.carried_by <= b
    returning o.controller_id, o.number, o.carried_by),
  unguarded as (
    update wanted w set guarded_by = null from over
    where (select exists (select from wanted where guarded_by is not null))
      and w.controller_id = c and w.number = n and w.carried_by <= b and w.guarded_by is not null),
  counted as (
    select s.controller_id, count(distinct s.number) as numbers from settled s, window_now
    where s.carried_by <= window_now.starts_at group by s.controller_id)
  update window_lane l
  set began_at = coalesce(began_at, $4),
      done = least(owed, done + coalesce((select numbers from counted c where c.controller_id = l.controller_id), 0))
  from window_now
  where l.controller_id = any($5::bigint[]) and l.starts_at = window_now.starts_at and l.finished_at is null`

type At = Outcome & { controllerId: number; startsAt: Temporal.Instant | null; quietSeconds: number }

async function worthTelling(trx: Transaction, now: Temporal.Instant, outcomes: readonly At[]): Promise<At[]> {
  const taken = Map.groupBy(
    outcomes.filter(({ answer }) => answer === 'taken'),
    outcome => outcome.controllerId,
  )
  const news = new Set<string>()
  for (const [controllerId, those] of taken) {
    const numbers = those.map(({ due }) => due.number)
    const rows = await trx.statement<{ number: number }>('number_taken', takenSql, [
      controllerId,
      numbers,
      now,
    ])
    for (const { number } of rows) news.add(`${controllerId} ${number}`)
  }
  return outcomes.filter(
    ({ answer, due, controllerId }) => answer !== 'taken' || news.has(`${controllerId} ${due.number}`),
  )
}

async function keepSurveyed(trx: Transaction, confirmed: readonly At[]): Promise<void> {
  const listed = confirmed.filter(({ due }) => due.listRead)
  const keep = async (name: string, text: string, those: readonly At[]) => {
    if (those.length === 0) return
    await trx.statement(name, text, [
      those.map(({ controllerId }) => controllerId),
      those.map(({ due }) => due.number),
    ])
  }
  await keep(
    'became_ours',
    becameOursSql,
    listed.filter(({ due }) => !isAbsent(due.wanted)),
  )
  await keep(
    'number_gone',
    goneSql,
    listed.filter(({ due }) => isAbsent(due.wanted)),
  )
}

const doorsText = ({ due }: Outcome): string => `{${due.wanted.doors.join(',')}}`

/** Writes down what batches did: every answer, what the controllers now hold, and what is settled by it. */
export async function recordOutcomes(
  trx: Transaction,
  now: Temporal.Instant,
  batches: readonly Batch[],
): Promise<void> {
  const outcomes = batches.flatMap(({ lease: { controllerId }, outcomes: those, horizon, quietSeconds }) =>
    those.map(
      (outcome): At => ({
        ...outcome,
        controllerId,
        quietSeconds,
        startsAt: outcome.due.atOnce ? null : horizon,
      }),
    ),
  )
  const confirmed = outcomes.filter(outcome => outcome.confirmed)
  const told = await worthTelling(trx, now, outcomes)
  if (told.length > 0)
    await trx.statement('record_sent', sentSql, [
      told.map(({ controllerId }) => controllerId),
      told.map(({ due }) => due.number),
      told.map(({ deed }) => deed),
      told.map(({ answer }) => answer),
      told.map(({ startsAt }) => startsAt),
      now,
      told.map(outcome => (outcome.confirmed ? doorsText(outcome) : null)),
      told.map(outcome => (outcome.confirmed ? outcome.due.wanted.from : null)),
      told.map(outcome => (outcome.confirmed ? outcome.due.wanted.to : null)),
    ])
  await keepSurveyed(trx, confirmed)
  if (confirmed.length > 0)
    await trx.statement('record_held', heldSql, [
      confirmed.map(({ controllerId }) => controllerId),
      confirmed.map(({ due }) => due.number),
      confirmed.map(doorsText),
      confirmed.map(({ due }) => due.wanted.from),
      confirmed.map(({ due }) => due.wanted.to),
      now,
      confirmed.map(({ quietSeconds }) => quietSeconds),
    ])
  const over = [
    ...batches.flatMap(({ lease: { controllerId }, settled }) => settled.map(due => ({ controllerId, due }))),
    ...confirmed,
  ]
  await trx.statement('settle_wanted', settleSql, [
    over.map(({ controllerId }) => controllerId),
    over.map(({ due }) => due.number),
    over.map(({ due }) => due.carriedBy),
    now,
    batches.map(({ lease }) => lease.controllerId),
  ])
}
