import type { Bilingual } from '../lib/words.ts'
import type { Act } from '../server/register.ts'
import type { Addressee } from './store.ts'

const addressee = `
  p.id as "personId", p.name_zh as "nameZh", p.name_en as "nameEn", p.email, p.language,
  c.printed_number as "printedNumber"`

/** A door that its owner was asked to open for a new card, and whom that concerns. */
export interface DoorAsked extends Addressee {
  door: Bilingual
  building: Bilingual
  owner: Bilingual
  reason: string | null
}

const doorsSql = `
  select ${addressee}, t.reason,
         jsonb_build_object('zh-TW', d.name_zh, 'en', d.name_en) as door,
         jsonb_build_object('zh-TW', k.building_zh, 'en', k.building_en) as building,
         jsonb_build_object('zh-TW', g.owner_zh, 'en', g.owner_en) as owner
  from door_task t join individual_grant g on g.id = t.grant_id join door d on d.id = g.door_id
  join controller k on k.id = d.controller_id join person p on p.id = t.person_id join card c on c.id = t.card_id
  where t.id = any($1::bigint[]) order by t.id`

/** The doors of some tasks, all of one person. */
export const doorsAsked = (act: Act, tasks: readonly number[]): Promise<DoorAsked[]> =>
  act.statement<DoorAsked>('message_doors_asked', doorsSql, [tasks])

const loanSql = `
  select ${addressee}, l.lent_at as "lentAt", l.returned_at as "returnedAt", l.counter, l.last_day as "lastDay"
  from card_loan l join person p on p.id = l.person_id join card c on c.id = l.card_id where l.id = $1`

/** A loan of a temporary card, and to whom; null where there is none. */
export async function loanTold(act: Act, loanId: number) {
  type Row = Addressee & {
    lentAt: Temporal.Instant
    returnedAt: Temporal.Instant | null
    counter: string
    lastDay: Temporal.PlainDate
  }
  const [row] = await act.statement<Row>('message_loan', loanSql, [loanId])
  return row ?? null
}
