import { openRows } from '../access/open-rows.ts'
import type { Transaction } from '../server/database.ts'
import { isDue } from './due-sql.ts'
import type { HeldNumber, Lease, ReadBack } from './ledger.ts'

const toVerifySql = `
  select a.c as "controllerId", h.number, h.doors, h.valid_from as "from", h.valid_to as "to"
  from unnest($1::bigint[], $2::int[]) as a(c, at_most) cross join lateral (
    select * from held where controller_id = a.c and verify_after < (select raw_now())
    order by verify_after limit a.at_most) h`

/** What is to be read back by now, of each of these lanes. */
export async function toVerify(
  trx: Transaction,
  asked: readonly { lease: Lease; limit: number }[],
): Promise<HeldNumber[][]> {
  const rows = await trx.statement<HeldNumber & { controllerId: number }>('to_verify', toVerifySql, [
    asked.map(({ lease }) => lease.controllerId),
    asked.map(({ limit }) => limit),
  ])
  const byController = Map.groupBy(rows, row => row.controllerId)
  return asked.map(({ lease }) => byController.get(lease.controllerId) ?? [])
}

const verifiedSql = `
  update held h set verified_at = $3, verify_after = null
  from unnest($1::bigint[], $2::bigint[]) as r(c, n) where h.controller_id = r.c and h.number = r.n`

/** Writes down that these numbers were read back as they were confirmed. */
export async function recordVerified(trx: Transaction, now: Temporal.Instant, read: readonly ReadBack[]) {
  const right = read.flatMap(({ lease, right: numbers }) =>
    numbers.map(number => [lease.controllerId, number]),
  )
  if (right.length > 0)
    await trx.statement('verified', verifiedSql, [right.map(([c]) => c), right.map(([, n]) => n), now])
}

const foundSql = `
  insert into sent (controller_id, number, deed, answer, at, doors, valid_from, valid_to)
  select c, n, 'read', 'different', $3, coalesce(d::smallint[], '{0,0,0,0}'), coalesce(f, h.valid_from), coalesce(t, h.valid_to)
  from unnest($1::bigint[], $2::bigint[], $4::text[], $5::date[], $6::date[]) as r(c, n, d, f, t)
  join held h on h.controller_id = r.c and h.number = r.n`

/** Writes down what stands there instead of what was confirmed; of a record that makes no sense nothing is known. */
export async function recordFound(trx: Transaction, now: Temporal.Instant, read: readonly ReadBack[]) {
  const told = read.flatMap(({ lease, wrong }) =>
    wrong.flatMap(({ number, found }) =>
      found === undefined ? [] : [{ controllerId: lease.controllerId, number, found }],
    ),
  )
  if (told.length === 0) return
  await trx.statement('record_found', foundSql, [
    told.map(({ controllerId }) => controllerId),
    told.map(({ number }) => number),
    now,
    told.map(({ found }) => (found === null ? null : `{${found.doors.join(',')}}`)),
    told.map(({ found }) => found?.from ?? null),
    told.map(({ found }) => found?.to ?? null),
  ])
}

// What is not as confirmed is open again: of each number the newest row that is due, and the newest that waits for a
// window, which may be settled already because a person adopted what stood there. Locked first: an act may withdraw one.
const doubtSql = `
  with asked as (select * from unnest($1::bigint[], $2::bigint[]) as r(c, n)),
  forgotten as (delete from held h using asked where h.controller_id = asked.c and h.number = asked.n),
  newest as (
    select distinct on (w.controller_id, w.number, is_due) w.controller_id, w.number, w.carried_by
    from asked cross join lateral (
      select controller_id, number, carried_by, ${isDue('wanted')} as is_due
      from wanted where controller_id = asked.c and number = asked.n) w
    order by w.controller_id, w.number, is_due, w.carried_by desc),
  doubtful as (
    select w.* from wanted w join newest n using (controller_id, number, carried_by) for no key update of w),
  opened as (${openRows('doubtful')})
  select controller_id as "controllerId", person_id as "personId" from doubtful`

/** A number on a controller that does not hold it as it confirmed. */
export interface DoubtfulNumber {
  controllerId: number
  number: number
}

/**
 * What a controller confirmed of these numbers does not hold: the ledger forgets it, and what is wanted of them is
 * open again. Answers with the people concerned.
 */
export async function doubt(
  trx: Transaction,
  numbers: readonly DoubtfulNumber[],
): Promise<{ controllerId: number; personId: number }[]> {
  if (numbers.length === 0) return []
  return trx.statement('doubted', doubtSql, [
    numbers.map(({ controllerId }) => controllerId),
    numbers.map(({ number }) => number),
  ])
}

const cardsSql = `
  select controller_id as "controllerId", cards from held_count where controller_id = any($1::bigint[])`

/** How many cards each of these controllers confirmed that it holds. */
export async function cardsConfirmed(trx: Transaction, leases: readonly Lease[]): Promise<number[]> {
  const rows = await trx.statement<{ controllerId: number; cards: number }>('cards_confirmed', cardsSql, [
    leases.map(lease => lease.controllerId),
  ])
  const cards = new Map(rows.map(row => [row.controllerId, row.cards]))
  return leases.map(lease => cards.get(lease.controllerId) ?? 0)
}

const suspectSql = `
  update held set verify_after = raw_now()
  where controller_id = any($1::bigint[]) and doors <> '{0,0,0,0}' and verify_after is null`

// A memory that is another one may be another board's.
const meetAnewSql = 'update known_board set met_at = null where controller_id = any($1::bigint[])'

/** Everything that these controllers confirmed is to be read back now: their memory is doubtful. */
export async function suspectCards(trx: Transaction, controllerIds: readonly number[]): Promise<void> {
  await trx.statement('suspect_cards', suspectSql, [controllerIds])
  await trx.statement('meet_anew', meetAnewSql, [controllerIds])
}

const suspectNumbersSql = `
  update held set verify_after = raw_now()
  where controller_id = $1 and number = any($2::bigint[]) and verify_after is null`

/** These numbers of a controller are read back, whether it should hold them or have them no more. */
export const suspectNumbers = (trx: Transaction, controllerId: number, numbers: readonly number[]) =>
  trx.statement('suspect_numbers', suspectNumbersSql, [controllerId, numbers])
