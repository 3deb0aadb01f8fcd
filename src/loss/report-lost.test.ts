import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { freshmanOf } from '../../test/people.ts'
import { activateCard } from '../activation/activate.ts'
import { reportLost } from './report-lost.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

type Freshman = Awaited<ReturnType<typeof freshmanOf>>

const activate = ({ actor, personId, lastDigits }: Freshman) =>
  campus.gatehouse.register.act(actor, act => activateCard(act, { personId, lastDigits }))
const report = ({ actor, personId, cardId }: Freshman) =>
  campus.gatehouse.register.act(actor, act => reportLost(act, { personId, cardId }))

/** Whether some controller should hold the card, by the newest row of each number. */
async function isWanted(cardId: number): Promise<boolean> {
  const rows = await campus.owner.db
    .selectFrom('wanted')
    .select(['controller_id', 'number', 'doors'])
    .distinctOn(['controller_id', 'number'])
    .where('card_id', '=', cardId)
    .orderBy('controller_id')
    .orderBy('number')
    .orderBy('carried_by', 'desc')
    .execute()
  return rows.some(row => row.doors.includes(1))
}

it('an active card that is reported lost is wanted nowhere, at once', async () => {
  const holder = await freshmanOf(campus, '41200001E')
  await activate(holder)
  expect(await isWanted(holder.cardId)).toBe(true)
  expect(await report(holder)).toMatchObject({ ok: true, again: false })
  expect(await isWanted(holder.cardId)).toBe(false)
  const { db } = campus.owner
  const rows = await db.selectFrom('wanted').selectAll().where('card_id', '=', holder.cardId).execute()
  expect(rows.every(row => row.urgent && row.at_once)).toBe(true)
})

it('a second report is the first one', async () => {
  const holder = await freshmanOf(campus, '41200002E')
  const first = await report(holder)
  const second = await report(holder)
  expect(first.ok && second.ok && second.again && second.at.equals(first.at)).toBe(true)
})

it('a card that was lost before it was activated cannot be activated', async () => {
  const holder = await freshmanOf(campus, '41200003E')
  await report(holder)
  expect(await activate(holder)).toMatchObject({ ok: false, refusal: 'reported-lost' })
})

it('a report begun before an activation and finished after it still ends the card', async () => {
  const holder = await freshmanOf(campus, '41200004E')
  const { actor, personId, cardId } = holder
  let goOn = () => {}
  const activated = new Promise<void>(resolve => {
    goOn = resolve
  })
  const reporting = campus.gatehouse.register.act(actor, async act => {
    await activated
    return reportLost(act, { personId, cardId })
  })
  expect(await activate(holder)).toMatchObject({ ok: true })
  goOn()
  expect(await reporting).toMatchObject({ ok: true, again: false })
  expect(await isWanted(cardId)).toBe(false)
  const { db } = campus.owner
  const uses = await db.selectFrom('card_use').selectAll().where('card_id', '=', cardId).execute()
  expect(uses).toEqual([])
})

it('somebody else’s card is not reported by mistake', async () => {
  const holder = await freshmanOf(campus, '41200005E')
  const other = await freshmanOf(campus, '41200006E')
  expect(await report({ ...holder, cardId: other.cardId })).toMatchObject({ refusal: 'not-your-card' })
})
