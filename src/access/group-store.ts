import type { Programme } from '../programme/shape.ts'
import type { Act } from '../server/register.ts'
import type { GroupFacts } from './group-rules.ts'
import type { AccessGroup, DoorPlace } from './rules.ts'
import type { GroupSaid } from './shape.ts'

const lockSql = 'select 1 from person order by id for no key update'

/**
 * Locks everybody until the act ends, so that what a group's change does to people is decided while nobody of them
 * becomes somebody else. After the roster's lock, and in the order of their ids, like everybody who locks people.
 */
export async function lockEverybody(act: Act): Promise<void> {
  await act.statement('lock_everybody', lockSql, [])
}

/** A group as it is recorded. */
export interface RecordedGroup {
  id: string
  members: GroupSaid['members']
  key: string | null
  name: { 'zh-TW': string; en: string }
  /** Ids of its doors, in order. */
  doors: string[]
}

const groupsSql = `
  select g.id, g.members, g.member_key as key, jsonb_build_object('zh-TW', g.name_zh, 'en', g.name_en) as name,
         coalesce((select jsonb_agg(d.door_id order by d.door_id) from access_group_door d where d.group_id = g.id),
                  '[]') as doors
  from access_group g`

/** Every access group, with or without doors. */
export const listGroups = (act: Act): Promise<RecordedGroup[]> =>
  act.statement<RecordedGroup>('groups_listed', `${groupsSql} order by g.id`, [])

/** One access group, or null. */
export async function groupOf(act: Act, id: string): Promise<RecordedGroup | null> {
  const [row] = await act.statement<RecordedGroup>('group_listed', `${groupsSql} where g.id = $1`, [id])
  return row ?? null
}

const factsSql = `
  select array(select hall from person where hall is not null
               union select member_key from access_group where members = 'hall' order by 1) as halls,
         array(select id from door where id = any($1::text[])) as doors`

/** What decides whether a group may be so. */
export async function groupFacts(
  act: Act,
  programme: Programme,
  said: GroupSaid,
  recorded: RecordedGroup | null,
): Promise<Omit<GroupFacts, 'seal'>> {
  type Row = Pick<GroupFacts, 'halls' | 'doors'>
  const [row] = await act.statement<Row>('group_facts', factsSql, [said.doors])
  return { recorded, faculties: programme.faculties.map(({ id }) => id), ...row! }
}

const hallSql = `
  select (select count(*) from person where hall = $1)::int as residents,
         not exists (select from access_group where members = 'hall' and member_key = $1 and id <> $2)
           as "isLastOfHall"`

/** Who lives in a group's hall, and whether another group names it. */
export async function hallFacts(act: Act, { id, members, key }: RecordedGroup) {
  if (members !== 'hall') return { hall: null, isLastOfHall: false, residents: 0 }
  type Row = { residents: number; isLastOfHall: boolean }
  const [row] = await act.statement<Row>('group_hall', hallSql, [key, id])
  return { hall: key, ...row! }
}

const placesSql = `
  select d.controller_id as "controllerId", c.number_format as "numberFormat", d.number as door
  from door d join controller c on c.id = d.controller_id where d.id = any($1::text[])`

/** A group with its doors where they are, as access is worked out from it. */
export async function placed(act: Act, said: GroupSaid): Promise<AccessGroup> {
  const doors = await act.statement<DoorPlace>('door_places', placesSql, [said.doors])
  return { id: said.id, members: said.members, key: said.key ?? null, doors }
}

/** Which departments belong to a group's faculty; none for other groups. */
const departmentsOf = (programme: Programme, { members, key }: Pick<RecordedGroup, 'members' | 'key'>) =>
  members === 'faculty'
    ? programme.departments.filter(({ faculty }) => faculty === key).map(({ id }) => id)
    : []

const isMemberSql = `
  p.status = 'enrolled' and case $1 when 'campus' then true when 'faculty' then p.department = any($2::text[])
    else p.hall = $3 end`
const membersSql = `
  select p.id from person p
  where ${isMemberSql} and exists (select from card_use u where u.person_id = p.id) order by p.id`
const countSql = `select count(*)::int as people from person p where ${isMemberSql}`

type Members = Pick<RecordedGroup, 'members' | 'key'>

/** The enrolled people to whom a group opens its doors, of those who have, or had, a card with campus access. */
export async function membersWithCard(act: Act, programme: Programme, group: Members): Promise<number[]> {
  const values = [group.members, departmentsOf(programme, group), group.key]
  return (await act.statement<{ id: number }>('group_members', membersSql, values)).map(({ id }) => id)
}

const allSql = `select p.id from person p where ${isMemberSql}`

/** Everybody to whom a group opens its doors, with a card or without. */
export async function allMembers(act: Act, programme: Programme, group: Members): Promise<number[]> {
  const values = [group.members, departmentsOf(programme, group), group.key]
  return (await act.statement<{ id: number }>('group_all_members', allSql, values)).map(({ id }) => id)
}

/** How many enrolled people a group opens its doors to. */
export async function memberCount(act: Act, programme: Programme, group: Members): Promise<number> {
  const values = [group.members, departmentsOf(programme, group), group.key]
  const [row] = await act.statement<{ people: number }>('group_member_count', countSql, values)
  return row!.people
}

const keepSql = `
  insert into access_group (id, members, member_key, name_zh, name_en) values ($1, $2, $3, $4, $5)
  on conflict (id) do update set name_zh = excluded.name_zh, name_en = excluded.name_en`
const doorsSql = `
  with gone as (delete from access_group_door where group_id = $1 and door_id <> all($2::text[]))
  insert into access_group_door (group_id, door_id) select $1, unnest($2::text[]) on conflict do nothing`

/** Keeps a group as it was decided, with exactly these doors. */
export async function keepGroup(act: Act, { id, members, key, name, doors }: GroupSaid): Promise<void> {
  await act.statement('keep_group', keepSql, [id, members, key ?? null, name['zh-TW'], name.en])
  await act.statement('keep_group_doors', doorsSql, [id, doors])
}

/** Takes a group out of the register. */
export async function dropGroup(act: Act, id: string): Promise<void> {
  await act.statement('drop_group_doors', 'delete from access_group_door where group_id = $1', [id])
  await act.statement('drop_group', 'delete from access_group where id = $1', [id])
}

const wantedSql = `
  select n.controller_id as "controllerId", count(*)::int as numbers
  from (select distinct on (controller_id, number) controller_id, doors from wanted
        where controller_id = any($1::bigint[]) order by controller_id, number, carried_by desc) n
  where n.doors <> '{0,0,0,0}' group by 1`

const boardsSql = `
  select id as "controllerId", capacity, jsonb_build_object('zh-TW', building_zh, 'en', building_en) as building
  from controller where id = any($1::bigint[]) order by id`

/** How many numbers some controllers should hold as it stands, and how many they can. */
export async function roomOn(act: Act, controllerIds: readonly number[]) {
  type Board = { controllerId: number; capacity: number; building: { 'zh-TW': string; en: string } }
  type Count = { controllerId: number; numbers: number }
  const [boards, counts] = await Promise.all([
    act.statement<Board>('group_boards', boardsSql, [controllerIds]),
    act.statement<Count>('group_wanted', wantedSql, [controllerIds]),
  ])
  const numbers = new Map(counts.map(row => [row.controllerId, row.numbers]))
  return boards.map(board => ({ ...board, numbers: numbers.get(board.controllerId) ?? 0 }))
}
