import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus()
}, 60_000)
afterAll(() => campus.close())

/** Sends something as somebody of the staff. */
async function send(
  url: string,
  payload: string | object,
  { who = 'office', type }: { who?: string; type?: string } = {},
) {
  const headers = { cookie: await campus.signIn(who), 'accept-language': 'en' }
  const reply = await campus.gatehouse.server.inject({
    method: 'POST',
    url,
    payload,
    headers: { ...headers, ...(type === undefined ? {} : { 'content-type': type }) },
  })
  return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() }
}

const malformed = {
  status: 400,
  body: { refusal: 'malformed', message: 'What was sent has the wrong form. Nothing was changed.' },
}
const multipart = 'multipart/form-data; boundary=edge'
const part = (disposition: string, content = 'a,b') =>
  `--edge\r\ncontent-disposition: form-data; ${disposition}\r\n\r\n${content}`
const whole = (disposition: string, content?: string) => `${part(disposition, content)}\r\n--edge--\r\n`
const roster = 'student_number,name_zh,name_en,department,entry_year,degree,kind,status,site\r\n,,,,,,,,x'

const files = ['/api/v1/cards/files?kind=stock', '/api/v1/roster/uploads']
it.each(
  files.flatMap(url => [
    [url, 'cut in its file', part('name="file"; filename="a.csv"'), multipart],
    [url, 'cut in its head', '--edge\r\ncontent-dispo', multipart],
    [url, 'that names no boundary', whole('name="file"; filename="a.csv"'), 'multipart/form-data'],
    [url, 'with a field in place of the file', whole('name="file"'), multipart],
    [url, 'under a name of the language', whole('name="__proto__"; filename="a.csv"'), multipart],
  ]),
)('%s: a body %s is malformed, and says so', async (url, _, payload, type) => {
  expect(await send(url, payload, { type })).toMatchObject(malformed)
})

it('a file whose name has a NUL is malformed', async () => {
  const payload = whole('name="file"; filename="a\0.csv"', roster)
  expect(await send('/api/v1/roster/uploads', payload, { type: multipart })).toMatchObject(malformed)
})

it.each([
  ['/api/v1/cards/search', { scan: 'a\0' }, 'office', 400],
  [
    '/api/v1/doors/csie-systems-lab/grants',
    { studentNumber: 'a\0', owner: { 'zh-TW': '甲', en: 'A' } },
    'access',
    400,
  ],
] as const)('%s: a NUL in a text is refused and no fault of ours', async (url, body, who, status) => {
  expect((await send(url, body, { who })).status).toBe(status)
})

it('a NUL in an address is malformed too', async () => {
  const url = '/api/v1/doors/a%00/grants'
  const reply = await campus.gatehouse.server.inject({
    url,
    headers: { cookie: await campus.signIn('access') },
  })
  expect(reply.json()).toMatchObject({ status: 400, refusal: 'malformed' })
})

it.each([
  ['/api/v1/cashier/0000-01-01', 400],
  ['/api/v1/cashier/0001-01-01', 400],
  ['/api/v1/cashier/0999-12-31', 400],
  ['/api/v1/cashier/1000-01-01', 200],
  ['/api/v1/cashier/9999-12-30', 200],
  ['/api/v1/cashier/9999-12-31', 400],
  ['/api/v1/cashier/2023-02-29', 400],
  ['/api/v1/doors-checks/0000-01-01/people', 400],
])('%s: a day that PostgreSQL does not know is malformed, and no fault', async (url, status) => {
  const headers = { cookie: await campus.signIn('office') }
  expect((await campus.gatehouse.server.inject({ url, headers })).statusCode).toBe(status)
})

it('an instant of such a day is malformed, too', async () => {
  // The same body with a day that is known comes past its schema, and is refused for the card.
  const sent = (sendAt: string) =>
    send('/api/v1/me/card/loss', { cardId: 999_999, sendAt }, { who: '41047001S' })
  expect(await sent('0000-01-01T00:00:00Z')).toMatchObject(malformed)
  expect((await sent('2023-12-01T00:00:00Z')).status).not.toBe(400)
})
