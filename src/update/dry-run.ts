import type { Bilingual } from '../lib/words.ts'
import type { Act } from '../server/register.ts'
import { rowsOf } from '../server/rows-of.ts'
import { isOnHold } from './due-sql.ts'
import { foreseenPeople, type Guarded } from './guard.ts'
import { plannedCte } from './report.ts'

/** What a window will do on one controller, as it stands now. */
export interface DryController {
  controllerId: number
  building: Bilingual
  people: number
  puts: number
  changes: number
  removals: number
  /** Somebody holds it: nothing of this goes before that is lifted. */
  held: boolean
}

const heldSql = isOnHold('p.controller_id')

const controllersSql = `${plannedCte}
  select p.controller_id as "controllerId", jsonb_build_object('zh-TW', c.building_zh, 'en', c.building_en) as building,
         count(distinct p.person_id)::int as people, (count(*) filter (where deed = 'put'))::int as puts,
         (count(*) filter (where deed = 'change'))::int as changes,
         (count(*) filter (where deed = 'remove'))::int as removals, ${heldSql} as held
  from planned p join controller c on c.id = p.controller_id
  group by p.controller_id, c.building_zh, c.building_en order by p.controller_id`

/** What the window of that start will do, controller by controller. */
export const dryControllers = (act: Act, startsAt: Temporal.Instant): Promise<DryController[]> =>
  act.statement<DryController>('dry_controllers', controllersSql, [startsAt])

/** One change of a coming window: a card's number on a controller, and whether it goes. */
export interface DryRow {
  personId: number
  studentNumber: string
  controllerId: number
  building: Bilingual
  doors: Bilingual[]
  number: number
  deed: 'put' | 'change' | 'remove'
  lastDay: Temporal.PlainDate
  decidedAt: Temporal.Instant
  /** The journal's word for the act; null where a date brought it. */
  cause: string | null
  /** Whether it waits for a second person, or behind a hold. */
  goes: 'guarded' | 'held' | 'goes'
}

const rowsSql = `${plannedCte},
  doors as (
    select d.controller_id, array_agg(d.number order by d.number) as numbers,
           jsonb_object_agg(d.number, jsonb_build_object('zh-TW', d.name_zh, 'en', d.name_en)) as names
    from door d group by d.controller_id)
  select s.id as "personId", s.student_number as "studentNumber", p.controller_id as "controllerId",
         jsonb_build_object('zh-TW', c.building_zh, 'en', c.building_en) as building, p.number, p.deed,
         p.valid_to as "lastDay", p.decided_at as "decidedAt", ${heldSql} as held,
         (select coalesce(jsonb_agg(d.names -> n::text order by n), '[]') from unnest(d.numbers) n
          where (case when p.deed = 'remove' then p.had else p.doors end)[n] > 0) as doors,
         (select j.act from journal j where j.person_id = s.id and j.at = p.decided_at order by j.id limit 1) as cause
  from planned p join person s on s.id = p.person_id join controller c on c.id = p.controller_id
  left join doors d on d.controller_id = p.controller_id
  order by s.student_number, p.controller_id, p.number`

/**
 * The coming window, change by change: a row for each person, controller and card, with the doors, the deed and its cause,
 * and what waits. Nothing is sent anywhere.
 */
export async function* dryRows(act: Act, window: Guarded): AsyncGenerator<DryRow> {
  const stopped = new Map(
    (await foreseenPeople(act, window)).map(({ controllerId, people }) => [controllerId, new Set(people)]),
  )
  const rows = rowsOf<Omit<DryRow, 'goes'> & { held: boolean }>(act, 'export_dry_run', rowsSql, [
    window.startsAt,
  ])
  for await (const { held, ...row } of rows) {
    const isStopped = row.deed !== 'put' && stopped.get(row.controllerId)?.has(row.personId)
    yield { ...row, goes: isStopped ? 'guarded' : held ? 'held' : 'goes' }
  }
}
