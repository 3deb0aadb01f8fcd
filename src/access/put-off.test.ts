import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { activateCard } from '../activation/activate.ts'
import { reportLost } from '../loss/report-lost.ts'
import { checkAndPublish, edited, programmeText } from '../programme/trial-publishing.ts'
import type { Actor } from '../server/register.ts'
import { listGroups } from './group-store.ts'
import { putGroup, removeGroup } from './groups.ts'
import { bothWays, handOut, type Waiting, waitingStudents } from './trial.ts'

const keeper: Actor = { kind: 'access', id: 'access' }
const system: Actor = { kind: 'system', id: 'test' }
let campus: TestCampus
let students: Waiting[]

/** Enrolled people without a card, so that a group of the whole campus is a large one. */
const crowdSql = `
  insert into person (student_number, name_zh, name_en, department, entry_year, status, kind, degree, site, email, language)
  select 'X' || i, '示例生 ' || i, 'Sample ' || i, 'csie', 2020, 'enrolled', 'regular', 'bachelor', 'gongguan', null, 'en'
  from generate_series(1, 1500) as i`

beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T14:00' })
  await campus.owner.pool.query(crowdSql)
  students = await waitingStudents(campus)
}, 60_000)
afterAll(() => campus.close())

const count = async (what: string, values: unknown[] = []): Promise<number> =>
  (await campus.owner.pool.query(`select count(*)::int as n from ${what}`, values)).rows[0].n

const doorsOfCampus = (change: (doors: string[]) => string[]) =>
  campus.gatehouse.register.act(keeper, async act => {
    const { key: _key, ...group } = (await listGroups(act)).find(({ id }) => id === 'campus')!
    return putGroup(act, { ...group, doors: change(group.doors) }, 'do')
  })

describe('a group of more people than one act works out', () => {
  it('is changed at once, says what follows, and its members are put off', async () => {
    const done = await doorsOfCampus(doors => doors.filter(door => !door.startsWith('gym')))
    expect(done).toMatchObject({ ok: true, follows: { controllers: 1, puts: 0 } })
    const follows = done.ok ? done.follows : null
    expect(follows!.removals).toBe(follows!.personIds.length)
    expect(follows!.removals).toBeGreaterThan(500)
    expect(await count('put_off')).toBe(follows!.opensFor)
    expect(await count(`wanted where decided_at > '2023-10-18T06:00Z' and doors = '{0,0,0,0}'`)).toBe(0)
  })

  it('who does something meanwhile gets the doors as they are now, and nobody’s lost card comes back', async () => {
    const [switching, losing] = students as [Waiting, Waiting]
    await handOut(campus, switching)
    const { personId } = switching
    await campus.gatehouse.register.act(system, act =>
      activateCard(act, { personId, lastDigits: switching.digits }),
    )
    await campus.gatehouse.register.act(system, act =>
      reportLost(act, { personId: losing.personId, cardId: losing.oldCard }),
    )
    const atGym = `wanted w join controller c on c.id = w.controller_id and c.building_en = 'Gymnasium'
      where person_id = $1 and card_id = $2 and doors <> '{0,0,0,0}'`
    expect(await count(atGym, [personId, switching.newCard])).toBe(0)
  })

  it('the window after it waits for them, and carries what was worked out late', async () => {
    await campus.moveTo('2023-10-18T15:00')
    await campus.gatehouse.updates.look()
    expect(await count(`update_window where starts_at = '2023-10-18T07:00Z'`)).toBe(0)
    await campus.gatehouse.dates.look()
    expect(await count('put_off')).toBe(0)
    const [kept, anew] = await bothWays(campus)
    expect(kept).toEqual(anew)
    const late = `wanted where decided_at >= '2023-10-18T07:00Z'`
    expect(await count(late)).toBeGreaterThan(500)
    expect(await count(`${late} and carried_by <> '2023-10-18T07:00Z'`)).toBe(0)
    await campus.gatehouse.updates.look()
    expect(await count(`update_window where starts_at = '2023-10-18T07:00Z' and frozen_at is not null`)).toBe(
      1,
    )
  })

  it('who was changed has it in the journal, and nobody else', async () => {
    const noted = await count(`journal where act = 'group doors changed' and facts->>'group' = 'campus'`)
    const changed = await count(
      `(select distinct person_id from wanted where decided_at >= '2023-10-18T07:00Z') changed`,
    )
    expect(noted).toBe(changed)
  })

  it('what comes later than the window’s patience follows with the next one: no fault keeps the doors for ever', async () => {
    await campus.moveTo('2023-10-19T00:59')
    await doorsOfCampus(doors => [...doors, 'gym-entrance'])
    await campus.moveTo('2023-10-19T01:03')
    await campus.gatehouse.updates.look()
    expect(await count(`update_window where starts_at = '2023-10-18T17:00Z' and frozen_at is not null`)).toBe(
      1,
    )
    await campus.gatehouse.dates.look()
    expect(
      await count(`wanted where decided_at >= '2023-10-18T17:00Z' and carried_by <> '2023-10-19T02:00Z'`),
    ).toBe(0)
    const [kept, anew] = await bothWays(campus)
    expect(kept).toEqual(anew)
  })

  it('so are those whom a new programme concerns, when they are many', async () => {
    const from = '{ id: csie, faculty: science,'
    const text = edited(await programmeText('ntnu-2023'), from, '{ id: csie, faculty: education,')
    expect(await checkAndPublish(campus, text)).toMatchObject({ status: 200 })
    expect(await count('put_off')).toBeGreaterThan(1_500)
    await campus.gatehouse.dates.look()
    expect(await count('put_off')).toBe(0)
    expect(await count(`journal where act = 'programme concerns doors'`)).toBeGreaterThan(100)
    const [kept, anew] = await bothWays(campus)
    expect(kept).toEqual(anew)
  })

  it('is removed in the same way', async () => {
    const done = await campus.gatehouse.register.act(keeper, act => removeGroup(act, 'campus', 'do'))
    expect(done).toMatchObject({ ok: true })
    expect(await count('put_off')).toBeGreaterThan(2_000)
    await campus.gatehouse.dates.look()
    const [kept, anew] = await bothWays(campus)
    expect(kept).toEqual(anew)
  })
})
