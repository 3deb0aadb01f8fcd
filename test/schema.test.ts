import { readdir, readFile } from 'node:fs/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tableTypes } from '../scripts/db-types.ts'
import { type FreshDatabase, freshDatabase } from './database.ts'
import { answerOf } from './violations.ts'

/*
 * db/schema.sql is the whole database. Here stands what must hold of it whatever the program does: each rule is
 * really broken once, and PostgreSQL must be the one that refuses.
 */

const folder = new URL('../db/', import.meta.url)

let fresh: FreshDatabase
let client: Client
beforeAll(async () => {
  fresh = await freshDatabase()
  client = new Client(fresh.url)
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await fresh.drop()
})

const answerTo = (text: string, as?: string) => answerOf(client, { before: people, text, as })

/** Two students with an old card each in use, a new card of the first in custody, and one still in its box. */
const people = `
  set local role gatehouse_owner;
  insert into person overriding system value
  select id, 'S' || id, '示例生', 'Sample', 'csie', 2021, 'enrolled', 'regular', 'bachelor', 'gongguan', null, null, 'en'
  from generate_series(1, 2) id;
  insert into card (id, edition, chip, stocked_at) overriding system value values
    (11, 'old', '\\x00000001', '2023-09-01'), (12, 'old', '\\x00000002', '2023-09-01'),
    (21, 'new', '\\x00000003', '2023-09-01'), (22, 'new', '\\x00000004', '2023-09-01');
  insert into card_number values (11, 'low-first', 1), (12, 'low-first', 2), (21, 'low-first', 3);
  insert into handover (card_id, person_id, edition, at, how, held) values
    (11, 1, 'old', '2021-09-01', 'before-gatehouse', '[2021-09-01,)'),
    (12, 2, 'old', '2021-09-01', 'before-gatehouse', '[2021-09-01,)'),
    (21, 1, 'new', '2023-10-18', 'health-check', '[2023-10-18,)');
  insert into card_use values
    (11, 1, 'student', '[2021-09-01,)'), (12, 2, 'student', '[2021-09-01,2023-10-18)');
  insert into journal (at, actor, act) values ('2023-10-18', 'system:test', 'test');
  insert into controller values (1, '127.0.0.1', 60000, 100, 'low-first', '館', 'Building');
  insert into wanted (controller_id, number, carried_by, person_id, card_id, doors, valid_from, valid_to, decided_at)
  values (1, 3, '2023-10-18 07:00+0', 1, 21, '{1,0,0,0}', '2023-10-18', '2028-10-18', '2023-10-18 03:00+0');`

it('is what db/types.ts says', async () => {
  expect(await readFile(new URL('types.ts', folder), 'utf8')).toBe(await tableTypes(client))
})

/** Everything that decides how a database behaves, as PostgreSQL's own catalogues tell it. */
const catalogue = `
  select 'column', format('%s.%s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
    coalesce(pg_get_expr(d.adbin, d.adrelid), a.attidentity::text)) as what
  from pg_class c join pg_attribute a on a.attrelid = c.oid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
  union all select 'constraint', format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint
  where connamespace = 'public'::regnamespace
  union all select 'index', regexp_replace(indexdef, '^(CREATE.* INDEX) \\S+', '\\1') from pg_indexes where schemaname = 'public'
  union all select 'trigger', pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
  union all select 'function', pg_get_functiondef(p.oid) from pg_proc p
  where pronamespace = 'public'::regnamespace and not exists (select from pg_depend where objid = p.oid and deptype = 'e')
  union all select 'grant', format('%s %s', relname, relacl) from pg_class
  where relnamespace = 'public'::regnamespace and relkind in ('r', 'S')
  order by 1, 2`

const catalogueOf = async (database: Client): Promise<string[]> =>
  (await database.query<{ what: string }>(catalogue)).rows.map(row => row.what)

describe('db/migrations', () => {
  it('bring the oldest database to exactly db/schema.sql, which counts every one of them', async () => {
    const files = (await readdir(new URL('migrations/', folder))).filter(name => name.endsWith('.sql')).sort()
    const { rows } = await client.query<{ version: number }>(
      'select version from schema_version order by version',
    )
    expect(rows.map(row => row.version)).toEqual([0, ...files.map(name => Number(name.slice(0, 3)))])
    // Without a migration there is no older database: an empty one is given db/schema.sql as it is.
    if (files.length === 0) return
    const older = await freshDatabase()
    const migrated = new Client(older.url)
    await migrated.connect()
    try {
      await migrated.query('drop schema public cascade; create schema public')
      for (const name of ['from/schema-0.sql', ...files]) {
        if (name !== 'from/schema-0.sql') await migrated.query('set role gatehouse_owner')
        await migrated.query(await readFile(new URL(`migrations/${name}`, folder), 'utf8'))
        await migrated.query('reset role')
      }
      expect(await catalogueOf(migrated)).toEqual(await catalogueOf(client))
    } finally {
      await migrated.end()
      await older.drop()
    }
  })

  it('would be caught leaving out a column, a constraint, a grant or a trigger', async () => {
    const whole = await catalogueOf(client)
    expect(whole.length).toBeGreaterThan(200)
    for (const change of [
      'alter table person drop column hall',
      'alter table card_use drop constraint card_use_during_check',
      'alter table card_use drop constraint card_use_person_id_kind_during_excl',
      'grant delete on journal to gatehouse_app',
      'drop trigger journal_is_append_only on journal',
      'drop index one_live_card_a_number',
    ]) {
      await client.query('begin')
      await client.query(change)
      const after = await catalogueOf(client)
      await client.query('rollback')
      expect(after, change).not.toEqual(whole)
    }
  })
})

describe('what the database refuses', () => {
  it.each([
    [
      'a second card in use by one person',
      `insert into card_use values (21, 1, 'student', '[2023-10-18,)')`,
      'exclusion card_use_person_id_kind_during_excl',
    ],
    [
      'one card in use by two people at a time, even of two kinds',
      `update card_use set kind = 'temporary' where card_id = 12; update handover set person_id = 2 where card_id = 12;
       insert into card_use values (12, 2, 'student', '[2023-10-01,)')`,
      'exclusion card_use_card_id_during_excl',
    ],
    [
      'use of a card that was never handed over',
      `insert into card_use values (22, 2, 'student', '[2023-10-18,)')`,
      'foreign key card_use_card_id_person_id_fkey',
    ],
    [
      'use of a card that was handed to somebody else',
      `insert into card_use values (21, 2, 'student', '[2023-10-18,)')`,
      'foreign key card_use_card_id_person_id_fkey',
    ],
    [
      'activation of a card that was never handed over',
      `insert into activation (card_id, person_id, at, carried_by, at_once, new_from) values (22, 2, '2023-10-18', '2023-10-18', false, '2023-10-18')`,
      'foreign key activation_card_id_person_id_fkey',
    ],
    [
      'a card handed over twice',
      `insert into handover (card_id, person_id, edition, at, how, held) values (21, 2, 'new', '2023-10-19', 'health-check', '[2023-10-19,)')`,
      'unique handover_pkey',
    ],
    [
      'a second card of an edition in one person’s custody',
      `insert into handover (card_id, person_id, edition, at, how, held) values (22, 1, 'new', '2023-10-19', 'health-check', '[2023-10-19,)')`,
      'exclusion handover_person_id_edition_held_excl',
    ],
    [
      'a handover at a desk without evidence',
      `insert into handover (card_id, person_id, edition, at, how, held) values (22, 2, 'new', '2023-10-19', 'desk', '[2023-10-19,)')`,
      'check handover_check',
    ],
    [
      'two live cards that a door could not tell apart',
      `insert into card_number values (22, 'low-first', 3)`,
      'unique one_live_card_a_number',
    ],
    [
      'a window of a day and time twice',
      `insert into update_window (campus, on_date, at_time, starts_at) values ('c', '2023-10-18', '15:00', '2023-10-18 07:00+0');
       insert into update_window (campus, on_date, at_time, starts_at) values ('c', '2023-10-18', '15:00', '2023-10-18 07:01+0')`,
      'unique update_window_pkey',
    ],
    ['a change to the journal', `update journal set act = 'other'`, 'refused'],
    ['taking an entry out of the journal', 'delete from journal', 'refused'],
    ['emptying the journal', 'truncate journal cascade', 'refused'],
  ])('%s', async (_, statement, refusal) => {
    expect(await answerTo(statement)).toBe(refusal)
  })

  it.each([
    [
      'the switch itself: the old card’s use ends as the new one’s begins',
      `update card_use set during = '[2021-09-01,2023-10-18)' where card_id = 11;
       insert into card_use values (21, 1, 'student', '[2023-10-18,)')`,
    ],
    [
      'a number that lives again once its card is retired',
      `update card_number set retired_at = '2023-10-18' where card_id = 21; insert into card_number values (22, 'low-first', 3)`,
    ],
  ])('but not %s', async (_, statement) => {
    expect(await answerTo(statement)).toBe('fine')
  })
})

describe('who may touch what', () => {
  it.each([
    ['gatehouse_doors', 'select from person', 'not allowed'],
    ['gatehouse_doors', 'select from staff', 'not allowed'],
    ['gatehouse_doors', 'select from signature', 'not allowed'],
    ['gatehouse_doors', 'select from message', 'not allowed'],
    ['gatehouse_doors', 'select from session', 'not allowed'],
    ['gatehouse_doors', `update card_use set during = '[2021-09-01,2021-09-02)'`, 'not allowed'],
    ['gatehouse_doors', `insert into journal (at, actor, act) values ('2023-10-18', 'x', 'x')`, 'fine'],
    ['gatehouse_doors', `update wanted set settled_at = '2023-10-18 08:00+0'`, 'fine'],
    ['gatehouse_app', `update journal set act = 'other'`, 'not allowed'],
    ['gatehouse_app', 'delete from journal', 'not allowed'],
    ['gatehouse_app', 'truncate journal', 'not allowed'],
    ['gatehouse_app', 'create table more (id int)', 'not allowed'],
    ['gatehouse_app', 'drop table message', 'not allowed'],
    ['gatehouse_app', `update held set verified_at = '2023-10-18'`, 'not allowed'],
    ['gatehouse_app', `update campus_clock set ahead_by = '1 day'`, 'not allowed'],
    ['gatehouse_app', `insert into journal (at, actor, act) values ('2023-10-18', 'x', 'x')`, 'fine'],
    ['gatehouse_chores', 'select from signature', 'fine'],
    ['gatehouse_chores', 'select from card_use', 'not allowed'],
    ['gatehouse_chores', 'update person set email = null', 'not allowed'],
    ['gatehouse_reports', 'select from person', 'fine'],
    ['gatehouse_reports', 'select from signature', 'not allowed'],
    ['gatehouse_reports', 'select from session', 'not allowed'],
    ['gatehouse_reports', 'select from identity_confirmation', 'not allowed'],
    ['gatehouse_doors', 'select from identity_confirmation', 'not allowed'],
  ])('%s: %s is %s', async (role, statement, answer) => {
    expect(await answerTo(statement, role)).toBe(answer)
  })

  it('reports can write into no table at all', async () => {
    const { rows } = await client.query<{ name: string; writes: boolean }>(`
      select relname as name,
        has_table_privilege('gatehouse_reports', oid, 'insert, update, delete, truncate') as writes
      from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`)
    expect(rows.length).toBeGreaterThan(25)
    expect(rows.filter(row => row.writes)).toEqual([])
    expect(await answerTo('create table more (id int)', 'gatehouse_reports')).toBe('not allowed')
  })
})
