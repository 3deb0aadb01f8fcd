import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, proofKeys, type TestCampus } from '../../test/campus.ts'
import { Doors } from '../../test/doors.ts'
import { activateCard } from '../activation/activate.ts'
import { eligibilityOf } from '../eligibility/store.ts'
import { handOver } from '../handover/hand-over.ts'
import { withdrawLoss } from '../loss/found-again.ts'
import { personById } from '../roster/store.ts'
import {
  apply,
  call,
  type Holder,
  holderOf,
  lose,
  messagesTo,
  office,
  post,
  receipt,
  registry,
  standing,
  stockFor,
} from './trial-reissue.ts'

/* A card is lost, or broken, and issued anew: from the application to the doors, over real datagrams. */

let campus: TestCampus
let doors: Doors
beforeAll(async () => {
  campus = await openCampus({ doors: '127.66.41', from: '2023-10-18T11:00' })
  doors = await Doors.of(campus.owner, campus.emulator!)
}, 120_000)
afterAll(() => campus.close())

const activate = ({ actor, personId }: Holder, lastDigits: string) =>
  campus.gatehouse.register.act(actor, act => activateCard(act, { personId, lastDigits }))
const handing = ({ number }: Holder, chip: string) =>
  campus.gatehouse.register.act(registry, act =>
    handOver(
      act,
      {
        studentNumber: number,
        chip,
        evidence: [{ kind: 'document', evidence: 'id-document', documentKind: 'passport' }],
        signature: { manner: 'witnessed', picture: '', language: 'en' },
      },
      proofKeys,
    ),
  )
const mayCollect = ({ personId }: Holder) =>
  campus.gatehouse.register.look(office, async act => {
    const { decision } = await eligibilityOf(act, (await personById(act, personId))!)
    return decision.ok
      ? `yes ${decision.where.join(' ')} with ${JSON.stringify(decision.bring)}`
      : decision.refusal
  })
const placesTold = async () => {
  const { rows } = await campus.owner.pool.query<{ kind: string }>(
    `select kind from message where kind like 'loss-%places' order by id`,
  )
  return rows.map(({ kind }) => kind)
}
const door = 'library-entrance'

describe('a lost card', () => {
  const chip = '04AA11BB22CC33'
  it('is applied for, paid, made, collected, activated, and opens doors', async () => {
    const holder = await holderOf(campus, '41200001E')
    const old = '99FBD1F4'
    await activate(holder, holder.lastDigits)
    await campus.moveTo('2023-10-18T15:00')
    await campus.settle()
    expect(await doors.opens(door, old)).toBe(true)

    expect(await apply(campus, holder)).toMatchObject({ refusal: 'report-lost-first' })
    await lose(campus, holder)
    await campus.settle()
    expect(await doors.opens(door, old)).toBe(false)
    expect(await mayCollect(holder)).toBe('has-card-already')
    expect(await apply(campus, holder)).toMatchObject({ ok: true, again: false })
    expect(await apply(campus, holder)).toMatchObject({ ok: true, again: true })
    expect(await mayCollect(holder)).toBe('reissue-unpaid')

    const begun = await post(campus, '/api/v1/me/reissue/payment', undefined, {
      who: holder.number,
      key: 'pay',
    })
    expect(begun.status).toBe(200)
    const paid = await call(campus, { id: String(begun.body.paymentId) })
    expect(await post(campus, '/api/v1/payments/callback', paid)).toMatchObject({
      status: 200,
      body: { outcome: 'paid', again: false },
    })
    expect(await mayCollect(holder)).toBe('card-not-ordered')

    const list = await campus.gatehouse.server.inject({
      url: '/api/v1/reissues/to-make.csv',
      headers: { cookie: await campus.signIn('office') },
    })
    expect(list.body).toContain('41200001E')
    await stockFor(campus, [{ number: holder.number, chip, printed: '9900888877776666' }])
    expect(await standing(campus, holder)).toMatchObject({ settled: 'paid', where: { counter: 'registry' } })
    expect(await mayCollect(holder)).toBe('yes registry with [["app-proof"],["id-document"]]')

    expect(await placesTold()).toEqual(['loss-to-places', 'loss-to-places'])
    expect(await handing(holder, chip)).toMatchObject({ ok: true })
    expect((await placesTold()).slice(2)).toEqual(['loss-over-to-places', 'loss-over-to-places'])
    expect(await standing(campus, holder)).toBeNull()
    expect(await mayCollect(holder)).toBe('has-card-already')
    expect(await activate(holder, '6666')).toMatchObject({ ok: true, again: false })
    await campus.moveTo('2023-10-19T01:00')
    await campus.settle()
    expect(await doors.opens(door, chip)).toBe(true)
    expect(await doors.opens(door, old)).toBe(false)
    const told = await messagesTo(campus, holder)
    expect(told.filter(kind => kind.startsWith('reissue'))).toEqual([
      'reissue-applied',
      'reissue-paid',
      'reissue-produced',
    ])
  })

  it('a file for the card maker is read once by its list, and made cards are off it', async () => {
    const list = await campus.gatehouse.server.inject({
      url: '/api/v1/reissues/to-make',
      headers: { cookie: await campus.signIn('office') },
    })
    expect(list.json()).toEqual({ cards: [] })
  })
})

describe('a damaged card', () => {
  const chip = '04AA11BB22CC44'
  it('is handed in for the new one, and opens doors until that is activated', async () => {
    const holder = await holderOf(campus, '41200002E')
    const old = '75EF4EFB'
    await activate(holder, holder.lastDigits)
    await campus.moveTo('2023-10-19T10:00')
    await campus.settle()
    expect(await doors.opens(door, old)).toBe(true)
    expect(await apply(campus, holder, { reason: 'damaged' })).toMatchObject({ ok: true })
    const told = await receipt(campus, { number: 'K2023-1019-7', studentNumber: holder.number })
    expect(await post(campus, '/api/v1/kiosk/receipts', told)).toMatchObject({ body: { matched: true } })
    await stockFor(campus, [{ number: holder.number, chip, printed: '9900888877775555' }])
    expect(await handing(holder, chip)).toMatchObject({ ok: true })
    const { rows } = await campus.owner.pool.query(
      `select retired_for, upper(held) is not null as over from card join handover on card_id = id where id = $1`,
      [holder.cardId],
    )
    expect(rows).toEqual([{ retired_for: 'damaged', over: true }])
    await campus.settle()
    expect(await doors.opens(door, old)).toBe(true)
    // It lies with the office, so the new card does not wait for 15:00, and nobody is told to carry both.
    expect(await activate(holder, '5555')).toMatchObject({
      ok: true,
      promise: { atOnce: true, oldUntil: null },
    })
    await campus.settle()
    expect(await doors.opens(door, chip)).toBe(true)
    await campus.moveTo('2023-10-19T15:00')
    await campus.settle()
    expect(await doors.opens(door, old)).toBe(false)
    expect(await doors.opens(door, chip)).toBe(true)
  })

  it('that is missing for a while is still damaged: the report is taken back, and the application goes on', async () => {
    const holder = await holderOf(campus, '41200003E')
    await activate(holder, holder.lastDigits)
    expect(await apply(campus, holder, { reason: 'damaged' })).toMatchObject({ ok: true })
    await lose(campus, holder)
    const back = await campus.gatehouse.register.act(holder.actor, act =>
      withdrawLoss(act, {
        personId: holder.personId,
        cardId: holder.cardId,
        replacementProduced: async () => false,
      }),
    )
    expect(back).toMatchObject({ ok: true, as: 'withdrawn', custody: true })
    expect(await standing(campus, holder)).toMatchObject({ reason: 'damaged', ended: null })
  })
})
