import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { kindsShown, purposes } from '../../src/lib/looks.ts'
import { type Asked, operations, plausible } from '../openapi.ts'
import { people } from '../people.ts'
import { openLooks, type Role, roles, scanned, type TrialLooks } from './trial-looks.ts'

/*
 * Nobody of the staff is shown somebody who is not counted (reliability.md P3): every route of the running server, by every
 * role, is asked, and whoever can be recognized in the bytes of the answer has a row, for the purpose that its route declares.
 */

let trial: TrialLooks
beforeAll(async () => {
  trial = await openLooks()
}, 120_000)
afterAll(() => trial.campus.close())
beforeEach(async () => void (await trial.keptSince()))

/** What stands in addresses in place of their names, so that as many routes as may be have something to show. */
async function places(): Promise<(path: string) => string> {
  const { rows } = await trial.campus.owner.pool.query<Record<string, string>>(`
    select (select min(id) from door) as door, (select min(controller_id)::text from door) as serial,
      (select min(card_id)::text from handover) as card`)
  const [{ door, serial, card }] = rows as [Record<string, string>]
  const person = String(trial.idOf(people.freshman.number))
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
  '/api/v1/looks/search': { body: {} },
  '/api/v1/people/search': { body: { text: '標' } },
  '/api/v1/overview/list': { body: { list: 'not-collected' } },
  '/api/v1/overview/uncollected': { body: {} },
  '/api/v1/photos/missing': { body: {} },
  '/api/v1/desk/look-up': { body: scanned },
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
    for (const { path, method, operation } of await operations(trial.campus)) {
      if (!path.startsWith('/api/v1/') || path.startsWith('/api/v1/me') || path.includes('/demo/')) continue
      const { body, query } = asked[path] ?? {}
      const schema = operation.requestBody?.content['application/json']?.schema
      const payload = body ?? (schema && (plausible(schema) as object))
      const narrowed =
        query ??
        (path.endsWith('/export')
          ? new URLSearchParams(required(operation, { format: 'csv' }))
          : new URLSearchParams(required(operation)))
      for (const role of Object.keys(roles) as Role[]) {
        const answer = await trial.ask(role, method, `${at(path)}?${narrowed}`, payload ? { payload } : {})
        const shown = trial.recognized(answer.body)
        answers += 1
        if (answer.statusCode >= 400 && shown.length === 0) continue
        const kept = await trial.keptSince()
        const counted = [...new Set(kept.flatMap(({ who }) => who))]
        expect(
          shown.filter(id => !counted.includes(id)),
          `${method} ${path} by ${role}: shown, and not counted`,
        ).toEqual([])
        // Whom the request names is told of, though perhaps not by name.
        const said = trial.recognized(JSON.stringify(payload ?? {}) + at(path))
        if (String(answer.headers['content-type']).includes('json') && !path.includes('people/{id}'))
          expect(
            counted.filter(id => !shown.includes(id) && !said.includes(id) && !answer.body.includes(`${id}`)),
            `${method} ${path} by ${role}: counted, and not shown`,
          ).toEqual([])
        for (const { purpose, shown: what, route, people: many, who } of kept) {
          // As it is declared, and so without anybody's id.
          expect(route).toBe(`${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`)
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
    '/api/v1/looks/export',
    '/api/v1/looks/search',
    '/api/v1/looks/{id}/people',
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
        { text: trial.numbers[n % trial.numbers.length]!.number.slice(0, 3 + (n % 6)) },
      ],
      (n: number) => ['POST', '/api/v1/people/search', { text: `Marked ${n % 40}` }],
      (n: number) => [
        'GET',
        `/api/v1/people/export?format=csv&ids=${trial.numbers
          .slice(n % 90, (n % 90) + 1 + (n % 20))
          .map(({ id }) => id)
          .join(',')}`,
      ],
      (n: number) => [
        'GET',
        `/api/v1/overview/list/export?format=csv&list=${n % 2 ? 'not-collected' : 'collected'}`,
      ],
      (n: number) => ['GET', `/api/v1/people/${trial.numbers[n % trial.numbers.length]!.id}/timeline`],
    ] as ((n: number) => [string, string, object?])[]
    let shownInAll = 0
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: kinds.length - 1 }), fc.nat(100_000), async (kind, n) => {
        const [method, url, payload] = kinds[kind]!(n)
        const answer = await trial.ask('office', method, url, payload ? { payload } : {})
        if (answer.statusCode !== 200) return
        const shown = trial.recognized(answer.body)
        shownInAll += shown.length
        const kept = await trial.keptSince()
        expect(kept.flatMap(({ who }) => who)).toEqual(shown)
        expect(kept.length).toBe(shown.length > 0 ? 1 : 0)
      }),
      { numRuns: 200 },
    )
    expect(shownInAll).toBeGreaterThan(1_000)
  }, 120_000)

  it('the same file twice is two looks', async () => {
    for (let times = 0; times < 2; times++)
      await trial.ask('office', 'GET', '/api/v1/people/export?format=xlsx&ids=1,2,3')
    expect(await trial.keptSince()).toMatchObject([{ who: [1, 2, 3], shown: 'file' }, { who: [1, 2, 3] }])
  })

  it('what a file for old systems would lose names some, and counts them alone', async () => {
    await trial.campus.owner.pool.query(`update person set name_zh = name_zh || '𠮷' where id in (4, 5)`)
    const answer = await trial.ask('office', 'GET', '/api/v1/people/export/damaged?ids=1,4,5')
    expect(trial.recognized(answer.body)).toEqual([4, 5])
    expect(await trial.keptSince()).toMatchObject([{ who: [4, 5] }])
  })
})
