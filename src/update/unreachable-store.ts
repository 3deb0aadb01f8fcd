import { reachOf } from '../access/reach.ts'
import type { Transaction } from '../server/database.ts'
import type { Act } from '../server/register.ts'
import { rowsOf, unlimited } from '../server/rows-of.ts'
import { hasBegun, hasStranger } from './due-sql.ts'

/** A controller that does not answer, what waits there, and whom that concerns. */
export interface UnreachableController {
  id: number
  /** Null, and so is the port, where files are handed over; then the folder says where. */
  host: string | null
  port: number | null
  folder: string | null
  buildingZh: string
  buildingEn: string
  /** Its doors by name, in the order of their numbers. */
  doors: { 'zh-TW': string; en: string }[]
  silentSince: Temporal.Instant
  /** Another board answers at its address. */
  isStrange: boolean
  /** Card numbers that are due there and not confirmed, and of how many people. */
  waiting: number
  people: number
  /** Of the numbers, those of cards reported lost or barred. */
  urgent: number
  clockSetAt: Temporal.Instant | null
  /** When it is tried again, in campus time; null: as soon as somebody is free. */
  nextTryAt: Temporal.Instant | null
}

// A lane's rest is of the raw clock; what stands beside other times is said in the campus's.
const silentSql = `
  select c.id, c.host, c.port, c.settings ->> 'folder' as folder, c.building_zh as "buildingZh", c.building_en as "buildingEn",
         coalesce((select jsonb_agg(jsonb_build_object('zh-TW', d.name_zh, 'en', d.name_en) order by d.number)
                   from door d where d.controller_id = c.id), '[]') as doors,
         l.silent_since as "silentSince", ${hasStranger('c.id')} as "isStrange", k.set_at as "clockSetAt",
         l.rest_until + (select ahead_by from campus_clock) as "nextTryAt",
         w.waiting::int, w.people::int, w.urgent::int
  from lane l join controller c on c.id = l.controller_id
  left join controller_clock k on k.controller_id = c.id
  cross join lateral (
    select count(distinct o.number) as waiting, count(distinct o.person_id) as people,
           count(distinct o.number) filter (where o.urgent) as urgent
    from wanted_open o
    where o.controller_id = c.id and o.carried_by <= $1 and ${hasBegun('o')}) w
  where l.silent_since is not null and ($2::text[] is null or c.building_zh = any($2))
  order by w.people desc, l.silent_since, c.id`

/** The controllers in the buildings that the actor reaches and that do not answer, those that concern most people first. */
export const unreachableNow = (act: Act): Promise<UnreachableController[]> =>
  act.statement<UnreachableController>('unreachable_controllers', silentSql, [
    act.now,
    reachOf(act.actor).buildings,
  ])

const concernedSql = `
  select p.id as "personId", p.student_number as "studentNumber", bool_or(w.urgent) as urgent,
         bool_or(w.doors <> '{0,0,0,0}') as puts, bool_or(w.doors = '{0,0,0,0}') as removals, min(w.decided_at) as "decidedAt"
  from wanted_open o join wanted w using (controller_id, number, carried_by) join person p on p.id = w.person_id
  where o.controller_id = $1 and o.carried_by <= $2 and ${hasBegun('o')}
  group by p.id, p.student_number
  order by bool_or(w.urgent) desc, p.student_number limit $3`

/** Somebody for whom something is due on a controller and not confirmed. */
export interface Concerned {
  personId: number
  studentNumber: string
  /** A card reported lost or barred still may open its doors. */
  urgent: boolean
  puts: boolean
  removals: boolean
  decidedAt: Temporal.Instant
}

/** The people for whom something waits on a controller, lost cards first; `most` of them. */
export const concernedBy = (
  trx: Transaction,
  controllerId: number,
  now: Temporal.Instant,
  most: number,
): Promise<Concerned[]> =>
  trx.statement<Concerned>('unreachable_people', concernedSql, [controllerId, now, most])

/** All of them, a few hundred in memory at a time. */
export const everyoneConcerned = (
  trx: Transaction,
  controllerId: number,
  now: Temporal.Instant,
): AsyncGenerator<Concerned> =>
  rowsOf<Concerned>(trx, 'export_concerned', concernedSql, [controllerId, now, unlimited])
