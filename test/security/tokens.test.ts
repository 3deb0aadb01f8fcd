import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mostByAddress } from '../../src/server/limits.ts'
import { collect, people } from '../people.ts'
import { openProvided, type Provided } from '../provided.ts'

/*
 * Other programs at the real provider: the university's app with a student's own token, systems with their own. What a token
 * does not say, it does not open.
 */
let provided: Provided
const student = 's41047001s'
beforeAll(async () => {
  provided = await openProvided({ keysRestMs: 0 })
  await provided.campus.moveTo('2023-10-18T11:00')
  expect(await collect(provided.campus, people.aEarly)).toMatchObject({ ok: true })
}, 120_000)
afterAll(() => provided.close())

const ask = async (
  path: string,
  token: string | null,
  { method = 'GET', body, ...more }: { method?: string; body?: object; cookie?: string } = {},
) => {
  const reply = await fetch(`${provided.origin}/api/v1${path}`, {
    method,
    headers: {
      'accept-language': 'en',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
      ...more,
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await reply.text()
  return {
    status: reply.status,
    says: reply.headers.get('www-authenticate'),
    body: (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>,
  }
}

/** A file as whoever sends these headers is given it. */
const file = async (path: string, headers: Record<string, string>): Promise<string> =>
  (
    await fetch(`${provided.origin}/api/v1${path}`, { headers: { 'accept-language': 'en', ...headers } })
  ).text()

describe('the university’s app', () => {
  it('reads and activates the card of the student whose token it has', async () => {
    const { number, digits: lastDigits } = people.aEarly
    const token = await provided.provider.delegatedToken(student)
    expect((await ask('/me/card', token)).status).toBe(200)
    const done = await ask('/me/card/activation', token, { method: 'POST', body: { lastDigits } })
    expect(done.status).toBe(200)
    const personId = await provided.campus.personId(number)
    const { rows } = await provided.campus.owner.pool.query(
      `select actor from journal where act = 'card activated' and person_id = $1`,
      [personId],
    )
    expect(rows).toEqual([{ actor: `student:${personId}` }])
  })

  it('does no more than its scopes say', async () => {
    const token = await provided.provider.delegatedToken(student, { scope: 'card:read' })
    expect((await ask('/me/card', token)).status).toBe(200)
    expect(
      await ask('/me/card/activation', token, { method: 'POST', body: { lastDigits: '0000' } }),
    ).toMatchObject({
      status: 403,
      says: 'Bearer error="insufficient_scope", scope="card:activate"',
      body: { refusal: 'scope-missing' },
    })
  })

  it.each([
    '/desk',
    '/people/1/timeline',
    '/roster/uploads',
    '/doors',
    '/reissues',
    '/journal/export?format=csv',
  ])('opens nothing of the staff: %s', async path => {
    expect((await ask(path, await provided.provider.delegatedToken(student))).status).toBe(404)
  })

  it('does not act for somebody of the staff', async () => {
    const token = await provided.provider.delegatedToken('clerk.csie')
    expect(await ask('/me/card', token)).toMatchObject({ status: 401, body: { refusal: 'token-refused' } })
  })
})

describe('a system by itself', () => {
  it('brings a roster with its scope, and never acts for a student', async () => {
    const token = await provided.provider.clientToken('registrar', { scope: 'roster:write' })
    expect((await ask('/roster/uploads', token)).status).toBe(200)
    expect((await ask('/me/card', token)).status).toBe(404)
    expect((await ask('/roster/export?format=csv', token)).status).toBe(403)
  })

  it.each(['/roster/export?format=csv', '/cards/stock/export?format=csv'])(
    'is given what the office is given: %s',
    async path => {
      const token = await provided.provider.clientToken('archive', { scope: 'exports:read' })
      const [given, expected] = await Promise.all([
        file(path, { authorization: `Bearer ${token}` }),
        file(path, { cookie: await provided.campus.signIn('office') }),
      ])
      expect(given.split('\n').length).toBeGreaterThan(50)
      expect(given).toBe(expected)
    },
  )

  it('is known to have been shown everybody of its file', async () => {
    const archive = await provided.provider.clientToken('archive', { scope: 'exports:read' })
    const looks = async () =>
      (
        await provided.campus.owner.pool.query<{ people: number }>(
          `select people from look where actor = 'integrator:archive' and purpose = 'roster' order by id`,
        )
      ).rows.map(({ people: shown }) => shown)
    const before = await looks()
    const given = await file('/roster/export?format=csv', { authorization: `Bearer ${archive}` })
    const { length: many } = given.trim().split('\n').slice(1)
    expect(await looks()).toEqual([...before, many])
  })

  it('brings a roster, and what it changes has followed: doors of who left are theirs no more', async () => {
    const { campus, provider, origin } = provided
    const token = await provider.clientToken('integration', { scope: 'roster:write exports:read' })
    const everybody = await file('/roster/export?format=csv', { authorization: `Bearer ${token}` })
    const [header, ...lines] = everybody.trim().split(/\r?\n/)
    const leaver = lines.find(line => line.startsWith(people.aEarly.number))!
    const roster = [
      header,
      leaver.replace(',enrolled,', ',withdrawn,'),
      leaver.replace(people.aEarly.number, '41299001S'),
    ]
    const form = new FormData()
    form.append('file', new Blob([roster.join('\n')]), 'roster.csv')
    const taken = await fetch(`${origin}/api/v1/roster/uploads`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'accept-language': 'en' },
      body: form,
    })
    const looked = (await taken.json()) as { uploadId: number; seal: string }
    expect(looked).toMatchObject({ needsSecond: false, counts: { added: 1, changed: 1, bad: 0 } })
    expect((await ask(`/roster/uploads/${looked.uploadId}`, token)).body).toMatchObject({ seal: looked.seal })

    const wanted = async () =>
      (
        await campus.owner.pool.query<{ doors: string }>(
          `select string_agg(w::text, ' ' order by controller_id, number) as doors from wanted w
           join person p on p.id = w.person_id where p.student_number = $1`,
          [people.aEarly.number],
        )
      ).rows[0]!.doors
    const before = await wanted()
    const applied = await ask(`/roster/uploads/${looked.uploadId}/application`, token, {
      method: 'POST',
      body: { seal: looked.seal },
    })
    expect(applied).toMatchObject({ status: 200, body: { adds: 1, changes: 1 } })
    expect(await wanted()).not.toBe(before)
    const { rows } = await campus.owner.pool.query(
      `select actor, act from journal j join person p on p.id = j.person_id where p.student_number = '41299001S'`,
    )
    expect(rows).toEqual([{ actor: 'integrator:integration', act: 'person added' }])
  })

  it('has files with the scope for files alone', async () => {
    const token = await provided.provider.clientToken('archive', { scope: 'exports:read' })
    expect((await ask('/roster/export?format=csv', token)).status).toBe(200)
    expect((await ask('/roster/uploads', token)).status).toBe(403)
    expect((await ask('/people/export?format=csv&ids=1', token)).status).toBe(404)
  })
})

describe('a token that is not believed', () => {
  const refused = { status: 401, says: 'Bearer error="invalid_token"', body: { refusal: 'token-refused' } }

  it('was given for another API', async () => {
    const token = await provided.provider.delegatedToken(student, { audience: 'https://other.example/api' })
    expect(await ask('/me/card', token)).toMatchObject(refused)
  })

  it('was changed on the way, is no access token, or is none at all', async () => {
    const token = await provided.provider.delegatedToken(student)
    const [head, payload, seal] = token.split('.') as [string, string, string]
    const said = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
    const other = Buffer.from(JSON.stringify({ ...said, student_number: '41047002S' })).toString('base64url')
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url')
    for (const wrong of [
      `${head}.${other}.${seal}`,
      `${none}.${payload}.`,
      `${head}.${payload}`,
      'not-a-token',
      'x'.repeat(9_000),
    ])
      expect(await ask('/me/card', wrong)).toMatchObject(refused)
    expect((await ask('/me/card', token)).status).toBe(200)
  })

  it('is over, by more than clocks may differ', async () => {
    await provided.provider.setClock(-20 * 60_000)
    const old = await provided.provider.delegatedToken(student)
    await provided.provider.setClock(0)
    expect(await ask('/me/card', old)).toMatchObject(refused)
  })

  it('is signed by a key that is published no more; one of the new key is believed', async () => {
    const before = await provided.provider.delegatedToken(student)
    expect((await ask('/me/card', before)).status).toBe(200)
    await provided.provider.rotateKeys()
    const after = await provided.provider.delegatedToken(student)
    expect((await ask('/me/card', after)).status).toBe(200)
    expect(await ask('/me/card', before)).toMatchObject(refused)
  })

  it('is of a student whom the register does not know', async () => {
    const token = await provided.provider.delegatedToken('s49999999z')
    expect(await ask('/me/card', token)).toMatchObject(refused)
  })
})

it('no cookie counts beside a token, not even a better one', async () => {
  const cookie = await provided.campus.signIn('office')
  const token = await provided.provider.clientToken('archive', { scope: 'exports:read' })
  expect((await ask('/people/1/timeline', token, { cookie })).status).toBe(404)
  expect((await ask('/people/1/timeline', 'not-a-token', { cookie })).status).toBe(401)
})

it('what is guessed is counted like everything else: beyond its limit an address is told to come again', async () => {
  let status = 0
  // Counted by the minute: where one ends meanwhile, the next begins anew.
  for (let tries = 0; tries < 2 * mostByAddress + 200 && status !== 429; tries++)
    ({ status } = await ask('/me/card', 'not-a-token'))
  expect(status).toBe(429)
})
