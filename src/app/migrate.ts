import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { refuseUnsafe } from '../server/postgres/check.ts'

/** Held while a database is looked at and changed, so that of processes that start together one does it. */
const migrating = 7270004

/** One step from an older database to the present schema: `db/migrations/001-what-it-does.sql`. */
interface Migration {
  version: number
  file: string
}

async function migrationsIn(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.sql')).sort()
  return names.map(name => {
    const version = Number(/^(\d{3})-/.exec(name)?.[1])
    if (!version) throw new Error(`db/migrations/${name} does not begin with three digits, such as 001-.`)
    return { version, file: join(folder, name) }
  })
}

/** The version of the schema that this Gatehouse brings, from its folder `db`. */
export const newestSchema = async (folder: string): Promise<number> =>
  (await migrationsIn(join(folder, 'migrations'))).at(-1)?.version ?? 0

/** The version a database has; null when it is empty. One that is somebody else's is refused. */
async function versionOf(client: pg.Client): Promise<number | null> {
  const { rows } = await client.query<{ ours: boolean; tables: number }>(
    `select to_regclass('public.schema_version') is not null as ours,
            (select count(*)::int from pg_tables where schemaname = 'public') as tables`,
  )
  const { ours, tables } = rows[0]!
  if (!ours && tables > 0)
    throw new Error(
      'The database holds tables that are not of Gatehouse: point DATABASE_URL to an empty database.',
    )
  if (!ours) return null
  const versions = await client.query<{ version: number }>(
    'select max(version) as version from schema_version',
  )
  return versions.rows[0]!.version
}

async function bringUpToDate(client: pg.Client, folder: string, log: (line: string) => void): Promise<void> {
  const migrations = await migrationsIn(join(folder, 'migrations'))
  const newest = migrations.at(-1)?.version ?? 0
  const version = await versionOf(client)
  if (version === null) {
    await client.query(await readFile(join(folder, 'schema.sql'), 'utf8'))
    return log('the database was empty and now has its tables')
  }
  if (version > newest)
    throw new Error(
      `The database is of a newer Gatehouse (schema ${version}, and this one knows ${newest}): start the newer one.`,
    )
  for (const { version: next, file } of migrations.filter(migration => migration.version > version)) {
    await client.query('set local role gatehouse_owner')
    await client.query(await readFile(file, 'utf8'))
    await client.query('insert into schema_version (version) values ($1)', [next])
    log(`the database was brought to schema ${next}`)
  }
}

/**
 * Makes a database fit for use: refuses one that may lose what it has confirmed, gives an empty one the whole schema
 * (db/schema.sql), and an older one what it lacks (db/migrations). All of it or nothing, and once, however many
 * processes start together.
 */
export async function migrate(
  databaseUrl: string,
  { projectFolder, log }: { projectFolder: string; log: (line: string) => void },
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'gatehouse migrate' })
  client.on('error', () => {})
  await client.connect()
  try {
    await refuseUnsafe(client)
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock($1)', [migrating])
    await bringUpToDate(client, join(projectFolder, 'db'), log)
    await client.query('commit')
  } finally {
    await client.end()
  }
}
