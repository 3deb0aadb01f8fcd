import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { reportLost } from '../loss/report-lost.ts'
import type { Act, Actor } from '../server/register.ts'
import { endGrant, grantDoor } from './grant-door.ts'
import { groupOf } from './group-store.ts'
import { putGroup } from './groups.ts'
import { bothWays, gate, wantedOfPerson } from './trial.ts'

const keeper: Actor = { kind: 'access', id: 'access' }
const system: Actor = { kind: 'system', id: 'test' }
let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

/** Takes doors out of a hall's group. */
async function leaveOut(act: Act, id: string, ...doors: string[]) {
  const { key, ...group } = (await groupOf(act, id))!
  const left = group.doors.filter(door => !doors.includes(door))
  return putGroup(act, { ...group, key: key!, doors: left }, 'do')
}

describe('a group changes while', () => {
  const moved = async (act: Act, personId: number, hall: string | null) => {
    await act.db.updateTable('person').set({ hall }).where('id', '=', personId).execute()
    await act.note({ act: 'person changed', personId })
  }
  const outsider = async () =>
    (
      await campus.owner.db
        .selectFrom('person')
        .innerJoin('card_use', 'card_use.person_id', 'person.id')
        .select('person.id')
        .where('hall', 'is', null)
        .where('status', '=', 'enrolled')
        .executeTakeFirstOrThrow()
    ).id

  it('somebody moves into its hall: they wait, and get the doors that the group has then', async () => {
    const personId = await outsider()
    const changed = gate()
    const mayCommit = gate()
    const changing = campus.gatehouse.register.act(keeper, async act => {
      await leaveOut(act, 'hall-2', 'hall-2-lounge')
      changed.open()
      await mayCommit.opened
    })
    await changed.opened
    const moving = campus.gatehouse.register.act(system, act => moved(act, personId, 'hall-2'))
    try {
      await campus.someoneWaits()
    } finally {
      mayCommit.open()
    }
    await Promise.all([changing, moving])
    const [kept, anew] = await bothWays(campus)
    expect(kept).toEqual(anew)
  })

  it('somebody has just moved in: the group waits, and changes their doors too', async () => {
    const personId = await outsider()
    const movedIn = gate()
    const mayCommit = gate()
    const moving = campus.gatehouse.register.act(system, async act => {
      await moved(act, personId, 'hall-2')
      movedIn.open()
      await mayCommit.opened
    })
    await movedIn.opened
    const changing = campus.gatehouse.register.act(keeper, act => leaveOut(act, 'hall-2', 'hall-2-laundry'))
    try {
      await campus.someoneWaits()
    } finally {
      mayCommit.open()
    }
    await moving
    expect(await changing).toMatchObject({ ok: true })
    const [kept, anew] = await bothWays(campus)
    expect(kept).toEqual(anew)
  })

  it('one of its members loses an individual door: that waits, and knows the doors that the group has then', async () => {
    const [{ number }] = (
      await campus.owner.pool.query<{ number: string }>(`
        select student_number as number from person p where hall = 'hall-1' and status = 'enrolled'
          and exists (select from card_use u where u.person_id = p.id) limit 1`)
    ).rows as [{ number: string }]
    const owner = { 'zh-TW': '系辦', en: 'Department office' }
    const doorId = 'csie-systems-lab'
    const granted = await campus.gatehouse.register.act(keeper, act =>
      grantDoor(act, { doorId, studentNumber: number, owner }),
    )
    const grantId = granted?.ok ? granted.grantId : 0
    const changed = gate()
    const mayCommit = gate()
    const changing = campus.gatehouse.register.act(keeper, async act => {
      await leaveOut(act, 'hall-1', 'hall-1-lounge')
      changed.open()
      await mayCommit.opened
    })
    await changed.opened
    const ending = campus.gatehouse.register.act(keeper, act => endGrant(act, { grantId, doorId }))
    try {
      await campus.someoneWaits()
    } finally {
      mayCommit.open()
    }
    await changing
    expect(await ending).toMatchObject({ again: false })
    const [kept, anew] = await bothWays(campus)
    expect(kept).toEqual(anew)
  })

  it('a card is reported lost after the act’s moment: the act does not bring it back', async () => {
    const { card_id: cardId, person_id: personId } = await campus.owner.db
      .selectFrom('card_use')
      .innerJoin('person', 'person.id', 'card_use.person_id')
      .select(['card_id', 'person_id'])
      .where('hall', '=', 'hall-2')
      .where('status', '=', 'enrolled')
      .executeTakeFirstOrThrow()
    expect((await wantedOfPerson(campus, personId)).length).toBeGreaterThan(1)
    const begun = gate()
    const lost = gate()
    const changing = campus.gatehouse.register.act(keeper, async act => {
      begun.open()
      await lost.opened
      return leaveOut(act, 'hall-2', 'hall-2-bicycles')
    })
    await begun.opened
    await campus.gatehouse.register.act(system, act => reportLost(act, { personId, cardId }))
    lost.open()
    expect(await changing).toMatchObject({ ok: true })
    expect(await wantedOfPerson(campus, personId)).toEqual([])
  })
})
