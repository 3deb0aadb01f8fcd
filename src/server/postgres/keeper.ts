import { readFile, realpath } from 'node:fs/promises'
import { Client, DatabaseError } from 'pg'
import { superuser } from './cluster.ts'
import type { Place } from './place.ts'

/** "gatehouse" as a number: the advisory lock, in the database `postgres`, that every app using this server shares. */
const inUse = 0x6761_7465

/**
 * An app's own connection to its embedded PostgreSQL. It says that the server is in use, so that of several apps only
 * the last one to leave stops it, and it notices at once when the server is gone.
 */
export interface Keeper {
  /** True when this was the last app to use the server, which from then on lets no other one in. */
  leave(): Promise<boolean>
  end(): Promise<void>
}

/** Why a server could not be used: `passing` (it is starting or stopping: ask again) or `not ours`. */
export type Unusable = 'passing' | 'not ours'

/** The address of the database for the app. */
export async function addressOf(place: Place, port: number, database: string = superuser): Promise<string> {
  const password = await readFile(place.passwordFile, 'utf8')
  return `postgres://${superuser}:${encodeURIComponent(password.trim())}@127.0.0.1:${port}/${database}`
}

/**
 * Connects to a server on this port, makes sure that it is the one that runs on this place's data, and announces us.
 * `onLost` is called once, if the connection ends without having been asked to.
 */
export async function keep(place: Place, port: number, onLost: () => void): Promise<Keeper | Unusable> {
  const client = new Client({
    connectionString: await addressOf(place, port, 'postgres'),
    application_name: 'gatehouse keeper',
    connectionTimeoutMillis: 10_000,
    ssl: false,
  })
  let over = true
  const lost = () => {
    if (over) return
    over = true
    onLost()
  }
  client.on('error', lost)
  client.on('end', lost)
  try {
    await client.connect()
    const { rows } = await client.query<{ data: string }>(`select current_setting('data_directory') as data`)
    if ((await realpath(rows[0]?.data ?? '')) !== (await realpath(place.data)))
      throw new Error('another server')
    await client.query('select pg_advisory_lock_shared($1)', [inUse])
    await makeDatabase(client)
  } catch (fault) {
    await client.end().catch(() => undefined)
    return passing(fault) ? 'passing' : 'not ours'
  }
  over = false
  // Holding on to the server must not hold on to the process; pg can do this and its types do not say so.
  const hold = client as Client & Record<'ref' | 'unref', () => void>
  hold.unref()
  const end = async () => {
    over = true
    hold.ref()
    await client.end().catch(() => undefined)
  }
  const leave = async () => {
    over = true
    hold.ref()
    await client.query('select pg_advisory_unlock_shared($1)', [inUse])
    const { rows } = await client.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [inUse])
    return rows[0]?.last === true
  }
  return { leave, end }
}

async function makeDatabase(client: Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [superuser])
  if (rowCount === 1) return
  await client.query(`create database ${superuser}`).catch(fault => {
    // Another app that started at the same moment was first: duplicate_database, unique_violation.
    if (!(fault instanceof DatabaseError && ['42P04', '23505'].includes(fault.code ?? ''))) throw fault
  })
}

/** Starting up, shutting down, or gone between two words: admin_shutdown, cannot_connect_now, a cut connection. */
function passing(fault: unknown): boolean {
  if (fault instanceof DatabaseError) return ['57P01', '57P02', '57P03'].includes(fault.code ?? '')
  const { code, message } = fault as NodeJS.ErrnoException
  return ['ECONNRESET', 'EPIPE'].includes(code ?? '') || /terminated/.test(message)
}
