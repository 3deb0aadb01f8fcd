import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { kindsShown, purposes } from '../../src/lib/looks.ts'
import { makeServer } from '../../src/server/http.ts'
import { openCampus, type TestCampus } from '../campus.ts'
import { type Asked, operations, plausible } from '../openapi.ts'
import { people } from '../people.ts'
import { employ } from '../staff.ts'

/*
 * Nobody of the staff is shown somebody who is not counted (reliability.md P3): every route of the running server, by every
 * role, is asked, and whoever can be recognized in the bytes of the answer has a row, for the purpose that its route declares.
 */

let campus: TestCampus
let routes: Asked[]
const roles = {
  desk: 'desk-registry',
  office: 'office',
  access: 'access',
  owner: 'owner-of-doors',
  cashier: 'cashier',
  auditor: 'auditor',
  admin: 'admin',
} as const
let cookies: Record<string, string>

/** By what each person is recognized in an answer that says their name, in either language. */
const sign = /(?:標|Marked )(\d+)(?:者|x)/g
let numbers: { id: number; number: string }[]

beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
  const { db, pool } = campus.owner
  const { rows: doors } = await pool.query<{ id: string }>('select id from door order by id limit 3')
  await employ(db, { id: 'auditor', role: 'auditor' })
  await employ(db, { id: 'cashier', role: 'cashier' })
  await employ(db, { id: 'admin', role: 'admin' })
  await employ(db, { id: 'owner-of-doors', role: 'owner', doors: doors.map(({ id }) => id) })
  await pool.query(`update person set name_zh = '標' || id || '者', name_en = 'Marked ' || id || 'x'`)
  const found = await pool.query<{ id: number; number: string }>(
    'select id::int, student_number as number from person',
  )
  numbers = found.rows
  const signedIn = Object.entries(roles).map(async ([role, who]) => [role, await campus.signIn(who)])
  cookies = Object.fromEntries(await Promise.all(signedIn))
  routes = await operations(campus)
}, 120_000)
afterAll(() => campus.close())

const idOf = (number: string) => numbers.find(each => each.number === number)!.id

async function ask(
  role: string,
  method: string,
  url: string,
  more: { payload?: object; headers?: object } = {},
) {
  return campus.gatehouse.server.inject({
    method: method as 'GET',
    url,
    ...(more.payload && { payload: more.payload }),
    headers: {
      'accept-language': 'en',
      'idempotency-key': crypto.randomUUID(),
      cookie: cookies[role]!,
      ...more.headers,
    },
  })
}

/** Whom an answer shows: everybody whose number or name stands in its bytes, wherever that is. */
function recognized(body: string): number[] {
  const seen = new Set([...body.matchAll(sign)].map(([, id]) => Number(id)))
  for (const { id, number } of numbers) if (body.includes(number)) seen.add(id)
  return [...seen].sort((a, b) => a - b)
}

interface Kept {
  actor: string
  counter: string | null
  purpose: string
  shown: string
  reason: string | null
  people: number
  who: number[]
}
let last = 0
beforeEach(async () => void (await keptSince()))
/** The looks that were kept since the last time that this was asked. */
async function keptSince(): Promise<Kept[]> {
  const { rows } = await campus.owner.pool.query<Kept & { id: number }>(
    `select l.id::int, l.actor, l.counter, l.purpose, l.shown, l.reason, l.people,
            (select array_agg(person_id::int order by person_id) from looked_at where look_id = l.id) as who
     from look l where id > $1 order by id`,
    [last],
  )
  last = rows.at(-1)?.id ?? last
  return rows.map(({ id: _, ...kept }) => kept)
}

/** What stands in addresses in place of their names, so that as many routes as may be have something to show. */
async function places(): Promise<(path: string) => string> {
  const { rows } = await campus.owner.pool.query<Record<string, string>>(`
    select (select min(id) from door) as door, (select min(controller_id)::text from door) as serial,
      (select min(card_id)::text from handover) as card`)
  const [{ door, serial, card }] = rows as [Record<string, string>]
  const person = String(idOf(people.freshman.number))
  return path =>
    path
      .replace('doors/{id}', `doors/${door}`)
      .replace('people/{id}', `people/${person}`)
      .replace('{serial}', serial!)
      .replace('{card}', card!)
      .replace('{day}', '2023-10-18')
      .replace('{on}', '2023-10-18')
      .replace('{kind}', 'loss')
      .replaceAll(/\{\w+\}/g, '1')
}

/** Bodies and queries with which routes show somebody; others are sent what their schema allows. */
const asked: Readonly<Record<string, { body?: object; query?: string }>> = {
  '/api/v1/people/search': { body: { text: '標' } },
  '/api/v1/overview/list': { body: { list: 'not-collected' } },
  '/api/v1/overview/uncollected': { body: {} },
  '/api/v1/photos/missing': { body: {} },
  '/api/v1/desk/look-up': {
    body: { scan: people.aEarly.number, beside: { studentNumber: null, chip: null, evidence: [] } },
  },
  '/api/v1/desk/people/card': { body: { studentNumber: people.aEarly.number } },
  '/api/v1/desk/people/missing': { body: { studentNumber: people.aEarly.number } },
  '/api/v1/desk/people/extras': { body: { studentNumber: people.aEarly.number } },
  '/api/v1/programme/rehearsal/people': { body: {} },
  '/api/v1/roster/export': { query: 'format=csv' },
  '/api/v1/journal/export': { query: 'format=csv&from=2023-10-01&to=2023-10-18' },
  '/api/v1/people/export': { query: 'format=csv&ids=1,2,3' },
}

describe('every route, by every role', () => {
  it('shows nobody who is not counted', async () => {
    const at = await places()
    const shownBy = new Map<string, number>()
    let answers = 0
    for (const { path, method, operation } of routes) {
      if (!path.startsWith('/api/v1/') || path.startsWith('/api/v1/me') || path.includes('/demo/')) continue
      const { body, query } = asked[path] ?? {}
      const schema = operation.requestBody?.content['application/json']?.schema
      const payload = body ?? (schema && (plausible(schema) as object))
      const narrowed =
        query ??
        (path.endsWith('/export')
          ? new URLSearchParams(required(operation, { format: 'csv' }))
          : new URLSearchParams(required(operation)))
      for (const role of Object.keys(roles)) {
        const answer = await ask(role, method, `${at(path)}?${narrowed}`, payload ? { payload } : {})
        const shown = recognized(answer.body)
        answers += 1
        if (answer.statusCode >= 400 && shown.length === 0) continue
        const kept = await keptSince()
        const counted = [...new Set(kept.flatMap(({ who }) => who))]
        expect(
          shown.filter(id => !counted.includes(id)),
          `${method} ${path} by ${role}: shown, and not counted`,
        ).toEqual([])
        // Whom the request names is told of, though perhaps not by name.
        const said = recognized(JSON.stringify(payload ?? {}) + at(path))
        if (answer.headers['content-type']?.includes('json') && !path.includes('people/{id}'))
          expect(
            counted.filter(id => !shown.includes(id) && !said.includes(id) && !answer.body.includes(`${id}`)),
            `${method} ${path} by ${role}: counted, and not shown`,
          ).toEqual([])
        for (const { purpose, shown: what, people: many, who } of kept) {
          expect(Object.keys(purposes)).toContain(purpose)
          expect(Object.keys(kindsShown)).toContain(what)
          expect(many).toBe(who.length)
        }
        if (shown.length > 0) shownBy.set(path, (shownBy.get(path) ?? 0) + shown.length)
      }
    }
    // The sweep saw something: routes of every sort showed people.
    expect(answers).toBeGreaterThan(1_000)
    expect([...shownBy.keys()].toSorted()).toEqual(expect.arrayContaining(mustShow))
  }, 240_000)

  const mustShow = [
    '/api/v1/desk/look-up',
    '/api/v1/desk/people/card',
    '/api/v1/journal/export',
    '/api/v1/overview/list',
    '/api/v1/people/export',
    '/api/v1/people/search',
    '/api/v1/people/{id}/looks/export',
    '/api/v1/people/{id}/timeline',
    '/api/v1/photos/missing',
    '/api/v1/roster/export',
  ]
})

/** What an address must be asked with. */
function required(operation: Asked['operation'], more: Record<string, string> = {}): Record<string, string> {
  const query = (operation.parameters ?? []).filter(({ in: place }) => place === 'query')
  return {
    ...Object.fromEntries(
      query
        .filter(parameter => (parameter as { required?: boolean }).required)
        .map(({ name, schema }) => [name, String(plausible(schema))]),
    ),
    ...more,
  }
}

describe('searches, lists and files', () => {
  it('have as many rows as people shown, whatever is asked', async () => {
    const kinds = [
      (n: number) => [
        'POST',
        '/api/v1/people/search',
        { text: numbers[n % numbers.length]!.number.slice(0, 3 + (n % 6)) },
      ],
      (n: number) => ['POST', '/api/v1/people/search', { text: `Marked ${n % 40}` }],
      (n: number) => [
        'GET',
        `/api/v1/people/export?format=csv&ids=${numbers
          .slice(n % 90, (n % 90) + 1 + (n % 20))
          .map(({ id }) => id)
          .join(',')}`,
      ],
      (n: number) => [
        'GET',
        `/api/v1/overview/list/export?format=csv&list=${n % 2 ? 'not-collected' : 'collected'}`,
      ],
      (n: number) => ['GET', `/api/v1/people/${numbers[n % numbers.length]!.id}/timeline`],
    ] as ((n: number) => [string, string, object?])[]
    let shownInAll = 0
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: kinds.length - 1 }), fc.nat(100_000), async (kind, n) => {
        const [method, url, payload] = kinds[kind]!(n)
        const answer = await ask('office', method, url, payload ? { payload } : {})
        if (answer.statusCode !== 200) return
        const shown = recognized(answer.body)
        shownInAll += shown.length
        const kept = await keptSince()
        expect(kept.flatMap(({ who }) => who)).toEqual(shown)
        expect(kept.length).toBe(shown.length > 0 ? 1 : 0)
      }),
      { numRuns: 200 },
    )
    expect(shownInAll).toBeGreaterThan(1_000)
  }, 120_000)

  it('the same file twice is two looks', async () => {
    for (let times = 0; times < 2; times++)
      await ask('office', 'GET', '/api/v1/people/export?format=xlsx&ids=1,2,3')
    expect(await keptSince()).toMatchObject([{ who: [1, 2, 3], shown: 'file' }, { who: [1, 2, 3] }])
  })

  it('what a file for old systems would lose names some, and counts them alone', async () => {
    await campus.owner.pool.query(`update person set name_zh = name_zh || '𠮷' where id in (4, 5)`)
    const answer = await ask('office', 'GET', '/api/v1/people/export/damaged?ids=1,4,5')
    expect(recognized(answer.body)).toEqual([4, 5])
    expect(await keptSince()).toMatchObject([{ who: [4, 5] }])
  })
})

describe('a look', () => {
  it('says who in which role, at which counter, what, what for, and the reader’s reason', async () => {
    const reason = encodeURIComponent('電話詢問：卡片在哪裡')
    await ask('office', 'GET', '/api/v1/people/1/timeline', { headers: { 'look-reason': reason } })
    await ask('desk', 'POST', '/api/v1/desk/people/card', {
      payload: { studentNumber: people.bOnTheStroke.number },
    })
    expect(await keptSince()).toEqual([
      {
        actor: 'office:office',
        counter: null,
        purpose: 'question',
        shown: 'story',
        reason: '電話詢問：卡片在哪裡',
        people: 1,
        who: [1],
      },
      {
        actor: 'desk:desk-registry',
        counter: 'registry',
        purpose: 'desk',
        shown: 'card',
        reason: null,
        people: 1,
        who: [idOf(people.bOnTheStroke.number)],
      },
    ])
  })

  it.each([
    ['nothing', '', null],
    ['what cannot be read', '%E0%A4%A', null],
    ['lines', 'a%0Ab%00c', 'a b c'],
    ['far too much', 'x'.repeat(900), 'x'.repeat(200)],
  ])('keeps of a reason that is %s what can be kept', async (_, given, reason) => {
    await ask('office', 'GET', '/api/v1/people/2/timeline', { headers: { 'look-reason': given } })
    expect(await keptSince()).toMatchObject([{ reason }])
  })

  it('of a screen that asks again by itself is one in a quarter of an hour, and of somebody else another', async () => {
    const body = asked['/api/v1/desk/look-up']!.body!
    const look = () => ask('desk', 'POST', '/api/v1/desk/look-up', { payload: body })
    await campus.moveTo('2023-10-18T12:00')
    await keptSince()
    for (let times = 0; times < 5; times++) expect((await look()).statusCode).toBe(200)
    expect(await keptSince()).toHaveLength(1)
    await ask('office', 'POST', '/api/v1/desk/people/card', {
      payload: { studentNumber: people.aEarly.number },
    })
    expect(await keptSince()).toMatchObject([{ actor: 'office:office' }])
    await campus.moveTo('2023-10-18T12:16')
    await look()
    expect(await keptSince()).toHaveLength(1)
  })

  it('that cannot be kept shows nothing', async () => {
    await campus.owner.pool.query(
      `alter table look add constraint full_disk check (purpose <> 'question') not valid`,
    )
    const answer = await ask('office', 'GET', '/api/v1/people/1/timeline')
    await campus.owner.pool.query('alter table look drop constraint full_disk')
    expect(answer.statusCode).toBe(500)
    expect(recognized(answer.body)).toEqual([])
  })

  it('is kept of a page, too, which is no answer in JSON', async () => {
    const page = await ask('office', 'GET', `/staff/present/${idOf(people.aEarly.number)}`)
    expect(recognized(page.body)).toEqual([idOf(people.aEarly.number)])
    expect(await keptSince()).toMatchObject([{ purpose: 'desk', who: [idOf(people.aEarly.number)] }])
  })

  it('is no look of a student at themselves', async () => {
    const cookie = await campus.signIn(people.aEarly.number)
    await campus.gatehouse.server.inject({ url: '/api/v1/me/card', headers: { cookie } })
    await campus.gatehouse.server.inject({ url: '/my-card', headers: { cookie } })
    expect(await keptSince()).toEqual([])
  })

  it('is added to and never changed, and the application removes none', async () => {
    const role = campus.gatehouse.database.pool
    await expect(role.query(`update look set actor = 'x'`)).rejects.toThrow('permission denied')
    await expect(role.query('delete from looked_at')).rejects.toThrow('permission denied')
    await expect(role.query('delete from look')).rejects.toThrow('permission denied')
    await expect(campus.owner.pool.query(`update look set actor = 'x'`)).rejects.toThrow('only ever added to')
  })
})

describe('the control: where the wall is away', () => {
  it('a person who is not counted is seen by the same comparison', async () => {
    await campus.owner.pool.query(`
      create function pass_over() returns trigger language plpgsql as $$ begin return null; end $$;
      create trigger passes_over before insert on looked_at for each row when (new.person_id = 2) execute function pass_over()`)
    const answer = await ask('office', 'GET', '/api/v1/people/export?format=csv&ids=1,2,3')
    const kept = await keptSince()
    await campus.owner.pool.query('drop trigger passes_over on looked_at; drop function pass_over')
    expect(recognized(answer.body)).toEqual([1, 2, 3])
    expect(kept.flatMap(({ who }) => who)).not.toEqual(recognized(answer.body))
  })

  const bare = () =>
    makeServer({ whoIs: async () => ({ kind: 'office', id: 'a' }), demo: false, logLevel: 'silent' })
  const shows = {
    properties: {
      people: { type: 'array', items: { type: 'object', properties: { studentNumber: { type: 'string' } } } },
    },
  }
  const route = (config: object, response: object | null) => ({
    config: { policy: 'office' as const, ...config },
    schema: response ? { response: { 200: { type: 'object', ...response } } } : {},
  })

  it.each([
    ['shows people and declares no purpose', {}, shows],
    ['declares no purpose, and no schema', {}, null],
    ['but not both', { purpose: 'lists' }, shows],
  ])('a route that %s stops the start', async (said, config, response) => {
    const server = await bare()
    expect(() => server.get('/api/v1/list', route(config, response), async () => ({}))).toThrow(said)
  })

  it.each([
    ['without people', {}, { properties: { many: { type: 'integer' } } }],
    ['that says so', { purpose: 'lists', shows: 'list' }, shows],
    ['of a file with nobody in it', { shows: 'nobody' }, null],
  ])('a route %s does not', async (_, config, response) => {
    const server = await bare()
    server.get('/api/v1/list', route(config, response), async () => ({}))
  })

  it('an answer that names somebody, though its route says it shows nobody, is not sent', async () => {
    const server = await bare()
    server.get('/api/v1/odd', route({ shows: 'nobody' }, null), async () => ({ studentNumber: '41047001S' }))
    const answer = await server.inject({ url: '/api/v1/odd', cookies: { session: 'x' } })
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('41047001S')
  })
})
