import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DeclaredRoute } from '../../src/server/http.ts'
import type { Shape } from '../openapi.ts'
import { type Asker, askersOf } from './actors.ts'
import { fuzz, randomOf } from './fuzz.ts'
import { openPlanted, type Planted } from './planted.ts'
import { fromOwnPage, letsIn } from './sweep.ts'

/*
 * Requests that are nearly what each route takes, sent by who may call it, so that they come past its policy: whatever is sent,
 * nothing falls over (reliability.md I5). FUZZ_SEED=… repeats a run, FUZZ_REQUESTS=… makes it longer.
 */
const seed = Number(process.env.FUZZ_SEED ?? 20_231_018)
const many = Number(process.env.FUZZ_REQUESTS ?? 21_000)

let planted: Planted
let askers: Asker[]
let routes: DeclaredRoute[]
beforeAll(async () => {
  planted = await openPlanted({ falls: true })
  askers = await askersOf(planted)
  const { server } = planted.campus.gatehouse
  await server.ready()
  routes = server.declared.filter(
    ({ method, url, policy }) =>
      method !== 'HEAD' &&
      policy !== 'demo' &&
      !['/sign-out', '/sign-in'].includes(url) &&
      !url.startsWith('/api/docs'),
  )
}, 120_000)
afterAll(() => planted.close())

/** The whole numbers in a request's schema that may be as large as one likes: no table holds them. */
function* endless(shape: Shape & { maximum?: number }, path: string): Generator<string> {
  if (shape.type === 'integer' && shape.maximum === undefined && !shape.enum && shape.const === undefined)
    yield path
  for (const [name, each] of Object.entries(shape.properties ?? {})) yield* endless(each, `${path}.${name}`)
  for (const each of [...(shape.anyOf ?? []), ...(shape.items ? [shape.items] : [])])
    yield* endless(each, path)
}

it('every whole number that may be sent has a largest one', () => {
  const found = planted.campus.gatehouse.server.declared.flatMap(({ method, url, schema }) =>
    ['params', 'querystring', 'body'].flatMap(place =>
      [...endless(schema[place] ?? {}, place)].map(path => `${method} ${url} ${path}`),
    ),
  )
  expect(found).toEqual([])
})

it(`${many} requests near to what is right: no answer of 5xx`, { timeout: 900_000 }, async () => {
  const random = randomOf(seed)
  const counted: Record<string, number> = {}
  const fallen: string[] = []
  const control: number[] = []
  const perRoute = Math.ceil(many / routes.length)
  const ids = Object.values(planted.ids)
  for (const route of routes) {
    const those = askers.filter(asker => letsIn(route, asker))
    for (let at = 0; at < perRoute; at++) {
      const request = fuzz(random, route, String(ids[Math.floor(random() * ids.length)]))
      const asker = those[Math.floor(random() * those.length)]!
      const reply = await planted.campus.gatehouse.server.inject({
        ...request,
        method: request.method as 'GET',
        headers: {
          ...request.headers,
          ...fromOwnPage(asker.cookie),
        },
      })
      const { statusCode } = reply
      counted[statusCode] = (counted[statusCode] ?? 0) + 1
      // Asked one after the other, nobody waits for others either: 503 is none of the answers.
      if (route.url === '/api/v1/control/falls') control.push(statusCode)
      else if (statusCode >= 500)
        fallen.push(
          `${asker.name} ${request.method} ${request.url} ${request.payload?.slice(0, 300)}: ${reply.body.slice(0, 200)}`,
        )
    }
  }
  const sent = Object.values(counted).reduce((sum, each) => sum + each, 0)
  console.log(`seed ${seed}: ${sent} requests to ${routes.length} routes, ${JSON.stringify(counted)}`)
  expect(fallen).toEqual([])
  expect(sent).toBeGreaterThanOrEqual(many)
  // Enough of them came past the schemas, and the route that falls over was seen to.
  expect((counted[200] ?? 0) / sent).toBeGreaterThan(0.1)
  expect(control).toContain(500)
})
