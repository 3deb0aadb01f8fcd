import { readdir, readFile } from 'node:fs/promises'
import { Client } from 'pg'
import { describe, expect, it } from 'vitest'
import { tableTypes } from '../scripts/db-types.ts'
import { freshDatabase } from './database.ts'
import { answerTo, asSuperuser, openSchema } from './schema-trial.ts'

/* db/schema.sql is the whole database; test/schema-refuses.test.ts breaks each of its rules. */

const folder = new URL('../db/', import.meta.url)

openSchema()

it('is what db/types.ts says', async () => {
  expect(await readFile(new URL('types.ts', folder), 'utf8')).toBe(await tableTypes(asSuperuser()))
})

/** Everything that decides how a database behaves, as PostgreSQL's own catalogues tell it. */
const catalogue = `
  select 'column', format('%s.%s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
    coalesce(pg_get_expr(d.adbin, d.adrelid), a.attidentity::text)) as what
  from pg_class c join pg_attribute a on a.attrelid = c.oid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
  union all select 'constraint', format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint
  where connamespace = 'public'::regnamespace
  union all select 'index', regexp_replace(indexdef, '^(CREATE.* INDEX) \\S+', '\\1') from pg_indexes where schemaname = 'public'
  union all select 'trigger', pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
  union all select 'function', pg_get_functiondef(p.oid) from pg_proc p
  where pronamespace = 'public'::regnamespace and not exists (select from pg_depend where objid = p.oid and deptype = 'e')
  union all select 'row security', format('%s %s %s', relname, relrowsecurity, relforcerowsecurity) from pg_class
  where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
  union all select 'policy', format('%s %s %s %s %s %s', tablename, policyname, cmd, roles, qual, with_check) from pg_policies
  union all select 'grant', format('%s %s', relname, relacl) from pg_class
  where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'S')
  union all select 'grant', format('%s.%s %s', c.relname, a.attname, a.attacl) from pg_class c
  join pg_attribute a on a.attrelid = c.oid where relnamespace = 'public'::regnamespace and a.attacl is not null
  order by 1, 2`

const catalogueOf = async (database: Client): Promise<string[]> =>
  (await database.query<{ what: string }>(catalogue)).rows.map(row => row.what)

describe('db/migrations', () => {
  it('bring the oldest database to exactly db/schema.sql, which counts every one of them', async () => {
    const files = (await readdir(new URL('migrations/', folder))).filter(name => name.endsWith('.sql')).sort()
    const { rows } = await asSuperuser().query<{ version: number }>(
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
      expect(await catalogueOf(migrated)).toEqual(await catalogueOf(asSuperuser()))
    } finally {
      await migrated.end()
      await older.drop()
    }
  })

  it('would be caught leaving out a column, a constraint, a grant or a trigger', async () => {
    const whole = await catalogueOf(asSuperuser())
    expect(whole.length).toBeGreaterThan(200)
    for (const change of [
      'alter table person drop column hall',
      'alter table card_use drop constraint card_use_during_check',
      'alter table card_use drop constraint card_use_person_id_kind_during_excl',
      'grant delete on journal to gatehouse_app',
      'grant update (doors) on wanted to gatehouse_doors',
      'drop trigger journal_is_append_only on journal',
      'drop index one_live_card_a_number',
      'drop policy looks on person',
      'alter table photo no force row level security',
    ]) {
      await asSuperuser().query('begin')
      await asSuperuser().query(change)
      const after = await catalogueOf(asSuperuser())
      await asSuperuser().query('rollback')
      expect(after, change).not.toEqual(whole)
    }
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
    ['gatehouse_doors', `update wanted set guarded_by = null`, 'fine'],
    ['gatehouse_doors', 'delete from wanted_open', 'fine'],
    ['gatehouse_doors', `update wanted set doors = '{0,0,0,0}'`, 'not allowed'],
    ['gatehouse_doors', `update adopted_number set taken_up_at = '2023-10-18'`, 'fine'],
    ['gatehouse_doors', `update adopted_number set doors = '{1,1,1,1}'`, 'not allowed'],
    ['gatehouse_doors', `update controller_survey set places_read = 32`, 'fine'],
    ['gatehouse_doors', `update controller_survey set asked_by = 'x'`, 'not allowed'],
    ['gatehouse_app', `update journal set act = 'other'`, 'not allowed'],
    ['gatehouse_app', 'delete from journal', 'not allowed'],
    ['gatehouse_app', 'truncate journal', 'not allowed'],
    ['gatehouse_app', `update programme_version set source = 'id: y'`, 'not allowed'],
    ['gatehouse_app', 'delete from programme_version', 'not allowed'],
    ['gatehouse_app', 'create table more (id int)', 'not allowed'],
    ['gatehouse_app', 'drop table message', 'not allowed'],
    ['gatehouse_app', `update held set verified_at = '2023-10-18'`, 'not allowed'],
    ['gatehouse_app', `update campus_clock set ahead_by = '1 day'`, 'not allowed'],
    ['gatehouse_app', `insert into journal (at, actor, act) values ('2023-10-18', 'x', 'x')`, 'not allowed'],
    [
      'gatehouse_app',
      `insert into journal (at, actor, act) select '2023-10-18', set_config('gatehouse.actor', 'x', true), 'x'`,
      'fine',
    ],
    ['gatehouse_app', 'select from survey_card', 'fine'],
    ['gatehouse_app', `update survey_card set ours = true`, 'not allowed'],
    ['gatehouse_app', `insert into controller_clock values (1, '2023-10-18')`, 'not allowed'],
    ['gatehouse_app', `update controller_events set last_index = 0`, 'not allowed'],
    ['gatehouse_app', 'select from tap', 'fine'],
    ['gatehouse_app', 'delete from tap', 'not allowed'],
    ['gatehouse_app', `select make_tap_months('2023-10-18')`, 'not allowed'],
    ['gatehouse_doors', `select make_tap_months('2023-10-18')`, 'fine'],
    ['gatehouse_doors', 'update tap set lost = 1', 'not allowed'],
    ['gatehouse_doors', 'delete from tap', 'not allowed'],
    ['gatehouse_chores', `select drop_tap_months('2023-01-01')`, 'fine'],
    ['gatehouse_doors', `select drop_tap_months('2023-01-01')`, 'not allowed'],
    ['gatehouse_app', `select drop_tap_months('2023-01-01')`, 'not allowed'],
    ['gatehouse_chores', 'delete from sent', 'fine'],
    ['gatehouse_chores', 'delete from held', 'not allowed'],
    ['gatehouse_chores', 'update wanted set guarded_by = null', 'not allowed'],
    ['gatehouse_chores', 'delete from journal', 'not allowed'],
    ['gatehouse_app', 'delete from retention_run', 'not allowed'],
    ['gatehouse_app', 'delete from clock_reading', 'not allowed'],
    ['gatehouse_app', `update controller_survey set outcome = 'complete'`, 'not allowed'],
    ['gatehouse_app', 'delete from adopted_number', 'not allowed'],
    [
      'gatehouse_doors',
      `insert into controller_survey (controller_id, asked_at, asked_by) values (1, '2023-10-18', 'x')`,
      'not allowed',
    ],
    [
      'gatehouse_doors',
      `insert into adopted_number values (1, 9, '{1,0,0,0}', '2023-10-18', '2028-10-18', false, '2023-10-18', 'x')`,
      'not allowed',
    ],
    ['gatehouse_doors', 'delete from survey_card', 'fine'],
    ['gatehouse_chores', 'select from signature', 'fine'],
    ['gatehouse_chores', 'select card_id from card_use', 'not allowed'],
    ['gatehouse_chores', 'update person set email = null', 'refused'],
    ['gatehouse_chores', `update person set status = 'graduated'`, 'not allowed'],
    ['gatehouse_chores', 'delete from person', 'not allowed'],
    ['gatehouse_reports', 'select from person', 'fine'],
    ['gatehouse_reports', 'select from signature', 'not allowed'],
    ['gatehouse_reports', 'select from session', 'not allowed'],
    ['gatehouse_reports', 'select from identity_confirmation', 'not allowed'],
    ['gatehouse_doors', 'select from identity_confirmation', 'not allowed'],
  ])('%s: %s is %s', async (role, statement, answer) => {
    expect(await answerTo(statement, role)).toBe(answer)
  })

  it('reports can write into no table at all', async () => {
    const { rows } = await asSuperuser().query<{ name: string; writes: boolean }>(`
      select relname as name,
        has_table_privilege('gatehouse_reports', oid, 'insert, update, delete, truncate') as writes
      from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`)
    expect(rows.length).toBeGreaterThan(25)
    expect(rows.filter(row => row.writes)).toEqual([])
    expect(await answerTo('create table more (id int)', 'gatehouse_reports')).toBe('not allowed')
  })
})
