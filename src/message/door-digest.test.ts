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
    insert into staff (id, name_zh, name_en, role) values ('access', '門禁己', 'Access Keeper F', 'access'),
      ('office', '承辦戊', 'Card Officer E', 'office');
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

it('tells nothing of what was answered, nor to who ended it', async () => {
  await campus.sql(
    `update door_task set made_at = '2023-10-21T12:00+08:00', done_at = '2023-10-21T13:00+08:00', done_by = 'x'`,
  )
  expect(await look('2023-10-22T09:00')).toBe(0)
  await campus.sql('update door_task set done_at = null, done_by = null')
  await campus.register.aside({ kind: 'access', id: 'access' }, act =>
    setStaffMail(act, { address: null, language: 'en' }),
  )
  await campus.register.aside({ kind: 'office', id: 'office' }, act => setDoorDigest(act, null))
  expect(await look('2023-10-23T09:00')).toBe(0)
})
