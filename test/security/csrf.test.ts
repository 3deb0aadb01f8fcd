import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tokenField, tokenHeader } from '../../src/lib/form-token.ts'
import { formTokenOf } from '../../src/server/form-token.ts'
import type { DeclaredRoute } from '../../src/server/http.ts'
import { openCampus, type TestCampus } from '../campus.ts'
import { addressOf, type Cookies, cookiesFor, everybody, fingerprint } from './asking.ts'

/*
 * Every route of the running server that may change something, asked for in somebody's name by a page that is not ours:
 * each is refused, whoever is signed in, and nothing has changed.
 */
let campus: TestCampus
let cookies: Cookies
let unsafe: DeclaredRoute[]
beforeAll(async () => {
  campus = await openCampus()
  cookies = await everybody(campus)
  unsafe = campus.gatehouse.server.declared.filter(
    ({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method),
  )
}, 60_000)
afterAll(() => campus.close())

const host = 'cards.example'
const own = `https://${host}`
const tokenOf = (cookie: string): string => formTokenOf(cookie.replace(/^session=/u, ''))
const form = (fields: Record<string, string>) => new URLSearchParams({ who: 'office', ...fields }).toString()
const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' }
const multipart = { 'content-type': 'multipart/form-data; boundary=edge' }
const parts = (...fields: [string, string][]) =>
  `${fields.map(([name, value]) => `--edge\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--edge\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\na,b\r\n--edge--\r\n`

interface Sent {
  headers: Record<string, string | undefined>
  payload?: string
}
type Attack = (cookie: string) => Sent
const json = { 'content-type': 'application/json' }
const told = (cookie: string) => ({ ...json, [tokenHeader]: tokenOf(cookie) })

/** Another session of the same campus, whose token somebody who is a member of it knows. */
let others: string
beforeAll(async () => {
  others = await campus.signIn('office-2')
})

const attacks: Record<string, Attack> = {
  'another site, which knows the token': cookie => ({
    headers: { ...told(cookie), origin: 'https://elsewhere.example' },
    payload: '{}',
  }),
  'a neighbour under the same name': cookie => ({
    headers: { ...told(cookie), origin: own, 'sec-fetch-site': 'same-site' },
    payload: '{}',
  }),
  'another site that says our origin': cookie => ({
    headers: { ...told(cookie), origin: own, 'sec-fetch-site': 'cross-site' },
    payload: '{}',
  }),
  'our host at another port': cookie => ({
    headers: { ...told(cookie), origin: `${own}:8443` },
    payload: '{}',
  }),
  'a page without an origin': cookie => ({ headers: { ...told(cookie), origin: 'null' }, payload: '{}' }),
  'an empty origin': cookie => ({ headers: { ...told(cookie), origin: '' }, payload: '{}' }),
  'who says nothing of where they stand': cookie => ({
    headers: { ...told(cookie), origin: undefined },
    payload: '{}',
  }),
  'our page without a token': () => ({ headers: { ...json, origin: own }, payload: '{}' }),
  'our page without a token and a body': () => ({ headers: { origin: own } }),
  'our page with an empty token': () => ({
    headers: { ...json, origin: own, [tokenHeader]: '' },
    payload: '{}',
  }),
  'our page with another session’s token': () => ({
    headers: { ...told(others), origin: own },
    payload: '{}',
  }),
  'our page with the session itself as its token': cookie => ({
    headers: { ...json, origin: own, [tokenHeader]: cookie.replace(/^session=/u, '') },
    payload: '{}',
  }),
  'a token in JSON, where a form has it': cookie => ({
    headers: { ...json, origin: own },
    payload: JSON.stringify({ [tokenField]: tokenOf(cookie) }),
  }),
  'plain text that looks like JSON': cookie => ({
    headers: { 'content-type': 'text/plain', origin: own },
    payload: JSON.stringify({ [tokenField]: tokenOf(cookie) }),
  }),
  'a form without a token': () => ({ headers: { ...urlencoded, origin: own }, payload: form({}) }),
  'a form with another session’s token': () => ({
    headers: { ...urlencoded, origin: own },
    payload: form({ [tokenField]: tokenOf(others) }),
  }),
  'a form with a token that has one letter more': cookie => ({
    headers: { ...urlencoded, origin: own },
    payload: form({ [tokenField]: `${tokenOf(cookie)}a` }),
  }),
  'a form with a file and no token': () => ({ headers: { ...multipart, origin: own }, payload: parts() }),
  'a form with a file and another session’s token': () => ({
    headers: { ...multipart, origin: own },
    payload: parts([tokenField, tokenOf(others)]),
  }),
}

/** What was taken from whoever may call a route: by route, the statuses of what was not refused for where it came from. */
async function notRefused(attack: Attack): Promise<string[]> {
  const through: string[] = []
  for (const route of unsafe)
    for (const cookie of cookiesFor(route.policy, cookies)) {
      const { headers, payload } = attack(cookie)
      const reply = await campus.gatehouse.server.inject({
        method: route.method as 'POST',
        url: addressOf(route),
        headers: { host, 'sec-fetch-mode': 'cors', cookie, ...headers },
        ...(payload === undefined ? {} : { payload }),
      })
      const isRefused =
        reply.statusCode === 403 && /"refusal":"(from-elsewhere|other-page)"/u.test(reply.body)
      // A file at a route that takes none, and the other way round, is not read at all.
      if (!isRefused && reply.statusCode !== 415)
        through.push(`${route.method} ${route.url}: ${reply.statusCode}`)
    }
  return through
}

describe('a change in somebody’s name', () => {
  let before: Map<string, string>
  beforeAll(async () => {
    before = await fingerprint(campus.owner, [])
  })
  const changed = async (...without: string[]) =>
    [...(await fingerprint(campus.owner, without))].flatMap(([name, content]) =>
      before.get(name) === content ? [] : [name],
    )

  it('is swept over every route there is', () => {
    expect(unsafe.length).toBeGreaterThan(100)
    const reached = unsafe.filter(({ policy }) => cookiesFor(policy, cookies).length > 0)
    expect(unsafe.length - reached.length).toBe(0)
  })

  it.each(Object.entries(attacks))('is refused to %s', { timeout: 120_000 }, async (_, attack) => {
    expect(await notRefused(attack)).toEqual([])
  })

  it('and nothing has changed', async () => {
    expect(await changed()).toEqual([])
  })

  it('is not had by a GET that says it is another method', { timeout: 120_000 }, async () => {
    for (const route of unsafe)
      for (const cookie of cookiesFor(route.policy, cookies)) {
        const url = `${addressOf(route)}?_method=${route.method}`
        for (const header of ['x-http-method-override', 'x-http-method', 'x-method-override'])
          await campus.gatehouse.server.inject({ url, headers: { host, cookie, [header]: route.method } })
      }
    // Who looked is written down, whatever else the request says.
    expect(await changed('journal', 'journal_unsealed')).toEqual([])
  })

  it('control: our own page, which says the token, is let through everywhere', {
    timeout: 120_000,
  }, async () => {
    const through = await notRefused(cookie => ({ headers: { ...told(cookie), origin: own }, payload: '{}' }))
    expect(new Set(through.map(each => each.split(': ')[0]))).toEqual(
      new Set(unsafe.map(({ method, url }) => `${method} ${url}`)),
    )
    expect(await changed()).not.toEqual([])
  })
})
