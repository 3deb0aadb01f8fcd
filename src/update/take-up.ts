import type { Clock } from '../server/register.ts'
import { type Shared, shortTransaction } from './short-transaction.ts'

// The controller is tried anew at once, where it rested. A card that opens nothing is no absent one: the ledger cannot
// say it, and a removal is not settled by it. What stands there as the newest record wants it needs no writing: it is
// settled, also for a window to come. The verifying pass reads everything back soon.
// What was adopted is told as what was read there, so that the door's history still knows it once another card is put.
// An act may write that very row anew while this waits for it. PostgreSQL then looks again at the row alone, not at what
// it was compared with: so the row is locked first, and what was compared is carried along and asked again of it.
const takeUpSql = `
  with taken_up as (
    update adopted_number set taken_up_at = $1 where taken_up_at is null
    returning controller_id, number, doors, valid_from, valid_to, with_pin),
  ledger as (
    insert into held (controller_id, number, doors, valid_from, valid_to, confirmed_at, verify_after)
    select controller_id, number, doors, valid_from, valid_to, $1, raw_now() from taken_up
    where not with_pin and doors <> '{0,0,0,0}'
    on conflict (controller_id, number) do update
    set doors = excluded.doors, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
        confirmed_at = excluded.confirmed_at, verified_at = null, verify_after = excluded.verify_after
    where held.doors = '{0,0,0,0}'),
  told as (
    insert into sent (controller_id, number, deed, answer, at, doors, valid_from, valid_to)
    select controller_id, number, 'read', 'already', $1, doors, valid_from, valid_to from taken_up
    where not with_pin and doors <> '{0,0,0,0}'),
  tried_anew as (
    update lane set rest_until = null, rests = 0
    where rest_until is not null and controller_id in (select controller_id from taken_up)),
  as_wanted as (
    select t.controller_id, t.number, n.carried_by, n.doors, n.valid_from, n.valid_to
    from taken_up t cross join lateral (
      select w.carried_by, w.doors, w.valid_from, w.valid_to from wanted w
      where w.controller_id = t.controller_id and w.number = t.number order by w.carried_by desc limit 1) n
    where not t.with_pin and t.doors <> '{0,0,0,0}' and n.doors = t.doors and n.valid_from = t.valid_from and n.valid_to = t.valid_to),
  settled as materialized (
    select w.controller_id, w.number, w.carried_by
    from as_wanted a join wanted w on w.controller_id = a.controller_id and w.number = a.number
      and w.carried_by <= a.carried_by
      and (w.carried_by < a.carried_by
           or (w.doors = a.doors and w.valid_from = a.valid_from and w.valid_to = a.valid_to))
    for no key update of w)
  delete from wanted_open o using settled s
  where o.controller_id = s.controller_id and o.number = s.number and o.carried_by = s.carried_by`

/** Brings what a person adopted into the ledger: from then on these numbers are ours, and what is as wanted is done. */
export const takeUpAdopted = (keeping: Shared & { clock: Clock }): Promise<void> =>
  shortTransaction(keeping, async trx => {
    await trx.statement('take_up_adopted', takeUpSql, [await keeping.clock.now(trx)])
  })
