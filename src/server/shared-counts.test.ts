import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { freshDatabase } from '../../test/database.ts'
import { type Database, openDatabase } from './database.ts'
import { makeServer, type Server } from './http.ts'
import { mostByAddress, mostBySession } from './limits.ts'
import { openSharedCounts, type SharedCounts } from './shared-counts.ts'

/** What one process may count of a limit before it tells the others. */
const step = mostBySession / 20

let fresh: Awaited<ReturnType<typeof freshDatabase>>
let database: Database
let now = 0
beforeAll(async () => {
  fresh = await freshDatabase()
  database = openDatabase(fresh.url, 'app', { connections: 4 })
})
// Processes count by the minute in which they began, by the database's clock: none ends within a test.
beforeEach(async () => {
  const { rows } = await database.pool.query<{ second: number }>(
    'select extract(second from raw_now())::float8 as second',
  )
  const { second } = rows[0]!
  if (second > 45) await wait((60.1 - second) * 1_000)
}, 30_000)
afterEach(async () => {
  await database.pool.query('delete from request_count')
})
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

interface Process {
  server: Server
  counts: SharedCounts
  /** Sends so many requests; how often each status was answered. */
  ask(times: number, url: string, session?: string): Promise<Record<number, number>>
}

/** A process of Gatehouse, as far as it counts; the clock stands still unless a test moves it, so that no minute ends meanwhile. */
async function process(shared = true): Promise<Process> {
  const counts = await openSharedCounts({ database, monotonicMs: () => now, log: () => {} })
  const server = await makeServer({
    whoIs: async token => ({ kind: 'student', id: token, personId: 1 }),
    demo: false,
    logLevel: 'silent',
    ...(shared && { counts }),
  })
  server.get('/card', { config: { policy: 'student' } }, async () => ({ done: true }))
  server.get('/notice', { config: { policy: 'public' } }, async () => ({ done: true }))
  server.post(
    '/machine',
    { config: { policy: 'public', rateLimit: { max: 40, timeWindow: '1 minute' } } },
    async () => ({ done: true }),
  )
  return {
    server,
    counts,
    async ask(times, url, session) {
      const counted: Record<number, number> = {}
      for (let at = 0; at < times; at++) {
        const method: 'GET' | 'POST' = url === '/machine' ? 'POST' : 'GET'
        const { statusCode } = await server.inject({
          method,
          url,
          remoteAddress: '192.0.2.7',
          ...(session !== undefined && { cookies: { session } }),
        })
        counted[statusCode] = (counted[statusCode] ?? 0) + 1
      }
      await counts.settled()
      return counted
    },
  }
}

it('two processes refuse together, to within the step that each may count alone', async () => {
  const [one, other] = [await process(), await process()]
  let done = 0
  for (let round = 0; round < 30; round++)
    for (const each of [one, other]) done += (await each.ask(50, '/card', 'greedy'))[200] ?? 0
  expect(done).toBeGreaterThanOrEqual(mostBySession)
  expect(done).toBeLessThanOrEqual(mostBySession + 2 * step)
  expect(await one.ask(5, '/card', 'greedy')).toEqual({ 429: 5 })
  expect(await other.ask(5, '/card', 'greedy')).toEqual({ 429: 5 })
  // Others are not in its way.
  expect(await other.ask(5, '/card', 'modest')).toEqual({ 200: 5 })
})

it('control: two that do not share let twice as many through', async () => {
  const [one, other] = [await process(false), await process(false)]
  const done = [await one.ask(1_500, '/card', 'greedy'), await other.ask(1_500, '/card', 'greedy')]
  expect(done).toEqual([
    { 200: mostBySession, 429: 300 },
    { 200: mostBySession, 429: 300 },
  ])
})

it('who was refused is refused by a process that starts anew, and told when to come again', async () => {
  const before = await process()
  await before.ask(mostBySession + 10, '/card', 'greedy')
  await before.server.close()
  const after = await process()
  expect(await after.ask(3, '/card', 'greedy')).toEqual({ 429: 3 })
  const refused = await after.server.inject({ url: '/card', cookies: { session: 'greedy' } })
  const seconds = Number(refused.headers['retry-after'])
  expect(seconds).toBeGreaterThan(0)
  expect(seconds).toBeLessThanOrEqual(60)
})

it('addresses and machines’ routes are shared as well, each apart from the others', async () => {
  const [one, other] = [await process(), await process()]
  await one.ask(mostByAddress, '/notice')
  await other.ask(300, '/notice')
  expect(await other.ask(5, '/notice')).toEqual({ 429: 5 })
  await one.ask(40, '/machine')
  await other.ask(2, '/machine')
  expect(await other.ask(5, '/machine')).toEqual({ 429: 5 })
})

it('who asks little is no row: an ordinary morning costs the database nothing', async () => {
  const one = await process()
  for (let student = 0; student < 50; student++) await one.ask(20, '/card', `student-${student}`)
  expect((await database.pool.query('select from request_count')).rowCount).toBe(0)
  // And those who are one keep neither their session nor their address in it.
  await one.ask(100, '/card', 'greedy')
  const { rows } = await database.pool.query<{ sender: Buffer }>('select sender from request_count')
  expect(rows.map(({ sender }) => [sender.length, sender.includes('greedy')])).toEqual([[32, false]])
})

it('a minute later everybody may come again, and what was is deleted', async () => {
  const one = await process()
  await one.ask(mostBySession + 1, '/card', 'greedy')
  now += 60_000
  expect(await one.ask(1, '/card', 'greedy')).toEqual({ 200: 1 })
  now += 60_000
  await one.ask(1, '/card', 'greedy')
  expect((await database.pool.query('select from request_count')).rowCount).toBe(0)
})

it('a database that does not answer leaves each process with its own count', async () => {
  const gone = openDatabase(fresh.url, 'app', { connections: 1 })
  const said: string[] = []
  const counts = await openSharedCounts({
    database: gone,
    monotonicMs: () => now,
    log: line => said.push(line),
  })
  await gone.close()
  let refused = 0
  for (let at = 0; at < 30; at++) if (counts.count('somebody', 20).current > 20) refused += 1
  await counts.settled()
  expect(refused).toBe(10)
  expect(said[0]).toContain('counts of requests')
})
