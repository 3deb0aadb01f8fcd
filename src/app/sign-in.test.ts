import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { makeServer } from '../server/http.ts'
import { whoIs } from '../server/sessions.ts'
import { type SignIn, signInRoutes } from './sign-in.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus()
})
afterAll(() => campus.close())

const choose = (who: string, headers: Record<string, string> = {}) =>
  campus.gatehouse.server.inject({
    url: '/sign-in',
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams({ who }).toString(),
  })

/** The cookies that an answer leaves in a browser, as they come back with the next form at /sign-in. */
const kept = (answer: Awaited<ReturnType<typeof choose>>): string =>
  answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')

const tokenOf = (answer: Awaited<ReturnType<typeof choose>>): string =>
  answer.cookies.find(cookie => cookie.name === 'session')?.value ?? ''

describe('choosing whom to be', () => {
  it.each([
    { who: '41047001S', kind: 'student', leads: '/my-card' },
    { who: '01000001E', kind: 'student', leads: '/my-card' },
    { who: 'desk-csie', kind: 'desk', leads: '/staff' },
    { who: 'office', kind: 'office', leads: '/staff' },
    { who: 'access', kind: 'access', leads: '/staff' },
  ])('$who is $kind and is led to $leads', async ({ who, kind, leads }) => {
    const answer = await choose(who)
    expect([answer.statusCode, answer.headers.location]).toEqual([303, leads])
    expect(await whoIs(campus.gatehouse.database, tokenOf(answer))).toMatchObject({ kind })
  })

  it('the cookie is out of reach of scripts and of other sites’ forms', async () => {
    const [cookie] = (await choose('office')).cookies
    expect(cookie).toMatchObject({ name: 'session', path: '/', httpOnly: true, sameSite: 'Lax' })
  })

  it.each(['', 'nobody', '40000000S', "' or 1=1"])('nobody else: %s', async who => {
    const answer = await choose(who)
    expect(answer.statusCode).toBe(404)
    expect(tokenOf(answer)).toBe('')
  })

  it('a form of another site signs nobody in', async () => {
    const answer = await choose('office', { 'sec-fetch-site': 'cross-site' })
    expect(answer.statusCode).toBe(403)
  })

  it('the session before it ends: one browser, one person', async () => {
    const first = tokenOf(await choose('office'))
    await choose('41047001S', { cookie: `session=${first}` })
    expect(await whoIs(campus.gatehouse.database, first)).toBeNull()
  })
})

describe('what the phone kept', () => {
  const cleared = (answer: Awaited<ReturnType<typeof choose>>) => answer.headers['clear-site-data']

  it('stays where the same person signs in again, so that the phone is told on', async () => {
    const first = await choose('41047001S')
    expect(cleared(first)).toBe('"storage"')
    expect(cleared(await choose('41047001S', { cookie: kept(first) }))).toBeUndefined()
    // The session has ended meanwhile, as it does each night; who was here is still known.
    const here = kept(first)
      .split('; ')
      .filter(each => each.startsWith('here='))
    expect(cleared(await choose('41047001S', { cookie: here.join() }))).toBeUndefined()
  })

  it.each(['41047002S', 'office'])('is cleared where %s comes after somebody else', async who => {
    const first = await choose('41047001S')
    expect(cleared(await choose(who, { cookie: kept(first) }))).toBe('"storage"')
  })

  it('is told by a cookie that says no number and goes nowhere but to the way in', async () => {
    const here = (await choose('41047001S')).cookies.find(({ name }) => name === 'here')
    expect(here).toMatchObject({ path: '/sign-in', httpOnly: true, sameSite: 'Lax' })
    expect(here?.value).not.toContain('41047001')
    expect(here?.value).not.toContain(String(await campus.personId('41047001S')))
  })

  it('is cleared with signing out, and so is who was here', async () => {
    const first = await choose('41047001S')
    const answer = await campus.gatehouse.server.inject({
      url: '/sign-out',
      method: 'POST',
      headers: { cookie: kept(first) },
    })
    expect(cleared(answer)).toBe('"storage"')
    expect(answer.cookies).toContainEqual(
      expect.objectContaining({ name: 'here', value: '', path: '/sign-in' }),
    )
  })
})

describe('signing out', () => {
  it('ends the session, not only the cookie', async () => {
    const token = tokenOf(await choose('office'))
    const answer = await campus.gatehouse.server.inject({
      url: '/sign-out',
      method: 'POST',
      headers: { cookie: `session=${token}` },
    })
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/'])
    expect(await whoIs(campus.gatehouse.database, token)).toBeNull()
  })
})

describe('without the demo', () => {
  const serverWith = async (signIn: SignIn | null) => {
    const { database } = campus.gatehouse
    const server = await makeServer({ whoIs: async () => null, demo: false, logLevel: 'silent' })
    signInRoutes(server, { database, signIn })
    return server
  }

  it('there is no chooser', async () => {
    const server = await serverWith(null)
    expect((await server.inject('/sign-in')).statusCode).toBe(404)
    expect((await server.inject({ url: '/sign-in', method: 'POST' })).statusCode).toBe(404)
    await server.close()
  })

  it('another way to sign in takes its place: sent away, and known again on coming back', async () => {
    const personId = await campus.personId('41047001S')
    const server = await serverWith({
      arrival: { method: 'GET', url: '/sign-in/back' },
      begin: async (_, reply) => reply.redirect('https://provider.example/', 303),
      arrived: async request =>
        (request.query as { code?: string }).code === 'right' ? { somebody: { personId } } : null,
    })
    expect((await server.inject('/sign-in')).headers.location).toBe('https://provider.example/')
    expect((await server.inject('/sign-in/back?code=wrong')).statusCode).toBe(404)
    const back = await server.inject('/sign-in/back?code=right')
    expect([back.statusCode, back.headers.location]).toEqual([303, '/my-card'])
    expect(back.cookies[0]).toMatchObject({ name: 'session' })
    await server.close()
  })
})
