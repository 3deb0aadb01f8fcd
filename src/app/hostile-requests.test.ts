import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { type Asked, operations, plausible, type Shape } from '../../test/openapi.ts'

/*
 * Every route of the rooms that keep the doors, with whatever somebody may send: wrong types, huge and strange values. Each
 * answer is a yes or a problem with a sentence; nothing breaks, and nobody without the role gets in.
 */
let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus()
}, 60_000)
afterAll(() => campus.close())

const deep = (depth: number): unknown => (depth === 0 ? 1 : [deep(depth - 1)])
const strange: unknown[] = [
  null,
  '',
  'a\u0000b',
  '\ud800',
  '\u202e<script>\'";--',
  'x'.repeat(20_000),
  -1,
  1e308,
  2 ** 53,
  2 ** 64,
  [],
  deep(200),
  JSON.parse('{"__proto__":{"a":1},"constructor":{"prototype":1}}'),
  '2023-02-30',
  '275760-09-13T00:00Z',
]

/** The value with one leaf after the other replaced. */
function* mutations(value: unknown): Generator {
  yield* strange
  if (Array.isArray(value)) {
    yield Array.from({ length: 6_000 }, () => value[0])
    for (const [at, each] of value.entries())
      for (const other of mutations(each)) yield value.map((same, place) => (place === at ? other : same))
  } else if (value !== null && typeof value === 'object')
    for (const [name, each] of Object.entries(value))
      for (const other of mutations(each)) yield { ...value, [name]: other }
}

const concerns = ({ operation: { tags = [] } }: Asked) => tags.includes('access') || tags.includes('update')

const inPath = (value: unknown) =>
  encodeURIComponent(typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value)).slice(0, 3_000)

it('is answered, never broken', { timeout: 120_000 }, async () => {
  const cookie = await campus.signIn('access')
  const broken: string[] = []
  let asked = 0
  for (const { path, method, operation } of (await operations(campus)).filter(concerns)) {
    const { parameters = [], requestBody } = operation
    const urlOf = (change: Record<string, unknown> = {}) => {
      const said = (name: string, shape: Shape) =>
        inPath(Object.hasOwn(change, name) ? change[name] : plausible(shape))
      const query = parameters
        .filter(each => each.in === 'query' && Object.hasOwn(change, each.name))
        .map(({ name, schema }) => `${name}=${said(name, schema)}`)
      const named = parameters.filter(each => each.in === 'path')
      const place = named.reduce(
        (url, { name, schema }) => url.replace(`{${name}}`, said(name, schema)),
        path,
      )
      return query.length > 0 ? `${place}?${query.join('&')}` : place
    }
    const shape = requestBody?.content['application/json']?.schema
    const body = shape && plausible(shape)
    const send = async (url: string, payload: unknown) => {
      asked += 1
      const answered = await campus.gatehouse.server.inject({
        method: method as 'POST',
        url,
        headers: {
          cookie,
          'accept-language': 'zh-TW',
          ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
      })
      const isProblem = answered.statusCode >= 400
      const said = isProblem && /[\u4e00-\u9fff]/u.test(answered.body)
      if (answered.statusCode >= 500 || (isProblem && !said))
        broken.push(
          `${answered.statusCode} ${method} ${url.slice(0, 120)} ${JSON.stringify(payload)?.slice(0, 160)}: ${answered.body.slice(0, 200)}`,
        )
    }
    for (const { name } of parameters) for (const value of strange) await send(urlOf({ [name]: value }), body)
    if (body !== undefined) for (const other of mutations(body)) await send(urlOf(), other)
  }
  expect(broken.slice(0, 40), `${broken.length} of ${asked}`).toEqual([])
  expect(asked).toBeGreaterThan(1_000)
})
