import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTrialDesk, type TrialDesk } from '../handover/trial-desk.ts'
import { endReissueOfLeaver } from '../reissue/apply.ts'
import { foundCardAgain } from '../reissue/found-again.ts'
import {
  applied,
  apply,
  as,
  freshNumber,
  lose,
  office,
  post,
  receipt,
  stockFor,
} from '../reissue/trial-reissue.ts'
import { addStudents, productionOf } from './trial-production.ts'

let desk: TrialDesk
let production: ReturnType<typeof productionOf>
beforeAll(async () => {
  desk = await openTrialDesk()
  production = productionOf(desk)
}, 60_000)
afterAll(() => desk.campus.close())

/** Somebody who has lost the card, applied for another and paid it at a kiosk. */
async function paid(at: number) {
  const holder = await applied(desk.campus, freshNumber())
  await pays(holder.number, at)
  return holder
}
async function pays(number: string, at: number) {
  const told = await receipt(desk.campus, { number: `K20231018${at}`, studentNumber: number })
  expect((await post(desk.campus, '/api/v1/kiosk/receipts', told)).body).toMatchObject({ matched: true })
}
const found = (reissueId: number) =>
  desk.campus.gatehouse.register.act(office, act => foundCardAgain(act, { reissueId }))
const reissueOf = async (id: number) =>
  (
    await desk.campus.owner.pool.query<{ card_id: number | null; ended_as: string | null }>(
      'select card_id, ended_as from reissue where id = $1',
      [id],
    )
  ).rows[0]!

it('a card whose reissue ends while it is made is named with why, and one press gives it up', async () => {
  const [finds, leaves, waits] = [await paid(1), await paid(2), await paid(3)]
  const first = '41147901S'
  await addStudents(desk.campus, [first])
  const { batchId, cards } = await production.order()
  expect(cards).toBe(4)
  expect(await production.batch(batchId)).toMatchObject({ out: 4, needless: 0 })

  expect(await found(finds.reissueId)).toMatchObject({ ok: true })
  await desk.campus.owner.pool.query(`update person set status = 'withdrawn' where id = $1`, [
    leaves.personId,
  ])
  await as(desk.campus, office, act => endReissueOfLeaver(act, leaves.personId))

  const { batches } = await production.now()
  expect(batches.find(({ id }) => id === batchId)).toMatchObject({ out: 4, needless: 2 })
  const { items } = await production.batch(batchId)
  const needless = new Map(items.map(item => [item.studentNumber, item.needless]))
  expect(Object.fromEntries(needless)).toEqual({
    [finds.number]: 'found-again',
    [leaves.number]: 'left',
    [waits.number]: null,
    [first]: null,
  })
  const csv = (lines: string) => lines.split('\r\n').find(line => line.includes(finds.number))
  const exported = await desk.send('office', `/production/batches/${batchId}/export?format=csv`)
  expect(csv(exported.body)).toContain('the lost card was found, and the reissue ended')

  const given = await production.cancel(batchId, {
    items: items.filter(each => each.needless !== null).map(({ id }) => id),
    because: 'the lost card was found, and the reissue ended',
    makeAgain: true,
  })
  expect(given.json()).toEqual({ cancelled: 2 })
  expect(await production.batch(batchId)).toMatchObject({ out: 2, needless: 0, cancelled: 2 })
  // Neither needs a card: nobody is ordered for again.
  expect((await production.now()).lists).toMatchObject({
    reissue: { people: 0 },
    'left-out': { people: 0 },
  })
})

it('one that comes back anyway is nobody’s to collect, and is the card of no application that has ended', async () => {
  const holder = await paid(4)
  const { batchId } = await production.order()
  expect(await found(holder.reissueId)).toMatchObject({ ok: true })
  await stockFor(desk.campus, [
    { number: holder.number, chip: '04AA11BB22CC91', printed: '9900888877775591' },
  ])
  expect(await production.batch(batchId)).toMatchObject({ out: 0, back: 1, needless: 0 })
  expect(await reissueOf(holder.reissueId)).toEqual({ card_id: null, ended_as: 'found-again' })
  const given = await desk.post('desk-registry', {
    studentNumber: holder.number,
    chip: '04AA11BB22CC91',
    evidence: [{ kind: 'document', evidence: 'id-document', documentKind: 'passport' }],
    signature: { manner: 'witnessed', picture: '', language: 'en' },
  })
  expect([given.statusCode, given.json<{ refusal: string }>().refusal]).toEqual([409, 'has-card-already'])

  // Lost once more and paid anew, it is what that application waits for: nothing else is made.
  await lose(desk.campus, holder)
  const again = await apply(desk.campus, holder)
  if (!again.ok) throw new Error(again.refusal)
  await pays(holder.number, 5)
  expect(await reissueOf(again.reissueId)).toMatchObject({ card_id: expect.any(Number), ended_as: null })
  expect(await reissueOf(holder.reissueId)).toEqual({ card_id: null, ended_as: 'found-again' })
})

it('while another application of theirs waits for it, it is needed', async () => {
  const holder = await paid(6)
  const { batchId } = await production.order()
  expect(await found(holder.reissueId)).toMatchObject({ ok: true })
  await lose(desk.campus, holder)
  expect(await apply(desk.campus, holder)).toMatchObject({ ok: true })
  expect(await production.batch(batchId)).toMatchObject({ out: 1 })
  await pays(holder.number, 7)
  expect(await production.batch(batchId)).toMatchObject({ out: 1, needless: 0 })
})
