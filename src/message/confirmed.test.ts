import { afterAll, beforeEach, expect, it } from 'vitest'
import { tellConfirmed } from './confirmed.ts'
import { activate, system, type TrialCampus, trialCampus } from './trial-campus.ts'

const at = (wall: string) => Temporal.Instant.from(`2023-10-${wall}+08:00`)
const open: TrialCampus[] = []
let campus: TrialCampus

/** Two buildings; person 1 activated at 11:00, so that both controllers owe the new card at 15:00. */
beforeEach(async () => {
  campus = await trialCampus()
  open.push(campus)
  await campus.sql(`
    insert into controller (id, host, port, capacity, number_format, building_zh, building_en)
    values (101, '127.0.0.1', 60000, 1000, 'wiegand-26', '圖書館', 'Library'),
           (102, '127.0.0.1', 60001, 1000, 'wiegand-26', '科學館', 'Science Hall')`)
  await activate(campus, 1)
  for (const controller of [101, 102]) {
    await want(controller, 1, 1, '2023-09-11T07:00:00Z', '{1,0,0,0}', '2024-02-29')
    await hold(controller, 1, { until: '2024-02-29', doors: '{1,0,0,0}' })
    await want(controller, 3, 3, '2023-10-18T07:00:00Z', '{1,0,0,0}')
    await want(controller, 1, 1, '2023-10-18T07:00:00Z', '{0,0,0,0}', '2024-02-29')
  }
})
afterAll(async () => {
  for (const each of open) await each.close()
})

const want = (
  controller: number,
  number: number,
  card: number,
  carriedBy: string,
  doors: string,
  to = '2028-10-18',
) =>
  campus.sql(
    `insert into wanted (controller_id, number, carried_by, person_id, card_id, doors, valid_from, valid_to, decided_at)
     values ($1, $2, $3, 1, $4, $5, '2023-10-18', $6, $3)`,
    [controller, number, carriedBy, card, doors, to],
  )
const hold = (
  controller: number,
  number: number,
  { verified = null as string | null, doors = '{1,0,0,0}', until = '2028-10-18' } = {},
) =>
  campus.sql(
    `insert into held (controller_id, number, doors, valid_from, valid_to, confirmed_at, verified_at)
     values ($1, $2, $3, '2023-10-18', $4, '2023-10-18T07:12:00Z', $5)
     on conflict (controller_id, number) do update set doors = excluded.doors, valid_to = excluded.valid_to,
       verified_at = excluded.verified_at`,
    [controller, number, doors, until, verified],
  )
const window = (finished: boolean) =>
  campus.sql(
    `insert into update_window (campus, on_date, at_time, starts_at, frozen_at, finished_at)
     values ('ntnu', '2023-10-18', '15:00', '2023-10-18T07:00:00Z', '2023-10-18T07:00:00Z', $1)`,
    [finished ? '2023-10-18T07:20:00Z' : null],
  )
const look = () => campus.register.look(system, tellConfirmed)
const told = async () =>
  (await campus.sql(`select kind, body from message where kind like 'doors-%' order by id`)) as {
    kind: string
    body: string
  }[]
const readBack = '2023-10-18T07:13:00Z'

it('nobody is told before the window has come', async () => {
  campus.now = at('18T14:59')
  expect(await look()).toBe(0)
})

it('every controller confirmed and read back: told once, with the time of the last', async () => {
  await window(true)
  campus.now = at('18T15:21')
  await hold(101, 3, { verified: readBack })
  await hold(102, 3, { verified: readBack })
  expect(await look()).toBe(1)
  expect(await look()).toBe(0)
  const [message, ...more] = await told()
  expect(more).toEqual([])
  expect(message).toMatchObject({ kind: 'doors-confirmed' })
  expect(message!.body).toContain('10月18日（三）15:12 起使用您的新卡')
  expect(message!.body).toContain('2 個控制器中的 2 個')
})

it('confirmed but not yet read back is no news, neither good nor bad', async () => {
  await window(true)
  campus.now = at('18T15:21')
  await hold(101, 3, { verified: readBack })
  await hold(102, 3)
  expect(await look()).toBe(0)
})

it.each([
  ['other doors', { verified: readBack, doors: '{1,1,0,0}' }],
  ['another last day', { verified: readBack, until: '2024-02-29' }],
])('a controller that holds the card with %s has not confirmed it', async (_, held) => {
  await window(true)
  campus.now = at('18T15:21')
  await hold(101, 3, { verified: readBack })
  await hold(102, 3, held)
  await look()
  expect(await told()).toMatchObject([{ kind: 'doors-waiting' }])
})

it('while the window runs nobody is alarmed; when it is over, the waiting building is named', async () => {
  await window(false)
  campus.now = at('18T15:21')
  await hold(101, 3, { verified: readBack })
  expect(await look()).toBe(0)
  await campus.sql('update update_window set finished_at = starts_at')
  expect(await look()).toBe(1)
  expect(await look()).toBe(0)
  const [message] = await told()
  expect(message).toMatchObject({ kind: 'doors-waiting' })
  expect(message!.body).toContain('2 個控制器中的 1 個')
  expect(message!.body).toContain('還在等待：科學館。那裡舊卡仍可開門')
  expect(message!.body).not.toContain('圖書館')
  // The old card is still held there, so it works; in the end the good news comes too.
  await hold(102, 3, { verified: '2023-10-18T08:30:00Z' })
  expect(await look()).toBe(1)
  expect((await told()).map(each => each.kind)).toEqual(['doors-waiting', 'doors-confirmed'])
})

it('where the promised end passes and the window is not over, the person is told too', async () => {
  await window(false)
  campus.now = at('18T15:59')
  expect(await look()).toBe(0)
  campus.now = at('18T16:00')
  expect(await look()).toBe(1)
})

it('where the old card is gone as well, nobody is told that it works', async () => {
  await window(true)
  campus.now = at('18T15:21')
  await hold(101, 3, { verified: readBack })
  await hold(102, 1, { doors: '{0,0,0,0}' })
  await look()
  const [message] = await told()
  expect(message!.body).not.toContain('舊卡仍可開門')
  expect(message!.body).toContain('還沒有確認您的任何一張卡')
})

it('what is granted later and not yet due does not delay the news', async () => {
  await window(true)
  campus.now = at('18T15:21')
  await hold(101, 3, { verified: readBack })
  await hold(102, 3, { verified: readBack })
  await want(102, 3, 3, '2023-10-18T17:00:00Z', '{1,1,0,0}')
  expect(await look()).toBe(1)
})

it('a new card that was reported lost meanwhile is no news', async () => {
  await window(true)
  campus.now = at('18T15:21')
  for (const controller of [101, 102]) await want(controller, 3, 3, '2023-10-18T07:01:00Z', '{0,0,0,0}')
  await campus.sql(
    `update wanted set at_once = true, urgent = true, decided_at = carried_by where doors = '{0,0,0,0}' and number = 3`,
  )
  expect(await look()).toBe(0)
})

it('two processes that look at the same time tell once', async () => {
  await window(true)
  campus.now = at('18T15:21')
  await hold(101, 3, { verified: readBack })
  await hold(102, 3, { verified: readBack })
  const both = await Promise.all([look(), look(), look()])
  expect(both.toSorted()).toEqual([0, 0, 1])
  expect(await told()).toHaveLength(1)
})

/** A later window of the timetable that is over. */
const laterWindow = (wall: string, utc: string) =>
  campus.sql(
    `insert into update_window (campus, on_date, at_time, starts_at, frozen_at, finished_at)
     values ('ntnu', $2::timestamptz::date, $1, $2, $2, $2)`,
    [wall, utc],
  )

it('who waits is told why, and again only when what was expected was not kept or something else keeps it', async () => {
  await window(true)
  campus.now = at('18T15:21')
  await hold(101, 3, { verified: readBack })
  await campus.sql(`insert into lane (controller_id, silent_since) values (102, '2023-10-18T07:00:00Z')`)
  expect(await look()).toBe(1)
  expect((await told())[0]!.body).toContain('科學館的門禁控制器沒有回應；一恢復連線，就會改用您的新卡')

  // The same silence is no news after the next window.
  await laterWindow('01:00', '2023-10-18T17:00:00Z')
  campus.now = at('19T02:30')
  expect(await look()).toBe(0)

  // It answers and refuses: another cause, with a time.
  await campus.sql('update lane set silent_since = null')
  await laterWindow('10:00', '2023-10-19T02:00:00Z')
  campus.now = at('19T10:20')
  expect(await look()).toBe(1)
  expect((await told())[1]!.body).toContain('科學館預計最遲 10月19日（四）16:00，在下一次更新完成')

  // That time has passed.
  await laterWindow('15:00', '2023-10-19T07:00:00Z')
  campus.now = at('19T15:40')
  expect(await look()).toBe(0)
  campus.now = at('19T16:00')
  expect(await look()).toBe(1)
  expect((await told())[2]!.body).toContain('10月20日（五）02:00')

  // Somebody holds it.
  await campus.sql(
    `insert into update_hold (controller_id, held_at, held_by, reason) values (102, '2023-10-19T08:10:00Z', 'access:k', 'x')`,
  )
  await laterWindow('01:00', '2023-10-19T17:00:00Z')
  campus.now = at('20T02:00')
  expect(await look()).toBe(1)
  expect((await told())[3]!.body).toContain('科學館的門禁更新暫停中')
})
