import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { activateCard } from '../activation/activate.ts'
import type { Actor } from '../server/register.ts'
import { grantDoor } from './grant-door.ts'
import { call, gate, handOut, liveGrants, type Waiting, waitingStudents } from './trial.ts'

const system: Actor = { kind: 'system', id: 'test' }
const owner = { 'zh-TW': '系統實驗室管理人丁', en: 'Lab Keeper D' }
const lab = 'csie-systems-lab'

let campus: TestCampus
let waiting: Waiting[]
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
  waiting = await waitingStudents(campus)
}, 60_000)
afterAll(() => campus.close())

/** A student whom no other test has had. */
const somebody = () => waiting.shift()!
const grant = (studentNumber: string) =>
  call(campus, 'POST', `/doors/${lab}/grants`, { studentNumber, owner })

describe('a grant and an activation at the same time', () => {
  it('the activation is first: the grant waits and hangs on the new card', async () => {
    const student = somebody()
    await handOut(campus, student)
    const activated = gate()
    const mayCommit = gate()
    const activating = campus.gatehouse.register.act(system, async act => {
      await activateCard(act, { personId: student.personId, lastDigits: student.digits })
      activated.open()
      await mayCommit.opened
    })
    await activated.opened
    const granting = grant(student.number)
    try {
      await campus.someoneWaits()
    } finally {
      mayCommit.open()
    }
    await activating
    expect(await granting).toMatchObject({ status: 200, body: { until: null } })
    expect([
      await liveGrants(campus, student.oldCard),
      (await liveGrants(campus, student.newCard)).length,
    ]).toEqual([[], 1])
  })

  it('the activation begins after the grant’s moment and is done before it: still the new card', async () => {
    const student = somebody()
    await handOut(campus, student)
    const begun = gate()
    const activated = gate()
    const granting = campus.gatehouse.register.act(system, async act => {
      begun.open()
      await activated.opened
      return grantDoor(act, { doorId: lab, studentNumber: student.number, owner })
    })
    await begun.opened
    await campus.gatehouse.register.act(system, act =>
      activateCard(act, { personId: student.personId, lastDigits: student.digits }),
    )
    activated.open()
    expect(await granting).toMatchObject({ ok: true, until: null })
    expect([
      await liveGrants(campus, student.oldCard),
      (await liveGrants(campus, student.newCard)).length,
    ]).toEqual([[], 1])
  })

  it('the grant is first: it stays with the old card, and the new one does not open the door (point 10)', async () => {
    const student = somebody()
    await handOut(campus, student)
    const granted = gate()
    const mayCommit = gate()
    const granting = campus.gatehouse.register.act(system, async act => {
      await grantDoor(act, { doorId: lab, studentNumber: student.number, owner })
      granted.open()
      await mayCommit.opened
    })
    await granted.opened
    const activating = campus.gatehouse.register.act(system, act =>
      activateCard(act, { personId: student.personId, lastDigits: student.digits }),
    )
    try {
      await campus.someoneWaits()
    } finally {
      mayCommit.open()
    }
    await Promise.all([granting, activating])
    expect([
      (await liveGrants(campus, student.oldCard)).length,
      await liveGrants(campus, student.newCard),
    ]).toEqual([1, []])
  })

  it('two grants of one door at the same time: one is kept, the other is told', async () => {
    const { number, oldCard } = somebody()
    const both = await Promise.all([grant(number), grant(number)])
    expect(new Set(both.map(each => each.status))).toEqual(new Set([200, 409]))
    expect(await liveGrants(campus, oldCard)).toHaveLength(1)
  })
})
