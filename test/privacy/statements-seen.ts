import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'

/** What a database's administrators see of its statements, while it is worked with. */
export interface StatementsSeen {
  /** Each text once. */
  texts: ReadonlySet<string>
  stop(): Promise<void>
}

const sql = `
  select distinct query from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`

/** Some ten minutes of looking. */
const mostLooks = 100_000

/** Looks again and again at the statements that PostgreSQL shows of a database: those under way, and the last of each connection. */
export async function watchStatements(url: string): Promise<StatementsSeen> {
  const client = new pg.Client(url)
  await client.connect()
  const texts = new Set<string>()
  const over = new AbortController()
  const looking = (async () => {
    for (let look = 0; look < mostLooks && !over.signal.aborted; look += 1) {
      const { rows } = await client.query<{ query: string }>(sql)
      for (const { query } of rows) texts.add(query)
      await wait(5)
    }
  })()
  return {
    texts,
    async stop() {
      over.abort()
      await looking
      await client.end()
    },
  }
}
