import { afterAll, beforeAll, expect, it } from 'vitest'
import { openSmallCampus, type SmallCampus, system } from '../../test/faults/small-campus.ts'
import { gate } from '../access/trial.ts'
import { giveNumbers } from './new-format.ts'
import { parseChipNumber } from './numbers.ts'
import { retireCard } from './retire-card.ts'
import { takeIntoStock } from './store.ts'

let campus: SmallCampus
beforeAll(async () => {
  campus = await openSmallCampus({ network: '127.63.197' })
}, 60_000)
afterAll(() => campus.close())

it('a card that is retired while numbers of a new format are given gets none, so that its number stays free', async () => {
  const cardId = await campus.register.act(system, async act => {
    const parsed = parseChipNumber('3C00ABCD')
    if (!parsed.ok) throw new Error(parsed.refusal)
    const card = {
      chip: parsed.chip,
      printedNumber: '9900555500001111',
      madeFor: campus.students[3]!.personId,
    }
    const taken = await takeIntoStock(act, [{ ...card, edition: '4k-centenary', counter: null, box: null }])
    if (!taken.ok) throw new Error(taken.refusal)
    return taken.ids[0]!
  })
  const retired = gate()
  const mayCommit = gate()
  const retiring = campus.register.act(system, async act => {
    expect(await retireCard(act, { cardId, reason: 'misprint' })).toMatchObject({ ok: true })
    retired.open()
    await mayCommit.opened
  })
  await retired.opened
  const giving = campus.register.act(system, act => giveNumbers(act, 'w34-straight'))
  try {
    await campus.someoneWaits()
  } finally {
    mayCommit.open()
  }
  await retiring
  expect(await giving).toEqual({ ok: true, cards: campus.students.length * 2 })
  const live = 'select from card_number where card_id = $1 and retired_at is null'
  expect(await campus.sql(live, cardId)).toEqual([])
})
