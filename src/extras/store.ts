import type { Bilingual } from '../lib/words.ts'
import type { Programme } from '../programme/shape.ts'
import type { Act } from '../server/register.ts'
import type { Grant } from './rules.ts'

/** A grant with the names a person knows its door by. */
export interface NamedGrant extends Grant {
  door: Bilingual
  building: Bilingual
  owner: Bilingual
}

const heldSql = 'select card_id as "cardId", edition from handover where person_id = $1'

const grantsSql = `
  select g.door_id as "doorId", case when h.edition = any($2::text[]) then 'old' else 'new' end as "on",
         g.granted_at as "grantedAt", g.ended_at is not null as ended,
         jsonb_build_object('zh-TW', d.name_zh, 'en', d.name_en) as door,
         jsonb_build_object('zh-TW', c.building_zh, 'en', c.building_en) as building,
         jsonb_build_object('zh-TW', g.owner_zh, 'en', g.owner_en) as owner
  from handover h
  join individual_grant g on g.card_id = h.card_id
  join door d on d.id = g.door_id
  join controller c on c.id = d.controller_id
  where h.person_id = $1
  order by c.building_en, d.name_en, g.id`

/** Whether a person has an old card, and the individual doors on all cards they were ever given. */
export async function extraFacts(
  act: Act,
  personId: number,
  programme: Programme,
): Promise<{ hasOldCard: boolean; grants: NamedGrant[] }> {
  const old = programme.deadline.editions
  const held = await act.statement<{ edition: string }>('extras_held', heldSql, [personId])
  const grants = await act.statement<NamedGrant>('extras_grants', grantsSql, [personId, old])
  return { hasOldCard: held.some(card => old.includes(card.edition)), grants }
}
