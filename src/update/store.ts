import { type Doors, isAbsent } from '../access/rules.ts'
import type { Transaction } from '../server/database.ts'
import type { Lease } from './lanes.ts'
import type { DueNumber, OpenPerson } from './plan.ts'

// Due is a row at once, or one whose window has been opened (frozen); the newest due row of a number counts. Rows
// at once are never later than now: said so that the open rows of later windows are not even looked at. The clock
// is asked in a subquery, once, because an index cannot be searched by what may change from row to row. What waits for
// a second person is not due, and of a controller that somebody holds only what is at once.
const due = `w.controller_id = $1 and w.carried_by <= (select campus_now())
  and (w.at_once or w.carried_by <= (select max(starts_at) from update_window))
  and w.guarded_by is null
  and (w.at_once or not (select exists (
    select from update_hold h where h.lifted_at is null and (h.controller_id is null or h.controller_id = $1))))`

const kinds = `
  w.person_id as "personId", bool_or(w.urgent) as urgent,
  bool_or(w.doors <> '{0,0,0,0}') as puts, bool_or(w.doors = '{0,0,0,0}') as removals`

// The last condition is asked once, first, and costs one step into an index: mostly nothing is open.
const openPeopleSql = `
  select ${kinds} from wanted w
  where ${due} and w.settled_at is null
    and (select min(o.carried_by) from wanted o where o.controller_id = $1 and o.settled_at is null
         and o.guarded_by is null)
      <= (select campus_now())
  group by w.person_id`

/** The people who have something open on a controller. */
export const openPeople = (trx: Transaction, controllerId: number): Promise<OpenPerson[]> =>
  trx.statement<OpenPerson>('open_people', openPeopleSql, [controllerId])

const newcomersSql = `
  select ${kinds} from wanted w
  where ${due} and w.settled_at is null and w.at_once and ($2::timestamptz is null or w.carried_by > $2)
  group by w.person_id`

/**
 * The people with something open that was decided, at once, since the newest window began. Everything older was
 * visible when that window was opened, so a lane that listed its people then and asks this misses nobody.
 */
export const newcomers = (
  trx: Transaction,
  controllerId: number,
  horizon: Temporal.Instant | null,
): Promise<OpenPerson[]> => trx.statement<OpenPerson>('newcomers', newcomersSql, [controllerId, horizon])

const dueNumbersSql = `
  select distinct on (w.number) w.number, w.person_id as "personId", w.card_id as "cardId", w.doors,
         w.valid_from as "from", w.valid_to as "to", w.carried_by as "carriedBy", w.at_once as "atOnce", w.urgent,
         w.settled_at is not null as settled,
         exists (select from survey_card s
                 where s.survey_id = (select max(id) from controller_survey where controller_id = $1 and outcome = 'complete')
                   and s.number = w.number and not s.ours)
         and not exists (select from adopted_number a where a.controller_id = $1 and a.number = w.number) as foreign
  from wanted w where ${due} and w.person_id = any($2::bigint[])
  order by w.number, w.carried_by desc`

// Told once for each reading of the list, not at each of the many times that it is tried.
const takenSql = `
  update survey_card set taken_at = $3
  where survey_id = (select max(id) from controller_survey where controller_id = $1 and outcome = 'complete')
    and number = any($2::bigint[]) and taken_at is null
  returning number`

const becameOursSql = `
  update survey_card set ours = true
  where survey_id = (select max(id) from controller_survey where controller_id = $1 and outcome = 'complete')
    and number = any($2::bigint[])`

// What Gatehouse has removed is no longer its own: whoever puts a card there later under the same number put theirs.
const goneSql = `
  with gone as (
    delete from survey_card
    where survey_id = (select max(id) from controller_survey where controller_id = $1 and outcome = 'complete')
      and number = any($2::bigint[]))
  delete from adopted_number where controller_id = $1 and number = any($2::bigint[])`

interface DueRow extends Omit<DueNumber, 'wanted'> {
  doors: Doors
  from: Temporal.PlainDate
  to: Temporal.PlainDate
}

/** Everything due for these people on a controller, settled or not. */
export async function dueNumbers(trx: Transaction, controllerId: number, personIds: readonly number[]) {
  const rows = await trx.statement<DueRow>('due_numbers', dueNumbersSql, [controllerId, personIds])
  return rows.map(({ doors, from, to, ...row }): DueNumber => ({ ...row, wanted: { doors, from, to } }))
}

/** `taken`: another system's card stands there under the same number, and stays. */
export type Answer =
  | 'applied'
  | 'already'
  | 'rejected'
  | 'full'
  | 'unconfirmed'
  | 'unreachable'
  | 'different'
  | 'taken'

/** One thing sent to a controller and what came of it. */
export interface Outcome {
  due: DueNumber
  deed: 'put' | 'remove'
  answer: Answer
  /** The controller's own word names this change: an echoed sequence id, or a read-back. */
  confirmed: boolean
}

const sentSql = `
  insert into sent (controller_id, number, deed, answer, starts_at, at, doors, valid_from, valid_to)
  select $1, n, d, a, w, $6, h::smallint[], f, t
  from unnest($2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $7::text[], $8::date[], $9::date[])
    as r(n, d, a, w, h, f, t)`

// Verified is what is read back after the quiet time; a read-back right after the change confirms, no more.
const heldSql = `
  insert into held (controller_id, number, doors, valid_from, valid_to, confirmed_at, verify_after)
  select $1, n, d::smallint[], f, t, $6, raw_now() + make_interval(secs => $7::float8)
  from unnest($2::bigint[], $3::text[], $4::date[], $5::date[]) as r(n, d, f, t)
  on conflict (controller_id, number) do update
  set doors = excluded.doors, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
      confirmed_at = excluded.confirmed_at, verified_at = null, verify_after = excluded.verify_after`

// A window's progress counts what it owed: numbers due at its start, each once.
const settleSql = `
  with settled as (
    update wanted w set settled_at = $4 from unnest($2::bigint[], $3::timestamptz[]) as r(n, b)
    where w.controller_id = $1 and w.number = r.n and w.carried_by <= r.b and w.settled_at is null
    returning w.number, w.carried_by)
  update window_lane l
  set began_at = coalesce(began_at, $4),
      done = least(owed, done + (select count(distinct s.number) from settled s where s.carried_by <= l.starts_at))
  where l.controller_id = $1 and l.starts_at = (select max(starts_at) from update_window)
    and l.finished_at is null`

/** What one batch did, and during which window. */
export interface Batch {
  outcomes: readonly Outcome[]
  /** Numbers whose newest due row is settled; older open rows of theirs are settled with it. */
  settled: readonly DueNumber[]
  /** Start of the newest window opened, null before the first. */
  horizon: Temporal.Instant | null
  quietSeconds: number
}

async function worthTelling(
  trx: Transaction,
  controllerId: number,
  now: Temporal.Instant,
  outcomes: readonly Outcome[],
): Promise<Outcome[]> {
  const taken = outcomes.filter(({ answer }) => answer === 'taken').map(({ due }) => due.number)
  if (taken.length === 0) return [...outcomes]
  const rows = await trx.statement<{ number: number }>('number_taken', takenSql, [controllerId, taken, now])
  const news = new Set(rows.map(row => row.number))
  return outcomes.filter(({ answer, due }) => answer !== 'taken' || news.has(due.number))
}

/** Writes down what a batch did: every answer, what the controller now holds, and what is settled by it. */
export async function recordOutcomes(
  trx: Transaction,
  lease: Lease,
  now: Temporal.Instant,
  { outcomes, settled, horizon, quietSeconds }: Batch,
): Promise<void> {
  const confirmed = outcomes.filter(outcome => outcome.confirmed).map(outcome => outcome.due)
  const over = [...settled, ...confirmed]
  const told = await worthTelling(trx, lease.controllerId, now, outcomes)
  if (told.length > 0)
    await trx.statement('record_sent', sentSql, [
      lease.controllerId,
      told.map(outcome => outcome.due.number),
      told.map(outcome => outcome.deed),
      told.map(outcome => outcome.answer),
      told.map(outcome => (outcome.due.atOnce ? null : horizon)),
      now,
      told.map(({ confirmed: is, due }) => (is ? `{${due.wanted.doors.join(',')}}` : null)),
      told.map(({ confirmed: is, due }) => (is ? due.wanted.from : null)),
      told.map(({ confirmed: is, due }) => (is ? due.wanted.to : null)),
    ])
  const became = confirmed.filter(({ foreign }) => foreign).map(({ number }) => number)
  if (became.length > 0) await trx.statement('became_ours', becameOursSql, [lease.controllerId, became])
  const gone = confirmed.filter(({ wanted }) => isAbsent(wanted)).map(({ number }) => number)
  if (gone.length > 0) await trx.statement('number_gone', goneSql, [lease.controllerId, gone])
  if (confirmed.length > 0)
    await trx.statement('record_held', heldSql, [
      lease.controllerId,
      confirmed.map(({ number }) => number),
      confirmed.map(({ wanted }) => `{${wanted.doors.join(',')}}`),
      confirmed.map(({ wanted }) => wanted.from),
      confirmed.map(({ wanted }) => wanted.to),
      now,
      quietSeconds,
    ])
  await trx.statement('settle_wanted', settleSql, [
    lease.controllerId,
    over.map(({ number }) => number),
    over.map(({ carriedBy }) => carriedBy),
    now,
  ])
}
