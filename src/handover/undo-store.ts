import { type Act, actorName } from '../server/register.ts'
import type { Standing, UndoReason } from './undo-rules.ts'

const holderSql = `
  select person_id as "personId" from handover where card_id = $1
  union all select person_id from undone_handover where card_id = $1 and at = $2 limit 1`

/** Whose handover it is, or was; null where the card was never given. */
export async function holderOfHandover(
  act: Act,
  cardId: number,
  at: Temporal.Instant,
): Promise<number | null> {
  const [row] = await act.statement<{ personId: number }>('undo_holder', holderSql, [cardId, at])
  return row?.personId ?? null
}

/** Locks the card, so that it is not handed on while its handover is undone. */
export async function lockGiven(act: Act, cardId: number): Promise<void> {
  await act.statement('undo_lock_card', 'select 1 from card where id = $1 for update', [cardId])
}

const standingSql = `
  select h.at, h.how, h.counter, h.person_id as "personId", c.edition, c.box,
    right(c.printed_number, 4) as ending,
    (select a.at from activation a where a.card_id = h.card_id) as "activatedAt",
    exists (select from loss_report l where l.card_id = h.card_id) as lost,
    not upper_inf(h.held)
      or exists (select from card_use u where u.card_id = h.card_id)
      or exists (select from access_pause z where z.card_id = h.card_id)
      or exists (select from refund_case f where f.card_id = h.card_id)
      or exists (select from reissue r where r.for_card = h.card_id)
      or exists (select from reissue r where r.person_id = h.person_id and r.ended_at is null) as more
  from handover h join card c on c.id = h.card_id where h.card_id = $1`

/** A handover that stands, as the rule sees it, and where its card goes back to. */
export interface StandingRow extends Standing {
  personId: number
  box: string | null
  ending: string | null
}

/** The handover of a card that stands now, or null. */
export async function standingHandover(act: Act, cardId: number): Promise<StandingRow | null> {
  const [row] = await act.statement<StandingRow>('undo_standing', standingSql, [cardId])
  return row ?? null
}

/** Whether the card's handover of that moment was undone. */
export async function wasUndone(act: Act, cardId: number, at: Temporal.Instant): Promise<boolean> {
  const sql = 'select 1 from undone_handover where card_id = $1 and at = $2'
  return (await act.statement('undo_was', sql, [cardId, at])).length > 0
}

const undoSql = `
  with gone as (delete from handover where card_id = $1 returning *),
  unsigned as (delete from signature where card_id = $1 returning *),
  kept as (
    insert into undone_handover (card_id, person_id, edition, at, evidence, evidence_card_id, confirmation_id,
      proxy_authorization_id, counter, clerk, undone_at, undone_by, why)
    select card_id, person_id, edition, at, evidence, evidence_card_id, confirmation_id, proxy_authorization_id, counter,
      clerk, $2, $3, $4
    from gone returning id)
  insert into undone_signature select kept.id, unsigned.* from kept, unsigned`

/** Keeps the handover and what was signed for it as undone: the card is in nobody's custody any more. */
export async function keepUndone(act: Act, cardId: number, why: UndoReason): Promise<void> {
  await act.statement('undo_keep', undoSql, [cardId, act.now, actorName(act.actor), why])
}

const givenBackSql = `
  with again as (
    update card c set retired_at = null, retired_for = null
    from reissue r
    where r.card_id = $1 and r.reason <> 'lost' and r.ended_as = 'collected' and c.id = r.for_card
      and c.retired_at = $2 and c.retired_for in ('damaged', 'replaced')
    returning c.id)
  update handover h set held = tstzrange(lower(h.held), null) from again
  where h.card_id = again.id and upper(h.held) >= $2
  returning h.card_id as "cardId"`

/** The card that was handed in with that handover is its holder's again; null where none was. */
export async function keepGivenBack(
  act: Act,
  cardId: number,
  handedOverAt: Temporal.Instant,
): Promise<number | null> {
  const [row] = await act.statement<{ cardId: number }>('undo_given_back', givenBackSql, [
    cardId,
    handedOverAt,
  ])
  return row?.cardId ?? null
}

const latestSql = `
  select h.*, p.student_number as "studentNumber", p.name_zh as "nameZh", p.name_en as "nameEn",
    right(c.printed_number, 4) as ending, c.box,
    exists (select from activation a where a.card_id = h."cardId") as activated
  from (
    select card_id as "cardId", person_id as "personId", at, null::timestamptz as "undoneAt" from handover
    where clerk = $1 and at >= $2
    union all
    select card_id, person_id, at, undone_at from undone_handover
    where clerk = $1 and at >= $2 and batch_id is null
    order by at desc limit $3) h
  join person p on p.id = h."personId" join card c on c.id = h."cardId" order by h.at desc`

/** A handover as its clerk's list shows it. Instants in campus time. */
export interface LatestRow {
  cardId: number
  studentNumber: string
  nameZh: string
  nameEn: string
  ending: string | null
  box: string | null
  at: Temporal.Instant
  undoneAt: Temporal.Instant | null
  activated: boolean
}

/** The newest handovers of this clerk since a moment, those that were undone among them. */
export const latestOfClerk = (act: Act, since: Temporal.Instant, most: number): Promise<LatestRow[]> =>
  act.statement<LatestRow>('undo_latest', latestSql, [act.actor.id, since, most])
