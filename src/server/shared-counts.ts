import { createHash } from 'node:crypto'
import { combine } from './combine.ts'
import type { Database } from './database.ts'

/*
 * How often each sender asked within the minute, of all processes together (docs/decisions/0065-limits-are-shared.md). A
 * process counts by itself and tells the database only of who asks much: in steps of a twentieth of what they may.
 */

/** The part of a limit that one process may count without telling the others. */
const steps = 20

/** Beyond so many senders within a minute the one who came first is forgotten, of whom little is known by then. */
const mostSenders = 100_000

/** How often a sender asked within this minute, as far as this process knows, and when the minute is over. */
export interface Counted {
  current: number
  /** Milliseconds until the minute is over. */
  ttl: number
}

/** Counts of requests that several processes share over one database. */
export interface SharedCounts {
  /** Counts a request of a sender, who may send `most` a minute. Waits for nobody. */
  count(sender: string, most: number): Counted
  /** Waits until everything that was told has been answered: for tests, and before a process ends. */
  settled(): Promise<void>
}

interface Told {
  hash: Buffer
  minute: number
  requests: number
}

interface Sender {
  /** By what it is told of: sha-256. */
  hash: Buffer
  /** All that is known of: by others as of the last answer, and our own. */
  current: number
  /** Our own of which nobody else has been told. */
  untold: number
}

const tellSql = `
  with told as (
    select sender, minute, sum(requests) as requests
    from unnest($1::bytea[], $2::bigint[], $3::integer[]) as t(sender, minute, requests)
    group by sender, minute order by sender
  ), kept as (
    insert into request_count as c (sender, minute, requests) select sender, minute, requests from told
    on conflict (minute, sender) do update set requests = c.requests + excluded.requests
    returning sender, minute, requests
  )
  select sender, minute, requests from kept`

const minuteSql = `
  select floor(extract(epoch from at) / 60)::bigint as minute,
    60000 - (extract(epoch from at) * 1000)::bigint % 60000 as left
  from (select raw_now() as at) now`

const keyOf = (hash: Buffer): string => hash.toString('base64')

/**
 * Opens the counts of this minute, which other processes and the one before this may have begun. A database that does not
 * answer leaves each process with its own count; it is told on, never waited for.
 */
export async function openSharedCounts({
  database,
  monotonicMs,
  log,
}: {
  database: Database
  monotonicMs: () => number
  log: (line: string) => void
}): Promise<SharedCounts> {
  const { rows } = await database.pool.query<{ minute: number; left: number }>(minuteSql)
  let { minute } = rows[0]!
  let endsAt = monotonicMs() + rows[0]!.left
  let senders = new Map<string, Sender>()
  const underWay = new Set<Promise<void>>()

  const begun = await database.pool.query<{ sender: Buffer; requests: number }>(
    'select sender, requests from request_count where minute = $1 order by requests desc limit $2',
    [minute, mostSenders],
  )
  /** Those of whom others told before this process began, by their hash: it has not met them yet. */
  let before = new Map(begun.rows.map(({ sender, requests }) => [keyOf(sender), requests]))

  const tell = combine<Told, number>(async told => {
    const answered = await database.pool.query<{ sender: Buffer; minute: number; requests: number }>({
      name: 'tell_requests',
      text: tellSql,
      values: [told.map(each => each.hash), told.map(each => each.minute), told.map(each => each.requests)],
    })
    const totals = new Map(answered.rows.map(each => [`${each.minute} ${keyOf(each.sender)}`, each.requests]))
    return told.map(each => totals.get(`${each.minute} ${keyOf(each.hash)}`)!)
  })

  /** Nobody waits for it; that it failed is told. */
  function follow(what: Promise<unknown>): void {
    const following = tellOfFault(what).finally(() => underWay.delete(following))
    underWay.add(following)
  }
  async function tellOfFault(what: Promise<unknown>): Promise<void> {
    try {
      await what
    } catch (error) {
      log(`counts of requests: ${String(error)}`)
    }
  }

  /** A new minute, by our own clock; the database's minutes are the same, to within what it took to ask. */
  function turnOver(now: number): void {
    const passed = Math.floor((now - endsAt) / 60_000) + 1
    minute += passed
    endsAt += passed * 60_000
    senders = new Map()
    before = new Map()
    follow(database.pool.query('delete from request_count where minute < $1', [minute - 1]))
  }

  function meet(name: string): Sender {
    if (senders.size >= mostSenders) senders.delete(senders.keys().next().value!)
    const hash = createHash('sha256').update(name).digest()
    const sender = { hash, current: (before.size > 0 && before.get(keyOf(hash))) || 0, untold: 0 }
    senders.set(name, sender)
    return sender
  }

  function tellOf(sender: Sender): void {
    const requests = sender.untold
    sender.untold = 0
    follow(hear(sender, requests))
  }
  async function hear(sender: Sender, requests: number): Promise<void> {
    const total = await tell({ hash: sender.hash, minute, requests })
    // More of ours may have been counted since, and not be told of yet.
    sender.current = Math.max(sender.current, total + sender.untold)
  }

  return {
    count(sender, most) {
      const now = monotonicMs()
      if (now >= endsAt) turnOver(now)
      const known = senders.get(sender) ?? meet(sender)
      known.current += 1
      known.untold += 1
      // Who is refused already is counted on, but of them nobody needs to hear.
      if (known.untold >= Math.ceil(most / steps) && known.current - known.untold <= most) tellOf(known)
      return { current: known.current, ttl: endsAt - now }
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}
