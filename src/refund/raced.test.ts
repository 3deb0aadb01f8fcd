import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import type { Act } from '../server/register.ts'
import { changeRefund, withdrawRefund } from './change-refund.ts'
import { refundsOnDate } from './late-refunds.ts'
import { sendRefunds } from './send-refunds.ts'
import { account, ask, holderOf, office, send } from './trial-refunds.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

/** Does the first and holds its transaction open until the second waits for it; what both answered. */
async function raced<A, B>(first: (act: Act) => Promise<A>, second: () => Promise<B>): Promise<[A, B]> {
  let letGo = () => {}
  const held = new Promise<void>(resolve => {
    letGo = resolve
  })
  let began = () => {}
  const begun = new Promise<void>(resolve => {
    began = resolve
  })
  const one = campus.gatehouse.register.aside(office, async act => {
    const done = await first(act)
    began()
    await held
    return done
  })
  await begun
  const other = second()
  await campus.someoneWaits()
  letGo()
  return Promise.all([one, other])
}

it('a case that is withdrawn while the office makes the file is not in it', async () => {
  const { personId, cardId, ...holder } = await holderOf(campus, '41047011S')
  await ask(campus, { personId, cardId, ...holder })
  const [withdrawn, sent] = await raced(
    act => withdrawRefund(act, { personId, cardId }),
    () => send(campus),
  )
  expect(withdrawn).toMatchObject({ ok: true })
  expect(sent).toMatchObject({ refusal: 'nothing-due' })
})

it('a case that is sent while its holder changes it goes to where it was, and the holder is told', async () => {
  const { personId, cardId, actor } = await holderOf(campus, '41047012S')
  await ask(campus, { personId, cardId, actor })
  const to = { ...account, account: '7654321' }
  const [sent, changed] = await raced(sendRefunds, () =>
    campus.gatehouse.register.aside(actor, act => changeRefund(act, { personId, cardId, to })),
  )
  expect(sent).toMatchObject({ ok: true, cases: 1 })
  expect(changed).toMatchObject({ refusal: 'sent-already' })
})

it('two processes that find the same refund late tell it once', async () => {
  await campus.moveTo('2023-12-01T09:00')
  await raced(refundsOnDate, () => campus.gatehouse.register.aside(office, refundsOnDate))
  const { rows } = await campus.owner.pool.query(`select from message where kind = 'refund-late'`)
  expect(rows).toHaveLength(1)
})
