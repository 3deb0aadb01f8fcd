import { expect, it } from 'vitest'
import { makeServer } from './http.ts'
import { mostByAddress, mostBySession } from './limits.ts'

const desks = Array.from({ length: 20 }, (_, at) => `desk-${at}`)

async function campus() {
  const server = await makeServer({
    whoIs: async token => (desks.includes(token) ? { kind: 'desk', id: token } : null),
    demo: false,
    logLevel: 'silent',
  })
  server.get('/desk', { config: { policy: 'desk' } }, async () => ({ done: true }))
  server.get('/notice', { config: { policy: 'public' } }, async () => ({ done: true }))
  server.get(
    '/machine',
    { config: { policy: 'public', rateLimit: { max: 3, timeWindow: '1 minute' } } },
    async () => ({ done: true }),
  )
  return {
    ask: (url: string, session?: string) =>
      server.inject({ url, remoteAddress: '192.0.2.7', cookies: session === undefined ? {} : { session } }),
  }
}
type Campus = Awaited<ReturnType<typeof campus>>

/** How often each status was answered. */
async function statuses(times: number, ask: (at: number) => ReturnType<Campus['ask']>) {
  const counted: Record<number, number> = {}
  for (let at = 0; at < times; at++) {
    const { statusCode } = await ask(at)
    counted[statusCode] = (counted[statusCode] ?? 0) + 1
  }
  return counted
}

it('twenty desks behind one address are not in each other’s way', async () => {
  const { ask } = await campus()
  const all = await statuses(desks.length * 400, at => ask('/desk', desks[at % desks.length]))
  expect(all).toEqual({ 200: desks.length * 400 })
})

it('a session that hammers is refused alone, and told when it may come again', async () => {
  const { ask } = await campus()
  expect(await statuses(mostBySession + 50, () => ask('/desk', 'desk-0'))).toEqual({
    200: mostBySession,
    429: 50,
  })
  const refused = await ask('/desk', 'desk-0')
  expect(refused.headers['content-type']).toContain('application/problem+json')
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect((await ask('/desk', 'desk-1')).statusCode).toBe(200)
  expect((await ask('/notice')).statusCode).toBe(200)
})

it('whoever sends cookies that are no session is counted by address, wherever they knock', async () => {
  const { ask } = await campus()
  const third = mostByAddress / 3
  expect(await statuses(third, at => ask('/notice', `planted-${at}`))).toEqual({ 200: third })
  expect(await statuses(third, at => ask('/desk', `guessed-${at}`))).toEqual({ 401: third })
  expect(await statuses(third, at => ask(`/nowhere-${at}`))).toEqual({ 404: third })
  expect(await statuses(20, at => ask('/desk', `another-${at}`))).toEqual({ 429: 20 })
  expect((await ask('/notice')).statusCode).toBe(429)
  expect((await ask('/desk', 'desk-0')).statusCode).toBe(200)
})

it('what machines call has a count of its own, by address, which no campus uses up', async () => {
  const { ask } = await campus()
  await statuses(mostByAddress + 1, () => ask('/notice'))
  expect(await statuses(5, at => ask('/machine', desks[at]))).toEqual({ 200: 3, 429: 2 })
})
