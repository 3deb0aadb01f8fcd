import pg from 'pg'
import { repeat } from './repeat.ts'

/** Hears what is called out on the shared database. */
export interface Listening {
  stop(): Promise<void>
}

/**
 * Hears each call on a channel of the database: a hint that something is to be looked at now, sent when its
 * transaction commits. Nothing may rest on it, because a call is lost where the connection is; a lost connection is
 * made anew.
 */
export function listenFor(
  url: string,
  channel: 'gatehouse_doors',
  { heard, everyMs }: { heard: () => void; everyMs?: number },
): Listening {
  let client: pg.Client | null = null

  async function connect(): Promise<void> {
    if (client !== null) return
    const options = '-c role=gatehouse_doors'
    const next = new pg.Client({ connectionString: url, application_name: 'gatehouse listens', options })
    const gone = () => {
      client = null
    }
    next.on('error', gone)
    next.on('end', gone)
    next.on('notification', heard)
    await next.connect()
    client = next
    await next.query(`listen ${channel}`)
    // Whatever was called out while nobody listened.
    heard()
  }

  // A database that is away is told by everybody who needs it; here it is only tried again.
  const trying = repeat(connect, { everyMs: everyMs && Math.max(everyMs, 1_000), onFault: () => {} })
  return {
    async stop() {
      await trying.stop()
      await client?.end().catch(() => {})
    },
  }
}
