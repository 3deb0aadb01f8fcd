import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { people } from '../../test/people.ts'
import type { ControllerEvents } from './events-routes.ts'

/* What controllers tell of their doors, over HTTP: who may see it, in pages, by month, and whose cards they were. */
let campus: TestCampus
const gates = 423_100_001
const path = `/api/v1/controllers/${gates}/events`
let ofStudent: number

const insert = `
  insert into tap (controller_id, epoch, event_index, stored_at, happened_at, type, reason, granted, door, direction, number)
  select $1, 1, n, $2::timestamptz, $2::timestamptz at time zone 'Asia/Taipei', 1, $3::smallint, $3::smallint = 1, 1, 1, $4::bigint
  from generate_series($5::int, $6::int) n`

beforeAll(async () => {
  campus = await openCampus()
  const { pool } = campus.owner
  await pool.query(`select make_tap_months('2023-09-10'), make_tap_months('2023-10-18')`)
  const { rows } = await pool.query<{ number: number }>(
    `select n.number from controller c join card_number n on n.format = c.number_format and n.retired_at is null
     join card_use u on u.card_id = n.card_id where c.id = $1 and u.person_id = $2`,
    [gates, await campus.personId(people.aEarly.number)],
  )
  ofStudent = rows[0]!.number
  await pool.query(insert, [gates, '2023-09-10 08:00+8', 18, 4_000_000_001, 1, 30])
  await pool.query(insert, [gates, '2023-10-10 08:00+8', 1, ofStudent, 31, 150])
  await pool.query(
    `insert into tap (controller_id, epoch, event_index, stored_at, lost) values ($1, 2, 1, '2023-10-11 08:30+8', 40)`,
    [gates],
  )
}, 60_000)
afterAll(() => campus.close())

async function get(who: string | null, query = '') {
  const cookie = who === null ? {} : { cookie: await campus.signIn(who) }
  return campus.gatehouse.server.inject({
    method: 'GET',
    url: path + query,
    headers: { ...cookie, 'accept-language': 'en' },
  })
}
const noted = async () =>
  (
    await campus.owner.pool.query<{ person: number | null }>(
      `select person_id as person from journal where act = 'door events read' and facts = $1 order by id`,
      [{ controller: gates }],
    )
  ).rows.map(({ person }) => person)

it('those who keep the doors may read them, and it is written down, with whom they saw', async () => {
  expect((await get(null)).statusCode).toBe(401)
  for (const who of [people.aEarly.number, 'desk-csie']) expect((await get(who)).statusCode).toBe(404)
  expect(await noted()).toEqual([])
  expect((await get('office')).statusCode).toBe(200)
  expect(await noted()).toEqual([null, await campus.personId(people.aEarly.number)])
})

it('the newest come first, in pages, and lost ones say how many', async () => {
  const first = (await get('access')).json<ControllerEvents>()
  expect(first.events).toHaveLength(100)
  expect(first.events[0]).toMatchObject({ epoch: 2, index: 1, lost: 40, number: null, happenedAt: null })
  expect(first.events[1]).toMatchObject({
    epoch: 1,
    index: 150,
    number: ofStudent,
    happenedAt: '2023-10-10T08:00:00',
    granted: true,
    lost: null,
    doorName: { en: 'Main gate' },
    person: { studentNumber: people.aEarly.number },
    card: { edition: 'easycard', chip: expect.stringMatching(/^••••[0-9A-F]{4}$/u) },
  })
  const second = (await get('access', `?before=${first.before}`)).json<ControllerEvents>()
  expect(second.events.map(({ index }) => index)).toEqual(Array.from({ length: 51 }, (_, at) => 51 - at))
  expect(second.before).toBeNull()
})

it('a month is looked at alone, and the months that are kept are named', async () => {
  const { months, events } = (await get('access', '?month=2023-09')).json<ControllerEvents>()
  expect(months).toEqual(['2023-10', '2023-09'])
  expect(events).toHaveLength(30)
  expect(events[0]).toMatchObject({ reason: 18, granted: false, person: null, card: null })
  expect((await get('access', '?month=2023-08')).json<ControllerEvents>().events).toEqual([])
})

it('a number that lives in another card now was the former one’s then', async () => {
  const { pool } = campus.owner
  const former = `select card_id as card from card_number where number = $1 and format = (select number_format from controller where id = $2)`
  const [{ card }] = (await pool.query(former, [ofStudent, gates])).rows
  await pool.query(
    `update card_number set retired_at = '2023-10-11 08:00+8' where card_id = $1 and number = $2`,
    [card, ofStudent],
  )
  const [then] = (await get('access', '?before=2-1')).json<ControllerEvents>().events
  expect(then!.person).toMatchObject({ studentNumber: people.aEarly.number })
  await pool.query(
    `update card_number set retired_at = '2023-10-01 08:00+8' where card_id = $1 and number = $2`,
    [card, ofStudent],
  )
  const [since] = (await get('access', '?before=2-1')).json<ControllerEvents>().events
  expect([since!.number, since!.person, since!.card]).toEqual([ofStudent, null, null])
})

it('a controller that is not there, and a page or a month that is none, are refused', async () => {
  const elsewhere = await campus.gatehouse.server.inject({
    url: '/api/v1/controllers/7/events',
    headers: { cookie: await campus.signIn('access') },
  })
  expect(elsewhere.statusCode).toBe(404)
  expect((await get('access', '?before=yesterday')).statusCode).toBe(400)
  expect((await get('access', '?month=2023-13')).statusCode).toBe(400)
})
