import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csie, people, type Student } from '../../test/people.ts'
import { colleague, given, openTrialDesk, type TrialDesk } from './trial-desk.ts'

let desk: TrialDesk
/** The session cookie of a tablet at Computer Science. */
let tablet: string
beforeAll(async () => {
  desk = await openTrialDesk()
  tablet = await desk.campus.signIn(csie.id)
  const reply = await call('POST', '/api/v1/desk/tablet', {})
  expect(reply.statusCode).toBe(200)
}, 60_000)
afterAll(() => desk.campus.close())

const call = (method: 'GET' | 'POST', url: string, payload?: object, cookie = tablet) =>
  desk.campus.gatehouse.server.inject({
    method,
    url,
    ...(payload ? { payload } : {}),
    headers: { cookie, 'accept-language': 'en' },
  })
const sees = async (cookie = tablet) =>
  (await call('POST', '/api/v1/tablet', {}, cookie)).json<{
    clerk: { id: string }
    asked: { request: number; state: string; text: { en: string } } | null
  }>()
async function ask(student: Student, who = csie.id): Promise<number> {
  const { studentNumber, chip, evidence } = given(student)
  const reply = await desk.send(who, '/desk/signatures', { studentNumber, chip, evidence, place: 'tablet' })
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json<{ request: number }>().request
}
const elsewhere = (student: Student, request: number) => ({
  ...given(student),
  signature: { manner: 'elsewhere', request },
})

describe('a tablet that lies before a student', () => {
  it.each([
    ['GET', '/api/v1/desk'],
    ['POST', '/api/v1/desk/look-up'],
    ['POST', '/api/v1/desk/handovers'],
    ['POST', '/api/v1/desk/signatures'],
    ['POST', '/api/v1/desk/tablet'],
    ['POST', '/api/v1/desk/people/card'],
    ['GET', '/api/v1/confirmations'],
    ['GET', '/api/v1/me/card'],
    ['GET', '/staff'],
    ['GET', '/staff/desk'],
    ['GET', '/staff/present'],
  ] as const)('reaches nothing but signing: %s %s', async (method, url) => {
    expect((await call(method, url, method === 'POST' ? {} : undefined)).statusCode).toBe(404)
  })

  it('is opened as a page of its own, and is no tablet before somebody made it one', async () => {
    expect((await call('GET', '/staff/tablet')).statusCode).toBe(200)
    expect((await desk.send(csie.id, '/tablet', {})).statusCode).toBe(404)
    expect((await desk.send(people.aEarly.number, '/desk/tablet', {})).statusCode).toBe(404)
  })

  it('shows nothing of anybody until it is asked, then the sentence, and never who it is', async () => {
    const { aEarly: student } = people
    expect((await sees()).asked).toBeNull()
    const request = await ask(student)
    const shown = await sees()
    expect(shown.asked).toMatchObject({ request, state: 'asked', language: 'zh-TW' })
    const said = JSON.stringify(shown.asked)
    for (const secret of [student.number, student.digits, 'Sample Student', '示例生', student.new])
      expect(said).not.toContain(secret)
    // It is the tablet's, and not asked on the phone.
    expect((await desk.send(student.number, '/me/signature')).json()).toEqual({ asked: null })
    const phone = { request, manner: 'confirmed', picture: '', language: 'en' }
    expect((await desk.send(student.number, '/me/signature', phone)).statusCode).toBe(404)

    const drawn = { request, manner: 'drawn', picture: 'M20 20L80 90L140 30', language: 'en' }
    expect((await call('POST', '/api/v1/tablet/signature', drawn)).statusCode).toBe(200)
    expect((await sees()).asked).toMatchObject({ state: 'signed' })
    expect((await desk.post(csie.id, elsewhere(student, request))).statusCode).toBe(200)
    expect((await sees()).asked).toBeNull()
    const { place, manner } = await desk.campus.owner.db
      .selectFrom('signature')
      .select(['place', 'manner'])
      .where('request_id', '=', request)
      .executeTakeFirstOrThrow()
    expect({ place, manner }).toEqual({ place: 'tablet', manner: 'drawn' })
  })

  it('a button on it is the clerk’s word, and waits for the clerk', async () => {
    const { bOnTheStroke: student } = people
    const request = await ask(student)
    const said = { request, manner: 'witnessed', picture: '', language: 'zh-TW' }
    expect(
      (await call('POST', '/api/v1/tablet/signature', { ...said, manner: 'confirmed' })).statusCode,
    ).toBe(400)
    expect((await call('POST', '/api/v1/tablet/signature', said)).statusCode).toBe(200)
    const { studentNumber, chip, evidence } = given(student)
    const beside = { studentNumber, chip, evidence }
    const view = await desk.send(csie.id, '/desk/look-up', { scan: null, beside })
    expect(view.json()).toMatchObject({ signing: { state: 'to-witness', place: 'tablet' } })
    expect((await desk.post(csie.id, elsewhere(student, request))).statusCode).toBe(200)
  })

  it('lies before one clerk, said when it is laid: whoever holds it cannot set it to another', async () => {
    const { cDuringTheRun: student } = people
    const request = await ask(student, colleague.id)
    expect(await sees()).toMatchObject({ clerk: { id: csie.id }, asked: null })
    expect((await call('POST', '/api/v1/tablet', { clerk: colleague.id })).statusCode).toBe(400)
    const refusal = { request, clerk: colleague.id }
    expect((await call('POST', '/api/v1/tablet/refusal', refusal)).statusCode).toBe(400)
    expect((await call('POST', '/api/v1/tablet/refusal', { request })).statusCode).toBe(404)
    expect((await call('POST', '/api/v1/desk/tablet', { clerk: colleague.id })).statusCode).toBe(404)

    const theirs = await desk.campus.signIn(csie.id)
    const { clerks } = (await call('GET', '/api/v1/desk/tablet', undefined, theirs)).json<{
      clerks: { id: string }[]
    }>()
    expect(clerks.map(({ id }) => id)).toEqual([csie.id, colleague.id])
    const lay = (clerk: string) => call('POST', '/api/v1/desk/tablet', { clerk }, theirs)
    expect((await lay('desk-registry')).statusCode, 'of another counter').toBe(404)
    expect((await lay('office')).statusCode).toBe(404)
    expect((await lay(colleague.id)).statusCode).toBe(200)
    expect(await sees(theirs)).toMatchObject({ clerk: { id: colleague.id }, asked: { request } })
    expect((await call('POST', '/api/v1/tablet/refusal', { request }, theirs)).statusCode).toBe(200)
    expect((await sees(theirs)).asked).toMatchObject({ state: 'refused' })
    expect((await sees()).asked).toBeNull()
  })

  it('shows one thing at a time: the next takes the place of what was there', async () => {
    const first = await ask(people.dLosesCard)
    const second = await ask(people.eLastEvening)
    expect((await sees()).asked).toMatchObject({ request: second })
    const late = { request: first, manner: 'witnessed', picture: '', language: 'en' }
    expect((await call('POST', '/api/v1/tablet/signature', late)).json()).toMatchObject({
      refusal: 'no-longer-asked',
    })
  })
})

describe('what is drawn', () => {
  const far = `M1 1${'L9 9'.repeat(3)}`
  it.each([
    ['a script', '<script>alert(1)</script>', 400],
    ['an attribute that ends the path', 'M1 1L9 9" onload="x', 400],
    ['a number that is none', 'M1 1LNaN 9', 400],
    ['numbers with a sign, a point, an exponent', 'M-1 1L1.5 9L1e3 4', 400],
    ['endless numbers', `M1 1L${'9'.repeat(400)} 1`, 400],
    ['curves', 'M1 1C1 1 2 2 3 3', 400],
    ['a line that begins nowhere', 'L1 1L90 90', 400],
    ['more than is kept', `M1 1${'L99 99'.repeat(10_001)}`, 400],
    ['a point far outside the field', `${far}L999 9`, 409],
    ['a point below the field', `${far}L9 181`, 409],
    ['a dot', 'M50 50L50 50', 409],
    ['moves alone', 'M1 1M90 90M180 90', 409],
    ['nothing', '', 400],
    ['a NUL', 'M1 1L9 9\u0000', 400],
    ['full-width digits', 'M１ １L９０ ９０', 400],
  ] as const)('%s is no signature', async (_, picture, status) => {
    const request = await ask(people.fNeverCame)
    const sent = { request, manner: 'drawn', picture, language: 'en' }
    const reply = await call('POST', '/api/v1/tablet/signature', sent)
    expect(reply.statusCode, reply.body).toBe(status)
    if (status === 409) expect(reply.json()).toMatchObject({ refusal: 'not-signed' })
    const desks = { ...given(people.fNeverCame), signature: { manner: 'drawn', picture, language: 'en' } }
    expect((await desk.post(csie.id, desks)).statusCode, 'the same at the desk').toBe(status)
  })

  it('the longest that is kept is taken, in one request', async () => {
    const request = await ask(people.fNeverCame)
    const picture = `M1 1${'L99 9L9 99'.repeat(5_999)}`
    const sent = { request, manner: 'drawn', picture, language: 'en' }
    expect(picture.length).toBeLessThanOrEqual(60_000)
    expect((await call('POST', '/api/v1/tablet/signature', sent)).statusCode).toBe(200)
  })
})
