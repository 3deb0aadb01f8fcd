import { afterAll, beforeAll, expect, it } from 'vitest'
import { csie, people, type Student } from '../../test/people.ts'
import { given, openTrialDesk, type TrialDesk } from '../handover/trial-desk.ts'
import { wrongAtCounter } from './rules.ts'

let desk: TrialDesk
beforeAll(async () => {
  desk = await openTrialDesk()
}, 60_000)
afterAll(() => desk.campus.close())

const { aEarly, bOnTheStroke, cDuringTheRun, dLosesCard, eLastEvening, gOnTheSecond } = people
const name = async ({ number }: Pick<Student, 'number'>): Promise<string> => {
  const reply = await desk.send(number, '/me/proxy', { name: 'Example Proxy', email: 'proxy@example.org' })
  expect(reply.statusCode).toBe(200)
  return reply.json<{ code: string }>().code
}
const lookUp = async (scan: string, studentNumber: string | null = null, clerk = csie.id) =>
  (
    await desk.send(clerk, '/desk/look-up', { scan, beside: { studentNumber, chip: null, evidence: [] } })
  ).json<{ refusal?: string }>()

it('withdrawn at a desk: the code is refused, and the holder is told', async () => {
  const code = await name(aEarly)
  const reply = await desk.send(csie.id, '/desk/proxies/withdrawal', { studentNumber: aEarly.number })
  expect(reply.json()).toEqual({ again: false })
  expect(await lookUp(code)).toMatchObject({ refusal: 'proxy-code-withdrawn' })
  const again = await desk.send(csie.id, '/desk/proxies/withdrawal', { studentNumber: aEarly.number })
  expect(again.json()).toEqual({ again: true })
  const kinds = await desk.campus.owner.db.selectFrom('message').select('kind').orderBy('id').execute()
  expect(kinds.map(({ kind }) => kind)).toEqual([
    'proxy-named',
    'proxy-invited',
    'proxy-withdrawn',
    'proxy-ended',
  ])
})

it('named at the desk for who is present: who named does not hand over, and nobody else sees the code', async () => {
  const naming = { studentNumber: bOnTheStroke.number, name: 'Desk Proxy' }
  const named = await desk.send(csie.id, '/desk/proxies', naming)
  const { code } = named.json<{ code: string }>()
  expect(await lookUp(code)).toMatchObject({ refusal: 'proxy-named-by-you' })
  expect(await lookUp(code, null, 'desk-registry')).not.toMatchObject({ refusal: 'proxy-named-by-you' })
  const byAnother = await desk.send('desk-registry', '/desk/proxies', naming)
  expect(byAnother.json()).toMatchObject({ again: true, code: null })
  const row = await desk.campus.owner.db
    .selectFrom('proxy_authorization')
    .select('named_by')
    .where('proxy_name', '=', 'Desk Proxy')
    .executeTakeFirstOrThrow()
  expect(row.named_by).toBe('desk:desk-csie')
  const unknown = await desk.send(csie.id, '/desk/proxies', {
    studentNumber: '99999999Z',
    name: 'Desk Proxy',
  })
  expect(unknown.json()).toMatchObject({ refusal: 'unknown-person' })
})

it('another student’s code beside a student is refused, and hands nothing over', async () => {
  const code = await name(cDuringTheRun)
  expect(await lookUp(code, dLosesCard.number)).toMatchObject({ refusal: 'proxy-of-somebody-else' })
  const evidence = [
    { kind: 'proxy-code', code: code.slice(3).replaceAll('-', '') },
    { kind: 'old-card', chip: dLosesCard.old },
  ] as const
  const reply = await desk.post(csie.id, given(dLosesCard, { evidence }))
  expect(reply.json()).toMatchObject({ refusal: 'proxy-of-somebody-else' })
  expect(await desk.handoversOf(dLosesCard)).toEqual([])
})

it('collected by the holder meanwhile: the code has no errand any more', async () => {
  const code = await name(eLastEvening)
  expect((await desk.post(csie.id, given(eLastEvening))).statusCode).toBe(200)
  expect(await lookUp(code)).toMatchObject({ refusal: 'proxy-card-collected' })
})

it('a code that ran out is refused at its last day’s end, and another can be named', async () => {
  const code = await name(gOnTheSecond)
  await desk.campus.moveTo('2023-10-25T00:00:30')
  expect(await lookUp(code)).toMatchObject({ refusal: 'proxy-code-lapsed' })
  expect(await name(gOnTheSecond)).not.toBe(code)
})

it('after too many guesses no code is looked at at this counter for a while', async () => {
  const code = await name(aEarly)
  for (let guess = 0; guess < wrongAtCounter.wrongTries; guess += 1)
    expect(await lookUp(`GHP-0000-0000-00${String(guess).padStart(2, '0')}`)).toMatchObject({
      refusal: 'proxy-code-unknown',
    })
  expect(await lookUp(code)).toMatchObject({ refusal: 'proxy-too-many-tries' })
  await desk.campus.moveTo('2023-10-25T00:20')
  expect(await lookUp(code)).toMatchObject({ proxy: { name: 'Example Proxy' } })
})
