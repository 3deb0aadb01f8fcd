import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { employ } from '../../test/staff.ts'
import { activateCard } from '../activation/activate.ts'
import type { TasksReply } from './door-task-routes.ts'
import type { MyDoorsReply } from './my-doors-routes.ts'
import type { DoorsList, GrantsList } from './replies.ts'
import { call, handOut, waitingStudents } from './trial.ts'

/*
 * Who looks after some doors alone reaches those, and is told of all others what is told of doors that are not there: the
 * owner of the systems laboratory, and the keeper of the main library.
 */
let campus: TestCampus
const [lab, library, archive] = ['csie-systems-lab', 'library-stacks', 'admin-archive']
const gates = 423_100_001
const libraryBoard = 423_100_002
const owner = { 'zh-TW': '館員', en: 'Librarian' }
const student = { number: '41047001S', old: '0E829B92' }

beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
  await employ(campus.owner.db, { id: 'nobody-yet', role: 'owner', doors: ['no-such-door'] })
  for (const door of [library, archive])
    expect(
      (await call(campus, 'POST', `/doors/${door}/grants`, { studentNumber: student.number, owner })).status,
    ).toBe(200)
}, 60_000)
afterAll(() => campus.close())

const doorsOf = async (who: string) =>
  ((await call(campus, 'GET', '/my-doors', undefined, { who })).body as unknown as MyDoorsReply).doors.map(
    ({ id }) => id,
  )
const grantsOf = async (who: string, door: string) => {
  const { status, body } = await call(campus, 'GET', `/doors/${door}/grants`, undefined, { who })
  return status === 200 ? (body as unknown as GrantsList).grants : status
}

describe('the doors that somebody looks after', () => {
  it('are an owner’s own, and of a building’s keeper all of the building', async () => {
    expect(await doorsOf('lab-keeper')).toEqual([lab])
    expect(await doorsOf('access-library')).toEqual([
      'library-entrance',
      'library-reading-room',
      'library-24h',
      'library-stacks',
    ])
    expect((await doorsOf('access')).length).toBe(48)
    expect(await doorsOf('nobody-yet')).toEqual([])
  })

  it('who may open one is shown to whom it belongs, with somebody in it', async () => {
    expect((await grantsOf('lab-keeper', lab)) as object[]).not.toHaveLength(0)
    expect(await grantsOf('access-library', library)).toMatchObject([{ studentNumber: student.number }])
    expect(await grantsOf('access', archive)).toMatchObject([{ studentNumber: student.number }])
  })

  it.each([
    { who: 'lab-keeper', door: library },
    { who: 'lab-keeper', door: archive },
    { who: 'access-library', door: lab },
    { who: 'access-library', door: archive },
  ])('$who is told of $door what is told of a door that is not there', async ({ who, door }) => {
    const missing = await call(campus, 'GET', '/doors/no-such-door/grants', undefined, { who })
    expect(missing.status).toBe(404)
    expect(await call(campus, 'GET', `/doors/${door}/grants`, undefined, { who })).toEqual(missing)
    const grant = { studentNumber: student.number, owner }
    expect(await call(campus, 'POST', `/doors/${door}/grants`, grant, { who })).toEqual(missing)
    expect(await call(campus, 'GET', `/my-doors/${door}`, undefined, { who })).toEqual(missing)
    const file = await call(campus, 'GET', `/doors/${door}/grants/export?format=csv`, undefined, { who })
    expect(file.status).toBe(404)
  })

  it('a grant of another’s door is ended by nobody but who reaches it', async () => {
    const [grant] = (await grantsOf('access', archive)) as GrantsList['grants']
    const path = `/doors/${archive}/grants/${grant!.id}`
    expect((await call(campus, 'DELETE', path, undefined, { who: 'lab-keeper' })).status).toBe(404)
    expect((await call(campus, 'DELETE', path, undefined, { who: 'access-library' })).status).toBe(404)
    // Nor through a door of one’s own.
    const throughOwn = `/doors/${lab}/grants/${grant!.id}`
    expect((await call(campus, 'DELETE', throughOwn, undefined, { who: 'lab-keeper' })).status).toBe(404)
    expect(await grantsOf('access', archive)).toMatchObject([{ id: grant!.id, endedAt: null }])
  })

  it('an owner grants their own door in their own name', async () => {
    const done = await call(
      campus,
      'POST',
      `/doors/${lab}/grants`,
      { studentNumber: '41047002S' },
      { who: 'lab-keeper' },
    )
    expect(done.status).toBe(200)
    const grants = (await grantsOf('lab-keeper', lab)) as GrantsList['grants']
    expect(grants.find(grant => grant.studentNumber === '41047002S')).toMatchObject({
      owner: { 'zh-TW': '系統實驗室管理人丁', en: 'Lab Keeper D' },
    })
  })
})

describe('what concerns all of the campus', () => {
  it.each([
    'updates/windows',
    'access-groups',
    'controllers',
    'doors/document',
    'windows/today',
    'desk',
    'overview',
    'people',
  ])('is not there for who reaches some doors alone: %s', async path => {
    for (const who of ['lab-keeper', 'access-library'])
      expect((await call(campus, 'GET', `/${path}`, undefined, { who })).status).toBe(404)
  })

  it('a building’s keeper sees the controllers of the building, and asks them alone', async () => {
    const as = { who: 'access-library' }
    const { controllers } = (await call(campus, 'GET', '/doors', undefined, as)).body as unknown as DoorsList
    expect(controllers.map(({ serial }) => serial)).toEqual([libraryBoard])
    expect((await call(campus, 'GET', `/controllers/${libraryBoard}/content`, undefined, as)).status).toBe(
      200,
    )
    expect((await call(campus, 'GET', `/controllers/${gates}/content`, undefined, as)).status).toBe(404)
    expect((await call(campus, 'GET', `/controllers/${gates}/events`, undefined, as)).status).toBe(404)
    expect((await call(campus, 'GET', `/controllers/${gates}/waiting-people`, undefined, as)).status).toBe(
      404,
    )
    expect((await call(campus, 'GET', `/doors/${library}/openers`, undefined, as)).status).toBe(200)
    expect((await call(campus, 'GET', `/doors/${lab}/openers`, undefined, as)).status).toBe(404)
    const why = { who: student.number }
    expect((await call(campus, 'POST', `/doors/${library}/why`, why, as)).status).toBe(200)
    expect((await call(campus, 'POST', `/doors/${lab}/why`, why, as)).status).toBe(404)
  })

  it('an owner sees no controller, and who came and went is not theirs to see', async () => {
    const as = { who: 'lab-keeper' }
    for (const path of [
      '/doors',
      `/doors/${lab}/openers`,
      `/controllers/${gates}/events`,
      '/controllers/unreachable',
    ])
      expect((await call(campus, 'GET', path, undefined, as)).status).toBe(404)
  })
})

it('the tasks of others’ doors are neither listed nor answered', async () => {
  const [student] = await waitingStudents(campus)
  const grant = { studentNumber: student!.number, owner }
  expect((await call(campus, 'POST', `/doors/${library}/grants`, grant)).status).toBe(200)
  await handOut(campus, student!)
  await campus.gatehouse.register.act({ kind: 'system', id: 'test' }, act =>
    activateCard(act, { personId: student!.personId, lastDigits: student!.digits }),
  )
  const tasksOf = async (who: string) =>
    (await call(campus, 'POST', '/door-tasks/search', {}, { who })).body as unknown as TasksReply
  const { tasks, waiting } = await tasksOf('access-library')
  expect([tasks.length, waiting.length]).toEqual([1, 1])
  expect(await tasksOf('lab-keeper')).toMatchObject({ tasks: [], waiting: [] })
  const file = await call(campus, 'GET', '/door-tasks/export/damaged', undefined, { who: 'lab-keeper' })
  expect(file.body).toMatchObject({ rows: 0 })

  const { id } = tasks[0]!
  const as = { who: 'lab-keeper' }
  expect((await call(campus, 'POST', '/door-tasks/open', { tasks: [id] }, as)).body).toMatchObject({
    tasks: [{ id, done: false, refusal: 'unknown-task' }],
  })
  const reason = { reason: 'not mine to say' }
  expect((await call(campus, 'POST', `/door-tasks/${id}/decline`, reason, as)).body).toMatchObject({
    refusal: 'unknown-task',
  })
  expect((await tasksOf('access-library')).tasks).toMatchObject([{ id }])
})
