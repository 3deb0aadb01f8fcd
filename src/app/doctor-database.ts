import { join } from 'node:path'
import { refuseUnsafe } from '../server/postgres/check.ts'
import { type Check, fail, pass } from './doctor-run.ts'
import { newestSchema } from './migrate.ts'

/** By how many seconds the clocks of this machine and of the database may differ. */
const clockSeconds = 2

const rolesSql = `
  select rolname as name, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as mighty
  from pg_roles where rolname like 'gatehouse\\_%' order by 1`

const rightsSql = `
  select has_schema_privilege('gatehouse_app', 'public', 'create') as "makesTables",
    has_table_privilege('gatehouse_app', 'journal', 'update') or has_table_privilege('gatehouse_app', 'journal', 'delete')
      as "changesJournal",
    has_table_privilege('gatehouse_doors', 'person', 'select') as "doorsReadNames",
    exists (select from unnest(array['insert', 'update', 'delete']) as what, pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and has_table_privilege('gatehouse_reports', pg_class.oid, what)) as "reportsWrite",
    exists (select from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and pg_get_userbyid(relowner) <> 'gatehouse_owner') as "otherOwner"`

/** What the database is asked. */
export const databaseChecks: readonly Check[] = [
  {
    name: 'database-keeps-commits',
    async look({ app }) {
      const { rows } = await app.pool.query<{ version: string }>(
        `select current_setting('server_version') as version`,
      )
      try {
        await refuseUnsafe(app.pool)
        return pass(`PostgreSQL ${rows[0]!.version}`)
      } catch (error) {
        return fail((error as Error).message)
      }
    },
  },
  {
    name: 'schema-is-this-one',
    async look({ app, config }) {
      const { rows } = await app.pool.query<{ version: number }>(
        'select max(version) as version from schema_version',
      )
      const newest = await newestSchema(join(config.projectFolder, 'db'))
      const seen = `${rows[0]!.version}, ${newest}`
      return rows[0]!.version === newest ? pass(seen) : fail(seen)
    },
  },
  {
    name: 'roles-are-narrow',
    async look({ app }) {
      const { rows } = await app.pool.query<{ name: string; mighty: boolean }>(rolesSql)
      const expected = ['app', 'chores', 'doors', 'owner', 'reports'].map(name => `gatehouse_${name}`)
      const missing = expected.filter(name => !rows.some(row => row.name === name))
      const mighty = rows.filter(row => row.mighty).map(row => row.name)
      const wrong = [...missing, ...mighty]
      return wrong.length === 0 ? pass() : fail(wrong.join(', '))
    },
  },
  {
    name: 'grants-are-narrow',
    async look({ app }) {
      const { rows } = await app.pool.query<Record<string, boolean>>(rightsSql)
      const wrong = Object.entries(rows[0]!).flatMap(([what, is]) => (is ? [what] : []))
      return wrong.length === 0 ? pass() : fail(wrong.join(', '))
    },
  },
  {
    name: 'clocks-agree',
    async look({ app, now }) {
      const { rows } = await app.pool.query<{ at: Temporal.Instant; zone: string; ahead: boolean }>(
        `select raw_now() as at, current_setting('TimeZone') as zone,
           exists (select from campus_clock where ahead_by <> interval '0') as ahead`,
      )
      const { at, zone, ahead } = rows[0]!
      const apart = Math.abs(at.since(now).total('seconds'))
      const seen = `${apart.toFixed(1)} s, ${zone}`
      if (ahead) return fail('campus_clock')
      return apart <= clockSeconds && zone === 'UTC' ? pass(seen) : fail(seen)
    },
  },
]
