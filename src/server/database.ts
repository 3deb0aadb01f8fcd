import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { DB } from '../../db/types.ts'
import { toParameter, types } from './values.ts'

/** Which of the five database roles a pool's queries run as; db/schema.sql says what each may touch. */
export type Role = 'owner' | 'app' | 'doors' | 'chores' | 'reports'

/** What statements are asked of by name. */
export interface Statements {
  /** Runs one prepared statement by its name; the text belongs to the name for ever. */
  statement<Row>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>
}

/** A transaction's two ways of asking: Kysely for ordinary queries, a named statement for hot paths. */
export interface Transaction extends Statements {
  db: Kysely<DB>
}

export interface Database {
  /**
   * Runs work in one transaction: all of it is kept, or, when work throws, none. `opening` may read what work starts
   * from; it is sent together with the begin and so must change nothing.
   */
  transaction<T, Opened = undefined>(
    work: (trx: Transaction, opened: Opened) => Promise<T>,
    opening?: (trx: Transaction) => Promise<Opened>,
  ): Promise<T>
  /** Kysely outside of a transaction, for single reads. */
  db: Kysely<DB>
  pool: pg.Pool
  close(): Promise<void>
}

interface Queryable {
  query(config: unknown, values?: readonly unknown[]): Promise<unknown>
}

/** Kysely over one client that we hold already, or over the pool; parameters are translated on the way. */
function kyselyOver(
  connect: () => Promise<pg.PoolClient>,
  release: (client: pg.PoolClient) => void,
): Kysely<DB> {
  const pool = {
    connect: async () => {
      const client = await connect()
      return {
        query: (text: string, values: readonly unknown[]) => client.query(text, values.map(toParameter)),
        release: () => release(client),
      }
    },
    end: async () => {},
  }
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool: pool as never }) })
}

async function namedStatement<Row>(
  client: () => Queryable,
  name: string,
  text: string,
  values: readonly unknown[],
) {
  const result = (await client().query({ name, text, values: values.map(toParameter) })) as { rows: Row[] }
  return result.rows
}

/** A process that is paused in the middle of an act must not keep the timetable's lock, and every window, for ever. */
const longestPauseMs = 60_000

/** How a pool is made. */
interface PoolOptions {
  connections?: number
  /**
   * Commits do not wait for the disk: a crash may take the last ones back, always the newest first. Only for work that
   * nobody has been told of and that is begun again where it broke off.
   */
  lax?: boolean
}

/**
 * A pool whose every query runs as one of the five roles, in UTC. A lost connection is an error of the query
 * that used it, never of the process: pool and clients have their listeners (reliability.md 0.4).
 */
export function openDatabase(url: string, role: Role, options: PoolOptions = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    options: `-c role=gatehouse_${role} -c timezone=UTC -c idle_in_transaction_session_timeout=${longestPauseMs}${options.lax ? ' -c synchronous_commit=off' : ''}`,
    application_name: `gatehouse ${role}`,
    types,
    // Statements that do not wait for each other's rows (Promise.all) share a round trip; they run in the order asked.
    pipeline: true,
  })
  pool.on('error', () => {})
  pool.on('connect', client => {
    client.on('error', () => {})
  })
  return {
    pool,
    db: kyselyOver(
      () => pool.connect(),
      client => client.release(),
    ),
    async transaction(work, opening) {
      const client = await pool.connect()
      let broken: Error | undefined
      let over = false
      // Of two things done together one may fail while the other still goes on: what it asks then must not run by
      // itself, nor in the transaction of whoever has the connection next.
      const ours = (): pg.PoolClient => {
        if (over) throw new Error('This transaction is over.')
        return client
      }
      const trx: Transaction = {
        db: kyselyOver(
          async () => ours(),
          () => {},
        ),
        statement: (name, text, values) => namedStatement(ours, name, text, values),
      }
      try {
        const [, opened] = await Promise.all([client.query('begin'), opening?.(trx)])
        const result = await work(trx, opened as never)
        over = true
        const { command } = await client.query('commit')
        // PostgreSQL answers a commit after a failed statement, which somebody caught, by rolling back without an error.
        if (command !== 'COMMIT')
          throw new Error('A statement failed, so nothing of this transaction was kept.')
        return result
      } catch (error) {
        over = true
        await client.query('rollback').catch((failure: Error) => {
          broken = failure
        })
        throw error
      } finally {
        client.release(broken)
      }
    },
    close: () => pool.end(),
  }
}
