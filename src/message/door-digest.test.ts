import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '../server/database.ts'
import { openRegister } from '../server/register.ts'
import { setDoorDigest, tellDoorOwners } from './door-digest.ts'
import { setStaffMail } from './staff-mail.ts'
import { system, type TrialCampus, trialCampus } from './trial-campus.ts'
import { at } from './trial-told.ts'

/* Two doors of two owners were on the old card of One; the keepers hear of it once a day, each of their own. */
let campus: TrialCampus
beforeAll(async () => {
  campus = await trialCampus()
  await campus.sql(`
    insert into staff (id, name_zh, name_en) values ('access', '門禁己', 'Access Keeper F'),
      ('office', '承辦戊', 'Card Officer E');
    insert into controller (id, host, port, capacity, number_format, building_zh, building_en)
    values (1, '127.0.0.1', 60000, 100, 'wiegand-26', '科學館', 'Science Hall');
    insert into door values ('lab', 1, 1, '實驗室', 'Laboratory'), ('studio', 1, 2, '工作室', 'Studio');
    insert into individual_grant (id, card_id, door_id, owner_zh, owner_en, granted_at) overriding system value
    values (1, 1, 'lab', '物理系', 'Physics', '2022-01-01'), (2, 1, 'studio', '美術系', 'Fine Arts', '2022-01-01');
    insert into card_use (card_id, person_id, during) values (3, 1, '[2024-02-29T16:00:00Z,)');
    update card_use set during = '[2021-09-01,2023-10-18T03:00:00Z)' where card_id = 1;
    update card_use set during = '[2023-10-18T03:00:00Z,)' where card_id = 3`)
}, 120_000)
afterAll(() => campus.close())

const asks = (id: string, address: string, language: 'zh-TW' | 'en', owner: string | null) =>
  campus.register.aside({ kind: 'access', id }, async act => {
    await setStaffMail(act, { address, language })
    await setDoorDigest(act, { owner })
  })
const task = (grant: number, madeAt: string) =>
  campus.sql('insert into door_task (grant_id, card_id, person_id, made_at) values ($1, 3, 1, $2)', [
    grant,
    at(madeAt).toString(),
  ])
async function look(when: string, register = campus.register): Promise<number> {
  campus.now = at(when)
  return register.aside(system, act => tellDoorOwners(act, 'https://cards.example.edu'))
}
const mails = () => campus.sql('select recipient, subject, body from message order by id')

it('tells each of what is new at their doors, in one mail a day, and names nobody', async () => {
  campus.now = at('2023-10-18T10:00')
  await asks('access', 'all@school.example', 'en', null)
  await asks('office', 'art@school.example', 'zh-TW', '美術系')
  expect(await look('2023-10-18T10:01')).toBe(0)
  await task(1, '2023-10-18T11:00')
  // One mail a day, in the morning.
  for (const when of ['2023-10-18T12:00', '2023-10-18T23:00', '2023-10-19T08:59'])
    expect(await look(when)).toBe(0)

  const second = openDatabase(campus.url, 'app', { connections: 2 })
  const other = openRegister(second, campus.clock, async () => {})
  const both = await Promise.all([look('2023-10-19T09:00'), look('2023-10-19T09:00', other)])
  await second.close()
  expect(both.toSorted()).toEqual([0, 1])
  const [first, ...more] = await mails()
  expect(more).toEqual([])
  expect(first).toMatchObject({
    recipient: 'all@school.example',
    subject: 'Cards that changed: 1 new door to answer',
  })
  expect(first!.body).toContain('Science Hall, Laboratory: 1 to answer, 1 of them new')
  expect(first!.body).toContain('https://cards.example.edu/staff/door-tasks')
  expect(first!.body).not.toMatch(/Sample One|示例生|41047001S|0003/u)

  // The day after, nothing is new; then another owner's door is.
  expect(await look('2023-10-20T09:00')).toBe(0)
  await task(2, '2023-10-20T11:00')
  expect(await look('2023-10-21T09:00')).toBe(2)
  const [, all, art] = await mails()
  expect(all!.body).toContain('Laboratory: 1 to answer\n')
  expect(all!.body).toContain('Studio: 1 to answer, 1 of them new')
  expect(art).toMatchObject({ recipient: 'art@school.example', subject: '換卡待辦：新增 1 項' })
  expect(art!.body).toContain('科學館　工作室：待決定 1 項，其中新增 1 項')
  expect(art!.body).not.toContain('實驗室')
})

it('tells of a task that opens after newer ones were told, and of each once', async () => {
  // The studio is opened by a group meanwhile, while the laboratory's task is told.
  await campus.sql(`update door_task set made_at = '2023-10-21T12:00+08:00' where grant_id = 1`)
  await campus.sql('truncate door_task_told')
  await campus.sql(`
    insert into access_group (id, name_zh, name_en, members) values ('all', '全校', 'Everybody', 'campus');
    insert into access_group_door (group_id, door_id) values ('all', 'lab')`)
  const [before] = await campus.sql('select count(*)::int as mails from message')
  expect(await look('2023-10-22T09:00')).toBe(2)
  await campus.sql('delete from access_group_door')
  expect(await look('2023-10-23T09:00')).toBe(1)
  const all = (await mails()).slice(Number(before!.mails))
  expect(all.map(({ recipient }) => recipient)).toEqual([
    'all@school.example',
    'art@school.example',
    'all@school.example',
  ])
  expect(all[0]!.body).not.toContain('Laboratory')
  expect(all[2]!.body).toContain('Laboratory: 1 to answer, 1 of them new')
  expect(all[2]!.body).toContain('Studio: 1 to answer\n')
  expect(await look('2023-10-24T09:00')).toBe(0)
})

it('tells what is new behind more doors than a mail has room for', async () => {
  await campus.sql(`
    insert into controller (id, host, port, capacity, number_format, building_zh, building_en)
    select n, '127.0.0.1', 60000 + n, 100, 'wiegand-26', '一館', 'A Hall' from generate_series(2, 60) n;
    insert into door select 'd' || n, 2 + n / 4, 1 + n % 4, '門' || n, 'Door ' || n from generate_series(0, 229) n;
    insert into individual_grant (id, card_id, door_id, owner_zh, owner_en, granted_at) overriding system value
    select 1000 + n, 1, 'd' || n, '化學系', 'Chemistry', '2022-01-01' from generate_series(0, 229) n;
    insert into door_task (grant_id, card_id, person_id, made_at)
    select 1000 + n, 3, 1, '2023-10-24T11:00+08:00' from generate_series(0, 229) n`)
  // So many at first, the others in the next mail; then what is new is told although 230 doors wait before it.
  expect([await look('2023-10-25T09:00'), await look('2023-10-26T09:00')]).toEqual([1, 1])
  const [left] = await campus.sql(
    `select count(*)::int as left from door_task t where not exists (
       select from door_task_told o where o.task_id = t.id and o.staff_id = 'access')`,
  )
  expect(left).toEqual({ left: 0 })
  await campus.sql(`
    insert into individual_grant (id, card_id, door_id, owner_zh, owner_en, granted_at) overriding system value
    values (3, 2, 'studio', '美術系', 'Fine Arts', '2022-01-01');
    update card_use set during = '[2021-09-01,2023-10-18T03:00:00Z)' where card_id = 2;
    insert into card_use (card_id, person_id, during) values (4, 2, '[2023-10-18T03:00:00Z,)');
    insert into door_task (grant_id, card_id, person_id, made_at) values (3, 4, 2, '2023-10-26T11:00+08:00')`)
  expect(await look('2023-10-27T09:00')).toBe(2)
  expect((await mails()).at(-2)!.body).toContain('Studio: 2 to answer, 1 of them new')
})

it('tells nothing of what was answered, nor to who ended it', async () => {
  await campus.sql('truncate door_task_told')
  await campus.sql(
    `update door_task set made_at = '2023-10-21T12:00+08:00', done_at = '2023-10-21T13:00+08:00', done_by = 'x'`,
  )
  expect(await look('2023-10-28T09:00')).toBe(0)
  await campus.sql('update door_task set done_at = null, done_by = null')
  await campus.register.aside({ kind: 'access', id: 'access' }, act =>
    setStaffMail(act, { address: null, language: 'en' }),
  )
  await campus.register.aside({ kind: 'office', id: 'office' }, act => setDoorDigest(act, null))
  expect(await look('2023-10-29T09:00')).toBe(0)
})
