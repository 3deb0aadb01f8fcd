import type { DoorFormat } from '../card/formats.ts'
import type { Bilingual } from '../lib/words.ts'
import type { Transaction } from '../server/database.ts'
import { plannedCte } from './report.ts'

/** What a coming window does to a number on a controller. */
export type PlannedDeed = 'put' | 'change' | 'remove'

/** One change of a coming window: which number of a card, on which doors of a controller. */
export interface PlannedChange {
  controllerId: number
  deed: PlannedDeed
  /** The doors that the card opens from then on; of one that is removed, those that it opens until then. */
  doors: Bilingual[]
  /** As the controller's readers send it. */
  number: number
  lastDay: string
}

/** A person's card in a coming window, with its number in every format that is recorded, and what changes about it. */
export interface PlannedCard {
  numbers: { format: DoorFormat; number: string }[]
  changes: PlannedChange[]
}

/** One person in the difference of a coming window. */
export interface PlannedPerson {
  personId: number
  studentNumber: string
  decidedAt: Temporal.Instant
  /** The journal's word for the act; null where a date brought it. */
  cause: string | null
  /** The cards that stay before those that go. */
  cards: PlannedCard[]
}

// The plan is made once; who is on the page is chosen from it, and only of them the cards are put together.
const peopleSql = `${plannedCte},
  people as (
    select p.id, p.student_number, max(q.decided_at) as decided_at
    from planned q join person p on p.id = q.person_id
    where $3::bigint is null or p.student_number > (select student_number from person where id = $3)
    group by p.id, p.student_number order by p.student_number limit $2),
  cards as (
    select q.person_id, q.card_id, bool_and(q.deed = 'remove') as goes,
           (select coalesce(jsonb_agg(jsonb_build_object('format', n.format, 'number', n.number::text) order by n.format), '[]')
            from card_number n where n.card_id = q.card_id) as numbers,
           jsonb_agg(jsonb_build_object(
             'controllerId', q.controller_id, 'deed', q.deed, 'number', q.number, 'lastDay', q.valid_to,
             'doors', (select coalesce(jsonb_agg(jsonb_build_object('zh-TW', d.name_zh, 'en', d.name_en) order by d.number), '[]')
                       from door d where d.controller_id = q.controller_id
                         and (case when q.deed = 'remove' then q.had else q.doors end)[d.number] > 0))
             order by q.controller_id, q.number) as changes
    from planned q where q.person_id in (select id from people)
    group by q.person_id, q.card_id)
  select p.id as "personId", p.student_number as "studentNumber", p.decided_at as "decidedAt",
         (select j.act from journal j where j.person_id = p.id and j.at = p.decided_at order by j.id limit 1) as cause,
         jsonb_agg(jsonb_build_object('numbers', c.numbers, 'changes', c.changes) order by c.goes, c.card_id) as cards
  from people p join cards c on c.person_id = p.id
  group by p.id, p.student_number, p.decided_at order by p.student_number`

/** The people whose doors a coming window will change, by student number, `limit` of them after somebody (our id). */
export const plannedPeople = (
  trx: Transaction,
  startsAt: Temporal.Instant,
  page: { limit: number; after: number | null },
): Promise<PlannedPerson[]> =>
  trx.statement<PlannedPerson>('planned_people', peopleSql, [startsAt, page.limit, page.after])

/** The controllers on which any of these cards gets that deed, in their order. */
export const controllersOf = (cards: readonly PlannedCard[], deed: PlannedDeed): number[] => {
  const changes = cards.flatMap(card => card.changes).filter(change => change.deed === deed)
  return [...new Set(changes.map(change => change.controllerId))].toSorted((a, b) => a - b)
}
