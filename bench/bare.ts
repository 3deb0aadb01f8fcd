import pg from 'pg'
import { types } from '../src/server/values.ts'
import type { Traced } from './trace.ts'

/** How fast a process with nothing but the driver says the same statements. */
export interface Bare {
  rate: number
  /** Processor time of Node.js for one round of the statements. */
  nodeUs: number
}

/**
 * The traced statements through the driver alone, as it does them best: prepared, all of a request handed over at
 * once. No HTTP, no rules, and nobody waits for a row before the next statement: a floor for any server that says them.
 */
export async function bare(
  url: string,
  statements: readonly Traced[],
  { clients, count }: { clients: number; count: number },
): Promise<Bare> {
  const options = '-c role=gatehouse_app -c timezone=UTC'
  const pool = new pg.Pool({ connectionString: url, max: clients, options, types, pipeline: true })
  const queries = statements.map(({ text, values }, at) =>
    text === 'begin' || text === 'commit' ? { text } : { name: `bare_${at}`, text, values },
  )
  const request = async () => {
    const client = await pool.connect()
    await Promise.all(queries.map(query => client.query(query)))
    client.release()
  }
  const share = async (each: number) => {
    for (let done = 0; done < each; done++) await request()
  }
  const all = (each: number) => Promise.all(Array.from({ length: clients }, () => share(each)))
  try {
    await all(20)
    const before = process.cpuUsage()
    const began = performance.now()
    const each = Math.ceil(count / clients)
    await all(each)
    const took = performance.now() - began
    const { user, system } = process.cpuUsage(before)
    return { rate: (each * clients * 1000) / took, nodeUs: (user + system) / (each * clients) }
  } finally {
    await pool.end()
  }
}
