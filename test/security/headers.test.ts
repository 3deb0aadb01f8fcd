import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../campus.ts'
import { addressOf } from './asking.ts'

/* Whatever is asked for and whoever asks, what comes tells a browser the same strict things of itself, refusals as well. */
let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus()
}, 60_000)
afterAll(() => campus.close())

/** What an answer must say by its headers, and what none may say. */
const strict: Readonly<Record<string, RegExp>> = {
  'content-security-policy':
    /^(?!.*unsafe)(?=.*default-src 'none')(?=.*frame-ancestors 'none')(?=.*base-uri 'none')/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^(DENY|SAMEORIGIN)$/,
  'referrer-policy': /^same-origin$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'strict-transport-security': /^max-age=\d{8}/,
  'x-powered-by': /^$/,
  server: /^$/,
  'access-control-allow-origin': /^$/,
}
const wrongIn = (headers: Readonly<Record<string, string | number | string[] | undefined>>): string[] =>
  Object.entries(strict).flatMap(([name, as]) => (as.test(String(headers[name] ?? '')) ? [] : [name]))

it('every route’s answer is strict, of whoever asks, and refusals too', { timeout: 120_000 }, async () => {
  const { server } = campus.gatehouse
  const cookies = [undefined, await campus.signIn('office'), await campus.signIn('41047001S')]
  const wrong = new Set<string>()
  let asked = 0
  for (const route of server.declared.filter(({ url }) => !url.startsWith('/api/docs')))
    for (const cookie of cookies) {
      const { headers, statusCode } = await server.inject({
        method: route.method as 'GET',
        url: addressOf(route),
        headers: cookie === undefined ? {} : { cookie },
      })
      asked += 1
      for (const name of wrongIn(headers)) wrong.add(`${route.method} ${route.url} (${statusCode}): ${name}`)
    }
  console.log(`${asked} answers`)
  expect(asked).toBeGreaterThan(1_200)
  expect([...wrong].toSorted()).toEqual([])
})

it('of what no route answers too', async () => {
  for (const url of ['/nowhere', '/api/v1/nowhere', '/assets/none.js'])
    expect(wrongIn((await campus.gatehouse.server.inject(url)).headers), url).toEqual([])
})

it('each header is missed where it is missing or weaker', () => {
  expect(wrongIn({})).toEqual(Object.keys(strict).filter(name => !strict[name]!.test('')))
  const weak = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; style-src 'unsafe-inline'"
  expect(wrongIn({ 'content-security-policy': weak, server: 'a' })).toContain('content-security-policy')
  expect(wrongIn({ server: 'a', 'access-control-allow-origin': '*' })).toEqual(
    expect.arrayContaining(['server', 'access-control-allow-origin']),
  )
})
