import { afterAll, beforeAll, expect, it } from 'vitest'
import { employ } from '../../test/staff.ts'
import { staffRoles } from '../lib/roles.ts'
import { type NewInstallation, openNewInstallation } from '../programme/trial-installation.ts'
import { beginSession } from '../server/sessions.ts'
import { stillToDo, whatIsThere } from './first-steps.ts'

/* A new installation: no programme, no doors, nobody but the staff and a student whom a first roster brought. */
let installation: NewInstallation
const cookies: Record<string, string> = {}

beforeAll(async () => {
  installation = await openNewInstallation()
  const { database, register, server } = installation.gatehouse
  await server.ready()
  const person = await register.aside({ kind: 'system', id: 'test' }, act =>
    act.db
      .insertInto('person')
      .values({
        student_number: '49900001S',
        name_zh: '測試生',
        name_en: 'Test Student',
        department: 'csie',
        entry_year: 2021,
        status: 'enrolled',
        kind: 'regular',
        degree: 'bachelor',
        site: 'main',
        language: 'en',
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  cookies.student = `session=${await beginSession(database, { personId: person.id })}`
  for (const role of staffRoles) {
    const place = {
      ...(role === 'desk' && { counter: 'registry' }),
      ...(role === 'owner' && { doors: ['lab'] }),
    }
    await employ(database.db, { id: `new-${role}`, role, ...place })
    cookies[role] = `session=${await beginSession(database, { staffId: `new-${role}` })}`
  }
}, 60_000)
afterAll(() => installation.close())

interface Parameter {
  name: string
  in: string
  required?: boolean
  schema: { type?: string; enum?: string[] }
}

/** Every path that can be read, its parameters filled in with something that is not there. */
function readable(): string[] {
  const { paths } = installation.gatehouse.server.swagger() as unknown as {
    paths: Record<string, Record<string, { parameters?: Parameter[] }>>
  }
  const filled = Object.entries(paths).flatMap(([path, { get }]) => {
    if (get === undefined) return []
    const given = (get.parameters ?? []).filter(each => each.in === 'path')
    return [
      given.reduce(
        (url, { name, schema }) => url.replace(`{${name}}`, schema.type === 'integer' ? '7' : 'nothing'),
        path,
      ),
    ]
  })
  const screens = ['windows', 'doors', 'controllers', 'ask', 'history', 'expiry', 'numbers', 'desk', 'mail']
  return [
    ...filled,
    '/',
    '/faq',
    '/privacy',
    '/my-card',
    '/health',
    '/staff',
    ...screens.map(name => `/staff/${name}`),
  ]
}

it('answers every question that can be asked of it, and never with a fault', async () => {
  const urls = readable()
  expect(urls.length).toBeGreaterThan(50)
  const asked: string[] = []
  for (const url of urls)
    for (const [who, cookie] of Object.entries(cookies)) {
      const { statusCode } = await installation.gatehouse.server.inject({ url, headers: { cookie } })
      asked.push(`${statusCode} ${url} of ${who}`)
    }
  expect(asked.filter(said => said.startsWith('5'))).toEqual([])
  // Who may ask is answered: a list that is empty, what is not there, or that no programme is published yet.
  for (const path of ['windows', 'controllers', 'staff-notices', 'holds', 'surveys', 'expiry', 'retention'])
    expect(asked.find(said => said.endsWith(` /api/v1/${path} of access`))).toMatch(/^(200|409) /)
})

it.each([
  ['en', /^No programme is published yet, .+ publishes the first one/u],
  ['zh-TW', /^還沒有發布換發作業.+發布第一版/u],
])('says in %s what is missing, and who does what', async (language, sentence) => {
  for (const url of ['/api/v1/expiry', '/api/v1/windows', '/api/v1/windows/next/dry-run']) {
    const answer = await installation.gatehouse.server.inject({
      url,
      headers: { cookie: cookies.access!, 'accept-language': language },
    })
    expect([url, answer.statusCode]).toEqual([url, 409])
    expect(answer.json()).toMatchObject({ refusal: 'no-programme', message: expect.stringMatching(sentence) })
  }
})

it.each([
  ['en', 'This installation has not been told of the university'],
  ['zh-TW', '這個系統還沒有設定學校的登入系統'],
])('tells in %s who is not signed in whom to ask, and no campus’s time', async (language, sentence) => {
  for (const url of ['/staff', '/staff/programme', '/my-card']) {
    const { statusCode, body } = await installation.gatehouse.server.inject({
      url,
      headers: { accept: 'text/html', 'accept-language': language },
    })
    expect([url, statusCode]).toEqual([url, 401])
    expect(body).toContain(sentence)
    expect(body).not.toMatch(/local time|當地時間/u)
  }
})

it('says in its log what is still to do', async () => {
  const { database } = installation.gatehouse
  expect(await whatIsThere(database)).toEqual({ programme: false, staff: 8 })
  expect(stillToDo({ programme: false, staff: 0, provider: false })).toHaveLength(3)
  expect(stillToDo({ programme: true, staff: 8, provider: false })).toEqual([
    expect.stringContaining('only emergency codes let somebody in'),
  ])
  expect(stillToDo({ programme: true, staff: 8, provider: true })).toEqual([])
})
