import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { people } from '../../test/people.ts'
import type { ControllerEvents } from './events-routes.ts'

/* What controllers tell of their doors, over HTTP: who may see it, in pages. */
let campus: TestCampus
const gates = 423_100_001
const path = `/api/v1/controllers/${gates}/events`

beforeAll(async () => {
  campus = await openCampus()
  await campus.owner.pool.query(`select make_tap_months('2023-10-18')`)
  await campus.owner.pool.query(
    `insert into tap (controller_id, epoch, event_index, stored_at, happened_at, type, reason, granted, door, direction, number)
     select $1, 1, n, '2023-10-18 08:00+8', '2023-10-18 07:59', 1, 1, true, 1, 1, 4000000 + n from generate_series(1, 250) n`,
    [gates],
  )
  await campus.owner.pool.query(
    `insert into tap (controller_id, epoch, event_index, stored_at, lost) values ($1, 2, 1, '2023-10-18 09:00+8', 40)`,
    [gates],
  )
}, 60_000)
afterAll(() => campus.close())

async function get(who: string | null, url = path) {
  const cookie = who === null ? {} : { cookie: await campus.signIn(who) }
  return campus.gatehouse.server.inject({
    method: 'GET',
    url,
    headers: { ...cookie, 'accept-language': 'en' },
  })
}

it('those who keep the doors may read them, and it is written down', async () => {
  expect((await get(null)).statusCode).toBe(401)
  for (const who of [people.aEarly.number, 'desk-csie']) expect((await get(who)).statusCode).toBe(404)
  expect((await get('office')).statusCode).toBe(200)
  const noted = await campus.owner.pool.query(`select facts from journal where act = 'door events read'`)
  expect(noted.rows).toEqual([{ facts: { controller: gates } }])
})

it('the newest come first, in pages, and lost ones say how many', async () => {
  const first = (await get('access')).json<ControllerEvents>()
  expect(first.events).toHaveLength(200)
  expect(first.events[0]).toMatchObject({ epoch: 2, index: 1, lost: 40, number: null, happenedAt: null })
  expect(first.events[1]).toMatchObject({
    epoch: 1,
    index: 250,
    number: 4_000_250,
    happenedAt: '2023-10-18T07:59:00',
    granted: true,
    lost: null,
  })
  const second = (await get('access', `${path}?before=${first.before}`)).json<ControllerEvents>()
  expect(second.events.map(({ index }) => index)).toEqual(Array.from({ length: 51 }, (_, at) => 51 - at))
  expect(second.before).toBeNull()
})

it('a controller that is not there, and a page that is none, are refused', async () => {
  expect((await get('access', '/api/v1/controllers/7/events')).statusCode).toBe(404)
  expect((await get('access', `${path}?before=yesterday`)).statusCode).toBe(400)
})
