import { stillFetched } from '../card/fetched.ts'
import type { SigningManner } from '../handover/signature.ts'
import { type Act, actorName } from '../server/register.ts'
import { rowsOf, unlimited } from '../server/rows-of.ts'
import type { BroughtBack, Representative } from './rules.ts'

/** A card is out while it is neither active, nor was reported lost, handed in for another one, or brought back. */
const outSql = `
  select min(b.back_by) as "backBy", count(*)::int as cards
  from batches_of($1) b join handover h on h.batch_id = b.batch_id where ${stillFetched('h')}`

/** What a student has fetched for others and neither given nor brought back: the oldest last day, and how many. */
export async function outWith(act: Act, personId: number): Promise<Representative['out']> {
  type Row = { backBy: Temporal.PlainDate | null; cards: number }
  const [row] = await act.statement<Row>('batch_out_with', outSql, [personId])
  return row?.backBy ? { backBy: row.backBy, cards: row.cards } : null
}

/**
 * Whether a card or its holder waits for an application that is open: of a card of the same edition, or of the old one where
 * the programme has who lost it pay. The room of reissues comes later, and its rows are read here.
 */
export async function isForReissue(
  act: Act,
  { cardId, personId }: { cardId: number; personId: number | null },
): Promise<boolean> {
  const sql = 'select 1 from reissue where (card_id = $1 or person_id = $2) and ended_at is null'
  return (await act.statement('batch_for_reissue', sql, [cardId, personId])).length > 0
}

/** The cards of these chips, and for whom each was made. */
export const concernedBy = (
  act: Act,
  chips: readonly string[],
): Promise<{ cardId: number; studentNumber: string | null }[]> =>
  act.statement(
    'batch_concerned',
    `select c.id as "cardId", p.student_number as "studentNumber" from card c left join person p on p.id = c.made_for
     where c.chip in (select decode(hex, 'hex') from unnest($1::text[]) as hex)`,
    [chips],
  )

/** Locks cards until the act ends, in the order in which everybody locks them. */
export async function lockCards(act: Act, cardIds: readonly number[]): Promise<void> {
  const sql = 'select 1 from card where id = any($1::bigint[]) order by id for update'
  await act.statement('batch_lock_cards', sql, [cardIds])
}

/** A batch as it is given. */
export interface NewBatch {
  personId: number
  checked: string
  counter: string
  backBy: Temporal.PlainDate
  cards: number
  signature: { manner: SigningManner; picture: string; text: string; boundHash: Buffer }
  eraseOn: Temporal.PlainDate
}

const keepSql = `
  insert into batch (person_id, checked, counter, clerk, given_at, back_by, cards, manner, picture, text, bound_hash, erase_on)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id`

/** Keeps a batch; its cards are kept as handovers that name it. */
export async function keepBatch(act: Act, batch: NewBatch): Promise<number> {
  const { personId, checked, counter, backBy, cards, signature, eraseOn } = batch
  const { manner, picture, text, boundHash } = signature
  const values = [
    personId,
    checked,
    counter,
    act.actor.id,
    act.now,
    backBy,
    cards,
    manner,
    picture,
    text,
    boundHash,
  ]
  const [row] = await act.statement<{ id: number }>('keep_batch', keepSql, [...values, eraseOn])
  return row!.id
}

const listSql = `
  select b.id, b.counter, b.given_at as "givenAt", b.back_by as "backBy", b.cards, p.id as "personId",
    p.student_number as "studentNumber", p.name_zh as "nameZh", p.name_en as "nameEn",
    (select count(*)::int from handover h where h.batch_id = b.id and not ${stillFetched('h')}) as arrived,
    (select count(*)::int from undone_handover u where u.batch_id = b.id) as back
  from batch b join person p on p.id = b.person_id
  where ($1::text is null or b.counter = $1) order by b.id desc limit $2`

/** A batch with what became of its cards: how many have reached their holders, how many came back; the others are out. */
export interface ListedBatch {
  id: number
  counter: string
  givenAt: Temporal.Instant
  backBy: Temporal.PlainDate
  cards: number
  personId: number
  studentNumber: string
  nameZh: string
  nameEn: string
  arrived: number
  back: number
}

/** The newest batches of a counter, or of all where it is null. */
export const newestBatches = (act: Act, counter: string | null, most: number): Promise<ListedBatch[]> =>
  act.statement<ListedBatch>('batches_newest', listSql, [counter, most])

/** Every batch of a counter, or of all where it is null, the newest first, a few hundred in memory at a time. */
export const everyBatch = (act: Act, counter: string | null): AsyncGenerator<ListedBatch> =>
  rowsOf<ListedBatch>(act, 'export_batches', listSql, [counter, unlimited])

const cardsSql = `
  select c.id as "cardId", c.box, right(c.printed_number, 4) as ending, p.id as "personId", p.student_number as "studentNumber",
    p.name_zh as "nameZh", p.name_en as "nameEn", case
      when exists (select from activation a where a.card_id = c.id) then 'active'
      when exists (select from loss_report l where l.card_id = c.id) then 'lost'
      when not upper_inf(h.held) then 'handed-in' else 'out' end as state
  from handover h join card c on c.id = h.card_id join person p on p.id = h.person_id where h.batch_id = $1
  union all
  select c.id, c.box, right(c.printed_number, 4), p.id, p.student_number, p.name_zh, p.name_en, 'back'
  from undone_handover u join card c on c.id = u.card_id join person p on p.id = u.person_id where u.batch_id = $1
  order by "studentNumber"`

/** A card of a batch and how far it is. */
export interface CardOfBatch {
  cardId: number
  box: string | null
  ending: string | null
  personId: number
  studentNumber: string
  nameZh: string
  nameEn: string
  state: 'out' | 'active' | 'lost' | 'handed-in' | 'back'
}

/** The cards of a batch, each with what became of it, in the order of student numbers. */
export const cardsOfBatch = (act: Act, batchId: number): Promise<CardOfBatch[]> =>
  act.statement<CardOfBatch>('batch_cards', cardsSql, [batchId])

/** Whether there is such a batch and whoever acts may see it: a desk those of its own counter. */
export async function batchSeenBy(act: Act, batchId: number): Promise<boolean> {
  const [row] = await act.statement<{ counter: string }>(
    'batch_counter',
    'select counter from batch where id = $1',
    [batchId],
  )
  return row !== undefined && (act.actor.kind !== 'desk' || row.counter === act.actor.counter)
}

const backSql = `
  select h.person_id as "personId", h.at as "givenAt", b.counter, b.batch_id as "batchId",
    h.card_id is null and exists (select from undone_handover u where u.card_id = c.id and u.batch_id is not null)
      and not exists (select from handover n where n.card_id = c.id) as before,
    exists (select from activation a where a.card_id = c.id) as activated,
    exists (select from card_lost l where l.card_id = c.id) as lost,
    h.card_id is not null and (not upper_inf(h.held)
      or exists (select from loss_report l where l.card_id = c.id)
      or exists (select from card_use u where u.card_id = c.id)
      or exists (select from access_pause z where z.card_id = c.id)
      or exists (select from refund_case f where f.card_id = c.id)
      or exists (select from reissue r where r.for_card = c.id)) as more
  from card c left join handover h on h.card_id = c.id and h.batch_id is not null left join lateral went_with(h.card_id) b on true
  where c.id = $1`

/** A card as it comes back from a representative. */
export interface BroughtBackRow extends BroughtBack {
  personId: number | null
  batchId: number | null
  givenAt: Temporal.Instant | null
}

/** What is known of a card that comes back. */
export async function broughtBack(act: Act, cardId: number): Promise<BroughtBackRow> {
  const [row] = await act.statement<BroughtBackRow>('batch_brought_back', backSql, [cardId])
  return row!
}

const takeBackSql = `
  with gone as (delete from handover where card_id = $1 returning *)
  insert into undone_handover (card_id, person_id, edition, at, batch_id, counter, clerk, undone_at, undone_by, why)
  select g.card_id, g.person_id, g.edition, g.at, g.batch_id, b.counter, b.clerk, $2, $3, 'brought-back'
  from gone g join batch b on b.id = g.batch_id`

/** Keeps that a card of a batch came back: it lies in its box again, and nobody has it. */
export async function keepBroughtBack(act: Act, cardId: number): Promise<void> {
  await act.statement('batch_take_back', takeBackSql, [cardId, act.now, actorName(act.actor)])
}

const withSql = `
  select name_zh as "nameZh", name_en as "nameEn", given_at as "givenAt", back_by as "backBy", counter from went_with($1)`

/** With which representative a card is, until when it would be brought back, and where; null: with none. */
export interface WithRepresentative {
  nameZh: string
  nameEn: string
  givenAt: Temporal.Instant
  backBy: Temporal.PlainDate
  counter: string
}

/** With whom a card went; null where it went with nobody. */
export async function representativeOf(act: Act, cardId: number): Promise<WithRepresentative | null> {
  const [row] = await act.statement<WithRepresentative>('batch_with', withSql, [cardId])
  return row ?? null
}
