import type { DoorFormat } from '../card/formats.ts'
import type { Bilingual } from '../lib/words.ts'
import type { Transaction } from '../server/database.ts'
import { plannedCte } from './report.ts'

/** One change of a coming window: which number of which card, on which doors of a controller. */
export interface PlannedChange {
  controllerId: number
  deed: 'put' | 'change' | 'remove'
  /** The doors that the card opens from then on; of one that is removed, those that it opens until then. */
  doors: Bilingual[]
  /** As the controller's readers send it. */
  number: number
  lastDay: string
}

/** A person's card in a coming window, with its number in every format that is recorded, and what changes about it. */
export interface PlannedCard {
  personId: number
  numbers: { format: DoorFormat; number: string }[]
  changes: PlannedChange[]
}

const cardsSql = `${plannedCte}
  select p.person_id as "personId",
         (select coalesce(jsonb_agg(jsonb_build_object('format', n.format, 'number', n.number::text) order by n.format), '[]')
          from card_number n where n.card_id = p.card_id) as numbers,
         jsonb_agg(jsonb_build_object(
           'controllerId', p.controller_id, 'deed', p.deed, 'number', p.number, 'lastDay', p.valid_to,
           'doors', (select coalesce(jsonb_agg(jsonb_build_object('zh-TW', d.name_zh, 'en', d.name_en) order by d.number), '[]')
                     from door d where d.controller_id = p.controller_id
                       and (case when p.deed = 'remove' then p.had else p.doors end)[d.number] > 0))
           order by p.controller_id, p.number) as changes
  from planned p where p.person_id = any($2::bigint[])
  group by p.person_id, p.card_id
  order by bool_and(p.deed = 'remove'), p.card_id`

/** The cards of these people that a coming window changes something about, those that stay before those that go. */
export async function plannedCards(
  trx: Transaction,
  startsAt: Temporal.Instant,
  personIds: readonly number[],
): Promise<Map<number, PlannedCard[]>> {
  if (personIds.length === 0) return new Map()
  const rows = await trx.statement<PlannedCard>('planned_cards', cardsSql, [startsAt, personIds])
  return Map.groupBy(rows, row => row.personId)
}
