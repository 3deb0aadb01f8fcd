import type { Bilingual } from '../lib/words.ts'
import { facultiesAsJson } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import type { Act } from '../server/register.ts'
import { rowsOf } from '../server/rows-of.ts'
import { stillToDo } from './door-task-store.ts'
import { doorReached, reachedBy } from './reach.ts'

/** A door that somebody looks after: what opens it, and what waits to be answered. */
export interface MyDoor {
  id: string
  name: Bilingual
  building: Bilingual
  /** The names of the access groups that open it. */
  groups: Bilingual[]
  /** Cards to which it is granted one by one. */
  grants: number
  /** People whose card changed, and who wait for an answer. */
  tasks: number
}

const doorsSql = `
  select d.id, jsonb_build_object('zh-TW', d.name_zh, 'en', d.name_en) as name,
         jsonb_build_object('zh-TW', c.building_zh, 'en', c.building_en) as building,
         coalesce((select jsonb_agg(jsonb_build_object('zh-TW', a.name_zh, 'en', a.name_en) order by a.id)
                   from access_group_door g join access_group a on a.id = g.group_id where g.door_id = d.id), '[]') as groups,
         (select count(*) from individual_grant i where i.door_id = d.id and i.ended_at is null)::int as grants,
         coalesce(waiting.tasks, 0)::int as tasks
  from door d join controller c on c.id = d.controller_id
  left join (select g.door_id, count(*) as tasks ${stillToDo('$1', '$2')} group by g.door_id) waiting on waiting.door_id = d.id
  where ${doorReached('$3', '$4')} and ($5::text is null or d.id = $5)
  order by c.building_zh, c.id, d.number`

const valuesOf = (act: Act, programme: Programme, only: string | null) => [
  act.now,
  facultiesAsJson(programme),
  ...reachedBy(act),
  only,
]

/** The doors that the actor reaches, by building. */
export const myDoors = (act: Act, programme: Programme): Promise<MyDoor[]> =>
  act.statement<MyDoor>('my_doors', doorsSql, valuesOf(act, programme, null))

/** One of them; null where the actor reaches no such door. */
export async function myDoor(act: Act, programme: Programme, id: string): Promise<MyDoor | null> {
  const [door] = await act.statement<MyDoor>('my_doors', doorsSql, valuesOf(act, programme, id))
  return door ?? null
}

/** The same, a few hundred at a time. */
export const everyDoorOfMine = (act: Act, programme: Programme): AsyncGenerator<MyDoor> =>
  rowsOf<MyDoor>(act, 'export_my_doors', doorsSql, valuesOf(act, programme, null))
