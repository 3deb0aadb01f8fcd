import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import type { LosingReply, RehearsalReply } from './rehearsal-routes.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

async function rehearse(days = 0): Promise<RehearsalReply> {
  const headers = { cookie: await campus.signIn('office'), 'accept-language': 'en' }
  const url = `/api/v1/programme/rehearsal?moveByDays=${days}`
  const reply = await campus.gatehouse.server.inject({ url, headers })
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json<RehearsalReply>()
}

const everything = async (): Promise<string> => {
  const { rows } = await campus.owner.pool.query<{ all: string }>(
    `select (select count(*) from journal) || ' ' || (select count(*) from message) || ' ' ||
       (select md5(string_agg(u::text, ' ' order by card_id)) from card_use u) as all`,
  )
  return rows[0]!.all
}

it('who would lose campus access is who has an old card in use and no other on that day, and nothing is done', async () => {
  const before = await everything()
  const { all, cohorts, halls, reminders, exceptions, deadline } = await rehearse()
  expect(deadline).toBe('2024-03-01')
  const { rows } = await campus.owner.pool.query<{ people: number }>(`
    select count(distinct u.person_id)::int as people from card_use u
    where u.kind = 'student' and upper(u.during) = '2024-03-01 00:00+8' and u.during @> '2023-10-18 11:00+8'::timestamptz
      and not exists (select from card_use n where n.person_id = u.person_id and n.during @> '2024-03-01 00:00+8'::timestamptz)`)
  expect(all.people).toBe(rows[0]!.people)
  const sum = (list: readonly { people: number }[]) => list.reduce((total, { people }) => total + people, 0)
  expect([sum(cohorts), sum(halls)]).toEqual([all.people, all.people])
  const { people, ...standings } = all
  expect(Object.values(standings).reduce((total, many) => total + many, 0)).toBe(people)
  expect(halls.map(({ name }) => name)).toContain('Residence Hall 7')
  for (const { name } of [...halls, ...cohorts]) expect(name).not.toMatch(/^[a-z]+-\d$/)
  // On the last day all are reminded but the exceptions.
  expect(reminders.at(-1)!.people + sum(exceptions)).toBe(all.people)
  expect(exceptions.map(({ status }) => status)).toContain('on-leave')
  expect(await everything()).toBe(before)
})

it('a card that a class representative has is neither in its holder’s hands nor at a counter', async () => {
  const before = (await rehearse()).all
  await campus.owner.pool.query(`
    with given as (
      select c.id, c.made_for, c.edition from card c join card_use u on u.person_id = c.made_for and u.kind = 'student'
      join card o on o.id = u.card_id and o.edition = 'easycard'
      where c.counter is not null and c.retired_at is null and not exists (select from handover h where h.card_id = c.id)
        and u.during @> '2023-10-18 11:00+8'::timestamptz order by c.id limit 1),
    went as (
      insert into batch (person_id, checked, counter, clerk, given_at, back_by, cards, manner, erase_on)
      select (select max(id) from person), 'by-card', 'dept-math', (select min(id) from staff), '2023-10-18 10:00+8', '2023-10-25',
             1, 'typed', '2025-10-25' returning id)
    insert into handover (card_id, person_id, edition, at, how, batch_id, held)
    select given.id, given.made_for, given.edition, '2023-10-18 10:00+8', 'representative', went.id, '[2023-10-18 10:00+8,)'
    from given, went`)
  expect((await rehearse()).all).toEqual({
    ...before,
    'with-representative': 1,
    'card-waits': before['card-waits'] - 1,
  })
})

it('moving the deadline says for how many access ends later or earlier, and why it could not be', async () => {
  const { moved } = await rehearse(7)
  expect(moved).toMatchObject({ on: '8 March 2024', endsEarlier: 0, endsLater: 974, refusals: [] })
  expect((await rehearse(-7)).moved).toMatchObject({ endsEarlier: 974, endsLater: 0 })
  // A Sunday: no counter is open.
  expect((await rehearse(2)).moved!.refusals[0]).toContain('no counter is open')
  expect((await rehearse(-200)).moved!.refusals.join(' ')).toContain('lies in the past')
})

it('who they are is shown by pages, and journalled of each', async () => {
  const headers = { cookie: await campus.signIn('office'), 'accept-language': 'en' }
  const page = async (after: number) => {
    const url = '/api/v1/programme/rehearsal/people'
    const reply = await campus.gatehouse.server.inject({ method: 'POST', url, headers, payload: { after } })
    return reply.json<LosingReply>()
  }
  const first = await page(0)
  const second = await page(first.after!)
  expect(new Set([...first.people, ...second.people].map(({ studentNumber }) => studentNumber)).size).toBe(40)
  const { rows } = await campus.owner.pool.query(
    `select from journal where act = 'seen in the deadline rehearsal'`,
  )
  expect(rows).toHaveLength(40)
})
