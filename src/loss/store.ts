import { type Act, actorName } from '../server/register.ts'
import type { LossFacts } from './rules.ts'

const lockSql = 'select 1 from person where id = $1 for update'
const factsSql = `
  select h.card_id is not null as holds, l.at as "reportedAt"
  from (select 1) one
  left join handover h on h.card_id = $2 and h.person_id = $1
  left join card_lost l on l.card_id = h.card_id`

/** What the rule asks, read under a lock on the person. */
export async function lossFacts(act: Act, personId: number, cardId: number): Promise<LossFacts> {
  await act.statement('loss_lock', lockSql, [personId])
  const [row] = await act.statement<LossFacts>('loss_facts', factsSql, [personId, cardId])
  return row!
}

// The moment was read before the person was locked. So the card may have been activated, or given, a moment after it
// by an act that got the lock first: such a use never was, and custody ends as it begins. Lost beats everything.
const keepSql = `
  with unused as (delete from card_use where card_id = $2 and lower(during) >= $3),
  used as (
    update card_use set during = tstzrange(lower(during), $3)
    where card_id = $2 and lower(during) < $3 and (upper_inf(during) or upper(during) > $3)),
  kept as (
    update handover set held = tstzrange(lower(held), greatest(lower(held), $3))
    where card_id = $2 and (upper_inf(held) or upper(held) > $3))
  insert into loss_report (card_id, person_id, at, reported_by, send_at) values ($2, $1, $3, $4, $3)`

/** Keeps the report: custody and campus access of the card end at this moment. */
export async function keepLoss(act: Act, personId: number, cardId: number): Promise<void> {
  await act.statement('keep_loss', keepSql, [personId, cardId, act.now, actorName(act.actor)])
}
