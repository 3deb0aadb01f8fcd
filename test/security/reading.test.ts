import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeclaredRoute } from '../../src/server/http.ts'
import { openCampus, type TestCampus } from '../campus.ts'
import { people } from '../people.ts'
import { addressOf, type Cookies, cookiesFor, everybody, fingerprint } from './asking.ts'

/* A GET changes nothing but what is kept of who looked: a link, a preview or a prefetch can be made to ask for any of them. */
/** Who looked, and how often the public notice was: written because somebody reads. */
const notCounted = ['journal', 'journal_unsealed', 'look', 'looked_at', 'page_view']

let campus: TestCampus
let cookies: Cookies
beforeAll(async () => {
  campus = await openCampus()
  cookies = await everybody(campus)
}, 60_000)
afterAll(() => campus.close())

/** What parameters may be, so that some of them are there. */
const meant = (): readonly string[] => ['1', 'office', 'csie-systems-lab', people.aEarly.number, 'dept-csie']

it('no GET of the running server writes, whoever asks', { timeout: 300_000 }, async () => {
  const { declared } = campus.gatehouse.server
  const reading = declared.filter(({ method }) => method === 'GET' || method === 'HEAD')
  expect(reading.length).toBeGreaterThan(150)
  const before = await fingerprint(campus.owner, notCounted)
  let answered = 0
  let asked = 0
  for (const route of reading)
    for (const value of route.url.includes(':') ? meant() : ['1'])
      for (const cookie of cookiesFor(route.policy, cookies)) {
        const url = addressOf(route, value)
        const reply = await campus.gatehouse.server.inject({ url, headers: { cookie } })
        asked += 1
        if (reply.statusCode < 400) answered += 1
        expect(reply.statusCode, `${url} ${reply.body.slice(0, 200)}`).toBeLessThan(500)
      }
  expect(answered / asked, `${answered} of ${asked}`).toBeGreaterThan(0.3)
  const after = await fingerprint(campus.owner, notCounted)
  expect([...after].filter(([name, content]) => before.get(name) !== content)).toEqual([])
  // Control: what writes is seen, were it one row.
  await campus.owner.pool.query(`update staff set email = 'a@example.org' where id = 'office'`)
  const changed = await fingerprint(campus.owner, notCounted)
  expect([...changed].flatMap(([name, content]) => (after.get(name) === content ? [] : [name]))).toEqual([
    'staff',
  ])
})

/** Every GET of who is signed in, with one of those whom it lets in. */
function* ofSomebody(): Generator<{ route: DeclaredRoute; cookie: string }> {
  for (const route of campus.gatehouse.server.declared)
    if (route.method === 'GET' && route.policy !== 'public' && route.policy !== 'demo')
      yield { route, cookie: cookiesFor(route.policy, cookies)[0]! }
}
const ask = async ({ route, cookie }: { route: DeclaredRoute; cookie: string }, headers = {}) =>
  campus.gatehouse.server.inject({ url: addressOf(route), headers: { cookie, ...headers } })

it('no browser and no proxy keeps what somebody is told who is signed in', { timeout: 120_000 }, async () => {
  const kept: string[] = []
  let answered = 0
  for (const asked of ofSomebody()) {
    const { statusCode, headers } = await ask(asked)
    if (statusCode < 400) answered += 1
    if (!String(headers['cache-control']).includes('no-store')) kept.push(`${statusCode} ${asked.route.url}`)
  }
  expect(answered).toBeGreaterThan(100)
  expect([...new Set(kept)]).toEqual([])
})

describe('asked for by another site, with the cookie', () => {
  const isPage = ({ url }: DeclaredRoute) => !/^\/api\/|\.(zip|ics)$/.test(url)
  it.each([
    [
      'as a picture of a neighbour’s page',
      { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' },
      false,
    ],
    ['by its script', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }, false],
    ['by a link from anywhere', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, true],
    ['control: by a link of ours', { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' }, null],
    ['control: typed', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }, null],
  ])('%s', { timeout: 120_000 }, async (_, headers, opensPages) => {
    const wrong: string[] = []
    for (const asked of ofSomebody()) {
      const { statusCode, body } = await ask(asked, headers)
      const refused = statusCode === 403 && body.includes('from-elsewhere')
      const isRefused = opensPages === null ? false : !(opensPages && isPage(asked.route))
      if (refused !== isRefused) wrong.push(`${statusCode} ${asked.route.url}`)
    }
    expect([...new Set(wrong)]).toEqual([])
  })
})
