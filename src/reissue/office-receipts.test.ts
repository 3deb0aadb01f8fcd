import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { assignReceipt, handBackReceipt } from './office-receipts.ts'
import { typeReceipt } from './pay-at-kiosk.ts'
import {
  applied,
  apply,
  as,
  freshNumber,
  holderOf,
  lose,
  messagesTo,
  moved,
  office,
  post,
  receipt,
  standing,
} from './trial-reissue.ts'

/* Kiosk money that matches nobody: the office says whose it is, or that it was paid back; once, and never both. */

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

const other = { kind: 'office', id: 'office-2' } as const
const reason = 'the number was mistyped at the kiosk'
let next = 0
/** Money comes in that is nobody's: says its receipt. */
async function nobodys(amount = 200, studentNumber = '41999999X'): Promise<string> {
  next += 1
  const number = `KZ${String(next).padStart(6, '0')}`
  const told = await post(
    campus,
    '/api/v1/kiosk/receipts',
    await receipt(campus, { number, amount, studentNumber }),
  )
  expect(told.body).toEqual({ again: false, matched: false })
  return number
}
const assign = (body: object, who = 'office') =>
  post(campus, '/api/v1/kiosk/receipts/assignment', { reason, ...body }, { who })
const handBack = (body: object, who = 'office') =>
  post(campus, '/api/v1/kiosk/receipts/repayment', { reason, ...body }, { who })
const unmatched = async (): Promise<string[]> => {
  const reply = await campus.gatehouse.server.inject({
    url: '/api/v1/kiosk/receipts/unmatched',
    headers: { cookie: await campus.signIn('office') },
  })
  return reply.json<{ receipts: { number: string }[] }>().receipts.map(({ number }) => number)
}

describe('assigned', () => {
  it('it pays the application as a match does; a second tap gets the same and nothing happens', async () => {
    const holder = await applied(campus, freshNumber())
    const number = await nobodys()
    expect(await unmatched()).toContain(number)
    const { reissueId } = holder
    const sums = await moved(campus, async () => {
      const typed = number.toLowerCase().replace('kz', 'kz-')
      expect(await assign({ number: typed, reissueId })).toEqual({
        status: 200,
        body: { again: false, reissueId, amount: 200 },
      })
      expect(await assign({ number, reissueId })).toMatchObject({ status: 200, body: { again: true } })
    })
    expect(sums).toEqual({ due: -200, unmatched: 200 })
    expect(await standing(campus, holder)).toMatchObject({ settled: 'paid', due: 0, owedBack: 0 })
    expect(await messagesTo(campus, holder)).toContain('reissue-paid')
    expect(await unmatched()).not.toContain(number)
    const { rows } = await campus.owner.pool.query(
      `select by, reason from fee_move where receipt = $1 and kind = 'paid'`,
      [number],
    )
    expect(rows).toEqual([{ by: 'office:office', reason }])
    expect(await handBack({ number })).toMatchObject({ body: { refusal: 'receipt-pays-application' } })
  })

  it('another amount is refused with both, and so is who pays otherwise, what ended, no reason, no receipt', async () => {
    const holder = await applied(campus, freshNumber())
    const { reissueId } = holder
    const [less, right] = [await nobodys(150), await nobodys()]
    const sums = await moved(campus, async () => {
      const refused = await assign({ number: less, reissueId })
      expect(refused).toMatchObject({ status: 409, body: { refusal: 'not-what-is-due' } })
      expect(refused.body.message).toContain('NT$150 and NT$200 is due')
      expect(await assign({ number: right, reissueId, reason: ' ' })).toMatchObject({
        body: { refusal: 'reason-missing' },
      })
      expect(await assign({ number: 'KZ999999', reissueId })).toMatchObject({
        body: { refusal: 'unknown-receipt' },
      })
      expect(await assign({ number: 'none', reissueId })).toMatchObject({
        body: { refusal: 'not-a-receipt-number' },
      })
      expect(await assign({ number: right, reissueId: 999_999 })).toMatchObject({
        body: { refusal: 'no-open-reissue' },
      })
      expect(await assign({ number: right, reissueId }, 'desk-registry')).toMatchObject({ status: 404 })
      await campus.owner.pool.query(`update person set kind = 'exchange' where id = $1`, [holder.personId])
      expect(await assign({ number: right, reissueId })).toMatchObject({ body: { refusal: 'another-way' } })
    })
    expect(sums).toEqual({})
  })
})

describe('paid back', () => {
  it('it is nobody’s any more: nobody pays with it, and no second clerk hands it out', async () => {
    const holder = await applied(campus, freshNumber())
    const number = await nobodys()
    const sums = await moved(campus, async () => {
      expect(await handBack({ number })).toEqual({ status: 200, body: { again: false, amount: 200 } })
      expect(await handBack({ number })).toEqual({ status: 200, body: { again: true, amount: 200 } })
      expect(await as(campus, other, act => handBackReceipt(act, { typed: number, reason }))).toMatchObject({
        refusal: 'receipt-paid-back',
      })
      expect(await assign({ number, reissueId: holder.reissueId })).toMatchObject({
        body: { refusal: 'receipt-paid-back' },
      })
      const typed = await as(campus, holder.actor, act =>
        typeReceipt(act, { personId: holder.personId, typed: number }),
      )
      expect(typed.ok).toBe(false)
    })
    expect(sums).toEqual({ unmatched: 200, 'paid-back': -200 })
    const again = await receipt(campus, { number, studentNumber: '41999999X' })
    expect(await post(campus, '/api/v1/kiosk/receipts', again)).toMatchObject({
      body: { again: true, matched: false },
    })
    expect(await unmatched()).not.toContain(number)
  })
})

describe('at once', () => {
  it('two clerks and two applications: one of them is paid, or the money goes back', async () => {
    for (let round = 0; round < 4; round += 1) {
      const [one, two] = [await applied(campus, freshNumber()), await applied(campus, freshNumber())]
      const number = await nobodys()
      const to = ({ reissueId }: { reissueId: number }) => ({ typed: number, reissueId, reason })
      const sums = await moved(campus, async () => {
        const done = await Promise.all([
          as(campus, office, act => assignReceipt(act, to(one))),
          as(campus, other, act => assignReceipt(act, to(two))),
          as(campus, other, act => handBackReceipt(act, { typed: number, reason })),
        ])
        expect(done.filter(({ ok }) => ok)).toHaveLength(1)
      })
      expect(sums.unmatched).toBe(200)
      expect((sums.due ?? 0) + (sums['paid-back'] ?? 0)).toBe(-200)
    }
  })

  it('two receipts for one application: one pays it, and the other stays', async () => {
    const { reissueId } = await applied(campus, freshNumber())
    const numbers = [await nobodys(), await nobodys()]
    const sums = await moved(campus, async () => {
      const done = await Promise.all(
        numbers.map((typed, at) =>
          as(campus, at === 0 ? office : other, act => assignReceipt(act, { typed, reissueId, reason })),
        ),
      )
      expect(done.map(each => (each.ok ? 'ok' : each.refusal)).toSorted()).toEqual(['nothing-due', 'ok'])
    })
    expect(sums).toEqual({ due: -200, unmatched: 200 })
  })

  it('whose number it bears applies at that moment: it pays them, or goes back, and never fails', async () => {
    for (let round = 0; round < 4; round += 1) {
      const holder = await holderOf(campus, freshNumber())
      await lose(campus, holder)
      const number = await nobodys(200, holder.number)
      const [appliedNow, back] = await Promise.all([
        apply(campus, holder),
        as(campus, office, act => handBackReceipt(act, { typed: number, reason })),
      ])
      expect(appliedNow.ok).toBe(true)
      expect(await standing(campus, holder)).toMatchObject({ settled: back.ok ? null : 'paid' })
    }
  })
})
