import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { people } from '../../test/people.ts'
import { employ } from '../../test/staff.ts'
import type { LookAccounts, LookReply, LooksReply } from './looks-list-routes.ts'

/* The auditor's list of looks: who looked at whom, narrowed, by pages, and as a file; and that reading it is a look, too. */

let campus: TestCampus
const { aEarly, bOnTheStroke } = people
let aId: number

const ask = async (who: string, method: 'GET' | 'POST', url: string, payload?: object) =>
  campus.gatehouse.server.inject({
    method,
    url: `/api/v1${url}`,
    headers: { cookie: await campus.signIn(who), 'accept-language': 'en' },
    ...(payload && { payload }),
  })

/** What the list has, as an auditor narrows it; the looks of the set-up alone: those that the tests make come after. */
async function listed(by: object = {}): Promise<LooksReply> {
  const answer = await ask('auditor', 'POST', '/looks/search', by)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<LooksReply>()
}
const said = ({ looks }: LooksReply) =>
  looks.map(({ account, person, people: many }) => `${account}: ${person?.studentNumber ?? many}`)

const desk = `desk-registry: ${aEarly.number}`
const story = `office: ${aEarly.number}`
const file = 'office: 3'

beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-17T23:50' })
  await employ(campus.owner.db, { id: 'auditor', nameEn: 'Auditor Sample', role: 'auditor' })
  aId = await campus.personId(aEarly.number)
  await ask('desk-registry', 'POST', '/desk/people/card', { studentNumber: aEarly.number })
  await campus.moveTo('2023-10-18T00:10')
  await ask('office', 'GET', `/people/${aId}/timeline`)
  const bId = await campus.personId(bOnTheStroke.number)
  const [other] = [1, 2, 3].filter(id => id !== aId && id !== bId)
  await ask('office', 'GET', `/people/export?format=csv&ids=${aId},${bId},${other}`)
}, 120_000)
afterAll(() => campus.close())

describe('the list of looks', () => {
  it('has them all, the newest first: one person by name, of many the number', async () => {
    const reply = await listed()
    expect(said(reply)).toEqual([file, story, desk])
    expect(reply.looks[1]).toMatchObject({
      name: { en: expect.any(String) },
      by: { en: 'Card office' },
      what: { en: 'The whole history' },
      route: 'GET /api/v1/people/:id/timeline',
      purpose: { en: 'Answering a question, or finding out what happened' },
      person: { personId: aId },
    })
    expect(reply).toMatchObject({ next: null, of: null })
  })

  it('is itself a look at whom it shows, and is in the journal by what it was narrowed by', async () => {
    const [last] = (await listed({ account: 'auditor' })).looks
    expect(last).toMatchObject({ account: 'auditor', purpose: { en: 'Audit' }, person: { personId: aId } })
    const { rows } = await campus.owner.pool.query(
      `select actor, facts from journal where act = 'looks read' order by id desc limit 1`,
    )
    expect(rows).toEqual([{ actor: 'auditor:auditor', facts: { by: 'account', looks: 1 } }])
  })

  it.each([
    ['an account', { account: ' desk-registry ' }, [desk]],
    ['nobody’s account', { account: 'nobody-known' }, []],
    ['a purpose', { purpose: 'desk' }, [desk]],
    ['the campus’s days', { to: '2023-10-17' }, [desk]],
    ['days, both included', { from: '2023-10-18', to: '2023-10-18', account: 'office' }, [file, story]],
    ['a day after all of them', { from: '2023-10-19' }, []],
    [
      'whose record it was, also among others',
      { studentNumber: aEarly.number, account: 'office' },
      [file, story],
    ],
    [
      'a number as it is typed',
      { studentNumber: ` ${aEarly.number.toLowerCase()} `, purpose: 'desk' },
      [desk],
    ],
    ['who was one of many', { studentNumber: bOnTheStroke.number, account: 'office' }, [file]],
  ])('is narrowed by %s', async (_, by, expected) => {
    expect(said(await listed(by))).toEqual(expected)
  })

  it.each([
    ['days-reversed', { from: '2023-10-18', to: '2023-10-17' }, 'after the last one, 2023-10-17'],
    ['nobody-of-number', { studentNumber: '40000000S' }, 'Nobody in the register has this student number'],
  ])('refuses what would look like nobody had looked: %s', async (refusal, by, message) => {
    const answer = await ask('auditor', 'POST', '/looks/search', by)
    expect(answer.statusCode).toBe(409)
    expect(answer.json<object>()).toMatchObject({ refusal, message: expect.stringContaining(message) })
  })

  it.each([
    { from: '0000-01-01' },
    { to: '2023-02-30' },
    { purpose: 'curiosity' },
    { account: 'x'.repeat(101) },
    { studentNumber: '1'.repeat(21) },
    { before: 0 },
    { unknown: 1 },
  ])('takes no %j', async by => {
    expect((await ask('auditor', 'POST', '/looks/search', by)).statusCode).toBe(400)
  })

  it('says whom a look at many showed, and of one that is not there nothing', async () => {
    const { looks } = await listed({ account: 'office', purpose: 'question', to: '2023-10-18' })
    const many = looks.find(({ people: count }) => count === 3)!
    const reply = (await ask('auditor', 'GET', `/looks/${many.id}/people`)).json<LookReply>()
    expect(reply.look).toMatchObject({ account: 'office', people: 3, person: null })
    expect(reply.people.map(({ studentNumber }) => studentNumber)).toEqual(
      expect.arrayContaining([aEarly.number, bOnTheStroke.number]),
    )
    expect(reply.people).toHaveLength(3)
    const [, second] = reply.people
    const rest = await ask('auditor', 'GET', `/looks/${many.id}/people?after=${second!.personId}`)
    expect(rest.json<LookReply>().people).toEqual(reply.people.slice(2))
    expect((await ask('auditor', 'GET', '/looks/999999999/people')).statusCode).toBe(404)
  })

  it('is had as a file, narrowed likewise; whose record, by our own id', async () => {
    const rows = async (query: string) => {
      const { statusCode, body } = await ask(
        'auditor',
        'GET',
        `/looks/export?format=csv&account=office&${query}`,
      )
      expect(statusCode, body).toBe(200)
      return body.trim().split('\r\n').slice(1)
    }
    const all = await rows('')
    expect(all).toHaveLength(2)
    expect(all[0]).toContain('A list taken out as a file,GET /api/v1/people/export')
    expect(all[1]).toContain(aEarly.number)
    expect(await rows(`person=${await campus.personId(bOnTheStroke.number)}`)).toEqual([all[0]])
    const wrong = await ask('auditor', 'GET', '/looks/export?format=csv&from=2023-10-18&to=2023-10-17')
    expect([wrong.statusCode, wrong.json<{ refusal: string }>().refusal]).toEqual([409, 'days-reversed'])
  })

  it('goes on by pages, and misses none', async () => {
    await campus.owner.pool.query(
      `with l as (insert into look (at, actor, purpose, shown, people)
         select campus_now(), 'cashier:cashier', 'money', 'money', 1 from generate_series(1, 120) returning id)
       insert into looked_at (look_id, person_id) select id, $1 from l`,
      [aId],
    )
    const pages: LooksReply[] = []
    for (let before: number | null = null; pages.length < 5; ) {
      const page: LooksReply = await listed({ account: 'cashier', ...(before !== null && { before }) })
      pages.push(page)
      before = page.next
      if (before === null) break
    }
    expect(pages.map(({ looks }) => looks.length)).toEqual([50, 50, 20])
    const ids = pages.flatMap(({ looks }) => looks.map(({ id }) => id))
    expect(new Set(ids).size).toBe(120)
    expect(ids).toEqual(ids.toSorted((a, b) => b - a))
  })

  it('offers the staff’s accounts', async () => {
    const { accounts } = (await ask('auditor', 'GET', '/looks/accounts')).json<LookAccounts>()
    expect(accounts).toContainEqual({ account: 'auditor', name: { 'zh-TW': '同仁', en: 'Auditor Sample' } })
  })

  it.each(['office', 'desk-registry', 'access', 'cashier', 'admin', aEarly.number])(
    'is read by nobody else: %s',
    async who => {
      const asked = [
        await ask(who, 'POST', '/looks/search', {}),
        await ask(who, 'GET', '/looks/accounts'),
        await ask(who, 'GET', '/looks/1/people'),
        await ask(who, 'GET', '/looks/export?format=csv'),
      ]
      expect(asked.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404])
    },
  )
})
