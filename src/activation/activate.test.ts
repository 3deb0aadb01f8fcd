import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { freshmanOf } from '../../test/people.ts'
import { activateCard } from './activate.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

const path = '/api/v1/me/card/activation'

/** A freshman's card was given at the health examination: it only waits to be activated. */
const freshmen = ['41200001E', '41200002E', '41200003E', '41200004E', '41200005E'] as const

const post = async (who: string, payload: object, headers: Record<string, string> = {}) =>
  campus.gatehouse.server.inject({
    method: 'POST',
    url: path,
    payload,
    headers: { cookie: await campus.signIn(who), 'accept-language': 'en', ...headers },
  })

it('an activation is kept with its journal entry, what the doors should hold, and a message', async () => {
  const { personId, cardId, lastDigits, actor } = await freshmanOf(campus, freshmen[0])
  await campus.gatehouse.register.act(actor, act => activateCard(act, { personId, lastDigits }))
  const { db } = campus.owner
  const kept = await db.selectFrom('activation').selectAll().where('card_id', '=', cardId).execute()
  expect(kept).toHaveLength(1)
  expect(kept[0]!.carried_by.toString()).toBe('2023-10-18T07:00:00Z')
  const noted = await db.selectFrom('journal').select('act').where('card_id', '=', cardId).execute()
  expect(noted.map(row => row.act)).toContain('card activated')
  const wanted = await db.selectFrom('wanted').selectAll().where('card_id', '=', cardId).execute()
  expect(wanted.length).toBeGreaterThan(3)
  expect(new Set(wanted.map(row => row.carried_by.toString()))).toEqual(new Set(['2023-10-18T07:00:00Z']))
  const told = await db.selectFrom('message').select('kind').where('person_id', '=', personId).execute()
  expect(told).toHaveLength(1)
})

it('an act that fails leaves nothing behind', async () => {
  const { personId, cardId, lastDigits, actor } = await freshmanOf(campus, freshmen[1])
  const failed = campus.gatehouse.register.act(actor, async act => {
    await activateCard(act, { personId, lastDigits })
    throw new Error('the power goes')
  })
  await expect(failed).rejects.toThrow('the power goes')
  const { db } = campus.owner
  expect(await db.selectFrom('activation').selectAll().where('card_id', '=', cardId).execute()).toEqual([])
  expect(await db.selectFrom('wanted').selectAll().where('card_id', '=', cardId).execute()).toEqual([])
})

it('two phones at once: one activates, the other waits and gets the same promise', async () => {
  const { personId, lastDigits, actor } = await freshmanOf(campus, freshmen[2])
  let letGo = () => {}
  const held = new Promise<void>(resolve => {
    letGo = resolve
  })
  const first = campus.gatehouse.register.act(actor, async act => {
    const done = await activateCard(act, { personId, lastDigits })
    await held
    return done
  })
  const second = campus.gatehouse.register.act(actor, act => activateCard(act, { personId, lastDigits }))
  letGo()
  const [one, other] = await Promise.all([first, second])
  expect(one.ok && other.ok && one.again !== other.again).toBe(true)
  expect(one.ok && other.ok && one.promise.carriedBy.equals(other.promise.carriedBy)).toBe(true)
})

it('over HTTP the holder is promised the window and told in the own language what went wrong', async () => {
  const { lastDigits } = await freshmanOf(campus, freshmen[3])
  const wrong = await post(freshmen[3], { lastDigits: lastDigits === '0000' ? '1111' : '0000' })
  expect(wrong.statusCode).toBe(409)
  expect(wrong.headers['content-type']).toContain('application/problem+json')
  expect(wrong.json()).toMatchObject({ refusal: 'wrong-digits' })
  expect(wrong.json<{ message: string }>().message).toContain('last four digits')

  const right = await post(freshmen[3], { lastDigits })
  expect(right.statusCode).toBe(200)
  expect(right.json()).toMatchObject({ again: false, promise: { carriedBy: '2023-10-18T07:00:00Z' } })
  expect(right.json<{ promise: { newOpensFrom: string } }>().promise.newOpensFrom).toBe(
    '2023-10-18T08:00:00Z',
  )
})

it('the same Idempotency-Key gets the same answer; with another body it is refused', async () => {
  const { lastDigits } = await freshmanOf(campus, freshmen[4])
  const key = { 'idempotency-key': 'tap-1' }
  const [first, ...repeats] = await Promise.all(
    Array.from({ length: 10 }, () => post(freshmen[4], { lastDigits }, key)),
  )
  expect(first!.statusCode).toBe(200)
  for (const repeat of repeats) expect(repeat.body).toBe(first!.body)
  expect((await post(freshmen[4], { lastDigits: '0000' }, key)).statusCode).toBe(422)
})

it.each([
  ['an empty', ''],
  ['an endless', 'x'.repeat(256)],
])('%s Idempotency-Key is refused before anything is done', async (_, key) => {
  const reply = await post(freshmen[4], { lastDigits: '0000' }, { 'idempotency-key': key })
  expect(reply.statusCode).toBe(400)
})

it.each([
  ['nobody signed in', async () => ({}), 401],
  ['a clerk', async () => ({ cookie: await campus.signIn('desk-csie') }), 404],
  [
    'a page of another site',
    async () => ({ cookie: await campus.signIn(freshmen[0]), origin: 'https://elsewhere.example' }),
    403,
  ],
] as const)('%s cannot activate', async (_, headers, status) => {
  const reply = await campus.gatehouse.server.inject({
    method: 'POST',
    url: path,
    payload: { lastDigits: '1234' },
    headers: await headers(),
  })
  expect(reply.statusCode).toBe(status)
})

it.each([
  ['a number', { lastDigits: 1234 }],
  ['nothing', {}],
  ['something more', { lastDigits: '1234', cardId: 1 }],
  ['a novel', { lastDigits: 'x'.repeat(10_000) }],
])('a body with %s is refused before anything is read', async (_, payload) => {
  expect((await post(freshmen[0], payload)).statusCode).toBe(400)
})
