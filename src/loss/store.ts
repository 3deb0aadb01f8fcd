import { type Act, actorName } from '../server/register.ts'
import type { Schedule } from './issuer-rules.ts'
import type { GivingBack, LossFacts, LossReport } from './rules.ts'

const lockSql = 'select id, status from person where id = $1 for update'

/** The columns of a loss report `l`, as the rules name them. */
const reportColumns = `
  l.id, l.at, l.put_off_to as "putOffTo", l.send_at as "sendAt", l.sent_at as "sentAt", l.received_at as "receivedAt",
  l.refused_because as "refusedBecause", l.had_access as "hadAccess"`

// Locked, too: whoever sends reports locks the people first and then their reports, as this does.
const reportSql = `
  select ${reportColumns} from loss_report l where l.card_id = $1 and l.person_id = $2 and l.ended_at is null for update`

const factsSql = `
  select exists (select from handover where card_id = $2 and person_id = $1) as holds,
         (select ended_as from loss_report where card_id = $2 and person_id = $1 and ended_at is not null
          order by id desc limit 1) as "endedAs",
         coalesce(array_agg(l.sent_at::text) filter (where l.sent_at is not null and l.refused_because is null), '{}')
           <> '{}' as "purseLocked"
  from loss_report l where l.card_id = $2`

/** What the rules ask, read under a lock on the person and on the report that stands. */
export async function lossFacts(
  act: Act,
  personId: number,
  cardId: number,
): Promise<LossFacts & { purseLocked: boolean }> {
  // One round trip; the database runs them in this order, so that the later ones see what the lock waited for.
  const [[person], [report], [row]] = await Promise.all([
    act.statement<{ status: string }>('loss_lock', lockSql, [personId]),
    act.statement<LossReport>('loss_report_of', reportSql, [cardId, personId]),
    act.statement<Pick<LossFacts, 'holds' | 'endedAs'> & { purseLocked: boolean }>('loss_facts', factsSql, [
      personId,
      cardId,
    ]),
  ])
  return { ...row!, status: person?.status ?? '', report: report ?? null }
}

const replacedSql = `
  select a.replaces, a.carried_by as "carriedBy", o.edition, o.retired_at is not null as retired,
         exists (select from card_lost l where l.card_id = o.id) as missing
  from activation a left join card o on o.id = a.replaces where a.card_id = $1`

/** A card's activation: the window that carries it, and the old card in whose place it was, where there was one. */
export interface Replaced {
  replaces: number | null
  carriedBy: Temporal.Instant
  /** Of the old card. */
  edition: string | null
  retired: boolean
  missing: boolean
}

/** When the doors switch to a card, and in which one's place; null where it was not activated. */
export async function replacedBy(act: Act, cardId: number): Promise<Replaced | null> {
  const [row] = await act.statement<Replaced>('loss_replaced', replacedSql, [cardId])
  return row ?? null
}

// The moment was read before the person was locked. So the card may have been activated, or given, a moment after it
// by an act that got the lock first: such a use never was, and custody ends as it begins. Lost beats everything.
const keepSql = `
  with unused as (delete from card_use where card_id = $2 and lower(during) >= $3 returning 1),
  used as (
    update card_use set during = tstzrange(lower(during), $3)
    where card_id = $2 and lower(during) < $3 and (upper_inf(during) or upper(during) > $3) returning 1),
  kept as (
    update handover set held = tstzrange(lower(held), greatest(lower(held), $3))
    where card_id = $2 and (upper_inf(held) or upper(held) > $3))
  insert into loss_report (card_id, person_id, at, reported_by, had_access, put_off_to, send_at, sent_at)
  values ($2, $1, $3, $4, exists (select from unused) or exists (select from used), $5, $6, $7)
  returning id`

/** Keeps the report: custody and campus access of the card end at this moment. Says the report's id. */
export async function keepLoss(
  act: Act,
  { personId, cardId }: { personId: number; cardId: number },
  { putOffTo, sendAt, sentAt }: Schedule & { sentAt: Temporal.Instant | null },
): Promise<number> {
  const values = [personId, cardId, act.now, actorName(act.actor), putOffTo, sendAt, sentAt]
  const [row] = await act.statement<{ id: number }>('keep_loss', keepSql, values)
  return row!.id
}

// What the card's own campus access was before is over at the activation, which may bear a later moment than this act.
const useAgainSql = `
  insert into card_use (card_id, person_id, during)
  select $1, $2, tstzrange(greatest($3, (select max(upper(during)) from card_use where card_id = $1)), $4)`

/** Campus access of a card from this moment on, until `until`: of a card that had some before. */
export async function giveUse(
  act: Act,
  { personId, cardId, until }: { personId: number; cardId: number; until: Temporal.Instant | null },
): Promise<void> {
  await act.statement('use_again', useAgainSql, [cardId, personId, act.now, until])
}

const givingBackSql = `
  select c.edition, c.retired_at is not null as retired,
         exists (select from handover o where o.person_id = h.person_id and o.edition = h.edition
                 and o.card_id <> h.card_id and o.held && tstzrange(coalesce(lower(h.held), h.at), null)) as "heldAnother",
         (select u.card_id from card_use u where u.person_id = h.person_id and u.kind = 'student'
          and u.card_id <> h.card_id and u.during && tstzrange($2, null) limit 1) as "otherInUse",
         (select a.replaces from activation a where a.card_id = h.card_id) as replaces
  from handover h join card c on c.id = h.card_id where h.card_id = $1`

/** What stands in the way of giving a card back, but for the programme's date of its edition. */
export async function givingBack(act: Act, cardId: number) {
  type Row = Pick<GivingBack, 'retired' | 'heldAnother' | 'otherInUse' | 'replaces'> & { edition: string }
  const [row] = await act.statement<Row>('giving_back', givingBackSql, [cardId, act.now])
  return row!
}

const endReportSql = `
  update loss_report set ended_at = greatest($2, at), ended_by = $3, ended_as = $4 where id = $1`
const custodySql = `update handover set held = tstzrange(coalesce(lower(held), at), null) where card_id = $1`
const endOtherSql = `
  with unused as (delete from card_use where card_id = $1 and lower(during) >= $2)
  update card_use set during = tstzrange(lower(during), $2)
  where card_id = $1 and lower(during) < $2 and (upper_inf(during) or upper(during) > $2)`

const endPauseSql = `
  update access_pause set during = tstzrange(lower(during), greatest($2, lower(during) + interval '1 microsecond')),
    resumed_by = 'system:loss'
  where card_id = $1 and upper_inf(during)`

/** Ends a report, and gives back what comes back with the card. */
export async function keepFound(
  act: Act,
  { personId, cardId, reportId }: { personId: number; cardId: number; reportId: number },
  back: {
    as: 'withdrawn' | 'found'
    custody: boolean
    access: boolean
    endsOther: number | null
    until: Temporal.Instant | null
  },
): Promise<void> {
  await act.statement('end_loss', endReportSql, [reportId, act.now, actorName(act.actor), back.as])
  if (back.custody) await act.statement('custody_again', custodySql, [cardId])
  if (back.endsOther !== null) await act.statement('end_other', endOtherSql, [back.endsOther, act.now])
  if (!back.access) return
  await giveUse(act, { personId, cardId, until: back.until })
  // It was paused before it was reported lost: who has it again has its campus access again, and that is none of the
  // times that the holder resumes it.
  await act.statement('end_pause_of_lost', endPauseSql, [cardId, act.now])
}
