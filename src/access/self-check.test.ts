import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { bothWays, call } from './trial.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T14:00' })
}, 60_000)
afterAll(() => campus.close())

const check = async () => (await call(campus, 'GET', '/windows')).body.check
const query = async (sql: string) => (await campus.owner.pool.query(sql)).rows

describe('the daily check', () => {
  it('does not begin before the day’s first update', async () => {
    await campus.gatehouse.dates.look()
    expect(await check()).toBe(null)
  })

  it('compares everybody of a small campus, and finds nothing where nothing is wrong', async () => {
    await campus.moveTo('2023-10-19T01:00')
    await campus.gatehouse.updates.look()
    await campus.gatehouse.dates.look()
    const [{ people }] = await query('select count(distinct person_id)::int as people from card_use')
    expect(await check()).toMatchObject({ on: '2023-10-19', people, differed: 0, numbers: 0 })
    expect((await check()) as object).toHaveProperty('endedAt', expect.stringMatching(/^2023-10-18T17:/))
  })

  it('is made once a day', async () => {
    await campus.gatehouse.dates.look()
    expect(await query('select * from doors_check')).toHaveLength(1)
  })

  it('finds what somebody wrote into the database, says it, and puts it right with the next update', async () => {
    const [{ id }] = await query(`select person_id as id from wanted where doors <> '{0,0,0,0}' limit 1`)
    await query(`update wanted set doors = '{0,1,1,0}', valid_to = '2030-01-01' where person_id = ${id}`)
    const [{ numbers }] = await query(`select count(*)::int as numbers from wanted where person_id = ${id}`)
    await campus.moveTo('2023-10-20T01:00')
    await campus.gatehouse.updates.look()
    await campus.gatehouse.dates.look()
    expect(await check()).toMatchObject({ on: '2023-10-20', differed: 1, numbers })
    expect(await query(`select person_id::int, facts from journal where act = 'doors put right'`)).toEqual([
      { person_id: id, facts: { numbers } },
    ])
    // Who keeps the doors sees of whom, and that they looked is written down.
    expect((await call(campus, 'GET', '/doors-checks')).body.checks).toMatchObject([
      { on: '2023-10-20', differed: 1, numbers },
      { on: '2023-10-19', differed: 0, numbers: 0 },
    ])
    const named = await call(campus, 'GET', '/doors-checks/2023-10-20/people')
    const [person] = await query(`select student_number as "studentNumber" from person where id = ${id}`)
    expect(named.body).toMatchObject({ people: [{ ...person, numbers }], more: false })
    expect(await query(`select person_id::int from journal where act = 'doors put right read'`)).toEqual([
      { person_id: id },
    ])
    const desk = await call(campus, 'GET', '/doors-checks/2023-10-20/people', undefined, { who: 'desk-csie' })
    expect(desk.status).toBe(404)
    const [kept, anew] = await bothWays(campus)
    expect(kept).toEqual(anew)
    const carried = await query(
      `select distinct carried_by::text from wanted where carried_by > '2023-10-19T17:00Z'`,
    )
    expect(carried).toEqual([{ carried_by: '2023-10-20 02:00:00+00' }])
  })

  it('goes on where it was broken off', async () => {
    await campus.moveTo('2023-10-21T01:00')
    await campus.gatehouse.updates.look()
    const people = await query('select distinct person_id::int as id from card_use order by 1')
    const half = people[Math.floor(people.length / 2)]!.id
    await query(
      `insert into doors_check (on_date, began_at, people, last_person_id) values ('2023-10-21', campus_now(), 7, ${half})`,
    )
    await campus.gatehouse.dates.look()
    const after = people.filter(({ id }) => id > half).length
    expect(await check()).toMatchObject({ on: '2023-10-21', people: 7 + after, differed: 0 })
  })
})
