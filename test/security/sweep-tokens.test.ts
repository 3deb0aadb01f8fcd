import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeclaredRoute } from '../../src/server/http.ts'
import { openProvided, type Provided } from '../provided.ts'
import type { Asker } from './actors.ts'
import { type Planted, plantedFrom, plantIn } from './planted.ts'
import { ask, type Cell, letsIn, peopleFinder, queriesOf } from './sweep.ts'

/*
 * The sweep by other programs: every route that the running server declares × the university's app with a student's token, and
 * systems with their own, as the real provider gives them. A token opens the routes of its scopes and no other, and none of
 * them tells of anybody but whom it is for. A route of the test's own that lets in whoever has a token shows that a leak is seen.
 */
let provided: Provided
let planted: Planted
let programs: (Asker & { scopes: readonly string[] })[]
const cells: Cell[] = []

const forStudents = ['card:read', 'card:activate', 'card:manage', 'card:data']

beforeAll(async () => {
  provided = await openProvided({
    from: plantedFrom,
    prepare: async campus => {
      planted = await plantIn(campus, { control: true })
    },
  })
  const { provider, campus } = provided
  const stranger = await campus.personId(planted.stranger)
  const program = (name: string, token: string, scopes: readonly string[], knows: 'everybody' | number) => ({
    name,
    token,
    scopes,
    cookie: null,
    narrow: false,
    role: knows === 'everybody' ? 'integrator' : 'student',
    mayKnow: (id: number) => knows === 'everybody' || id === knows,
  })
  const app = (number: string) =>
    provider.delegatedToken(`s${number.toLowerCase()}`, { scope: forStudents.join(' ') })
  programs = [
    program('app-of-victim', await app(planted.victim.number), forStudents, planted.victim.personId),
    program('app-of-stranger', await app(planted.stranger), forStudents, stranger),
    program('registrar', await provider.clientToken('registrar'), ['roster:write'], 'everybody'),
    program('archive', await provider.clientToken('archive'), ['exports:read'], 'everybody'),
  ]
}, 180_000)
afterAll(() => provided.close())

const opens = (route: DeclaredRoute, program: Asker & { scopes: readonly string[] }): boolean =>
  letsIn(route, program) && route.scope !== null && program.scopes.includes(route.scope)
const say = ({ route, asker, which, status }: Cell) =>
  `${asker.name} ${route.method} ${route.url} (${which}): ${status}`
const isControl = ({ url }: DeclaredRoute) => url.startsWith('/api/v1/control/')
const told = ({ asker, people }: Cell) => [...people].filter(id => !asker.mayKnow(id, false))

it('asks for everything as every program', { timeout: 600_000 }, async () => {
  const find = await peopleFinder(planted)
  const { declared } = provided.campus.gatehouse.server
  const routes = declared.filter(({ method, url }) => method !== 'HEAD' && !url.startsWith('/api/docs'))
  const inOrder = [
    ...routes.filter(({ method }) => method === 'GET'),
    ...routes.filter(({ method }) => method !== 'GET'),
  ]
  for (const route of inOrder)
    for (const asker of programs) {
      // Whoever may do something does it to nobody, so that what was planted stays for the next.
      const changes = route.method !== 'GET' && opens(route, asker)
      const [query = ''] = route.method === 'GET' ? queriesOf(route, {}) : []
      for (const which of changes ? (['missing', 'malformed'] as const) : (['planted', 'missing'] as const))
        if (which === 'planted' || changes || route.url.includes(':'))
          cells.push(await ask(planted, find, { route, asker, which, query }))
    }
  console.log(`${routes.length} routes, ${programs.length} programs, ${cells.length} requests`)
  expect(cells.length).toBeGreaterThan(2_500)
})

describe('of all that was answered', () => {
  const ofOurs = () => cells.filter(({ route }) => !isControl(route))
  const programOf = ({ asker }: Cell) => programs.find(({ name }) => name === asker.name)!

  it('what a token does not open is 404, and 403 where only its scope is another', () => {
    const shut = ofOurs().filter(cell => !opens(cell.route, programOf(cell)))
    const wrong = shut.filter(
      cell => cell.status !== (letsIn(cell.route, cell.asker) && cell.route.scope !== null ? 403 : 404),
    )
    expect(wrong.map(say)).toEqual([])
    // A page that refuses says to a student who they are.
    const named = shut.filter(
      cell => told(cell).length > 0 || (cell.asker.role === 'integrator' && cell.people.size > 0),
    )
    expect(named.map(say)).toEqual([])
    expect(shut.length).toBeGreaterThan(1_500)
  })

  it('a system opens its own routes alone', () => {
    const openedBy = (name: string) => [
      ...new Set(
        ofOurs()
          .filter(cell => cell.asker.name === name && ![403, 404].includes(cell.status))
          .map(({ route }) => `${route.method} ${route.url}`),
      ),
    ]
    expect(openedBy('archive').toSorted()).toEqual([
      'GET /api/v1/cards/stock/export',
      'GET /api/v1/cards/stock/export/damaged',
      'GET /api/v1/roster/export',
      'GET /api/v1/roster/export/damaged',
    ])
    expect(openedBy('registrar').toSorted()).toEqual([
      'GET /api/v1/roster/uploads',
      'GET /api/v1/roster/uploads/:id',
      'POST /api/v1/roster/uploads',
      'POST /api/v1/roster/uploads/:id/application',
    ])
  })

  it('nothing tells the app of anybody but its student, who is told of themselves', () => {
    expect(
      ofOurs()
        .filter(cell => told(cell).length > 0)
        .map(say),
    ).toEqual([])
    for (const name of ['app-of-victim', 'app-of-stranger'])
      expect(
        cells.some(({ asker, people }) => asker.name === name && people.size > 0),
        name,
      ).toBe(true)
  })

  it('and the control route that tells whoever has a token is seen', () => {
    const leaks = cells.filter(cell => isControl(cell.route) && told(cell).length > 0)
    expect(leaks.map(({ asker }) => asker.name)).toContain('app-of-stranger')
  })

  it('nothing falls over', () => {
    expect(cells.filter(({ status }) => status >= 500).map(say)).toEqual([])
  })
})
