import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../campus.ts'
import { people } from '../people.ts'

/*
 * A rush of students takes all of their connections and waits there; a desk and the office are served as if it were any
 * other morning. The control is another student, who waits with the rush.
 */
let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T10:30' })
}, 60_000)
afterAll(() => campus.close())

/** So many at once: more than there are connections for anybody. */
const rush = 60

it('desk and office are served while students wait', async () => {
  const { server } = campus.gatehouse
  const student = await campus.signIn(people.aEarly.number)
  const desk = await campus.signIn('desk-csie')
  const office = await campus.signIn('office')
  const get = async (cookie: string, url: string) =>
    (await server.inject({ url: `/api/v1${url}`, headers: { cookie } })).statusCode
  expect(await get(student, '/me/eligibility')).toBe(200)

  const holding = await campus.owner.pool.connect()
  await holding.query('begin')
  await holding.query('lock table message in access exclusive mode')
  const waiting = Array.from({ length: rush }, () => get(student, '/me/messages'))
  await campus.someoneWaits()

  const looked = async () => {
    const reply = await server.inject({
      method: 'POST',
      url: '/api/v1/desk/look-up',
      headers: { cookie: desk },
      payload: {
        scan: people.aEarly.number,
        readerFormat: 'le-dec-10',
        beside: { studentNumber: null, chip: null, evidence: [] },
      },
    })
    return reply.statusCode
  }
  for (let at = 0; at < 20; at++) {
    expect(await looked()).toBe(200)
    expect(await get(office, '/overview')).toBe(200)
  }
  // Control: who shares the students' connections is starved by the very same rush.
  const another = get(student, '/me/eligibility')
  expect(await Promise.race([another, wait(1_000, 'waits')])).toBe('waits')

  await holding.query('rollback')
  holding.release()
  expect(new Set(await Promise.all(waiting))).toEqual(new Set([200]))
  expect(await another).toBe(200)
})
