import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { people } from '../../test/people.ts'
import { post } from '../reissue/trial-reissue.ts'
import type { CorrectionsReply } from './correction-routes.ts'
import type { CorrectionShown } from './correction-shown.ts'

/* The office takes longer to answer who asked for a correction: once, before the last day is over, and says why. */

let campus: TestCampus
const { aEarly, bOnTheStroke, cDuringTheRun, dLosesCard } = people
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

type Answered = Awaited<ReturnType<typeof post>>
const askedId = async (who: string, part = 'you'): Promise<number> =>
  Number((await post(campus, '/api/v1/me/corrections', { part, wrong: 'My name' }, { who })).body.id)
const prolong = (id: number, days = 30, reason = 'The registrar is asked', who = 'office') =>
  post(campus, `/api/v1/corrections/${id}/prolongation`, { days, reason }, { who })
const refusal = ({ status, body }: Answered): string =>
  status === 409 ? String(body.refusal) : String(status)

async function get<Reply>(who: string, url: string): Promise<Reply> {
  const { server } = campus.gatehouse
  const reply = await server.inject({ url, headers: { cookie: await campus.signIn(who) } })
  expect([url, reply.statusCode]).toEqual([url, 200])
  return reply.json<Reply>()
}
const own = async (who: string) =>
  (await get<{ corrections: CorrectionShown[] }>(who, '/api/v1/me/corrections')).corrections[0]
const waiting = async () => (await get<CorrectionsReply>('office', '/api/v1/corrections')).waiting
const change = (sql: string, ...values: unknown[]) => campus.owner.pool.query(sql, values)

describe('taking longer', () => {
  it('moves the last day, and the person is told why and by when', async () => {
    const { number } = aEarly
    await change(`update person set language = 'en' where student_number = $1`, number)
    const [first, next] = [await askedId(number), await askedId(bOnTheStroke.number)]
    expect((await waiting()).map(({ id }) => id)).toEqual([first, next])
    expect((await prolong(first, 20, ' The registrar is asked\r\nfirst ')).body).toEqual({
      id: first,
      dueOn: '2023-12-07',
    })
    const prolonged = { id: first, dueOn: '2023-12-07', prolongedBecause: 'The registrar is asked\nfirst' }
    expect(await own(number)).toMatchObject({ ...prolonged, overdue: false, answer: null })
    expect((await waiting()).at(-1)).toMatchObject(prolonged)
    const { rows } = await change(
      `select m.body, j.facts from message m join journal j on j.id = m.journal_id where m.kind = 'correction-prolonged'`,
    )
    expect(rows).toEqual([
      { body: expect.stringContaining('answers by Thu 7 Dec'), facts: { correction: first, days: 20 } },
    ])
    expect(String(rows[0]!.body)).toContain('The reason: The registrar is asked\nfirst')
  })

  it('is not late until the later day is over, and never prolonged after it', async () => {
    const id = await askedId(cDuringTheRun.number)
    const moveOn = (by: string) => change('update campus_clock set ahead_by = ahead_by + $1::interval', by)
    const late = async () => (await waiting()).find(each => each.id === id)!.overdue
    await moveOn('30 days')
    expect(refusal(await prolong(id, 1))).toBe('200')
    await moveOn('1 day')
    expect(await late()).toBe(false)
    await moveOn('1 day')
    expect(await late()).toBe(true)
    await moveOn('-32 days')
    const other = await askedId(cDuringTheRun.number, 'cards')
    await moveOn('31 days')
    expect(refusal(await prolong(other))).toBe('correction-overdue')
    await moveOn('-31 days')
  })

  it('as two at once: one is kept, and one message sent', async () => {
    const id = await askedId(dLosesCard.number)
    const both = await Promise.all([prolong(id), prolong(id, 10, 'Somebody is away', 'office-2')])
    expect(both.map(refusal).toSorted()).toEqual(['200', 'correction-prolonged'])
    const { rowCount } = await change(
      `select from message m join journal j on j.id = m.journal_id
       where m.kind = 'correction-prolonged' and j.facts ->> 'correction' = $1`,
      String(id),
    )
    expect(rowCount).toBe(1)
  })

  it('is refused in words where it may not be, and is nobody else’s', async () => {
    const { number } = aEarly
    const id = await askedId(number, 'cards')
    expect((await prolong(id, 31)).body).toMatchObject({
      refusal: 'days-longer-wrong',
      message: expect.stringContaining('30'),
    })
    expect(refusal(await prolong(id, 0))).toBe('days-longer-wrong')
    expect(refusal(await prolong(id, 30, ' '))).toBe('why-longer-missing')
    expect(refusal(await prolong(987_654))).toBe('404')
    for (const who of ['desk-csie', 'access', 'admin', number, bOnTheStroke.number])
      expect([who, refusal(await prolong(id, 1, 'x', who))]).toEqual([who, '404'])
    const is = `update staff set person_id = $1 where id = 'office'`
    await change(is, await campus.personId(number))
    expect(refusal(await prolong(id))).toBe('own-correction')
    await change(is, null)
    const back = await post(campus, `/api/v1/me/corrections/${id}/withdrawal`, undefined, { who: number })
    expect(refusal(back)).toBe('200')
    expect(refusal(await prolong(id))).toBe('correction-ended')
  })
})

describe('the database refuses', () => {
  const whole = {
    prolonged_at: 'asked_at',
    prolonged_by: `'office:office'`,
    prolonged_until: 'due_on + 30',
    prolong_reason: `'x'`,
  }
  it.each([
    ['more days than the law has', { prolonged_until: 'due_on + 31' }, 'correction_prolonged_by_the_law'],
    ['no day', { prolonged_until: 'due_on' }, 'correction_prolonged_by_the_law'],
    ['no reason', { prolong_reason: 'null' }, 'correction_prolonged_whole'],
    ['the person', { prolonged_by: `'student:' || person_id` }, 'office_prolongs_correction'],
  ])('%s', async (_, wrong, constraint) => {
    const id = await askedId(bOnTheStroke.number, 'doors')
    const set = (as: object) =>
      Object.entries(as)
        .map(([column, value]) => `${column} = ${String(value)}`)
        .join(', ')
    const update = (as: object) => change(`update correction_request set ${set(as)} where id = $1`, id)
    await expect(update({ ...whole, ...wrong })).rejects.toMatchObject({ constraint })
    await update(whole)
    await expect(update({ prolonged_until: 'due_on + 29' })).rejects.toThrow('prolonged once')
    await post(campus, `/api/v1/me/corrections/${id}/withdrawal`, undefined, { who: bOnTheStroke.number })
  })
})
