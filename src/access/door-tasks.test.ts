import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { Doors } from '../../test/doors.ts'
import { activateCard } from '../activation/activate.ts'
import type { Actor } from '../server/register.ts'
import type { OpenedReply, TasksReply } from './door-task-routes.ts'
import { type Asking, call, handOut, liveGrants, type Waiting, waitingStudents } from './trial.ts'

const system: Actor = { kind: 'system', id: 'test' }
const owner = { 'zh-TW': '系統實驗室管理人丁', en: 'Lab Keeper D' }
const lab = 'csie-systems-lab'

let campus: TestCampus
let doors: Doors
let waiting: Waiting[]
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00', doors: '127.62.82' })
  doors = await Doors.of(campus.owner, campus.emulator!)
  waiting = await waitingStudents(campus)
}, 60_000)
afterAll(() => campus.close())

const grant = (studentNumber: string, door = lab) =>
  call(campus, 'POST', `/doors/${door}/grants`, { studentNumber, owner })
const activate = (student: Waiting) =>
  campus.gatehouse.register.act(system, act =>
    activateCard(act, { personId: student.personId, lastDigits: student.digits }),
  )

/** A student whom no other test has had, who had a door on the old card and has just switched to the new one. */
async function switched(): Promise<Waiting & { newChip: string }> {
  const student = waiting.shift()!
  expect(await grant(student.number)).toMatchObject({ status: 200 })
  await handOut(campus, student)
  expect(await activate(student)).toMatchObject({ ok: true })
  const { chip } = await campus.owner.db
    .selectFrom('card')
    .select('chip')
    .where('id', '=', student.newCard)
    .executeTakeFirstOrThrow()
  return { ...student, newChip: chip.toString('hex') }
}

const list = async (path = '/door-tasks') => (await call(campus, 'GET', path)).body as unknown as TasksReply
const taskOf = async ({ number }: Pick<Waiting, 'number'>) =>
  (await list()).tasks.find(task => task.studentNumber === number)
const open = async (tasks: number[], asking?: Asking) =>
  (await call(campus, 'POST', '/door-tasks/open', { tasks }, asking)) as unknown as {
    status: number
    body: OpenedReply
  }
const told = async (personId: number) =>
  campus.owner.db
    .selectFrom('message')
    .select(['kind', 'body'])
    .where('person_id', '=', personId)
    .where('kind', 'in', ['doors-set-up', 'door-declined'])
    .execute()

describe('a door that the card before opened', () => {
  it('becomes a task of its owner, who opens it with one press; it reaches the door with the next update', async () => {
    const student = await switched()
    const task = (await taskOf(student))!
    expect(task).toMatchObject({ doorId: lab, owner, printedNumber: expect.stringMatching(/\*/) })
    const done = await open([task.id])
    expect(done.body).toEqual({
      tasks: [{ id: task.id, done: true, again: false, refusal: null, message: null }],
      window: expect.objectContaining({ startsAt: '2023-10-18T07:00:00Z' }),
    })
    expect((await open([task.id])).body.tasks).toMatchObject([{ done: true, again: true }])
    expect(await liveGrants(campus, student.newCard)).toEqual([`${lab} by 系統實驗室管理人丁/Lab Keeper D`])
    expect(await taskOf(student)).toBeUndefined()
    const [message, ...more] = await told(student.personId)
    expect(more).toEqual([])
    expect(message!.kind).toBe('doors-set-up')
    expect(message!.body).toContain('15:00')
    await campus.moveTo('2023-10-18T15:00')
    await campus.settle()
    expect(await doors.opens(lab, student.newChip)).toBe(true)
  })

  it('is declined with a reason, which the student is told, and is not asked again', async () => {
    const student = await switched()
    const { id } = (await taskOf(student))!
    const decline = (reason: string) => call(campus, 'POST', `/door-tasks/${id}/decline`, { reason })
    expect((await decline(' ')).body).toMatchObject({ refusal: 'reason-missing' })
    expect(await decline('課程已結束。')).toMatchObject({ status: 200, body: { again: false } })
    expect(await decline('課程已結束。')).toMatchObject({ status: 200, body: { again: true } })
    const [message, ...more] = await told(student.personId)
    expect(more).toEqual([])
    expect(message!.body).toContain('課程已結束。')
    const [refused] = (await open([id])).body.tasks
    expect(refused).toMatchObject({ done: false, refusal: 'declined-already' })
    expect(await liveGrants(campus, student.newCard)).toEqual([])
  })

  it('of several each is decided by itself: one whose new card is lost, one that ended, one that there is not', async () => {
    const [fine, lost, ended] = [await switched(), await switched(), await switched()]
    const ids = [(await taskOf(fine))!.id, (await taskOf(lost))!.id, (await taskOf(ended))!.id]
    const report = { cardId: lost.newCard }
    const reported = await call(campus, 'POST', '/me/card/loss', report, { who: lost.number })
    expect(reported.status).toBe(200)
    const { rows } = await campus.owner.pool.query<{ id: number }>(
      'select id from individual_grant where card_id = $1',
      [ended.oldCard],
    )
    expect((await call(campus, 'DELETE', `/doors/${lab}/grants/${rows[0]!.id}`)).status).toBe(200)
    expect([await taskOf(lost), await taskOf(ended)]).toEqual([undefined, undefined])
    const { tasks } = (await open([...ids, 999_999])).body
    expect(tasks.map(task => task.refusal)).toEqual([
      null,
      'new-card-not-in-use',
      'grant-ended',
      'unknown-task',
    ])
    expect(tasks[1]!.message).toMatch(/activates the next card there will be another task/)
    expect(await liveGrants(campus, fine.newCard)).toHaveLength(1)
    expect(await liveGrants(campus, lost.newCard)).toEqual([])
  })

  it('needs nobody where a group opens it by now, and is asked for again when it no longer does', async () => {
    const student = await switched()
    const { id } = (await taskOf(student))!
    const open_ = `insert into access_group_door values ('campus', $1)`
    const { rows } = await campus.owner.pool.query<{ id: string }>(
      `select id from access_group where members = 'campus' limit 1`,
    )
    await campus.owner.pool.query(open_.replace(`'campus'`, `'${rows[0]!.id}'`), [lab])
    expect(await taskOf(student)).toBeUndefined()
    expect((await open([id])).body.tasks).toMatchObject([{ refusal: 'opened-by-group' }])
    await campus.owner.pool.query('delete from access_group_door where door_id = $1 and group_id = $2', [
      lab,
      rows[0]!.id,
    ])
    expect((await taskOf(student))!.id).toBe(id)
  })

  it('two owners press at once: one grant, and both are told that it is done', async () => {
    const student = await switched()
    const { id } = (await taskOf(student))!
    const both = await Promise.all([open([id]), open([id])])
    expect(
      both
        .flatMap(({ body }) => body.tasks.map(task => `${task.done} ${task.again}`))
        .toSorted((a, b) => (a < b ? -1 : 1)),
    ).toEqual(['true false', 'true true'])
    expect(await liveGrants(campus, student.newCard)).toHaveLength(1)
    expect(await told(student.personId)).toHaveLength(1)
  })

  it('opening and declining at once: one of the two counts', async () => {
    const student = await switched()
    const { id } = (await taskOf(student))!
    await Promise.all([open([id]), call(campus, 'POST', `/door-tasks/${id}/decline`, { reason: 'No.' })])
    const row = await campus.owner.db
      .selectFrom('door_task')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect([row.done_at, row.declined_at].filter(Boolean)).toHaveLength(1)
    expect((await liveGrants(campus, student.newCard)).length).toBe(row.done_at ? 1 : 0)
    expect(await told(student.personId)).toHaveLength(1)
  })
})

describe('the list', () => {
  it('is narrowed to a building, and to an owner whose name stands in no address; each reading is written down', async () => {
    const student = await switched()
    const mine = (tasks: TasksReply['tasks']) =>
      tasks.map(task => task.studentNumber).includes(student.number)
    const { building } = (await taskOf(student))!
    const path = `/door-tasks?building=${encodeURIComponent(building.en)}`
    expect(mine((await list(path)).tasks)).toBe(true)
    expect((await list('/door-tasks?building=Nowhere')).tasks).toEqual([])
    const search = async (name: string) =>
      (await call(campus, 'POST', '/door-tasks/search', { owner: name })).body as unknown as TasksReply
    expect(mine((await search('Lab Keeper D')).tasks)).toBe(true)
    const nobody = await search('Somebody Else')
    expect(nobody.tasks).toEqual([])
    expect(nobody.waiting).toContainEqual({ owner, building, tasks: expect.any(Number) })
    const read = await campus.owner.db
      .selectFrom('journal')
      .select(['actor', 'facts'])
      .where('act', '=', 'door task read')
      .where('person_id', '=', student.personId)
      .execute()
    expect(read.length).toBeGreaterThanOrEqual(3)
    expect(read[0]!.actor).toBe('access:access')
  })

  it('is the keeper’s to answer, the office’s to read, and nobody else’s', async () => {
    expect((await call(campus, 'GET', '/door-tasks', undefined, { who: 'office' })).status).toBe(200)
    expect((await open([1], { who: 'office' })).status).toBe(404)
    const { number } = waiting[0]!
    expect((await call(campus, 'GET', '/door-tasks', undefined, { who: number })).status).toBe(404)
  })
})
