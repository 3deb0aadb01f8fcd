import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { people } from '../../test/people.ts'
import { employ } from '../../test/staff.ts'
import type { StuckReply } from '../overview/api.ts'
import { post } from '../reissue/trial-reissue.ts'
import type { CorrectionsReply } from './correction-routes.ts'
import type { CorrectionShown } from './correction-shown.ts'

/* A student says what is wrong with what is kept of them; the office answers by the last day, once, and nobody else does. */

let campus: TestCampus
const { aEarly, bOnTheStroke, cDuringTheRun, dLosesCard, eLastEvening, fNeverCame, gOnTheSecond } = people
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
  await employ(campus.owner.db, {
    id: 'auditor',
    nameZh: '稽核示例',
    nameEn: 'Auditor Sample',
    role: 'auditor',
  })
}, 60_000)
afterAll(() => campus.close())

const ask = (who: string, part = 'you', wrong = 'My English name is misspelt') =>
  post(campus, '/api/v1/me/corrections', { part, wrong }, { who })
const askedId = async (who: string, part = 'you'): Promise<number> => Number((await ask(who, part)).body.id)
const takeBack = (who: string, id: number) =>
  post(campus, `/api/v1/me/corrections/${id}/withdrawal`, undefined, { who })
const answer = (id: number, body: object = { answer: 'corrected', reason: '' }, who = 'office') =>
  post(campus, `/api/v1/corrections/${id}/answer`, body, { who })
const refusal = ({ status, body }: { status: number; body: Record<string, unknown> }): string =>
  status === 409 ? String(body.refusal) : String(status)

async function get<Reply>(who: string, url: string): Promise<Reply> {
  const { server } = campus.gatehouse
  const reply = await server.inject({ url, headers: { cookie: await campus.signIn(who) } })
  expect([url, reply.statusCode]).toEqual([url, 200])
  return reply.json<Reply>()
}
const listed = (who = 'office') => get<CorrectionsReply>(who, '/api/v1/corrections')
const own = async (who: string) =>
  (await get<{ corrections: CorrectionShown[] }>(who, '/api/v1/me/corrections')).corrections
const told = async (number: string) => {
  const { rows } = await campus.owner.pool.query<{ subject: string; body: string }>(
    `select m.subject, m.body from message m join person p on p.id = m.person_id
     where p.student_number = $1 and m.kind = 'correction-answered' order by m.id`,
    [number],
  )
  return rows
}

describe('asking', () => {
  it('waits until the last day, where the office and its person see it; a second one under the heading does not', async () => {
    const asked = await ask(aEarly.number)
    expect(asked.body).toMatchObject({ dueOn: '2023-11-17' })
    expect(refusal(await ask(aEarly.number))).toBe('correction-open')
    expect(refusal(await ask(aEarly.number, 'doors', 'I lack a door'))).toBe('200')
    expect((await own(aEarly.number)).map(({ part, answer: as }) => [part, as])).toEqual([
      ['doors', null],
      ['you', null],
    ])
    const row = (await listed()).waiting.find(({ id }) => id === asked.body.id)
    expect(row).toMatchObject({
      studentNumber: aEarly.number,
      wrong: 'My English name is misspelt',
      dueOn: '2023-11-17',
      overdue: false,
    })
  })

  it('at once, twice: one is taken up', async () => {
    const both = await Promise.all([ask(bOnTheStroke.number), ask(bOnTheStroke.number)])
    expect(both.map(refusal).toSorted()).toEqual(['200', 'correction-open'])
  })

  it('says something, and not without end', async () => {
    expect(refusal(await ask(cDuringTheRun.number, 'you', ' '))).toBe('wrong-missing')
    expect(refusal(await ask(cDuringTheRun.number, 'nowhere'))).toBe('400')
    for (let times = 0; times < 10; times++)
      await takeBack(cDuringTheRun.number, await askedId(cDuringTheRun.number))
    expect(refusal(await ask(cDuringTheRun.number))).toBe('corrections-often')
  })
})

describe('the office', () => {
  it.each([
    ['corrected', '', /corrected it/],
    ['passed-on', 'the registrar', /passed on to: the registrar/],
    ['not-changed', 'The passport says so', /reason: The passport says so/],
  ])('answers %s, once, and the person is told', async (as, reason, letter) => {
    await campus.owner.pool.query(`update person set language = 'en' where student_number = $1`, [
      dLosesCard.number,
    ])
    const before = (await told(dLosesCard.number)).length
    const id = await askedId(dLosesCard.number)
    if (as !== 'corrected')
      expect(refusal(await answer(id, { answer: as, reason: ' ' }))).toMatch(
        /^(correction-reason-missing|passed-on-to-nobody)$/,
      )
    expect(refusal(await answer(id, { answer: as, reason }))).toBe('200')
    expect(refusal(await answer(id, { answer: 'corrected', reason: '' }, 'office-2'))).toBe(
      'correction-ended',
    )
    expect(refusal(await takeBack(dLosesCard.number, id))).toBe('correction-ended')
    expect((await own(dLosesCard.number)).find(each => each.id === id)).toMatchObject({
      answer: as,
      reason: reason || null,
    })
    const letters = await told(dLosesCard.number)
    expect(letters).toHaveLength(before + 1)
    expect(letters.at(-1)!.body).toMatch(letter)
    const { ended } = await listed('auditor')
    expect(ended[0]).toMatchObject({ id, answer: as, answeredBy: { en: expect.any(String) } })
    const { rows } = await campus.owner.pool.query(
      `select act, facts from journal where facts ->> 'correction' = $1::text order by id`,
      [String(id)],
    )
    expect(rows).toEqual([
      { act: 'correction asked', facts: { correction: id, part: 'you' } },
      { act: 'correction answered', facts: { correction: id, answer: as } },
    ])
  })

  it('answers as two at once: one answer is kept, and one message sent', async () => {
    const id = await askedId(eLastEvening.number)
    const both = await Promise.all([
      answer(id),
      answer(id, { answer: 'not-changed', reason: 'right' }, 'office-2'),
    ])
    expect(both.map(refusal).toSorted()).toEqual(['200', 'correction-ended'])
    expect(await told(eLastEvening.number)).toHaveLength(1)
  })

  it('does not answer who is the same person; somebody else does', async () => {
    const id = await askedId(fNeverCame.number)
    const is = (personId: number | null) =>
      campus.owner.pool.query(`update staff set person_id = $1 where id = 'office'`, [personId])
    await is(await campus.personId(fNeverCame.number))
    expect(refusal(await answer(id))).toBe('own-correction')
    await is(null)
    expect(refusal(await answer(id, undefined, 'office-2'))).toBe('200')
  })

  it('has it marked late when its last day is over', async () => {
    const id = await askedId(gOnTheSecond.number)
    const late = async () => (await listed()).waiting.find(each => each.id === id)!.overdue
    const moveOn = (by: string) =>
      campus.owner.pool.query('update campus_clock set ahead_by = ahead_by + $1::interval', [by])
    await moveOn('30 days')
    expect(await late()).toBe(false)
    await moveOn('1 day')
    expect(await late()).toBe(true)
    expect((await own(gOnTheSecond.number))[0]).toMatchObject({ id, overdue: true })
    const due = (await listed()).waiting.map(({ dueOn }) => dueOn)
    expect(due).toEqual(due.toSorted())
    await moveOn('-31 days')
  })

  it('sees on its overview how many wait for an answer, and since when the longest', async () => {
    const { waiting } = await listed()
    const { stuck } = await get<StuckReply>('office', '/api/v1/overview/stuck')
    const since = waiting.map(({ askedAt }) => askedAt).toSorted()[0]
    const people = new Set(waiting.map(({ personId }) => personId)).size
    expect(people).toBeGreaterThan(1)
    expect(stuck).toContainEqual({ kind: 'correction-waits', people, since })
  })
})

describe('nobody else', () => {
  it('takes a request back, reads it or answers it', async () => {
    const id = await askedId(gOnTheSecond.number, 'money')
    expect(refusal(await takeBack(aEarly.number, id))).toBe('404')
    expect(refusal(await takeBack(gOnTheSecond.number, 987_654))).toBe('404')
    expect((await own(aEarly.number)).map(each => each.id)).not.toContain(id)
    for (const who of ['desk-csie', 'access', 'cashier', 'admin', aEarly.number]) {
      const { server } = campus.gatehouse
      const reply = await server.inject({
        url: '/api/v1/corrections',
        headers: { cookie: await campus.signIn(who) },
      })
      expect([who, reply.statusCode]).toEqual([who, 404])
      expect([who, refusal(await answer(id, undefined, who))]).toEqual([who, '404'])
    }
    expect(refusal(await answer(id, undefined, 'auditor'))).toBe('404')
    expect(refusal(await answer(987_654))).toBe('404')
    expect(refusal(await takeBack(gOnTheSecond.number, id))).toBe('200')
    expect(refusal(await answer(id))).toBe('correction-ended')
    expect(await askedId(gOnTheSecond.number, 'money')).toBeGreaterThan(id)
  })

  it.each([
    [
      'the person answers',
      `answer = 'corrected', answered_by = 'student:' || person_id`,
      'who_asked_takes_correction_back',
    ],
    [
      'the office takes back',
      `answer = 'taken-back', answered_by = 'office:office'`,
      'who_asked_takes_correction_back',
    ],
    [
      'nothing changes without a reason',
      `answer = 'not-changed', answered_by = 'office:office'`,
      'correction_answered_with_reason',
    ],
  ])('in the database neither, where %s', async (_, set, constraint) => {
    const change = `update correction_request set ${set}, answered_at = asked_at where answer is null`
    await expect(campus.owner.pool.query(change)).rejects.toMatchObject({ constraint })
  })

  it('answers twice, or changes what was asked', async () => {
    await expect(
      campus.owner.pool.query(`update correction_request set wrong = 'other' where answer is not null`),
    ).rejects.toThrow('answered once')
  })
})

describe('the forms of the page', () => {
  const page = '/my-card/data'
  const form = async (who: string, url: string, fields: Record<string, string>, headers: object = {}) =>
    campus.gatehouse.server.inject({
      method: 'POST',
      url,
      headers: {
        cookie: await campus.signIn(who),
        'content-type': 'application/x-www-form-urlencoded',
        'accept-language': 'en',
        ...headers,
      },
      payload: new URLSearchParams(fields).toString(),
    })

  it('ask and take back, and what is refused stays in the form', async () => {
    const { number } = people.hNeither
    const long = `Too long: ${'x'.repeat(600)}`
    const refused = await form(number, `${page}/corrections`, { part: 'cards', wrong: long })
    expect(refused.statusCode).toBe(409)
    expect(refused.body).toContain(long)
    expect(refused.body).toContain('at most 500 letters; you wrote 610')
    const asked = await form(number, `${page}/corrections`, {
      part: 'cards',
      wrong: 'One\r\ncard is not mine',
    })
    expect([asked.statusCode, asked.headers.location]).toEqual([303, `${page}#corrections`])
    const [request] = await own(number)
    expect(request).toMatchObject({ part: 'cards', wrong: 'One\ncard is not mine', answer: null })
    const back = `${page}/corrections/${request!.id}/withdrawal`
    expect((await form(aEarly.number, back, {})).statusCode).toBe(404)
    expect((await form(number, back, {}, { origin: undefined })).statusCode).toBe(403)
    expect((await form(number, back, {})).statusCode).toBe(303)
    expect((await own(number))[0]).toMatchObject({ answer: 'taken-back' })
  })
})
