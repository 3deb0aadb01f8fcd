import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import { Type } from 'typebox'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { DeclaredRoute } from '../../src/server/http.ts'
import { openCampus } from '../campus.ts'
import { type Asker, askersOf } from './actors.ts'
import { type Planted, plantedFrom, plantIn } from './planted.ts'
import { addressOf, bodyOf, type Case, fromOwnPage, letsIn } from './sweep.ts'

/*
 * What is somebody else's is told as what there is not, and nobody tells them apart by how long it takes (reliability.md P1).
 * Time itself is noise on any machine: what stands for it is what PostgreSQL was asked meanwhile, statement by statement.
 */

/** Those who reach little, and so are refused much. */
const limited = ['desk-math', 'desk-registry', 'access-library', 'owner-elsewhere']

let planted: Planted
let askers: Asker[]
const meanwhile = new AsyncLocalStorage<string[]>()

beforeAll(async () => {
  const campus = await openCampus({ from: plantedFrom })
  const { gatehouse, owner } = campus
  gatehouse.server.get(
    '/api/v1/control/staff/:id',
    {
      config: { policy: 'signed-in', shows: 'nobody' },
      schema: { params: Type.Object({ id: Type.String({ maxLength: 40 }) }) },
    },
    async (request, reply) => {
      const { rows } = await owner.pool.query('select from staff where id = $1', [request.params.id])
      if (rows.length > 0) await owner.pool.query('select 1 as whose')
      return reply.code(404).send({})
    },
  )
  planted = await plantIn(campus)
  askers = await askersOf(planted)
  await gatehouse.server.ready()
  const ask = Reflect.get(pg.Client.prototype, 'query') as (this: pg.Client, ...asked: unknown[]) => unknown
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...asked) {
    const [what] = asked as unknown[] as [string | { name?: string; text: string }]
    meanwhile.getStore()?.push(typeof what === 'string' ? what : (what.name ?? what.text))
    return ask.apply(this, asked)
  })
}, 120_000)
afterAll(async () => {
  vi.restoreAllMocks()
  await planted.close()
})

/** What a request is answered, and what PostgreSQL is asked meanwhile. */
async function asked(route: DeclaredRoute, asker: Asker, url: string) {
  const statements: string[] = []
  const { statusCode } = await meanwhile.run(
    statements,
    async () =>
      // Awaited within: what is injected begins when it is waited for.
      await planted.campus.gatehouse.server.inject({
        method: route.method as 'GET',
        url,
        headers: { accept: 'application/json', ...fromOwnPage(asker.cookie) },
        ...(route.method === 'GET' ? {} : { payload: bodyOf(route, planted, 'planted') as object }),
      }),
  )
  return { statusCode, statements: statements.toSorted() }
}

/** Each pair that is told apart by what was asked for it; and how many were compared. */
async function toldApart(
  routes: readonly DeclaredRoute[],
  addresses: (route: DeclaredRoute, which: Case) => string,
) {
  const apart: string[] = []
  let pairs = 0
  for (const route of routes)
    for (const asker of askers.filter(each => letsIn(route, each))) {
      const foreign = await asked(route, asker, addresses(route, 'planted'))
      if (foreign.statusCode !== 404) continue
      const missing = await asked(route, asker, addresses(route, 'missing'))
      expect(missing.statusCode).toBe(404)
      expect(foreign.statements.length).toBeGreaterThan(0)
      pairs += 1
      if (foreign.statements.join() !== missing.statements.join())
        apart.push(
          `${asker.name} ${route.url}: ${foreign.statements.join()} for ${missing.statements.join()}`,
        )
    }
  return { apart, pairs }
}

const withIds = (routes: readonly DeclaredRoute[]) =>
  routes.filter(({ method, url }) => method !== 'HEAD' && url.startsWith('/api/v1/') && url.includes(':'))

it('nobody tells what is somebody else’s from what there is not by what it takes', {
  timeout: 120_000,
}, async () => {
  const { declared } = planted.campus.gatehouse.server
  const routes = withIds(declared).filter(({ url }) => !url.includes('/control/'))
  askers = askers.filter(({ name }) => [...limited, planted.stranger].includes(name))
  const { apart, pairs } = await toldApart(routes, (route, which) => addressOf(route, which, planted))
  console.log(`${pairs} pairs of a foreign thing and a missing one`)
  expect(apart).toEqual([])
  expect(pairs).toBeGreaterThan(10)
})

it('and a route that asks once more for what there is, is found: the control', async () => {
  const control = withIds(planted.campus.gatehouse.server.declared).filter(({ url }) =>
    url.includes('/control/'),
  )
  const { apart } = await toldApart(control, (_, which) =>
    which === 'planted' ? '/api/v1/control/staff/office' : '/api/v1/control/staff/nobody',
  )
  expect(apart.length).toBeGreaterThan(0)
})
