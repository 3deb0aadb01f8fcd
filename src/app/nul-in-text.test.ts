import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { type Asked, operations, plausible, type Shape } from '../../test/openapi.ts'
import { people } from '../../test/people.ts'
import { employ } from '../../test/staff.ts'

/*
 * A text with a NUL in it can be kept nowhere. In each text of each route of the running server it is refused with the
 * field's name and a sentence, and nothing breaks.
 */
let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus()
  await employ(campus.owner.db, { id: 'auditor', nameZh: '稽核壬', nameEn: 'Auditor I', role: 'auditor' })
}, 60_000)
afterAll(() => campus.close())

const text = 'a\u0000b'
interface Sent {
  field: string
  url: string
  body: unknown
}

/** Bodies with a NUL in one text each; every alternative of a union is one. */
function* withNul(shape: Shape, path = ''): Generator<{ field: string; value: unknown }> {
  const within = (name: string) => (path === '' ? name : `${path}.${name}`)
  if (shape.anyOf) for (const each of shape.anyOf) yield* withNul(each, path)
  else if (shape.type === 'string' || shape.enum) yield { field: path, value: text }
  else if (shape.type === 'array' && shape.items)
    for (const { field, value } of withNul(shape.items, within('0'))) yield { field, value: [value] }
  else if (shape.properties)
    for (const [name, each] of Object.entries(shape.properties))
      for (const { field, value } of withNul(each, within(name)))
        yield { field, value: { ...(plausible(shape) as object), [name]: value } }
}

function* requestsOf({ path, operation }: Asked): Generator<Sent> {
  const { parameters = [], requestBody } = operation
  const shape = requestBody?.content['application/json']?.schema
  const body = shape && plausible(shape)
  const urlOf = (bad?: string) =>
    parameters
      .filter(each => each.in === 'path')
      .reduce(
        (url, { name, schema }) =>
          url.replace(`{${name}}`, encodeURIComponent(name === bad ? text : String(plausible(schema)))),
        path,
      )
  for (const { name, in: place } of parameters) {
    if (place === 'path') yield { field: name, url: urlOf(name), body }
    if (place === 'query') yield { field: name, url: `${urlOf()}?${name}=${encodeURIComponent(text)}`, body }
  }
  if (shape) for (const { field, value } of withNul(shape)) yield { field, url: urlOf(), body: value }
}

it('is refused with its field wherever it is sent, and breaks nothing', { timeout: 120_000 }, async () => {
  const cookies: string[] = []
  for (const who of [people.aEarly.number, 'desk-csie', 'office', 'access', 'auditor', 'admin'])
    cookies.push(await campus.signIn(who))
  const tablet = await campus.signIn('desk-math')
  const laid = await campus.gatehouse.server.inject({
    method: 'POST',
    url: '/api/v1/desk/tablet',
    payload: {},
    headers: { cookie: tablet },
  })
  expect(laid.statusCode).toBe(200)
  cookies.push(tablet)
  const broken: string[] = []
  let refused = 0
  for (const asked of await operations(campus))
    for (const { field, url, body } of requestsOf(asked)) {
      const said: string[] = []
      for (const cookie of cookies) {
        const reply = await campus.gatehouse.server.inject({
          method: asked.method as 'POST',
          url,
          headers: { cookie, 'accept-language': 'en' },
          ...(body === undefined ? {} : { payload: body as object }),
        })
        const facts = reply.statusCode === 400 ? reply.json<{ facts?: { field: string } }>().facts : null
        said.push(facts ? facts.field : String(reply.statusCode))
        // Who may not call it hears of nothing else.
        if (reply.statusCode !== 404) break
      }
      refused += 1
      // Of a programme's text the line is said, as of everything that is wrong in it (src/programme/refused-text.test.ts).
      const isProgramme = field === 'source' && ['200', '409'].includes(said.at(-1)!)
      if (said.at(-1) !== field && !isProgramme)
        broken.push(`${asked.method} ${url} ${field}: ${said.join(' ')}`)
    }
  expect(broken.slice(0, 40), `${broken.length} of ${refused}`).toEqual([])
  expect(refused).toBeGreaterThan(150)
})

it('is told in the reader’s words, to a form as well', async () => {
  const cookie = await campus.signIn(people.aEarly.number)
  const send = (url: string, type: string, payload: string, language: string) =>
    campus.gatehouse.server.inject({
      method: 'POST',
      url,
      payload,
      headers: { cookie, 'content-type': type, 'accept-language': language },
    })
  const api = await send(
    '/api/v1/me/proxy',
    'application/json',
    '{"name":"A B","email":"a\\u0000@b.tw"}',
    'en',
  )
  expect([api.statusCode, api.json()]).toMatchObject([
    400,
    { refusal: 'malformed', facts: { field: 'email' }, message: expect.stringContaining('Take it out') },
  ])
  const form = await send(
    '/my-card/proxy',
    'application/x-www-form-urlencoded',
    'name=a%00b&email=&language=en',
    'zh-TW',
  )
  expect([form.statusCode, form.body]).toMatchObject([400, expect.stringContaining('欄位「name」')])
})
