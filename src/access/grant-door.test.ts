import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { Doors } from '../../test/doors.ts'
import { activateCard } from '../activation/activate.ts'
import type { Actor } from '../server/register.ts'
import type { Follows, GrantsList, GroupsList } from './replies.ts'
import { call, handOut, liveGrants, type Waiting, waitingStudents } from './trial.ts'

const system: Actor = { kind: 'system', id: 'test' }
const owner = { 'zh-TW': '系統實驗室管理人丁', en: 'Lab Keeper D' }
const lab = 'csie-systems-lab'

let campus: TestCampus
let doors: Doors
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00', doors: '127.62.72' })
  doors = await Doors.of(campus.owner, campus.emulator!)
}, 60_000)
afterAll(() => campus.close())

const grant = (studentNumber: string, door = lab, asking?: Parameters<typeof call>[4]) =>
  call(campus, 'POST', `/doors/${door}/grants`, { studentNumber, owner }, asking)
const end = (id: number, door = lab) => call(campus, 'DELETE', `/doors/${door}/grants/${id}`)
const list = async (door = lab, query = '') =>
  ((await call(campus, 'GET', `/doors/${door}/grants${query}`)).body as GrantsList).grants

let waiting: Waiting[] = []
/** A student of mathematics whom no other test has had. */
async function somebody(): Promise<Waiting> {
  if (waiting.length === 0) waiting = await waitingStudents(campus)
  return waiting.shift()!
}

describe('a door granted to a student', () => {
  it('hangs on the card in use, in its owner’s name, and is carried by the next window', async () => {
    const student = await somebody()
    const done = await grant(student.number)
    expect(done).toMatchObject({ status: 200, body: { window: { startsAt: '2023-10-18T07:00:00Z' } } })
    expect(done.body.until).toBe('2024-02-29T16:00:00Z')
    expect(done.body.printedNumber).toMatch(/\*/)
    expect(await liveGrants(campus, student.oldCard)).toEqual([`${lab} by 系統實驗室管理人丁/Lab Keeper D`])
    const noted = await campus.owner.db
      .selectFrom('journal')
      .select(['act', 'actor', 'facts'])
      .where('person_id', '=', student.personId)
      .where('act', '=', 'door granted')
      .execute()
    expect(noted).toEqual([{ act: 'door granted', actor: 'access:access', facts: { door: lab } }])
  })

  it('is granted once, however often the same request comes; asked anew it says by whom', async () => {
    const { number, oldCard } = await somebody()
    const one = await grant(number, lab, { key: 'grant-1' })
    expect(await grant(number, lab, { key: 'grant-1' })).toEqual(one)
    expect(await liveGrants(campus, oldCard)).toHaveLength(1)
    const { status, body } = await grant(number)
    expect({ status, refusal: body.refusal }).toEqual({ status: 409, refusal: 'granted-already' })
    expect(body.message).toBe(
      'Lab Keeper D granted this door to this card on 2023-10-18; there is nothing to do.',
    )
    expect((await grant(number, lab, { language: 'zh-TW' })).body.message).toMatch(
      /系統實驗室管理人丁已於 2023-10-18/,
    )
  })

  it.each<[string, () => Promise<string>, string, string, RegExp]>([
    ['nobody of that number', async () => '99999999Z', lab, 'unknown-student', /no such student number/],
    ['on leave', () => numberOf(`status = 'on-leave'`), lab, 'not-enrolled', /not enrolled/],
    [
      'a freshman whose card is not activated',
      async () => '41200001E',
      lab,
      'no-card-in-use',
      /activate the new card, then grant/,
    ],
    [
      'a door of the whole campus',
      () => numberOf(`status = 'enrolled' and exists (select from card_use u where u.person_id = person.id)`),
      'gate-main',
      'opened-by-group',
      /“Everyone enrolled” opens/,
    ],
  ])('%s: refused with words', async (_, who, door, refusal, sentence) => {
    const { status, body } = await grant(await who(), door)
    expect({ status, refusal: body.refusal }).toEqual({ status: 409, refusal })
    expect(body.message).toMatch(sentence)
  })

  it('of a door that there is not is 404; only the access keeper grants', async () => {
    const { number } = await somebody()
    expect((await grant(number, 'cellar')).status).toBe(404)
    expect((await grant(number, lab, { who: 'office' })).status).toBe(404)
    expect((await grant(number, lab, { who: number })).status).toBe(404)
    expect((await call(campus, 'GET', `/doors/${lab}/grants`, undefined, { who: number })).status).toBe(404)
  })
})

async function numberOf(where: string): Promise<string> {
  const { rows } = await campus.owner.pool.query<{ number: string }>(
    `select student_number as number from person where ${where} order by id limit 1`,
  )
  return rows[0]!.number
}

describe('a grant that ends', () => {
  it('ends once, can be given again, and both stay on record', async () => {
    const { number, oldCard } = await somebody()
    const id = Number((await grant(number)).body.grantId)
    expect(await end(id)).toMatchObject({
      status: 200,
      body: { again: false, window: { startsAt: '2023-10-18T07:00:00Z' } },
    })
    const ended = await end(id)
    expect(ended).toMatchObject({ status: 200, body: { again: true } })
    expect(await liveGrants(campus, oldCard)).toEqual([])
    expect(await grant(number)).toMatchObject({ status: 200 })
    expect(await liveGrants(campus, oldCard)).toHaveLength(1)
    const mine = (await list(lab, '?ended=true')).filter(each => each.studentNumber === number)
    expect(mine.map(each => [each.endedAt !== null, each.opens])).toEqual([
      [true, false],
      [false, true],
    ])
  })

  it('of another door, or that there is not, is 404', async () => {
    const { number } = await somebody()
    const id = Number((await grant(number)).body.grantId)
    expect((await end(id, 'math-research')).status).toBe(404)
    expect((await end(999_999)).status).toBe(404)
  })
})

describe('the list of a door', () => {
  it('shows who has it, with numbers masked, tells who moved on to another card, and is journalled', async () => {
    const student = await somebody()
    await grant(student.number)
    const before = (await list()).find(each => each.studentNumber === student.number)
    expect(before).toMatchObject({ owner, opens: true, movedOn: false })
    expect(before!.printedNumber).toMatch(/\*\*\*/)
    await handOut(campus, student)
    await campus.gatehouse.register.act(system, act =>
      activateCard(act, { personId: student.personId, lastDigits: student.digits }),
    )
    const after = (await list()).find(each => each.studentNumber === student.number)
    expect(after).toMatchObject({ opens: false, movedOn: true })
    // One click for the door's owner: the new card, by the same request.
    expect(await grant(student.number)).toMatchObject({ status: 200, body: { until: null } })
    expect(
      (await list())
        .filter(each => each.studentNumber === student.number)
        .map(each => [each.opens, each.movedOn]),
    ).toEqual([
      [false, false],
      [true, false],
    ])
    const reads = await campus.owner.db
      .selectFrom('journal')
      .select('actor')
      .where('person_id', '=', student.personId)
      .where('act', '=', 'door grant read')
      .execute()
    expect(new Set(reads.map(row => row.actor))).toEqual(new Set(['access:access']))
  })

  it('goes on after the last one seen', async () => {
    const all = await list()
    expect(all.length).toBeGreaterThan(3)
    expect(await list(lab, `?after=${all[1]!.id}`)).toEqual(all.slice(2))
  })
})

describe('at the doors', () => {
  it('a grant, its end, and a door that leaves a group each arrive with the next window, not before', async () => {
    const { number, oldChip } = await somebody()
    const id = Number((await grant(number)).body.grantId)
    await campus.moveTo('2023-10-18T14:59')
    await campus.settle()
    expect(await doors.opens(lab, oldChip)).toBe(false)
    await campus.moveTo('2023-10-18T15:00')
    await campus.settle()
    expect([await doors.opens(lab, oldChip), await doors.opens('science-study', oldChip)]).toEqual([
      true,
      true,
    ])

    await campus.moveTo('2023-10-18T16:00')
    await end(id)
    const groups = ((await call(campus, 'GET', '/access-groups')).body as GroupsList).groups
    const { id: group, people: _people, ...science } = groups.find(each => each.key === 'science')!
    const less = { ...science, doors: science.doors.filter(door => door !== 'science-study') }
    const { body } = await call(campus, 'POST', `/access-groups/${group}/preview`, less)
    const done = await call(campus, 'PUT', `/access-groups/${group}`, { ...less, seal: body.seal })
    expect((done.body as { follows: Follows }).follows.window.startsAt).toBe('2023-10-18T17:00:00Z')
    await campus.settle()
    expect([await doors.opens(lab, oldChip), await doors.opens('science-study', oldChip)]).toEqual([
      true,
      true,
    ])
    await campus.moveTo('2023-10-19T01:00')
    await campus.settle()
    expect([await doors.opens(lab, oldChip), await doors.opens('science-study', oldChip)]).toEqual([
      false,
      false,
    ])
    expect(await doors.opens('science-entrance', oldChip)).toBe(true)
  })
})
