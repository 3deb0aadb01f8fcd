import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Engine, openEngine } from '../../test/faults/engine.ts'
import { openSmallCampus, type SmallCampus, system } from '../../test/faults/small-campus.ts'
import { gate } from '../access/trial.ts'
import { reportLost } from '../loss/report-lost.ts'

/* The last night: cards are put at once, and one of them is reported lost just then. */
let campus: SmallCampus
let engine: Engine
beforeAll(async () => {
  campus = await openSmallCampus({ network: '127.63.198' })
  engine = await openEngine(campus.url)
  await campus.moveTo('2024-02-29 20:00')
  await engine.settle()
}, 60_000)
afterAll(async () => {
  await engine.close()
  await campus.close()
})

it('a loss that began before an activation at once, and ends while its card is put, takes the card off', async () => {
  const who = campus.students[7]!
  const begun = gate()
  const activated = gate()
  const losing = campus.register.act(system, async act => {
    begun.open()
    await activated.opened
    return reportLost(act, { personId: who.personId, cardId: who.newCard })
  })
  await begun.opened
  await campus.activate(who)
  const { driver } = engine.updating
  const put = driver.put.bind(driver)
  driver.put = async (address, card) => {
    const outcome = await put(address, card)
    if (Number(card.number) === who.new) {
      activated.open()
      await losing
    }
    return outcome
  }
  await engine.settle()
  await engine.settle()
  expect(await losing).toMatchObject({ ok: true })
  for (const controller of campus.controllers)
    expect(await campus.heldNumbers(controller)).not.toContain(who.new)
})
