import type { ClientBase, Pool } from 'pg'

/** What a database must be able to do: PostgreSQL 15, the oldest that Gatehouse's SQL is written for. */
const oldestVersion = 15

/** The settings without which "committed" does not mean "kept". */
const keepsCommits = ['fsync', 'full_page_writes', 'synchronous_commit'] as const

/**
 * Refuses to work with a database that could lose what it has confirmed (a card reported lost that opens doors again),
 * or one older than PostgreSQL 15. Throws one sentence that says what is wrong and what to do.
 * `mayLoseCommits` allows the first, and only the first; it is for the tests' own server.
 */
export async function refuseUnsafe(
  client: ClientBase | Pool,
  { mayLoseCommits = false }: { mayLoseCommits?: boolean } = {},
): Promise<void> {
  const { rows } = await client.query<Record<'version' | 'number' | (typeof keepsCommits)[number], string>>(
    `select current_setting('server_version') as version, current_setting('server_version_num') as number,
            current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes,
            current_setting('synchronous_commit') as synchronous_commit`,
  )
  const server = rows[0]
  if (server === undefined) throw new Error('The database did not say which PostgreSQL it is.')
  if (Number(server.number) < oldestVersion * 10_000) {
    throw new Error(
      `The database is PostgreSQL ${server.version}, and Gatehouse needs ${oldestVersion} or newer: ` +
        'upgrade it, or point DATABASE_URL to another.',
    )
  }
  const off = keepsCommits.filter(setting => server[setting] === 'off')
  if (off.length > 0 && !mayLoseCommits) {
    throw new Error(
      `The database may lose what it has confirmed, because ${off.join(', ')} ${off.length > 1 ? 'are' : 'is'} off: ` +
        'switch it on in postgresql.conf (or for this role or database) and start Gatehouse again.',
    )
  }
}
