import type { Act } from '../server/register.ts'
import { cardsHeld } from './cards-held.ts'
import type { Neighbours, RecordedController } from './controller-rules.ts'
import { usualMake } from './make-rules.ts'
import { reachOf } from './reach.ts'
import type { ControllerSaid } from './shape.ts'

const neighboursSql = `
  select exists (select from controller where $1 in (id, board)) as "serialKnown",
         (select id from controller where host = $2 and port = $3) as "atAddress",
         (select id from controller where settings ->> 'folder' = $5) as "inFolder",
         coalesce((select jsonb_agg(jsonb_build_object('id', id, 'serial', controller_id) order by id)
                   from door where id = any($4::text[]) and controller_id <> $1), '[]') as "doorsElsewhere"`

/** What the register has that a controller said so could be mistaken for. */
export async function neighboursOf(act: Act, said: ControllerSaid): Promise<Neighbours> {
  const [row] = await act.statement<Neighbours>('controller_neighbours', neighboursSql, [
    said.serial,
    said.host ?? null,
    said.port ?? null,
    said.doors.map(({ id }) => id),
    said.settings?.folder ?? null,
  ])
  return row!
}

/** A door in the list: what opens it. */
export interface ListedDoor {
  id: string
  number: number
  name: { 'zh-TW': string; en: string }
  /** The groups that open it. */
  groups: string[]
  /** Cards to which it is granted one by one now. */
  grants: number
}

/** A controller in the list, with its doors in the order of their numbers. */
export interface ListedController extends Omit<RecordedController, 'doors'> {
  doors: ListedDoor[]
}

const controllersSql = `
  select c.id as serial, c.driver, c.host, c.port, c.settings, c.capacity, c.number_format as "numberFormat",
         jsonb_build_object('zh-TW', c.building_zh, 'en', c.building_en) as building,
         ${cardsHeld('c.id')} as held,
         coalesce((select jsonb_agg(jsonb_build_object(
             'id', d.id, 'number', d.number, 'name', jsonb_build_object('zh-TW', d.name_zh, 'en', d.name_en),
             'groups', coalesce((select jsonb_agg(g.group_id order by g.group_id)
                                 from access_group_door g where g.door_id = d.id), '[]'),
             'grants', (select count(*) from individual_grant i where i.door_id = d.id and i.ended_at is null))
             order by d.number)
           from door d where d.controller_id = c.id), '[]') as doors
  from controller c`

const listSql = `${controllersSql} where $1::text[] is null or c.building_zh = any($1) order by c.id`

/** What not every make has. */
interface Without {
  host: string | null
  port: number | null
  settings: ListedController['settings'] | null
}
type Row = Omit<ListedController, keyof Without> & Without

/** What a make has not is left out, as a file would leave it out. */
const present = ({ host, port, settings }: Without) => ({
  ...(host === null || port === null ? {} : { host, port }),
  ...(settings ? { settings } : {}),
})

const listed = ({ host, port, settings, ...controller }: Row): ListedController => ({
  ...controller,
  ...present({ host, port, settings }),
})

/** Every controller in the buildings that the actor reaches, with its doors and what opens each. */
export async function listControllers(act: Act): Promise<ListedController[]> {
  return (await act.statement<Row>('controllers_listed', listSql, [reachOf(act.actor).buildings])).map(listed)
}

const recordedSql = `
  select c.id as serial, c.driver, c.host, c.port, c.settings, c.capacity, c.number_format as "numberFormat",
         jsonb_build_object('zh-TW', c.building_zh, 'en', c.building_en) as building,
         coalesce(jsonb_agg(jsonb_build_object(
             'id', d.id, 'number', d.number, 'name', jsonb_build_object('zh-TW', d.name_zh, 'en', d.name_en))
             order by d.number) filter (where d.id is not null), '[]') as doors
  from controller c left join door d on d.controller_id = c.id group by c.id order by c.id`

/** Every controller with its doors as a doors file says them, without what opens them or what they hold. */
export async function recordedControllers(act: Act): Promise<ControllerSaid[]> {
  type Recorded = Omit<ControllerSaid, keyof Without> & Without
  const rows = await act.statement<Recorded>('controllers_recorded', recordedSql, [])
  return rows.map(({ host, port, settings, ...controller }) => ({
    ...controller,
    ...present({ host, port, settings }),
  }))
}

/** One controller with its doors, or null. */
export async function controllerOf(act: Act, serial: number): Promise<ListedController | null> {
  const sql = `${controllersSql} where c.id = $1`
  const [row] = await act.statement<Row>('controller_listed', sql, [serial])
  return row ? listed(row) : null
}

const controllerSql = `
  insert into controller (id, host, port, capacity, number_format, building_zh, building_en, driver, settings)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb)
  on conflict (id) do update set host = excluded.host, port = excluded.port, capacity = excluded.capacity,
    settings = excluded.settings, building_zh = excluded.building_zh, building_en = excluded.building_en`

const doorsSql = `
  insert into door (id, controller_id, number, name_zh, name_en)
  select d.id, $1, d.number, d.zh, d.en
  from unnest($2::text[], $3::smallint[], $4::text[], $5::text[]) as d(id, number, zh, en)
  on conflict (id) do update set name_zh = excluded.name_zh, name_en = excluded.name_en`

/** Keeps a controller as it was decided, new or changed, with its doors. */
export async function keepController(act: Act, said: ControllerSaid): Promise<void> {
  const { serial, host, port, capacity, numberFormat, building, doors, driver, settings } = said
  await act.statement('keep_controller', controllerSql, [
    serial,
    host ?? null,
    port ?? null,
    capacity,
    numberFormat,
    building['zh-TW'],
    building.en,
    driver ?? usualMake,
    settings ? JSON.stringify(settings) : null,
  ])
  await act.statement('keep_doors', doorsSql, [
    serial,
    doors.map(({ id }) => id),
    doors.map(({ number }) => number),
    doors.map(({ name }) => name['zh-TW']),
    doors.map(({ name }) => name.en),
  ])
}
