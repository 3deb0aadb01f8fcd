import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { activateCard } from '../activation/activate.ts'
import { checkAndPublish, edited, programmeText } from '../programme/trial-publishing.ts'
import type { Actor } from '../server/register.ts'
import { bothWays, handOut, type Waiting, waitingStudents } from './trial.ts'

const system: Actor = { kind: 'system', id: 'test' }
let campus: TestCampus
let students: Waiting[]
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
  students = (await waitingStudents(campus)).slice(0, 12)
  for (const student of students) {
    await handOut(campus, student)
    const { personId, digits: lastDigits } = student
    await campus.gatehouse.register.act(system, act => activateCard(act, { personId, lastDigits }))
  }
}, 60_000)
afterAll(() => campus.close())

/** The last day of each new card as the doors are told it now, one card after the other. */
async function lastDays(): Promise<string[]> {
  const { rows } = await campus.owner.pool.query<{ to: string }>(
    `select card_id, max(valid_to)::text as "to" from (
       select distinct on (controller_id, number) * from wanted order by controller_id, number, carried_by desc) newest
     where card_id = any($1) and doors <> '{0,0,0,0}' group by 1 having count(distinct valid_to) = 1 order by 1`,
    [students.map(({ newCard }) => newCard)],
  )
  return rows.map(row => row.to)
}

describe('cards that no date ends', () => {
  it('have each a last day of their own, five to six years ahead', async () => {
    const days = await lastDays()
    expect(days).toHaveLength(students.length)
    expect(new Set(days).size).toBe(students.length)
    for (const day of days) expect(day > '2028-10-17' && day < '2029-10-18').toBe(true)
  })

  it('are renewed on their own day, a year before: neither earlier nor all at once', async () => {
    const before = await lastDays()
    const first = before.toSorted()[0]!
    const renewOn = Temporal.PlainDate.from(first).subtract({ years: 1 })
    await campus.moveTo(`${renewOn.subtract({ days: 1 }).toString()}T12:00`)
    await campus.gatehouse.dates.look()
    expect(await lastDays()).toEqual(before)
    await campus.moveTo(`${renewOn.toString()}T12:00`)
    await campus.gatehouse.dates.look()
    const renewed = Temporal.PlainDate.from(first).add({ years: 4 }).toString()
    expect(await lastDays()).toEqual(before.map(day => (day === first ? renewed : day)))
    const [kept, anew] = await bothWays(campus)
    expect(kept).toEqual(anew)
  }, 60_000)

  it('a programme may say another number of years: the doors are told at the next update', async () => {
    const text = edited(
      await programmeText('ntnu-2023'),
      'quietSeconds: 35',
      'quietSeconds: 35\ncardYears: 9',
    )
    expect(await checkAndPublish(campus, text)).toMatchObject({ status: 200 })
    for (const day of await lastDays()) expect(day > '2032-10-17' && day < '2033-10-18').toBe(true)
    const [kept, anew] = await bothWays(campus)
    expect(kept).toEqual(anew)
  })
})
