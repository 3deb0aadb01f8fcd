import { afterAll, beforeAll, expect, it } from 'vitest'
import { people } from '../../test/people.ts'
import { given, openTrialDesk, type TrialDesk } from '../handover/trial-desk.ts'

let desk: TrialDesk
beforeAll(async () => {
  desk = await openTrialDesk()
}, 60_000)
afterAll(() => desk.campus.close())

const holder = people.aEarly
const proxy = { name: 'Example Proxy', email: 'proxy@example.org', language: 'en' }
const seen = [
  { kind: 'document', evidence: 'proxy-id', documentKind: 'passport' },
  { kind: 'document', evidence: 'authorization', documentKind: null },
  { kind: 'document', evidence: 'holder-id', documentKind: null },
] as const
const lookUp = (scan: string) =>
  desk.send('desk-csie', '/desk/look-up', { scan, beside: { studentNumber: null, chip: null, evidence: [] } })

it('a named proxy collects with the code, once, and both are told without the code in any row', async () => {
  const two = await Promise.all([1, 2].map(() => desk.send(holder.number, '/me/proxy', proxy)))
  const replies = two.map(each => each.json<{ again: boolean; code: string }>())
  expect(replies.filter(({ again }) => again)).toHaveLength(1)
  const code = replies[0]!.code
  expect(code).toMatch(/^GHP(-[0-9A-Z]{4}){3}$/)
  expect(replies[1]!.code).toBe(code)
  expect((await desk.send(holder.number, '/me/proxy', { ...proxy, name: 'Other Person' })).statusCode).toBe(
    409,
  )
  const view = (await lookUp(code)).json()
  expect(view).toMatchObject({ scanned: 'proxy-code', next: 'card', proxy: { name: 'Example Proxy' } })
  expect((await lookUp('GHP-0000-0000-0000')).json()).toMatchObject({ refusal: 'proxy-code-unknown' })
  const evidence = [{ kind: 'proxy-code', code: code.slice(3).replaceAll('-', '') }] as const
  const signature = { manner: 'typed', picture: 'Example Proxy', language: 'en' } as const
  const alone = await desk.post('desk-csie', given(holder, { evidence, signature }))
  expect(alone.json()).toMatchObject({ refusal: 'evidence-missing' })
  const whole = given(holder, { evidence: [...evidence, ...seen], signature })
  expect((await desk.post('desk-csie', whole)).statusCode).toBe(200)
  expect((await desk.post('desk-csie', whole)).statusCode).toBe(409)
  expect((await lookUp(code)).json()).toMatchObject({ refusal: 'proxy-code-used' })
  const letters = await desk.campus.owner.db.selectFrom('message').selectAll().orderBy('id').execute()
  expect(letters.map(({ kind }) => kind)).toEqual([
    'proxy-named',
    'proxy-invited',
    'proxy-collected',
    'proxy-used',
  ])
  expect(JSON.stringify(letters)).not.toContain(code)
  const card = (await desk.send(holder.number, '/me/card')).json()
  expect(card).toMatchObject({ next: 'activate', proxy: { name: 'Example Proxy' } })
})
