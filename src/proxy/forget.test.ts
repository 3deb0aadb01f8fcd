import { afterAll, beforeAll, expect, it } from 'vitest'
import { people } from '../../test/people.ts'
import { beginDate } from '../app/boundaries.ts'
import { given, openTrialDesk, type TrialDesk } from '../handover/trial-desk.ts'

let desk: TrialDesk
beforeAll(async () => {
  desk = await openTrialDesk()
}, 60_000)
afterAll(() => desk.campus.close())

const { aEarly, bOnTheStroke, cDuringTheRun, dLosesCard, eLastEvening } = people
const signature = { manner: 'typed', picture: 'Example Proxy', language: 'en' } as const
const seen = [
  { kind: 'document', evidence: 'proxy-id', documentKind: 'passport' },
  { kind: 'document', evidence: 'authorization', documentKind: null },
  { kind: 'document', evidence: 'holder-id', documentKind: null },
] as const
const email = 'proxy@example.org'
const name = async (number: string, proxy: object = { name: 'Example Proxy' }) =>
  (await desk.send(number, '/me/proxy', { email, ...proxy })).json<{ code: string }>().code
const rows = async (table: string) =>
  (await desk.campus.owner.pool.query<{ said: string }>(`select t::text as said from ${table} t`)).rows.map(
    ({ said }) => said,
  )
const night = async (local: string) => {
  await desk.campus.moveTo(local)
  await Promise.all([1, 2].map(() => beginDate(desk.campus.gatehouse.register, 'Asia/Taipei')))
}
const naming = () =>
  desk.campus.owner.db
    .selectFrom('proxy_authorization')
    .select(['proxy_name', 'ended_as', 'used'])
    .orderBy('id')
    .execute()

/* The example keeps who a proxy was for 90 days after a naming ended, on the campus's dates. */
it('forgets who the proxy was, and keeps that there was one', { timeout: 60_000 }, async () => {
  const code = await name(aEarly.number)
  const evidence = [{ kind: 'proxy-code', code: code.slice(3).replaceAll('-', '') }, ...seen] as const
  expect((await desk.post('desk-csie', given(aEarly, { evidence, signature }))).statusCode).toBe(200)
  const again = { name: 'Example Proxy', email }
  await desk.send(bOnTheStroke.number, '/me/proxy', again, { 'idempotency-key': 'naming' })
  // A clerk is answered who was named already.
  const other = { studentNumber: bOnTheStroke.number, name: 'Somebody Else' }
  const refused = await desk.send('desk-csie', '/desk/proxies', other, { 'idempotency-key': 'another' })
  expect(refused.json()).toMatchObject({ refusal: 'proxy-named-already' })
  const kept = expect.stringContaining('Example Proxy')
  expect(await rows('repeated_request')).toEqual([kept, kept])
  await desk.send(bOnTheStroke.number, '/me/proxy/withdrawal', {})
  // This one is left to run out, at the end of 24 October: 90 days later it is 22 January.
  await name(cDuringTheRun.number)
  // So are these: a name that letters write with a blank, and one that is the beginning of another word.
  await name(dLosesCard.number, { name: '陳Amy', language: 'zh-TW' })
  expect((await rows('message')).filter(said => said.includes('陳 Amy'))).not.toEqual([])
  await desk.campus.owner.db
    .updateTable('person')
    .set({ name_en: 'Annabel Han', language: 'en' })
    .where('student_number', '=', eLastEvening.number)
    .execute()
  await name(eLastEvening.number, { name: 'An', language: 'en' })
  const letters = (await rows('message')).length

  const named = async () => (await naming()).map(each => each.proxy_name)
  await night('2024-01-16T00:10')
  expect(await named()).toEqual([...Array(3).fill('Example Proxy'), '陳Amy', 'An'])
  await night('2024-01-22T00:10')
  expect(await named()).toEqual([null, null, 'Example Proxy', '陳Amy', 'An'])
  await night('2024-01-23T00:10')
  expect(await naming()).toEqual([
    { proxy_name: null, ended_as: 'used', used: true },
    { proxy_name: null, ended_as: 'withdrawn', used: null },
    ...Array.from({ length: 3 }, () => ({ proxy_name: null, ended_as: 'lapsed', used: null })),
  ])
  for (const table of ['proxy_authorization', 'message', 'journal', 'repeated_request'])
    expect(
      (await rows(table)).filter(said => /Example Proxy|proxy@example|陳 ?Amy|\bAn\b/u.test(said)),
      table,
    ).toEqual([])
  expect(await rows('message')).toHaveLength(letters)
  // The holder's and the proxy's own: words in which the name is a part stay whole.
  const ofAn = (await rows('message')).filter(said => said.includes('Annabel Han'))
  expect(ofAn.map(said => said.includes('○○○'))).toEqual([true, true])

  // The handover says that a proxy collected, on which evidence; the signed sentence stays with what seals it.
  const [handover] = await desk.handoversOf(aEarly)
  expect(handover).toMatchObject({ proxy_authorization_id: 1, evidence: { 'proxy-code': null } })
  const [signed] = await desk.campus.owner.db.selectFrom('signature').selectAll().execute()
  expect(signed).toMatchObject({ text: expect.stringContaining('Example Proxy') })
  expect(signed!.bound_hash).toHaveLength(32)
  const card = (await desk.send(aEarly.number, '/me/card')).json()
  expect(card).toMatchObject({ proxy: null })
  const looked = await desk.send('desk-csie', '/desk/look-up', {
    scan: code,
    beside: { studentNumber: null, chip: null, evidence: [] },
  })
  expect(looked.json()).toMatchObject({ refusal: 'proxy-code-used' })
  const noted = await desk.campus.owner.db
    .selectFrom('journal')
    .select('facts')
    .where('act', '=', 'proxies forgotten')
    .execute()
  expect(noted).toEqual([{ facts: { forgotten: 2 } }, { facts: { forgotten: 3 } }])
})
