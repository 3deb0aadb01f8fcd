import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInRoutes } from '../../src/app/sign-in.ts'
import { idleFrom, proxiesFrom } from '../../src/app/web-config.ts'
import { idleHeader } from '../../src/lib/idle.ts'
import { makeServer, type Server } from '../../src/server/http.ts'
import { beginSession, endSession, whoIs } from '../../src/server/sessions.ts'
import { openCampus, type TestCampus } from '../campus.ts'
import { people } from '../people.ts'
import { employ } from '../staff.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus()
}, 60_000)
afterAll(() => campus.close())

const tokenIn = (cookie: string): string => cookie.replace(/^session=/u, '')
/** As if nothing had been done in any session for so long. */
const passed = (minutes: number) =>
  campus.owner.pool.query(`update session set seen_at = seen_at - make_interval(mins => $1)`, [minutes])
const status = async (cookie: string, url: string, headers: Record<string, string> = {}) =>
  (await campus.gatehouse.server.inject({ url, headers: { cookie, ...headers } })).statusCode

describe('a session', () => {
  it('that somebody planted is nobody’s, and another one begins at signing in', async () => {
    for (const planted of ['planted', 'a'.repeat(43), ''])
      expect(await status(`session=${planted}`, '/api/v1/me/card')).toBe(401)
    const answer = await campus.gatehouse.server.inject({
      method: 'POST',
      url: '/sign-in',
      headers: { cookie: 'session=planted', 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ who: people.aEarly.number }).toString(),
    })
    const [cookie] = answer.cookies
    expect([answer.statusCode, cookie?.name]).toEqual([303, 'session'])
    expect(cookie?.value).toMatch(/^[\w-]{43}$/u)
    expect(cookie?.value).not.toBe('planted')
    expect(await status('session=planted', '/api/v1/me/card')).toBe(401)
  })

  it('ends after twelve hours, whatever is done in it', async () => {
    const cookie = await campus.signIn('office')
    await campus.owner.pool.query(`update session set ends_at = ends_at - interval '11 hours 59 minutes'`)
    expect(await status(cookie, '/api/v1/overview')).toBe(200)
    await campus.owner.pool.query(`update session set ends_at = ends_at - interval '1 minute'`)
    expect(await status(cookie, '/api/v1/overview')).toBe(401)
  })

  it.each([
    ['desk-csie', '/api/v1/shift', 9, 200],
    ['desk-csie', '/api/v1/shift', 10, 401],
    ['office', '/api/v1/overview', 29, 200],
    ['office', '/api/v1/overview', 30, 401],
    [people.aEarly.number, '/api/v1/me/card', 700, 200],
  ])(
    'of %s in which nothing was done for a while: %s after %i minutes is %i',
    async (who, url, minutes, expected) => {
      const cookie = await campus.signIn(who)
      const before = await status(cookie, url)
      expect(before).toBe(200)
      await passed(minutes)
      expect(await status(cookie, url)).toBe(expected)
    },
  )

  it('goes on while somebody does something, and not because a page asks by itself', async () => {
    const cookie = await campus.signIn('desk-csie')
    for (let at = 0; at < 3; at++) {
      await passed(6)
      expect(await status(cookie, '/api/v1/shift')).toBe(200)
    }
    await passed(6)
    expect(await status(cookie, '/api/v1/shift', { [idleHeader]: '1' })).toBe(200)
    await passed(6)
    expect(await status(cookie, '/api/v1/shift')).toBe(401)
  })

  it('of a tablet that lies at a desk is never idle', async () => {
    const cookie = await campus.signIn('desk-math')
    await campus.gatehouse.server.inject({
      method: 'POST',
      url: '/api/v1/desk/tablet',
      payload: {},
      headers: { cookie },
    })
    await passed(600)
    const still = await whoIs(campus.gatehouse.database, tokenIn(cookie), { idle: { desk: 10 } })
    expect(still).toMatchObject({ kind: 'tablet' })
  })
})

describe('an answer that is still being sent', () => {
  let server: Server
  let origin: string
  const idle = {}
  beforeAll(async () => {
    const { database } = campus.gatehouse
    server = await makeServer({
      whoIs: (token, active) => whoIs(database, token, { idle, active }),
      demo: false,
      logLevel: 'silent',
    })
    // A list without an end, as a long one is to whoever reads it slowly.
    server.get('/list', { config: { policy: 'office' } }, (_, reply) =>
      reply.send(
        Readable.from(
          (async function* () {
            for (let row = 0; row < 600; row++) {
              yield Buffer.from(`row ${row}\n`)
              await wait(50)
            }
          })(),
          { objectMode: false },
        ),
      ),
    )
    origin = await server.listen({ host: '127.0.0.1', port: 0 })
  })
  afterAll(() => server.close())

  /** Milliseconds until the answer broke off after something was done; null where it went on for longer than that. */
  async function brokenOffAfter(
    token: string,
    done: () => Promise<unknown>,
    mostMs = 5_000,
  ): Promise<number | null> {
    const giveUp = new AbortController()
    const answer = await fetch(`${origin}/list`, {
      headers: { cookie: `session=${token}` },
      signal: giveUp.signal,
    })
    expect(answer.status).toBe(200)
    const reader = answer.body!.getReader()
    await reader.read()
    await done()
    const from = performance.now()
    const over = (async () => {
      for (;;) if ((await reader.read()).done) return null
    })().catch(() => performance.now() - from)
    const first = await Promise.race([over, wait(mostMs, null)])
    giveUp.abort()
    await over
    return first
  }
  const begin = async (staffId: string) => (await beginSession(campus.gatehouse.database, { staffId }))!

  it('ends within five seconds of signing out', async () => {
    const token = await begin('office')
    expect(await brokenOffAfter(token, () => endSession(campus.gatehouse.database, token))).not.toBeNull()
  })

  it('and of the account’s end, and of a role that is taken away', async () => {
    const { db } = campus.owner
    await employ(db, { id: 'leaves', role: 'office' }, { id: 'loses-it', role: 'office' })
    const leaves = await begin('leaves')
    const ended = brokenOffAfter(leaves, () =>
      db
        .updateTable('staff')
        .set({ ended_at: campus.owner.db.fn<Temporal.Instant>('raw_now') })
        .where('id', '=', 'leaves')
        .execute(),
    )
    const loses = await begin('loses-it')
    const taken = brokenOffAfter(loses, () =>
      db.deleteFrom('staff_role').where('staff_id', '=', 'loses-it').execute(),
    )
    expect(await ended).not.toBeNull()
    expect(await taken).not.toBeNull()
    for (const token of [leaves, loses]) expect(await whoIs(campus.gatehouse.database, token)).toBeNull()
  })

  it('control: a session that goes on gets its list', async () => {
    expect(await brokenOffAfter(await begin('office'), async () => {})).toBeNull()
  })
})

describe('behind TLS and a proxy', () => {
  const served = async (options: { overTls?: boolean; proxies?: string[] }) => {
    const { database } = campus.gatehouse
    const server = await makeServer({
      whoIs: (token, active) => whoIs(database, token, { active }),
      demo: false,
      logLevel: 'silent',
      ...options,
    })
    const personId = await campus.personId(people.aEarly.number)
    signInRoutes(server, {
      database,
      signIn: {
        arrival: { method: 'POST', url: '/arrived' },
        begin: async (_, reply) => reply.redirect('/'),
        arrived: async () => ({ somebody: { personId } }),
      },
    })
    server.get('/who', { config: { policy: 'public' } }, (request, reply) =>
      reply.send({ ip: request.ip, kind: request.actor.kind }),
    )
    return server
  }

  it('the cookie is this host’s own and travels over TLS alone', async () => {
    const server = await served({ overTls: true })
    const [cookie] = (await server.inject({ method: 'POST', url: '/arrived' })).cookies
    expect(cookie).toMatchObject({
      name: '__Host-session',
      secure: true,
      httpOnly: true,
      path: '/',
      sameSite: 'Lax',
    })
    expect(cookie).not.toHaveProperty('domain')
    const who = async (name: string) =>
      (await server.inject({ url: '/who', cookies: { [name]: cookie!.value } })).json<{ kind: string }>().kind
    expect([await who('__Host-session'), await who('session')]).toEqual(['student', 'public'])
  })

  it.each([
    [[], '203.0.113.9', '127.0.0.1'],
    [['10.0.0.1'], '203.0.113.9', '127.0.0.1'],
    [['127.0.0.1'], '203.0.113.9', '203.0.113.9'],
    [['127.0.0.0/8'], '198.51.100.1, 203.0.113.9', '203.0.113.9'],
  ])('with the proxies %j, forwarded for %s is %s', async (proxies, forwarded, ip) => {
    const server = await served({ proxies })
    const reply = await server.inject({ url: '/who', headers: { 'x-forwarded-for': forwarded } })
    expect(reply.json()).toMatchObject({ ip })
  })

  it('what makes no sense is told in one sentence', () => {
    for (const wrong of ['proxy.example', '10.0.0.1/33', '10.0.0.0/0', '10.0.0.1/8/8', '999.1.1.1'])
      expect(() => proxiesFrom(wrong)).toThrow(`GATEHOUSE_PROXY has "${wrong}"`)
    expect(proxiesFrom('10.1.2.3, fd00::/8')).toEqual(['10.1.2.3', 'fd00::/8'])
    for (const wrong of ['desk', 'clerk=3', 'desk=-1', 'desk=1000', 'desk=9999'])
      expect(() => idleFrom(wrong)).toThrow(`GATEHOUSE_IDLE_MINUTES has "${wrong}"`)
    expect(idleFrom('desk=15, auditor = 0')).toMatchObject({ desk: 15, auditor: 0, office: 30 })
  })
})
