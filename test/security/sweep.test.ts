import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeclaredRoute, makeServer } from '../../src/server/http.ts'
import { type Asker, askersOf } from './actors.ts'
import { openPlanted, type Planted } from './planted.ts'
import { ask, type Cell, letsIn, peopleFinder, queriesOf } from './sweep.ts'
import { showsNobody } from './without-people.ts'

/*
 * Every route that the running server declares × everybody who may ask × what was planted, what there is not, what is no id:
 * nobody is told of a person whom they may not know, and what is somebody else's is told as what there is not
 * (reliability.md P1). Two routes of the test's own, one of them open to all, show that the sweep sees a leak.
 */
let planted: Planted
let askers: Asker[]
let routes: readonly DeclaredRoute[]
let find: (text: string) => Set<number>
const cells: Cell[] = []

/** What a list must be narrowed by, so that what was planted is among it. */
const said = {
  '/api/v1/overview/list/export?list': 'not-collected',
  '/api/v1/overview/list/export?by': 'department',
  '/api/v1/overview/list/export?value': 'math',
  '/api/v1/overview/uncollected/export?counter': 'dept-math',
  '/api/v1/people/export?ids': '1,2,3',
  '/api/v1/people/export/damaged?ids': '1,2,3',
  '/api/v1/overview/list/export/damaged?list': 'not-collected',
  '/api/v1/overview/list/export/damaged?by': 'department',
  '/api/v1/overview/list/export/damaged?value': 'math',
  '/api/v1/overview/uncollected/export/damaged?counter': 'dept-math',
  '/api/v1/journal/export/damaged?from': '2023-10-01',
  '/api/v1/journal/export/damaged?to': '2023-10-18',
  '/api/v1/journal/export?from': '2023-10-01',
  '/api/v1/journal/export?to': '2023-10-18',
  '/api/v1/shift?counter': 'registry',
  '/api/v1/shift/export?counter': 'registry',
  '/api/v1/production/to-make/export?list': 'none-yet',
  '/api/v1/production/to-make/export?kind': 'regular',
}
/** The demo's own pages let anybody be anybody, and say whom; a library's pages have no people. */
const outside = (url: string) =>
  url.startsWith('/demo') || url.startsWith('/api/docs') || url === '/sign-in' || url === '/sign-out'

beforeAll(async () => {
  planted = await openPlanted({ control: true })
  askers = await askersOf(planted)
  find = await peopleFinder(planted)
  const { server } = planted.campus.gatehouse
  await server.ready()
  routes = server.declared.filter(({ method, url }) => method !== 'HEAD' && !outside(url))
}, 120_000)
afterAll(() => planted.close())

const named = ({ which, route }: Cell, personId: number): boolean =>
  which === 'planted' && personId === planted.victim.personId && route.url !== '/api/v1/control/people/:id'
const told = (cell: Cell): number[] => [...cell.people].filter(id => !cell.asker.mayKnow(id, named(cell, id)))
const say = ({ route, asker, which, url, status }: Cell) =>
  `${asker.name} ${route.method} ${url} (${which}): ${status}`
const isControl = ({ route }: Cell) => route.url.startsWith('/api/v1/control/')
const mine = () => cells.filter(cell => !isControl(cell))

/** Whoever may do what they like: it is done to nobody, so that what was planted stays. */
const mayDo = ({ name }: Asker): boolean =>
  ![
    'desk-math',
    'desk-registry',
    'access-library',
    'owner-elsewhere',
    planted.stranger,
    'tablet',
    'nobody',
  ].includes(name)

async function askAll(route: DeclaredRoute, asker: Asker): Promise<Cell[]> {
  const isRead = route.method === 'GET'
  const isIn = letsIn(route, asker)
  const [first = '', ...others] = isRead ? queriesOf(route, said) : ['']
  const answered: Cell[] = []
  for (const which of ['planted', 'missing', 'malformed'] as const) {
    if (isRead && which !== 'planted' && !/[:*]/.test(route.url)) continue
    if (!isRead && which === 'planted' && isIn && mayDo(asker)) continue
    answered.push(await ask(planted, find, { route, asker, which, query: first, turn: turn++ }))
    if (which !== 'planted' || !isIn) continue
    for (const query of others) answered.push(await ask(planted, find, { route, asker, which, query }))
  }
  return answered
}
let turn = 0

it('asks for everything as everybody', { timeout: 600_000 }, async () => {
  // First everything is read; what could change what was planted comes after.
  const reads = routes.filter(({ method }) => method === 'GET')
  for (const route of [...reads, ...routes.filter(({ method }) => method !== 'GET')])
    for (const asker of askers) cells.push(...(await askAll(route, asker)))
  console.log(`${routes.length} routes, ${askers.length} askers, ${cells.length} requests`)
  expect(cells.length).toBeGreaterThan(10_000)
})

describe('of all that was answered', () => {
  it('nothing tells anybody of a person whom they may not know', () => {
    expect(
      mine()
        .filter(cell => told(cell).length > 0)
        .map(say),
    ).toEqual([])
  })

  it('and the control route that leaks is seen', () => {
    const leaks = cells.filter(cell => isControl(cell) && told(cell).length > 0)
    expect(new Set(leaks.map(({ asker }) => asker.name))).toContain('admin')
    expect(new Set(leaks.map(({ asker }) => asker.name))).toContain(planted.stranger)
  })

  it('every route that shows people shows them to somebody who may see them', () => {
    const gets = routes.filter(({ method, url }) => method === 'GET' && !url.startsWith('/api/v1/control/'))
    const silent = gets.filter(
      route => !cells.some(cell => cell.route === route && cell.status === 200 && cell.people.size > 0),
    )
    expect(silent.map(({ url }) => url).toSorted()).toEqual(showsNobody.toSorted())
  })

  it('a holder is told of what is theirs, and another student of none of it', () => {
    const told = (url: string, name: string) =>
      cells.find(({ route, asker }) => route.url === url && route.method === 'GET' && asker.name === name)!
        .body
    for (const url of ['photo', 'proxy', 'devices', 'card'].map(each => `/api/v1/me/${each}`))
      expect(told(url, planted.victim.number), url).not.toBe(told(url, planted.stranger))
    // Desks compare it, and the office hands over to a person what is kept of them.
    const byOthers = ['/api/v1/photos/:id/picture', '/api/v1/people/:id/data']
    const pictures = cells.filter(({ route, hasPicture }) => hasPicture && !byOthers.includes(route.url))
    expect(new Set(pictures.map(({ asker }) => asker.name))).toEqual(new Set([planted.victim.number]))
  })

  it('nobody comes in whom the route does not name: 401 without a session, else what is told of no page', () => {
    const outsiders = mine().filter(({ route, asker }) => !letsIn(route, asker))
    const wrong = outsiders.filter(({ asker, status, route }) =>
      // Pages send who is signed in nowhere to sign in.
      asker.cookie === null
        ? ![401, 303].includes(status)
        : status !== 404 && !route.url.startsWith('/staff'),
    )
    expect(wrong.map(say)).toEqual([])
    const bodies = outsiders.filter(({ asker, url }) => asker.cookie !== null && url.startsWith('/api/'))
    expect(new Set(bodies.map(({ body }) => body)).size).toBe(1)
  })

  it('what is somebody else’s is told as what there is not', () => {
    const elsewhere = [planted.stranger, 'access-library', 'owner-elsewhere', 'desk-math']
    const answers = (which: Cell['which']) =>
      mine().filter(
        cell =>
          cell.which === which &&
          elsewhere.includes(cell.asker.name) &&
          letsIn(cell.route, cell.asker) &&
          /:(id|serial|grant)\b/.test(cell.route.url) &&
          // A desk serves whoever stands before it, of whatever counter.
          !['/api/v1/photos/:id/picture', '/api/v1/reissues/:id/found'].includes(cell.route.url),
      )
    const missing = new Map(
      answers('missing').map(cell => [`${cell.asker.name} ${cell.route.method} ${cell.route.url}`, cell]),
    )
    const different = answers('planted').filter(cell => {
      const other = missing.get(`${cell.asker.name} ${cell.route.method} ${cell.route.url}`)!
      return (
        other.status !== cell.status || other.body.replaceAll(/\d+/g, '') !== cell.body.replaceAll(/\d+/g, '')
      )
    })
    expect(different.map(say)).toEqual([])
    expect(answers('planted').length).toBeGreaterThan(15)
  })

  it('nothing falls over', () => {
    expect(cells.filter(({ status }) => status >= 500).map(say)).toEqual([])
  })

  it('and what was planted is as it was', async () => {
    const { rows } = await planted.campus.owner.pool.query<{ actor: string; act: string }>(
      `select distinct actor, act from journal where person_id = $1::bigint and act !~ '(read|looked|searched|seen)' and id > $2 and actor <> 'student:' || $1::text`,
      [planted.victim.personId, planted.before],
    )
    expect(rows).toEqual([])
  })
})

it('a route without a policy does not start', async () => {
  const server = await makeServer({ whoIs: async () => null, demo: false, logLevel: 'silent' })
  expect(() =>
    server.get('/api/v1/no-policy', { schema: { response: { 200: Type.Object({}) } } }, async () => ({})),
  ).toThrow('declares no policy')
})
