import type { Act } from '../server/register.ts'
import { rowsOf } from '../server/rows-of.ts'
import type { BatchCounts, ItemState, MakeReason, NeedlessReason } from './rules.ts'

/** A batch as the office reads it. */
export interface Batch extends BatchCounts {
  id: number
  edition: string
  maker: string | null
  orderedAt: Temporal.Instant
  orderedBy: string
  takenAt: Temporal.Instant | null
  /** Of those that came back: cards that lie at no counter yet. */
  withoutPlace: number
}

const isOut = 'i.card_id is null and i.cancelled_at is null'
/*
 * SQL: why a card of item i, batch b and person p is needed no longer while it is out; null where it still is. Who has left
 * gets none. Of who has one in hand an application has ended since it was ordered, and no other waits for a card.
 */
const needless = `case
  when not (${isOut}) then null
  when p.status in ('graduated', 'withdrawn') then 'left'
  when exists (select from handover h where h.person_id = i.person_id and h.edition = i.edition and upper_inf(h.held))
    and not exists (select from reissue r where r.person_id = i.person_id and r.ended_at is null
                    and r.settled_at is not null and r.card_id is null)
  then (select r.ended_as from reissue r
        where r.person_id = i.person_id and r.edition = i.edition and r.ended_at >= b.ordered_at and r.ended_as <> 'collected'
        order by r.ended_at desc limit 1) end`
const lies = 'c.retired_at is null and not exists (select from handover h where h.card_id = c.id)'
const batchesSql = (where: string) => `
  select b.id, b.edition, b.maker, b.ordered_at as "orderedAt", b.ordered_by as "orderedBy", b.taken_at as "takenAt",
         count(*)::int as cards, count(*) filter (where ${isOut})::int as out, count(${needless})::int as needless, count(i.card_id)::int as back,
         count(i.cancelled_at)::int as cancelled,
         count(*) filter (where c.retired_for = 'misprint')::int as misprinted,
         count(*) filter (where i.card_id is not null and c.counter is null and ${lies})::int as "withoutPlace"
  from production_batch b join production_item i on i.batch_id = b.id join person p on p.id = i.person_id
  left join card c on c.id = i.card_id
  where ${where}
  group by b.id`

/** How many batches the screen lists. */
export const mostBatches = 100

/** The newest batches; those that are open come first. */
export const newestBatches = (act: Act): Promise<Batch[]> =>
  act.statement<Batch>(
    'production_batches',
    `select * from (${batchesSql('true')}) b order by (out > 0) desc, id desc limit ${mostBatches}`,
    [],
  )

/** Every batch, the newest first, a few hundred in memory at a time. */
export const everyBatch = (act: Act): AsyncGenerator<Batch> =>
  rowsOf<Batch>(act, 'export_production_batches', `select * from (${batchesSql('true')}) b order by id desc`)

/** A batch, or null. */
export async function batchOf(act: Act, batchId: number): Promise<Batch | null> {
  const [row] = await act.statement<Batch>('production_batch', batchesSql('b.id = $1'), [batchId])
  return row ?? null
}

/** One card of a batch, whose it is to be, and how far it is. */
export interface Item {
  id: number
  place: number
  personId: number
  studentNumber: string
  nameZh: string
  nameEn: string
  department: string
  because: MakeReason
  state: ItemState
  /** Why it is needed no longer while it is out; null: it is needed, or no longer out. */
  needless: NeedlessReason | null
  backAt: Temporal.Instant | null
  cancelledAt: Temporal.Instant | null
  cancelledBecause: string | null
  makeAgain: boolean | null
  /** Why the card that came was retired before anybody had it, or null. */
  faulty: 'misprint' | 'damaged' | null
  counter: string | null
  box: string | null
  /** The photo that counts, or null. */
  photoId: number | null
}

/** SQL: the cards of batch $1, in their places. */
export const itemsSql = `
  select i.id, i.place, i.person_id as "personId", p.student_number as "studentNumber", p.name_zh as "nameZh",
         p.name_en as "nameEn", p.department, i.because,
         case when i.card_id is not null then 'back' when i.cancelled_at is not null then 'cancelled' else 'out' end as state,
         ${needless} as needless, i.back_at as "backAt", i.cancelled_at as "cancelledAt", i.cancelled_because as "cancelledBecause",
         i.make_again as "makeAgain", c.counter, c.box,
         case when c.retired_for in ('misprint', 'damaged') then c.retired_for end as faulty,
         (select f.id from photo f where f.person_id = i.person_id and f.accepted
          order by f.answered_at desc, f.id desc limit 1) as "photoId"
  from production_item i join production_batch b on b.id = i.batch_id join person p on p.id = i.person_id
  left join card c on c.id = i.card_id
  where i.batch_id = $1 order by i.place`

/** The cards of a batch, in their places. */
export const itemsOf = (act: Act, batchId: number): Promise<Item[]> =>
  act.statement<Item>('production_items', itemsSql, [batchId])

const lockedSql = `
  select id, case when card_id is not null then 'back' when cancelled_at is not null then 'cancelled' else 'out' end as state
  from production_item where batch_id = $1 order by id for update`

/** The cards of a batch with how far each is, locked until the act ends. */
export const lockedItems = (act: Act, batchId: number): Promise<{ id: number; state: ItemState }[]> =>
  act.statement('production_locked', lockedSql, [batchId])

const cancelSql = `
  update production_item set cancelled_at = $2, cancelled_by = $3, cancelled_because = $4, make_again = $5
  where id = any($1::bigint[]) returning person_id as "personId"`

/** Keeps that cards are not made any more; whose they were. */
export async function keepCancelled(
  act: Act,
  items: readonly number[],
  { because, makeAgain }: { because: string; makeAgain: boolean },
): Promise<number[]> {
  const rows = await act.statement<{ personId: number }>('production_cancel', cancelSql, [
    items,
    act.now,
    act.actor.id,
    because,
    makeAgain,
  ])
  return rows.map(({ personId }) => personId)
}

const backSql = `
  update production_item i set card_id = t.card, back_at = $3
  from unnest($1::bigint[], $2::bigint[]) as t(card, person) join card c on c.id = t.card
  where i.person_id = t.person and i.edition = c.edition and i.card_id is null and i.cancelled_at is null
  returning i.batch_id as "batchId"`

/** Keeps which cards of batches came back; the batch of each. */
export async function keepBack(
  act: Act,
  came: readonly { cardId: number; personId: number }[],
): Promise<number[]> {
  const rows = await act.statement<{ batchId: number }>('production_back', backSql, [
    came.map(({ cardId }) => cardId),
    came.map(({ personId }) => personId),
    act.now,
  ])
  return rows.map(({ batchId }) => batchId)
}

/** Keeps that the list and the photos of a batch were taken out. */
export async function keepTaken(act: Act, batchId: number): Promise<void> {
  const sql = 'update production_batch set taken_at = $2, taken_by = $3 where id = $1'
  await act.statement('production_taken', sql, [batchId, act.now, act.actor.id])
}

const withoutPlaceSql = `
  select c.id as "cardId", i.person_id as "personId" from production_item i join card c on c.id = i.card_id
  where i.batch_id = $1 and c.counter is null and ${lies} order by c.id for update of c`

/** Cards of a batch that came and lie at no counter, locked until the act ends. */
export const withoutPlace = (act: Act, batchId: number): Promise<{ cardId: number; personId: number }[]> =>
  act.statement('production_without_place', withoutPlaceSql, [batchId])

const placesSql = `
  update card set counter = t.counter, box = $3
  from unnest($1::bigint[], $2::text[]) as t(id, counter) where card.id = t.id`

/** Keeps where cards lie from now on. */
export async function keepPlaces(
  act: Act,
  cards: readonly { cardId: number; counter: string }[],
  box: string | null,
): Promise<void> {
  await act.statement('production_places', placesSql, [
    cards.map(({ cardId }) => cardId),
    cards.map(({ counter }) => counter),
    box,
  ])
}
