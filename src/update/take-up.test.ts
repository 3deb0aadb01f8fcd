import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Engine, openEngine } from '../../test/faults/engine.ts'
import { openSmallCampus, type SmallCampus, system } from '../../test/faults/small-campus.ts'
import { ask, keeper } from '../../test/faults/surveys.ts'
import { gate } from '../access/trial.ts'
import type { BoardCard } from '../controller/emulator/settings.ts'
import { adopt, previewAdoption } from './adopt.ts'
import { takeUpAdopted } from './take-up.ts'

/* What a person adopted is brought into the ledger while others go on deciding what is wanted. */
let campus: SmallCampus
let engine: Engine
beforeAll(async () => {
  campus = await openSmallCampus({ network: '127.63.199' })
  engine = await openEngine(campus.url)
}, 60_000)
afterAll(async () => {
  await engine.close()
  await campus.close()
})

it('a card that an act takes off the doors while it is taken up is removed all the same', async () => {
  const a = campus.controllers[0]!
  await campus.emulator.plant(
    a,
    await campus.sql<BoardCard>(
      `select number, doors, valid_from::text as "from", valid_to::text as "to", 0 as pin
       from wanted where controller_id = $1 and doors <> '{0,0,0,0}'`,
      a,
    ),
  )
  await ask(campus.register, a)
  await engine.settle()
  const { seal } = await campus.register.look(keeper, async act => (await previewAdoption(act, a))!)
  const leaves = campus.students[4]!
  const written = gate()
  const mayCommit = gate()
  const leaving = campus.register.act(system, async act => {
    await act.db
      .updateTable('person')
      .set({ status: 'withdrawn' })
      .where('id', '=', leaves.personId)
      .execute()
    await act.note({ act: 'person changed', personId: leaves.personId })
    written.open()
    await mayCommit.opened
  })
  await written.opened
  const adopted = await campus.register.act(keeper, act => adopt(act, { controllerId: a, seal }))
  expect(adopted).toMatchObject({ ok: true, adopted: { confirmed: campus.students.length } })
  const takingUp = takeUpAdopted(engine.holding)
  try {
    await campus.someoneWaits()
  } finally {
    mayCommit.open()
  }
  await Promise.all([leaving, takingUp])
  await campus.moveTo('2023-10-16 10:00')
  await engine.settle()
  expect(await campus.heldNumbers(a)).not.toContain(leaves.old)
  expect(await campus.heldNumbers(a)).toEqual(await campus.wantedNumbers(a))
})

it('what was taken up for a window to come and then goes is put back now, as it is due until then', async () => {
  const a = campus.controllers[0]!
  const { old } = campus.students[5]!
  // Adopted as a window to come wants it: another door from 15:00 on, and it stands there so already.
  await campus.sql(
    `insert into wanted (controller_id, number, carried_by, person_id, card_id, doors, valid_from, valid_to, decided_at)
     select controller_id, number, '2023-10-16 15:00+8', person_id, card_id, '{1,1,0,0}', valid_from, valid_to, campus_now()
     from wanted where controller_id = $1 and number = $2`,
    a,
    old,
  )
  await campus.sql(`update held set doors = '{1,1,0,0}' where controller_id = $1 and number = $2`, a, old)
  const door = (await campus.emulator.controllers()).find(each => each.serial === a)!
  await engine.updating.driver.remove(door, BigInt(old))
  await ask(campus.register, a)
  await engine.settle()
  expect((await campus.memory(a)).get(old), 'before the window').toMatchObject({ doors: [1, 0, 0, 0] })
  await campus.moveTo('2023-10-16 15:00')
  await engine.settle()
  expect((await campus.memory(a)).get(old)).toMatchObject({ doors: [1, 1, 0, 0] })
})

it('a left-over card that opens nothing is removed when it is adopted, as every other', async () => {
  const a = campus.controllers[0]!
  const { new: number } = campus.students[6]!
  const dates = { from: '2023-09-01', to: '2028-08-31', pin: 0 }
  await campus.emulator.plant(a, [{ number, doors: [0, 0, 0, 0], ...dates }])
  await ask(campus.register, a)
  await engine.settle()
  const { seal } = await campus.register.look(keeper, async act => (await previewAdoption(act, a))!)
  const adopted = await campus.register.act(keeper, act => adopt(act, { controllerId: a, seal, number }))
  expect(adopted).toMatchObject({ ok: true, adopted: { leftOver: 1 } })
  await engine.settle()
  await campus.moveTo('2023-10-17 10:00')
  await engine.settle()
  expect(await campus.heldNumbers(a)).not.toContain(number)
})
