import { expect, it } from 'vitest'
import { makeServer, type Policy } from './http.ts'

const server = (options: { demo?: boolean } = {}) =>
  makeServer({
    whoIs: async token => (token === 'clerk' ? { kind: 'desk', id: 'desk-a' } : null),
    demo: options.demo ?? false,
    logLevel: 'silent',
  })

async function withRoute(policy: Policy) {
  const made = await server()
  made.get('/there', { config: { policy } }, async () => ({ done: true }))
  made.post('/there', { config: { policy } }, async () => ({ done: true }))
  return made
}

it('a route that declares no policy stops the start', async () => {
  const made = await server()
  expect(() => made.get('/open', async () => 'anybody')).toThrow('GET /open declares no policy')
})

it('a route of the demo stops the start where there is no demo', async () => {
  const route = { config: { policy: 'demo' } } as const
  const real = await server()
  expect(() => real.get('/clock', route, async () => 'moved')).toThrow('this is no demo')
  const demo = await server({ demo: true })
  demo.get('/clock', route, async () => 'moved')
  expect((await demo.inject('/clock')).statusCode).toBe(200)
})

it.each([
  ['nobody', 'GET', undefined, 'desk', 401],
  ['nobody', 'HEAD', undefined, 'desk', 401],
  ['an unknown session', 'GET', 'planted', 'desk', 401],
  ['somebody of another kind', 'GET', 'clerk', 'office', 404],
  ['somebody of another kind', 'HEAD', 'clerk', 'office', 404],
  ['who may', 'GET', 'clerk', 'desk', 200],
  ['who is one of those who may', 'GET', 'clerk', ['office', 'desk'] as const, 200],
  ['nobody, where all may', 'GET', undefined, 'public', 200],
] as const)(
  '%s with %s and the session %s at a route for %s: %i',
  async (_, method, session, policy, status) => {
    const made = await withRoute(policy)
    const reply = await made.inject({ method, url: '/there', cookies: session ? { session } : {} })
    expect(reply.statusCode).toBe(status)
  },
)

it.each([
  ['a page of this site', { 'sec-fetch-site': 'same-origin' }, 200],
  ['an address typed in', { 'sec-fetch-site': 'none' }, 200],
  ['a program', {}, 200],
  ['an old browser on this site', { origin: 'http://localhost:3000', host: 'localhost:3000' }, 200],
  ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
  ['a neighbour under the same name', { 'sec-fetch-site': 'same-site' }, 403],
  ['an old browser on another site', { origin: 'https://elsewhere.example' }, 403],
  ['a page without an origin', { origin: 'null' }, 403],
])('a change asked for by %s with %j: %i', async (_, headers, status) => {
  const made = await withRoute('public')
  const reply = await made.inject({
    method: 'POST',
    url: '/there',
    headers: headers as Record<string, string>,
  })
  expect(reply.statusCode).toBe(status)
})

it.each(['/nowhere', '/%E0%A4%A'])(
  '%s is answered as a problem that repeats nothing of the address',
  async url => {
    const reply = await (await server()).inject({ url, headers: { 'accept-language': 'en' } })
    expect(reply.headers['content-type']).toContain('application/problem+json')
    expect(reply.body).not.toContain(url)
  },
)
