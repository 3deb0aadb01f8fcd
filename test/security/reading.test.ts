import { afterAll, beforeAll, expect, it } from 'vitest'
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
