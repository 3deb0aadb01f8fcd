import type { Doors } from '../access/rules.ts'
import type { Transaction } from '../server/database.ts'
import type { Lease } from './lanes.ts'
import type { DueNumber, OpenPerson } from './plan.ts'

// Due is a row at once, or one whose window has been opened (frozen); the newest due row of a number counts.
const due = `w.controller_id = $1 and (w.at_once or w.carried_by <= (select max(starts_at) from update_window))`

const openPeopleSql = `
  select w.person_id as "personId", bool_or(w.urgent) as urgent,
         bool_or(w.doors <> '{0,0,0,0}') as puts, bool_or(w.doors = '{0,0,0,0}') as removals
  from wanted w where ${due} and w.settled_at is null group by w.person_id`

/** The people who have something open on a controller. */
export const openPeople = (trx: Transaction, controllerId: number): Promise<OpenPerson[]> =>
  trx.statement<OpenPerson>('open_people', openPeopleSql, [controllerId])

const dueNumbersSql = `
  select n.*, h.doors as "heldDoors", h.valid_from as "heldFrom", h.valid_to as "heldTo"
  from (
    select distinct on (w.number) w.number, w.person_id as "personId", w.card_id as "cardId", w.doors,
           w.valid_from as "from", w.valid_to as "to", w.carried_by as "carriedBy", w.urgent
    from wanted w where ${due} and w.person_id = any($2::bigint[])
    order by w.number, w.carried_by desc) n
  left join held h on h.controller_id = $1 and h.number = n.number`

interface DueRow {
  number: number
  personId: number
  cardId: number
  doors: Doors
  from: Temporal.PlainDate
  to: Temporal.PlainDate
  carriedBy: Temporal.Instant
  urgent: boolean
  heldDoors: Doors | null
  heldFrom: Temporal.PlainDate | null
  heldTo: Temporal.PlainDate | null
}

/** Everything due for these people on a controller, settled or not, beside what the ledger says is there. */
export async function dueNumbers(trx: Transaction, controllerId: number, personIds: readonly number[]) {
  const rows = await trx.statement<DueRow>('due_numbers', dueNumbersSql, [controllerId, personIds])
  return rows.map(
    ({ doors, from, to, heldDoors, heldFrom, heldTo, ...row }): DueNumber => ({
      ...row,
      wanted: { doors, from, to },
      held: heldDoors ? { doors: heldDoors, from: heldFrom!, to: heldTo! } : null,
    }),
  )
}

export type Answer = 'applied' | 'already' | 'rejected' | 'full' | 'unconfirmed' | 'unreachable' | 'different'

/** One thing sent to a controller and what came of it. */
export interface Outcome {
  due: DueNumber
  deed: 'put' | 'remove' | 'read'
  answer: Answer
  /** The controller's own word names this change: an echoed sequence id, or a read-back. */
  confirmed: boolean
  /** Read back from the controller's memory just now. */
  readBack: boolean
}

const sentSql = `
  insert into sent (controller_id, number, deed, answer, starts_at, at)
  select $1, n, d, a, (select max(starts_at) from update_window where finished_at is null and covered_by is null), $5
  from unnest($2::bigint[], $3::text[], $4::text[]) as r(n, d, a)`

const heldSql = `
  insert into held (controller_id, number, doors, valid_from, valid_to, confirmed_at, verified_at, verify_after)
  select $1, n, d::smallint[], f, t, $7, case when b then $7::timestamptz end,
         raw_now() + make_interval(secs => $8::float8)
  from unnest($2::bigint[], $3::text[], $4::date[], $5::date[], $6::bool[]) as r(n, d, f, t, b)
  on conflict (controller_id, number) do update
  set doors = excluded.doors, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
      confirmed_at = excluded.confirmed_at, verified_at = excluded.verified_at, verify_after = excluded.verify_after`

const settleSql = `
  update wanted w set settled_at = $4 from unnest($2::bigint[], $3::timestamptz[]) as r(n, b)
  where w.controller_id = $1 and w.number = r.n and w.carried_by <= r.b and w.settled_at is null`

const progressSql = `
  update window_lane set done = done + $2, began_at = coalesce(began_at, $3)
  where controller_id = $1 and finished_at is null`

/** Writes down what a batch did: every answer, what the controller now holds, and what is settled by it. */
export async function recordOutcomes(
  trx: Transaction,
  lease: Lease,
  now: Temporal.Instant,
  batch: { outcomes: readonly Outcome[]; settled: readonly DueNumber[]; quietSeconds: number },
): Promise<void> {
  const { outcomes } = batch
  const confirmed = outcomes.filter(outcome => outcome.confirmed)
  const settled = [...batch.settled, ...confirmed.map(outcome => outcome.due)]
  if (outcomes.length > 0)
    await trx.statement('record_sent', sentSql, [
      lease.controllerId,
      outcomes.map(outcome => outcome.due.number),
      outcomes.map(outcome => outcome.deed),
      outcomes.map(outcome => outcome.answer),
      now,
    ])
  if (confirmed.length > 0)
    await trx.statement('record_held', heldSql, [
      lease.controllerId,
      confirmed.map(outcome => outcome.due.number),
      confirmed.map(outcome => `{${outcome.due.wanted.doors.join(',')}}`),
      confirmed.map(outcome => outcome.due.wanted.from),
      confirmed.map(outcome => outcome.due.wanted.to),
      confirmed.map(outcome => outcome.readBack),
      now,
      batch.quietSeconds,
    ])
  if (settled.length > 0)
    await trx.statement('settle_wanted', settleSql, [
      lease.controllerId,
      settled.map(number => number.number),
      settled.map(number => number.carriedBy),
      now,
    ])
  await trx.statement('window_progress', progressSql, [lease.controllerId, settled.length, now])
}
