import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { typeReceipt } from './pay-at-kiosk.ts'
import { mostTypedADay } from './payment-rules.ts'
import {
  applied,
  as,
  begin,
  call,
  callback,
  freshNumber,
  type Holder,
  holderOf,
  messagesTo,
  moved,
  post,
  receipt,
  standing,
} from './trial-reissue.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

const tell = async (told: Parameters<typeof receipt>[1]) =>
  post(campus, '/api/v1/kiosk/receipts', await receipt(campus, told))
const type = ({ actor, personId }: Holder, typed: string) =>
  as(campus, actor, act => typeReceipt(act, { personId, typed }))
const journalled = async (happened: string): Promise<unknown[]> => {
  const { rows } = await campus.owner.pool.query<{ facts: unknown }>(
    'select facts from journal where act = $1 order by id desc limit 3',
    [happened],
  )
  return rows.map(({ facts }) => facts)
}
describe('online', () => {
  it('a payment is taken once, however often it is told of', async () => {
    const holder = await applied(campus, freshNumber())
    const id = await begin(campus, holder)
    const sums = await moved(campus, async () => {
      expect(await callback(campus, { id })).toMatchObject({
        status: 200,
        body: { outcome: 'paid', again: false },
      })
      expect(await callback(campus, { id })).toMatchObject({
        status: 200,
        body: { outcome: 'paid', again: true },
      })
      expect(await callback(campus, { id, outcome: 'cancelled' })).toMatchObject({
        body: { outcome: 'paid', again: true },
      })
    })
    expect(sums).toEqual({ due: -200, online: 200 })
    expect(await standing(campus, holder)).toMatchObject({ settled: 'paid', due: 0, owedBack: 0 })
  })

  it('cancelled and then paid is paid', async () => {
    const holder = await applied(campus, freshNumber())
    const id = await begin(campus, holder)
    expect(await callback(campus, { id, outcome: 'cancelled' })).toMatchObject({
      body: { outcome: 'cancelled', again: false },
    })
    expect(await standing(campus, holder)).toMatchObject({ due: 200 })
    expect(await callback(campus, { id })).toMatchObject({ body: { outcome: 'paid' } })
    expect(await standing(campus, holder)).toMatchObject({ settled: 'paid' })
  })

  it('what is not sealed, or was sealed long ago, is not believed and is in the journal', async () => {
    const holder = await applied(campus, freshNumber())
    const id = await begin(campus, holder)
    const sums = await moved(campus, async () => {
      expect(await callback(campus, { id, seal: 'x'.repeat(43) })).toMatchObject({
        status: 409,
        body: { refusal: 'forged' },
      })
      const good = await call(campus, { id })
      const changed = { ...good, amount: 1 }
      expect(await post(campus, '/api/v1/payments/callback', changed)).toMatchObject({
        body: { refusal: 'forged' },
      })
      expect(await callback(campus, { id, at: '2023-10-18T02:00:00Z' })).toMatchObject({
        body: { refusal: 'too-old' },
      })
    })
    expect(sums).toEqual({})
    expect(await journalled('payment call refused')).toMatchObject([
      { why: 'too-old' },
      { why: 'forged' },
      { why: 'forged' },
    ])
    expect(await standing(campus, holder)).toMatchObject({ due: 200 })
  })

  it('another amount is kept and owed back, another currency is not booked, an unknown payment is refused', async () => {
    const holder = await applied(campus, freshNumber())
    const [one, two] = [await begin(campus, holder), await begin(campus, holder)]
    const sums = await moved(campus, async () => {
      expect(await callback(campus, { id: one, amount: 150 })).toMatchObject({
        body: { refusal: 'other-amount' },
      })
      expect(await callback(campus, { id: one, amount: 150 })).toMatchObject({
        body: { refusal: 'other-amount' },
      })
      expect(await callback(campus, { id: two, currency: 'USD' })).toMatchObject({
        body: { refusal: 'other-currency' },
      })
      expect(await callback(campus, { id: 'x'.repeat(22) })).toMatchObject({
        body: { refusal: 'unknown-payment' },
      })
    })
    expect(sums).toEqual({ online: 150, 'owed-back': -150 })
    expect(await standing(campus, holder)).toMatchObject({ due: 200, owedBack: 150 })
  })

  it('20 payments of one application at once: one pays, the others are owed back or told so', async () => {
    const holder = await applied(campus, freshNumber())
    const ids = await Promise.all(Array.from({ length: 10 }, () => begin(campus, holder)))
    const sums = await moved(campus, async () => {
      const calls = await Promise.all([...ids, ...ids].map(id => callback(campus, { id })))
      expect(calls.every(({ status }) => status === 200)).toBe(true)
      expect(calls.filter(({ body }) => body.again === false)).toHaveLength(10)
    })
    expect(sums).toEqual({ due: -200, online: 2000, 'owed-back': -1800 })
    expect((await messagesTo(campus, holder)).filter(kind => kind === 'reissue-paid')).toHaveLength(1)
  })
})

describe('at a kiosk', () => {
  it('applied first: the student number on the receipt matches it at once', async () => {
    const holder = await applied(campus, freshNumber())
    const told = await receipt(campus, {
      number: 'KA00000001',
      studentNumber: ` ${holder.number.toLowerCase()} `,
    })
    const sums = await moved(campus, async () => {
      for (const again of [false, true])
        expect(await post(campus, '/api/v1/kiosk/receipts', told)).toMatchObject({
          body: { matched: true, again },
        })
    })
    expect(sums).toEqual({ due: -200, kiosk: 200 })
    expect(await tell({ number: 'KA00000001', amount: 100 })).toMatchObject({
      body: { refusal: 'receipt-told-otherwise' },
    })
  })

  it('paid first: the number that is typed pays, in whatever way it is typed', async () => {
    await tell({ number: 'KB-0000-0001' })
    const holder = await applied(campus, freshNumber())
    const sums = await moved(campus, async () => {
      for (const typed of ['ｋｂ 0000 0001', 'KB00000001'])
        expect(await type(holder, typed)).toMatchObject({ ok: true, matched: true })
    })
    expect(sums).toEqual({ due: -200, unmatched: 200 })
    const other = await applied(campus, freshNumber())
    expect(await type(other, 'KB00000001')).toMatchObject({ refusal: 'receipt-used' })
  })

  it('paid first with the own student number: applying is enough', async () => {
    const number = freshNumber()
    await tell({ number: 'KC00000001', studentNumber: number })
    expect(await standing(campus, await applied(campus, number))).toMatchObject({ settled: 'paid' })
  })

  it('a number that the kiosk has not told of waits, and pays when it does', async () => {
    const [holder, other] = [await applied(campus, freshNumber()), await applied(campus, freshNumber())]
    expect(await type(holder, 'KD00000001')).toMatchObject({ ok: true, matched: false })
    expect(await type(other, 'KD00000001')).toMatchObject({ ok: true, matched: false })
    expect(await standing(campus, holder)).toMatchObject({ waitsForReceipt: 'KD00000001', due: 200 })
    expect(await tell({ number: 'KD00000001' })).toMatchObject({ body: { matched: true } })
    expect(await standing(campus, holder)).toMatchObject({ waitsForReceipt: null, settled: 'paid' })
    expect(await standing(campus, other)).toMatchObject({ waitsForReceipt: null, due: 200 })
    expect(await messagesTo(campus, other)).toContain('receipt-does-not-pay')
  })

  it('somebody else’s, of another amount, none at all: each its sentence, and no money moves', async () => {
    const [holder, other] = [await applied(campus, freshNumber()), await holderOf(campus, freshNumber())]
    await tell({ number: 'KE00000001', studentNumber: other.number })
    await tell({ number: 'KE00000002', amount: 150 })
    const sums = await moved(campus, async () => {
      expect(await type(holder, 'KE00000001')).toMatchObject({ refusal: 'receipt-of-somebody-else' })
      expect(await type(holder, 'KE00000002')).toMatchObject({ refusal: 'receipt-of-another-amount' })
      expect(await type(holder, 'none')).toMatchObject({ refusal: 'not-a-receipt-number' })
    })
    expect(sums).toEqual({})
  })

  it('nobody finds a receipt by trying: so many numbers a day', async () => {
    const holder = await applied(campus, freshNumber())
    await tell({ number: 'KF00000009' })
    for (let tried = 0; tried < mostTypedADay; tried += 1)
      expect(await type(holder, `KF1000000${tried}`)).toMatchObject({ ok: true })
    expect(await type(holder, 'KF00000009')).toMatchObject({ refusal: 'too-many-receipts' })
  })

  it('what is not sealed by a kiosk, or long ago, is not believed', async () => {
    const told = await receipt(campus, { number: 'KG00000001' })
    expect(await post(campus, '/api/v1/kiosk/receipts', { ...told, amount: 1 })).toMatchObject({
      body: { refusal: 'forged' },
    })
    expect(await tell({ number: 'KG00000001', at: '2023-10-18T02:00:00Z' })).toMatchObject({
      body: { refusal: 'too-old' },
    })
    expect(await journalled('kiosk receipt refused')).toMatchObject([
      { why: 'too-old' },
      { why: 'forged' },
      {},
    ])
  })

  it('told of and typed at once, it pays once', async () => {
    for (let round = 0; round < 4; round += 1) {
      const holder = await applied(campus, freshNumber())
      const number = `KH0000000${round}`
      const sums = await moved(campus, () =>
        Promise.all([tell({ number }), type(holder, number), type(holder, number)]),
      )
      expect(sums).toEqual({ due: -200, kiosk: 200 })
      expect(await standing(campus, holder)).toMatchObject({ settled: 'paid' })
    }
  })
})
