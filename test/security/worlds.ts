import type { Client } from 'pg'

/*
 * A database in which every protected table has a row of each of two worlds, and nothing but the wall is left: constraints,
 * triggers and narrower grants are taken away, so that a row needs only what says whose it is. In world 1 are person 1, card 1,
 * clerk-1 at counter c1, building b1 with controller 1 and door d1, and all that hangs on them; in world 2 the others.
 */

/** What says whose a row is, by its column; everything else stays empty. */
const columns: Record<string, (world: number) => string> = {
  asked_by: world => `clerk-${world}`,
  staff_id: world => `clerk-${world}`,
  counter: world => `c${world}`,
  returned_to: world => `c${world}`,
  returned_at: () => '2023-10-18T00:00:00Z',
  actor: world => `student:${world}`,
  door_id: world => `d${world}`,
  building_zh: world => `b${world}`,
  place: () => 'tablet',
  doors: () => '{1,1,1,1}',
  good_until: () => '2999-01-01T00:00:00Z',
  stored_at: () => '2023-10-18T00:00:00Z',
}
const ids = new Set([
  'person_id',
  'made_for',
  'card_id',
  'controller_id',
  'number',
  'grant_id',
  'reissue_id',
  'move_id',
  'case_id',
  'look_id',
  'of_case',
  'counts_for',
  'message_id',
  'undone_id',
  'batch_id',
  'proxy_authorization_id',
  'id',
])
const typesOf = (column: string): string[] =>
  column === 'doors' ? ['smallint[]'] : ['text', 'timestamp with time zone']
const textIds: Record<string, string> = { staff: 'clerk-', door: 'd' }

/** The tables with row-level security. */
export async function protectedTables(database: Client): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and relrowsecurity order by relname`,
  )
  return rows.map(({ name }) => name)
}

/** Takes row-level security away from every table, for the control of what it keeps back. */
export async function takeWallDown(database: Client): Promise<void> {
  for (const name of await protectedTables(database))
    await database.query(`alter table ${name} disable row level security`)
}

/** The row of a world in a table, as JSON that its columns read. */
async function rowOf(database: Client, table: string, world: number): Promise<Record<string, unknown>> {
  const { rows } = await database.query<{ name: string; type: string; made: boolean }>(
    `select attname as name, format_type(atttypid, atttypmod) as type, attgenerated <> '' as made
     from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
    [table],
  )
  const row: Record<string, unknown> = { world }
  for (const { name, type, made } of rows) {
    if (made || name === 'world') continue
    const isId = ids.has(name) && (type === 'bigint' || type === 'integer')
    if (isId) row[name] = world
    else if (name === 'number' && table === 'door') row[name] = 1
    else if (name === 'id' && textIds[table]) row[name] = `${textIds[table]}${world}`
    else if (columns[name] && typesOf(name).includes(type)) row[name] = columns[name](world)
  }
  return row
}

/** A statement that adds the row of a world to a table, with its one value. */
export async function addition(
  database: Client,
  table: string,
  world: number,
): Promise<{ text: string; values: string[] }> {
  const row = await rowOf(database, table, world)
  const names = Object.keys(row)
    .map(name => `"${name}"`)
    .join(', ')
  return {
    text: `insert into ${table} (${names}) overriding system value select ${names} from jsonb_populate_record(null::${table}, $1)`,
    values: [JSON.stringify(row)],
  }
}

const strip = `
do $$
declare each record;
begin
  create table tap_of_any_time partition of tap default;
  for each in select conrelid::regclass as on_table, conname from pg_constraint
    where connamespace = 'public'::regnamespace and contype in ('f', 'c', 'x', 'u', 'p') and conparentid = 0 and coninhcount = 0
    order by contype = 'p', contype = 'u' loop
    execute format('alter table %s drop constraint if exists %I cascade', each.on_table, each.conname);
  end loop;
  for each in select indexrelid::regclass as name from pg_index i join pg_class c on c.oid = i.indrelid
    where c.relnamespace = 'public'::regnamespace and indisunique loop
    execute format('drop index %s cascade', each.name);
  end loop;
  for each in select attrelid::regclass as on_table, attname from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and attnum > 0 and attnotnull and attidentity = '' loop
    execute format('alter table %s alter column %I drop not null', each.on_table, each.attname);
  end loop;
  for each in select oid::regclass as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition loop
    execute format('alter table %s disable trigger user', each.name);
    execute format('alter table %s add column world int', each.name);
    execute format('grant select, insert, update, delete on %s to gatehouse_app', each.name);
  end loop;
end $$`

/** Takes everything away but the wall, and plants the two worlds. */
export async function plantWorlds(database: Client): Promise<void> {
  await database.query(strip)
  for (const table of ['controller', 'door', ...(await protectedTables(database))])
    for (const world of [1, 2]) {
      const { text, values } = await addition(database, table, world)
      await database.query(text, values)
    }
}
