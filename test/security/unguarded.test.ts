import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DeclaredRoute } from '../../src/server/http.ts'
import { type Asker, askersOf } from './actors.ts'
import { openPlanted, type Planted } from './planted.ts'
import { ask, type Cell, peopleFinder, queriesOf } from './sweep.ts'
import { showsNobody } from './without-people.ts'
import { takeWallDown } from './worlds.ts'

/*
 * The sweep once more, by those who may know of nobody or of some alone. test/security/unguarded-controls.test.ts runs this file on
 * a copy whose server lets everybody in everywhere (test/security/breaks/no-policies.patch): what is left is the second wall,
 * and behind it nobody is told of anybody, and nobody's rows change; with SECOND_WALL=down both happen.
 */
let planted: Planted
let askers: Asker[]
let routes: readonly DeclaredRoute[]
let find: (text: string) => Set<number>
let superuser: Client
let everyTable: string

/** Of whom the wall knows that they reach some people alone, or nobody. The others look at all of people, by what they are. */
const limited = () => ['nobody', 'tablet', planted.stranger, 'admin', 'owner-elsewhere', 'access-library']
const outside = /^\/(demo|api\/docs|sign-in|sign-out)/
/** Which routes show people at all; each list once, not once more as a damaged file. */
const shows = ({ method, url }: DeclaredRoute) =>
  method === 'GET' && !showsNobody.includes(url) && !url.endsWith('/damaged')

beforeAll(async () => {
  planted = await openPlanted()
  superuser = new Client(planted.campus.url)
  await superuser.connect()
  if (process.env.SECOND_WALL === 'down') await takeWallDown(superuser)
  const { rows: tables } = await superuser.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname = 'person_id' and not a.attisdropped
       and c.relname not in ('journal', 'looked_at') order by 1`,
  )
  everyTable = tables
    .map(
      ({ name }) =>
        `select '${name}' as name, md5(coalesce(string_agg(r::text, ',' order by r::text), '')) as hash from ${name} r where person_id = $1`,
    )
    .join(' union all ')
  askers = (await askersOf(planted)).filter(({ name }) => limited().includes(name))
  find = await peopleFinder(planted)
  const { server } = planted.campus.gatehouse
  await server.ready()
  routes = server.declared.filter(({ method, url }) => method !== 'HEAD' && !outside.test(url))
}, 120_000)
afterAll(async () => {
  await superuser?.end()
  await planted?.close()
})

const say = ({ route, asker, url, status, people }: Cell) =>
  `${asker.name} ${route.method} ${url}: ${status}, ${people.size} people`

it('nobody is told of anybody whom they may not know', { timeout: 600_000 }, async () => {
  expect(askers.map(({ name }) => name).toSorted()).toEqual(limited().toSorted())
  const cells: Cell[] = []
  for (const route of routes.filter(shows))
    for (const asker of askers)
      cells.push(
        await ask(planted, find, { route, asker, which: 'planted', query: queriesOf(route, {})[0]! }),
      )
  console.log(`${cells.length} reads`)
  expect(cells.length).toBeGreaterThan(400)
  const leaks = cells.filter(({ asker, people }) => [...people].some(id => !asker.mayKnow(id, false)))
  expect(leaks.map(say)).toEqual([])
})

/** What each table has of the one who has nearly everything planted, but for the record of who did and saw what. */
async function rowsOfVictim(): Promise<Map<string, string>> {
  const { rows } = await superuser.query<{ name: string; hash: string }>(everyTable, [
    planted.victim.personId,
  ])
  return new Map(rows.map(({ name, hash }) => [name, hash]))
}

it('nor changes anything of anybody', { timeout: 600_000 }, async () => {
  const before = await rowsOfVictim()
  expect(before.size).toBeGreaterThan(25)
  const changed: string[] = []
  let asked = 0
  for (const route of routes.filter(({ method }) => method !== 'GET'))
    for (const asker of askers) {
      await ask(planted, find, { route, asker, which: 'planted' })
      asked += 1
      const after = await rowsOfVictim()
      const tables = [...after].filter(([name, hash]) => before.get(name) !== hash).map(([name]) => name)
      for (const name of tables) before.set(name, after.get(name)!)
      if (tables.length > 0) changed.push(`${asker.name} ${route.method} ${route.url}: ${tables.join(', ')}`)
    }
  console.log(`${asked} changes asked for`)
  expect(changed).toEqual([])
})
