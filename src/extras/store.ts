import type { Bilingual } from '../lib/words.ts'
import { facultiesAsJson } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import type { Act } from '../server/register.ts'
import type { Grant, Mark, Marked } from './rules.ts'

/** A grant with the names a person knows its door by. */
export interface NamedGrant extends Grant {
  door: Bilingual
  building: Bilingual
  owner: Bilingual
}

// The newest card is the one that is switched on, or would be: the last that was given, that no deadline ends, and that is
// not missing.
const heldSql = `
  select h.card_id as "cardId", h.edition <> all($2::text[]) and l.card_id is null as moves
  from handover h left join card_lost l on l.card_id = h.card_id where h.person_id = $1 order by h.at, h.card_id`

const grantsSql = `
  select g.door_id as "doorId", case when g.card_id = $2 then 'new' else 'old' end as "on",
         g.granted_at as "grantedAt", g.ended_at is not null as ended,
         t.made_at as "askedAt", t.declined_at is not null as declined, t.reason,
         exists (
           select from access_group a join access_group_door ad on ad.group_id = a.id
           where ad.door_id = d.id and case a.members when 'campus' then true
             when 'faculty' then a.member_key = ($3::jsonb ->> p.department) else a.member_key = p.hall end) as "byGroup",
         case when held.doors[d.number] = 1 then held.verified_at end as "readBackAt",
         jsonb_build_object('zh-TW', d.name_zh, 'en', d.name_en) as door,
         jsonb_build_object('zh-TW', c.building_zh, 'en', c.building_en) as building,
         jsonb_build_object('zh-TW', g.owner_zh, 'en', g.owner_en) as owner
  from handover h
  join person p on p.id = h.person_id
  join individual_grant g on g.card_id = h.card_id
  join door d on d.id = g.door_id
  join controller c on c.id = d.controller_id
  left join lateral (
    select t.made_at, t.declined_at, t.reason from door_task t join individual_grant o on o.id = t.grant_id
    where t.person_id = h.person_id and o.door_id = g.door_id and (t.card_id = $2 or t.declined_at is not null)
    order by (t.card_id = $2) desc, t.id desc limit 1) t on true
  left join card_number n on n.card_id = $2 and n.format = c.number_format and n.retired_at is null
  left join held on held.controller_id = c.id and held.number = n.number
  where h.person_id = $1
  order by c.building_en, d.name_en, g.id`

const marksSql = `
  select item, mark, runs_until as "runsUntil", at from extra_mark where person_id = $1 and taken_back_at is null`

type GrantRow = Omit<NamedGrant, 'task'> & {
  askedAt: Temporal.Instant | null
  declined: boolean
  reason: string | null
}
type MarkRow = {
  item: string
  mark: Mark | 'runs-until'
  runsUntil: Temporal.PlainDate | null
  at: Temporal.Instant
}

function markedOf(rows: readonly MarkRow[]): Map<string, Marked> {
  const marked = new Map<string, Marked>()
  for (const { item, mark, runsUntil, at } of rows) {
    const before = marked.get(item) ?? { mark: null, runsUntil: null }
    marked.set(
      item,
      mark === 'runs-until' ? { ...before, runsUntil } : { ...before, mark: { says: mark, at } },
    )
  }
  return marked
}

/** Whether a person has an earlier card, the individual doors on all cards they were ever given, and what they said. */
export async function extraFacts(
  act: Act,
  personId: number,
  programme: Programme,
): Promise<{ hasOldCard: boolean; grants: NamedGrant[]; marked: Map<string, Marked> }> {
  const [held, marks] = await Promise.all([
    act.statement<{ cardId: number; moves: boolean }>('extras_held', heldSql, [
      personId,
      programme.deadline.editions,
    ]),
    act.statement<MarkRow>('extras_marks', marksSql, [personId]),
  ])
  const newest = held.findLast(card => card.moves)?.cardId ?? null
  const rows = await act.statement<GrantRow>('extras_grants', grantsSql, [
    personId,
    newest,
    facultiesAsJson(programme),
  ])
  const grants = rows.map(({ askedAt, declined, reason, ...grant }) => ({
    ...grant,
    task: askedAt && { askedAt, declined: declined ? { reason: reason! } : null },
  }))
  return { hasOldCard: held.some(card => card.cardId !== newest), grants, marked: markedOf(marks) }
}

/** Locks a person, so that of two phones one speaks after the other. */
export const lockHolder = (act: Act, personId: number): Promise<unknown> =>
  act.statement('extras_lock', 'select from person where id = $1 for no key update', [personId])

// What is taken back keeps its time; the day of a pass is gone with it.
const takeBackSql = `
  update extra_mark set taken_back_at = greatest($4, at), runs_until = null
  where person_id = $1 and item = $2 and (mark = 'runs-until') = $3 and taken_back_at is null`
const keepSql = `insert into extra_mark (person_id, item, mark, runs_until, at) values ($1, $2, $3, $4, $5)`

/** Keeps what a person says of an item, in place of what they said before; null takes it back. */
export async function keepMark(act: Act, personId: number, item: string, mark: Mark | null): Promise<void> {
  await act.statement('take_back_mark', takeBackSql, [personId, item, false, act.now])
  if (mark) await act.statement('keep_mark', keepSql, [personId, item, mark, null, act.now])
}

/** Keeps until when a person's pass runs, in place of what they said before; null takes it back. */
export async function keepRunsUntil(
  act: Act,
  personId: number,
  item: string,
  runsUntil: Temporal.PlainDate | null,
): Promise<void> {
  await act.statement('take_back_mark', takeBackSql, [personId, item, true, act.now])
  if (runsUntil) await act.statement('keep_mark', keepSql, [personId, item, 'runs-until', runsUntil, act.now])
}
