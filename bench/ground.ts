import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { parse as parseYaml } from 'yaml'
import { readDoors, recordDoors } from '../src/access/doors.ts'
import type { Doors } from '../src/access/shape.ts'
import { campusClock, moveCampusTo } from '../src/app/clock.ts'
import { readProgramme } from '../src/programme/read.ts'
import { publishProgramme } from '../src/programme/store.ts'
import { type Database, openDatabase } from '../src/server/database.ts'
import { launchPostgres } from '../src/server/postgres/launch.ts'
import { openRegister, type Register } from '../src/server/register.ts'

export const projectFolder = join(import.meta.dirname, '..')
const zone = 'Asia/Taipei'

/** A database of its own with the schema, the programme of the notice and a campus's doors, and nobody on it. */
export interface Ground {
  url: string
  /** The owner's view. */
  owner: Database
  /** Acts that nothing follows from: the ground is laid by the measurement itself. */
  register: Register
  /** Version, and that it keeps what it confirms. */
  postgres: string
  /** Moves the campus's clock forward to a local wall time. */
  moveTo(local: string): Promise<void>
  /** Ends everything that this ground was made of. */
  close(): Promise<void>
}

/** The campus to try has twelve four-door controllers; this is its file. */
export async function campusDoors(): Promise<Doors> {
  return readDoors(parseYaml(await readFile(join(projectFolder, 'examples/campus/doors.yaml'), 'utf8')))
}

interface Server {
  url: string
  close(): Promise<void>
}

/** A private durable PostgreSQL that is gone afterwards. */
async function privateServer(): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'))
  // Under root PostgreSQL runs as somebody else, whom mkdtemp would not let in.
  await chmod(folder, 0o755)
  const server = await launchPostgres({ projectFolder, dataFolder: folder })
  return {
    url: server.url,
    async close() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A database of its own on a server that was named, gone afterwards. */
async function databaseOn(server: string): Promise<Server> {
  const name = `gatehouse_bench_${randomBytes(4).toString('hex')}`
  await superuser(server, [`create database ${name}`])
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, close: () => superuser(server, [`drop database ${name} with (force)`]) }
}

/** Runs commands, each by itself, as whom the address names. */
export async function superuser(url: string, commands: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const command of commands) await client.query(command)
  } finally {
    await client.end()
  }
}

// BENCH_WALL=down measures without row-level security, for what it costs.
const wallDown = `
  do $$ declare each regclass; begin
    for each in select oid from pg_class where relrowsecurity loop
      execute format('alter table %s disable row level security', each);
    end loop;
  end $$`

async function setUp(register: Register, doors: Doors): Promise<void> {
  const source = await readFile(join(projectFolder, 'programmes/ntnu-2023.yaml'), 'utf8')
  const read = readProgramme(source)
  if (!read.ok) throw new Error('programmes/ntnu-2023.yaml cannot be read')
  await register.act({ kind: 'system', id: 'bench' }, async act => {
    await publishProgramme(act, read.programme, source)
    await recordDoors(act, doors)
  })
}

/** Lays the ground: on the server of DATABASE_URL, else on a private one. The campus's clock stands at `at`. */
export async function openGround(asked: { doors: Doors; at: string }): Promise<Ground> {
  const given = process.env.DATABASE_URL
  const server = given ? await databaseOn(given) : await privateServer()
  try {
    return await layGround(server, asked)
  } catch (fault) {
    await server.close()
    throw fault
  }
}

async function layGround(server: Server, { doors, at }: { doors: Doors; at: string }): Promise<Ground> {
  const schema = await readFile(join(projectFolder, 'db/schema.sql'), 'utf8')
  await superuser(server.url, process.env.BENCH_WALL === 'down' ? [schema, wallDown] : [schema])
  const owner = openDatabase(server.url, 'owner', { connections: 2 })
  const app = openDatabase(server.url, 'app', { connections: 2 })
  const register = openRegister(app, campusClock, async () => {})
  const moveTo = (local: string) =>
    owner.transaction(trx =>
      moveCampusTo(trx, Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant()),
    )
  await moveTo(at)
  await setUp(register, doors)
  const { rows } = await owner.pool.query<{ version: string; keeps: string }>(
    `select current_setting('server_version') as version,
            current_setting('fsync') || '/' || current_setting('synchronous_commit') as keeps`,
  )
  return {
    url: server.url,
    owner,
    register,
    postgres: `PostgreSQL ${rows[0]!.version.split(' ')[0]}, fsync/synchronous_commit ${rows[0]!.keeps}`,
    moveTo,
    async close() {
      await Promise.all([owner.close(), app.close()])
      await server.close()
    },
  }
}
