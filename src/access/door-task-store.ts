import type { Bilingual } from '../lib/words.ts'
import { facultiesAsJson } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import type { Act } from '../server/register.ts'
import { rowsOf, unlimited } from '../server/rows-of.ts'
import type { GrantOnCard, TaskFacts } from './door-task-rules.ts'
import { doorReached, reachedBy } from './reach.ts'

const grantsSql = `
  select g.id as "grantId", g.card_id as "cardId", g.door_id as "doorId", g.granted_at as "grantedAt",
         g.ended_at is not null as ended, (
           select max(t.declined_at) from door_task t join individual_grant o on o.id = t.grant_id
           where t.person_id = $1 and o.door_id = g.door_id) as "declinedAt"
  from individual_grant g join handover h on h.card_id = g.card_id
  where h.person_id = $1 order by g.id`

/** The doors granted to any card that a person was ever handed. */
export const grantsOfPerson = (act: Act, personId: number): Promise<GrantOnCard[]> =>
  act.statement<GrantOnCard>('grants_of_person', grantsSql, [personId])

const keepSql = `
  insert into door_task (grant_id, card_id, person_id, made_at)
  select unnest($1::bigint[]), $2, $3, $4 on conflict (grant_id, card_id) do nothing returning id`

/** Keeps tasks for the doors' owners; once for each grant and card. */
export const keepTasks = (
  act: Act,
  { grantIds, cardId, personId }: { grantIds: readonly number[]; cardId: number; personId: number },
): Promise<{ id: number }[]> =>
  act.statement<{ id: number }>('keep_tasks', keepSql, [grantIds, cardId, personId, act.now])

/** SQL: the groups `a` that open door `d` to person `p`; the departments' faculties are that parameter. */
const opensAnyway = (faculties: string): string => `
  from access_group a join access_group_door ad on ad.group_id = a.id
  where ad.door_id = d.id and case a.members when 'campus' then true
    when 'faculty' then a.member_key = (${faculties}::jsonb ->> p.department) else a.member_key = p.hall end`

/** SQL: whether the new card of task `t` has campus access at that moment. */
const cardInUse = (moment: string): string =>
  `exists (select from card_use u where u.card_id = t.card_id and u.during @> ${moment}::timestamptz)`

/** SQL: whether the new card of task `t` has the door of grant `g` already. */
const grantedAlready = `exists (
  select from individual_grant n where n.card_id = t.card_id and n.door_id = g.door_id and n.ended_at is null)`

const lockSql = `
  select id from person where id in (select person_id from door_task where id = any($1::bigint[]))
  order by id for no key update`

// Locked, so that of two owners who press at once the later one sees what the earlier one wrote.
const factsSql = `
  select t.id, t.person_id as "personId", t.card_id as "cardId", g.door_id as "doorId",
         jsonb_build_object('zh-TW', g.owner_zh, 'en', g.owner_en) as owner,
         t.done_at is not null as done, t.declined_at is not null as declined, g.ended_at is not null as "grantEnded",
         p.status = 'enrolled' as enrolled, ${cardInUse('$2')} as "cardInUse", ${grantedAlready} as "grantedAlready",
         (select jsonb_build_object('nameZh', a.name_zh, 'nameEn', a.name_en) ${opensAnyway('$3')}
          order by a.id limit 1) as "group"
  from door_task t join individual_grant g on g.id = t.grant_id join door d on d.id = g.door_id
  join controller c on c.id = d.controller_id join person p on p.id = t.person_id
  where t.id = any($1::bigint[]) and ${doorReached('$4', '$5')} order by t.id for update of t, g`

/** A task with what decides it. */
export interface LoadedTask extends TaskFacts {
  id: number
  personId: number
  cardId: number
  doorId: string
  owner: Bilingual
}

/** Tasks of doors that the actor reaches, with what decides them, read under a lock on their people, who are locked in the order
 * of their ids. */
export async function lockTasks(
  act: Act,
  ids: readonly number[],
  programme: Programme,
): Promise<LoadedTask[]> {
  const [, tasks] = await Promise.all([
    act.statement('lock_task_people', lockSql, [ids]),
    act.statement<LoadedTask>('lock_tasks', factsSql, [
      ids,
      act.now,
      facultiesAsJson(programme),
      ...reachedBy(act),
    ]),
  ])
  return tasks
}

/** Keeps that tasks were done, by whoever acts. */
export const keepDone = (act: Act, ids: readonly number[], by: string): Promise<unknown> =>
  act.statement('task_done', 'update door_task set done_at = $2, done_by = $3 where id = any($1::bigint[])', [
    ids,
    act.now,
    by,
  ])

/** Keeps that a task was declined, and why. */
export const keepDeclined = (act: Act, id: number, by: string, reason: string): Promise<unknown> =>
  act.statement(
    'task_declined',
    'update door_task set declined_at = $2, declined_by = $3, reason = $4 where id = $1',
    [id, act.now, by, reason],
  )

/** A task as its owner sees it. */
export interface ListedTask {
  id: number
  personId: number
  studentNumber: string
  name: Bilingual
  doorId: string
  door: Bilingual
  building: Bilingual
  owner: Bilingual
  grantedAt: Temporal.Instant
  madeAt: Temporal.Instant
  printedNumber: string | null
}

/**
 * SQL: from the tasks `t` with their grants, doors, controllers, people and cards, those that are still to be done at a moment:
 * nobody answered, the grant goes on, the new card is in use and has not the door, and no group opens it anyway.
 */
export const stillToDo = (moment: string, faculties: string): string => `
  from door_task t
  join individual_grant g on g.id = t.grant_id
  join door d on d.id = g.door_id
  join controller c on c.id = d.controller_id
  join person p on p.id = t.person_id
  join card k on k.id = t.card_id
  where t.done_at is null and t.declined_at is null and g.ended_at is null and p.status = 'enrolled'
    and ${cardInUse(moment)} and not ${grantedAlready} and not exists (select ${opensAnyway(faculties)})`
const toDo = stillToDo('$1', '$2')

const listSql = `
  select t.id, t.person_id as "personId", p.student_number as "studentNumber",
         jsonb_build_object('zh-TW', p.name_zh, 'en', p.name_en) as name, g.door_id as "doorId",
         jsonb_build_object('zh-TW', d.name_zh, 'en', d.name_en) as door,
         jsonb_build_object('zh-TW', c.building_zh, 'en', c.building_en) as building,
         jsonb_build_object('zh-TW', g.owner_zh, 'en', g.owner_en) as owner,
         g.granted_at as "grantedAt", t.made_at as "madeAt", k.printed_number as "printedNumber"
  ${toDo}
    and ($3::text is null or $3 in (g.owner_zh, g.owner_en)) and ($4::text is null or $4 in (c.building_zh, c.building_en))
    and t.id > $5 and ${doorReached('$7', '$8')}
  order by t.id limit $6`

/** The tasks that are still to be done, oldest first, after one of them: of an owner and a building where that is asked. */
export const tasksToDo = (
  act: Act,
  programme: Programme,
  {
    owner,
    building,
    after,
    limit,
  }: { owner: string | null; building: string | null; after: number; limit: number },
): Promise<ListedTask[]> =>
  act.statement<ListedTask>('tasks_to_do', listSql, [
    act.now,
    facultiesAsJson(programme),
    owner,
    building,
    after,
    limit,
    ...reachedBy(act),
  ])

/** All of them, of a building where that is asked, a few hundred in memory at a time. */
export const everyTask = (
  act: Act,
  programme: Programme,
  building: string | null,
): AsyncGenerator<ListedTask> =>
  rowsOf<ListedTask>(act, 'export_door_tasks', listSql, [
    act.now,
    facultiesAsJson(programme),
    null,
    building,
    0,
    unlimited,
    ...reachedBy(act),
  ])

const countedSql = `
  select jsonb_build_object('zh-TW', g.owner_zh, 'en', g.owner_en) as owner,
         jsonb_build_object('zh-TW', c.building_zh, 'en', c.building_en) as building, count(*)::int as tasks
  ${toDo} and ${doorReached('$3', '$4')}
  group by 1, 2 order by 1, 2 limit 500`

/** How many tasks each owner has in each building. */
export const tasksCounted = (act: Act, programme: Programme) =>
  act.statement<{ owner: Bilingual; building: Bilingual; tasks: number }>('tasks_counted', countedSql, [
    act.now,
    facultiesAsJson(programme),
    ...reachedBy(act),
  ])

/** The tasks of one door that are still to be done, and those of them that somebody was not told of yet. */
export interface TasksOfDoor {
  building: Bilingual
  door: Bilingual
  tasks: number
  news: number[]
}

// A task may open long after it was made (the new card gets campus access, a group is taken away): news is what is open and
// was not told, never what is newer. Doors with news come first, so that no limit hides one.
const byDoorSql = `
  select building, door, tasks, news from (
    select jsonb_build_object('zh-TW', c.building_zh, 'en', c.building_en) as building,
           jsonb_build_object('zh-TW', d.name_zh, 'en', d.name_en) as door, count(*)::int as tasks,
           coalesce(array_agg(t.id order by t.id) filter (where not exists (
             select from door_task_told o where o.task_id = t.id and o.staff_id = $4)), '{}') as news
    ${toDo} and ($3::text is null or $3 in (g.owner_zh, g.owner_en))
    group by 1, 2) doors
  order by news = '{}', building, door limit 200`

/**
 * The tasks that are still to be done, by door; of one owner where that is asked. News are those that this one of the staff
 * was not told of; doors with news come first, and of more than 200 the others are left out.
 */
export const tasksByDoor = (
  act: Act,
  programme: Programme,
  asked: { owner: string | null; staffId: string },
): Promise<TasksOfDoor[]> =>
  act.statement<TasksOfDoor>('tasks_by_door', byDoorSql, [
    act.now,
    facultiesAsJson(programme),
    asked.owner,
    asked.staffId,
  ])

const ownersSql = `
  select distinct owner_zh as "zh-TW", owner_en as en from individual_grant where ended_at is null
  order by 1 limit 500`

/** The owners of doors that are granted one by one, as they are named there. */
export const doorOwners = (act: Act): Promise<Bilingual[]> =>
  act.statement<Bilingual>('door_owners', ownersSql, [])
