import pg from 'pg'
import { openRows } from '../src/access/open-rows.ts'
import { row } from '../src/controller/emulator/settings.ts'
import type { EmulatorAsked, Listed, Wrong } from './access-emulator.ts'
import type { EngineAsked } from './access-engine.ts'
import { type Child, startChild } from './child.ts'
import { type Ground, openGround } from './ground.ts'
import { layRegister, newCardAt, newNumberAt, oldCardAt, oldNumberAt, personAt } from './population.ts'

/** What a campus of the measurements is: so many controllers, so many people with a card. */
export interface CampusAsked {
  controllers: number
  people: number
  /** SQL: whether the card of person `i` belongs on the controller of place `c`, counted from 0; all of them unless said. */
  belongs?: string
  /** What its controllers and their network are like. */
  like?: { echo?: boolean; serviceMs?: number; loss?: number }
  /** Whether the cards stand on the controllers already, and the ledger knows it; true unless said. */
  stands?: boolean
  /** How many of the people are in the register with their cards; all of them unless said. The engine never looks there. */
  registered?: number
  /** Whether controllers listen; true unless said. */
  emulated?: boolean
}

export type Controllers = ReturnType<typeof row>

/** A campus with its database, its emulated controllers and an engine, each in processes of its own. */
export interface Campus {
  asked: CampusAsked
  ground: Ground
  /** As superuser, for what the measurement itself lays and looks at. */
  client: pg.Client
  controllers: Controllers
  emulator: Child
  engine: Child
  /** How many windows have been. */
  windows: number
  /** How many people have switched cards. */
  switched: number
  close(): Promise<void>
}

const began = '2023-10-18T09:30'
const times = ['01:00', '10:00', '15:00'] as const

/** The start of a window of the notice's timetable, counted from that of 15:00 on the first day, which is 0. */
export const windowAt = (count: number): string =>
  `2023-10-${18 + Math.floor((count + 2) / 3)}T${times[(count + 2) % 3]}`

/** A moment of the campus as SQL. */
export const at = (local: string): string => `timestamptz '${local}+08'`

export const startEngine = (ground: Ground): Child =>
  startChild('access-engine.ts', {
    env: { BENCH_DATABASE: ground.url },
    execArgv: ['--import', './scripts/runtime.mjs'],
    stopsBy: { stop: true } satisfies EngineAsked,
  })

const startEmulator = (): Child =>
  startChild('access-emulator.ts', { stopsBy: { stop: true } satisfies EmulatorAsked })

async function layDoors(client: pg.Client, controllers: Controllers): Promise<void> {
  await client.query(
    `insert into controller (id, host, port, capacity, number_format, building_zh, building_en)
     select id, host, port, 40000, 'w34-reversed-last4', '樓 ' || id, 'Building ' || id
     from unnest($1::bigint[], $2::text[], $3::int[]) as r(id, host, port)`,
    [controllers.map(c => c.serial), controllers.map(c => c.host), controllers.map(c => c.port)],
  )
  await client.query(`insert into door (id, controller_id, number, name_zh, name_en)
    select 'door-' || id, id, 1, '門', 'Door' from controller`)
  await client.query(
    `insert into access_group (id, members, name_zh, name_en) values ('campus', 'campus', '全校', 'Campus')`,
  )
  await client.query(`insert into access_group_door (group_id, door_id) select 'campus', id from door`)
}

/** Takes the indexes of some tables away, and answers with what makes them again: a million rows go in faster then. */
async function withoutIndexes(client: pg.Client, tables: readonly string[]): Promise<string[]> {
  type Row = { drops: string; makes: string }
  const constraint = `format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname) as drops,
    format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) as makes`
  const rows = async (text: string) => (await client.query<Row>(text, [tables])).rows
  const foreign = await rows(
    `select ${constraint} from pg_constraint c where c.contype = 'f' and c.confrelid = any($1::regclass[])`,
  )
  const keys = await rows(
    `select ${constraint} from pg_constraint c where c.contype = 'p' and c.conrelid = any($1::regclass[])`,
  )
  const indexes = await rows(
    `select format('drop index %s', i.indexrelid::regclass) as drops, pg_get_indexdef(i.indexrelid) as makes
     from pg_index i where i.indrelid = any($1::regclass[])
       and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
  )
  // What refers to a key goes before it and comes after it.
  for (const { drops } of [...foreign, ...indexes, ...keys]) await client.query(drops)
  return [...keys, ...indexes, ...foreign].map(({ makes }) => makes)
}

/** The places of the controllers, counted from 0, as `c`. */
const places = '(select id, row_number() over (order by id) - 1 as c from controller) p'

/**
 * What is wanted of everybody's old card, as an act would have written it. The rows are right by their making, so the
 * triggers that look up each foreign key are left out.
 */
async function layWanted(
  client: pg.Client,
  { people, belongs = 'true', stands = true }: CampusAsked,
): Promise<void> {
  const indexes = await withoutIndexes(client, ['wanted', 'wanted_open', 'held'])
  await client.query('begin')
  await client.query('set local session_replication_role = replica')
  await client.query(
    `insert into wanted (controller_id, number, carried_by, person_id, card_id, doors, valid_from, valid_to, decided_at)
     select id, ${oldNumberAt(0)} + i, ${at('2023-10-18T10:00')}, ${personAt(0)} + i, ${oldCardAt(0)} + i, '{1,0,0,0}',
            '2020-10-18', '2024-02-29', ${at(began)}
     from ${places}, generate_series(1, $1::int) as i where ${belongs}`,
    [people],
  )
  if (stands)
    await client.query(
      `insert into held (controller_id, number, doors, valid_from, valid_to, confirmed_at, verified_at)
       select controller_id, number, doors, valid_from, valid_to, carried_by, carried_by from wanted`,
    )
  await client.query('insert into held_count select controller_id, count(*) from held group by controller_id')
  await client.query('commit')
  for (const text of indexes) await client.query(text)
  if (!stands) await client.query(openRows('wanted'))
}

/** The next people switched cards: each controller that holds their old one is to hold the new one instead. */
async function switchCards({ client, switched }: Campus, count: number, window: string): Promise<void> {
  await client.query(
    `with kept as (
     insert into wanted (controller_id, number, carried_by, person_id, card_id, doors, valid_from, valid_to, decided_at)
     select controller_id, n, ${at(window)}, person_id, k, d::smallint[], f, t, campus_now()
     from wanted w cross join lateral (values
       (w.number + ${newNumberAt(0) - oldNumberAt(0)}, w.card_id + ${newCardAt(0) - oldCardAt(0)}, '{1,0,0,0}',
        date '2023-10-18', date '2028-10-18'),
       (w.number, w.card_id, '{0,0,0,0}', w.valid_from, w.valid_to)) as r(n, k, d, f, t)
     where w.number between ${oldNumberAt(switched + 1)} and ${oldNumberAt(switched + count)} returning *)
     ${openRows('kept')}`,
  )
}

/** So many more people switch cards, and the campus's clock comes to the window that carries it. */
export async function comeToWindow(campus: Campus, count: number): Promise<void> {
  const window = windowAt(campus.windows)
  if (count > 0) await switchCards(campus, count, window)
  campus.switched += count
  campus.windows++
  await campus.client.query('vacuum analyze wanted, held')
  await campus.ground.moveTo(window)
}

/** What should stand on each controller: of each number the newest row that is due. */
export async function wantedNow({ client }: Campus): Promise<Listed[]> {
  const { rows } = await client.query<Omit<Listed, 'doors' | 'numbers'> & { doors: string; numbers: string }>(
    `select serial::float8, doors::text, f::text as from, t::text as to, numbers::text
     from (select controller_id as serial, doors, valid_from as f, valid_to as t, array_agg(number) as numbers
           from (select distinct on (controller_id, number) controller_id, number, doors, valid_from, valid_to
                 from wanted where carried_by <= (select campus_now())
                 order by controller_id, number, carried_by desc) w
           where doors <> '{0,0,0,0}' group by 1, 2, 3, 4) lists`,
  )
  const numbersIn = (text: string) => text.slice(1, -1).split(',').map(Number)
  return rows.map(({ doors, numbers, ...list }) => ({
    ...list,
    doors: numbersIn(doors) as unknown as Listed['doors'],
    numbers: numbersIn(numbers),
  }))
}

/** Starts the emulator anew, with everything that should stand on its controllers. */
async function openEmulator(campus: Campus, emulator: Child, clock: string): Promise<void> {
  await emulator.ask({ open: campus.controllers, clock } satisfies EmulatorAsked, 'open')
  if (campus.asked.stands ?? true)
    await emulator.ask({ plant: await wantedNow(campus) } satisfies EmulatorAsked, 'plant')
}

/** Compares every card on every controller, but those that are dead, with what is wanted now. */
export const compared = async (campus: Campus, except: readonly number[] = []): Promise<Wrong> =>
  campus.emulator.ask<Wrong>(
    { compare: await wantedNow(campus), except: [...except] } satisfies EmulatorAsked,
    'compare',
  )

/** The same campus with another engine, and with controllers that do or do not repeat the sequence id. */
export async function withEcho(campus: Campus, echo: boolean): Promise<void> {
  await campus.engine.stop()
  campus.engine = startEngine(campus.ground)
  campus.controllers = campus.controllers.map(controller => ({ ...controller, echo }))
  await openEmulator(campus, campus.emulator, windowAt(campus.windows))
}

const opened = new Set<Campus>()

/** Lets go of whatever is open: for a run that is broken off. */
export const closeCampuses = () => Promise.allSettled([...opened].map(campus => campus.close()))

/** Lays a campus at 11:00: what was carried by 10:00 stands at the doors, and the next window is 15:00. */
export async function openCampus(asked: CampusAsked): Promise<Campus> {
  const controllers = row(asked.controllers, '127.77.0.1', 60_000, { capacity: 40_000, ...asked.like })
  const ground = await openGround({ doors: { controllers: [], groups: [] }, at: began })
  const client = new pg.Client({ connectionString: ground.url })
  const emulator = startEmulator()
  const engine = startEngine(ground)
  const campus: Campus = {
    asked,
    ground,
    client,
    controllers,
    emulator,
    engine,
    windows: 0,
    switched: 0,
    async close() {
      opened.delete(campus)
      await Promise.all([campus.engine.stop(), emulator.stop()])
      await client.end()
      await ground.close()
    },
  }
  opened.add(campus)
  try {
    await client.connect()
    await client.query(`set work_mem = '256MB'`)
    await client.query(`set maintenance_work_mem = '512MB'`)
    await layDoors(client, controllers)
    await layRegister(client, asked.registered ?? asked.people)
    await layWanted(client, asked)
    await ground.moveTo('2023-10-18T11:00')
    await client.query('vacuum analyze')
    if (asked.emulated ?? true) await openEmulator(campus, emulator, '2023-10-18T11:00')
    return campus
  } catch (fault) {
    await campus.close()
    throw fault
  }
}
