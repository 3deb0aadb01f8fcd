import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { beginDate } from '../app/boundaries.ts'
import { withdrawReissue } from './apply.ts'
import { foundCardAgain } from './found-again.ts'
import { decideDispute, disputeFee, payBack, waiveFee } from './office.ts'
import { typeReceipt } from './pay-at-kiosk.ts'
import { beginPayment } from './pay-online.ts'
import { sealedPayments } from './payment.ts'
import { mostTypedADay } from './payment-rules.ts'
import {
  applied,
  apply,
  as,
  call,
  type Holder,
  holderOf,
  ledgerSums,
  messagesTo,
  office,
  post,
  receipt,
  registry,
  standing,
  stockFor,
} from './trial-reissue.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

let next = 1
const freshNumber = (): string => `412${String(next++).padStart(5, '0')}E`
const provider = sealedPayments({ address: '/demo/payment', key: Buffer.alloc(32, 7) })
const begin = async ({ actor, personId }: Holder): Promise<string> => {
  const begun = await as(campus, actor, act => beginPayment(act, { personId }, provider))
  if (!begun.ok) throw new Error(begun.refusal)
  return begun.paymentId
}
const callback = async (told: Parameters<typeof call>[1]) =>
  post(campus, '/api/v1/payments/callback', await call(campus, told))
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
/** The ledger as it is after something, without what was there before. */
async function moved(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await ledgerSums(campus)
  await work()
  const after = await ledgerSums(campus)
  const accounts = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  const changed = accounts.map(each => [each, (after[each] ?? 0) - (before[each] ?? 0)] as const)
  return Object.fromEntries(changed.filter(([, amount]) => amount !== 0))
}

describe('online', () => {
  it('a payment is taken once, however often it is told of', async () => {
    const holder = await applied(campus, freshNumber())
    const id = await begin(holder)
    const sums = await moved(async () => {
      expect(await callback({ id })).toMatchObject({ status: 200, body: { outcome: 'paid', again: false } })
      expect(await callback({ id })).toMatchObject({ status: 200, body: { outcome: 'paid', again: true } })
      expect(await callback({ id, outcome: 'cancelled' })).toMatchObject({
        body: { outcome: 'paid', again: true },
      })
    })
    expect(sums).toEqual({ due: -200, online: 200 })
    expect(await standing(campus, holder)).toMatchObject({ settled: 'paid', due: 0, owedBack: 0 })
  })

  it('cancelled and then paid is paid', async () => {
    const holder = await applied(campus, freshNumber())
    const id = await begin(holder)
    expect(await callback({ id, outcome: 'cancelled' })).toMatchObject({
      body: { outcome: 'cancelled', again: false },
    })
    expect(await standing(campus, holder)).toMatchObject({ due: 200 })
    expect(await callback({ id })).toMatchObject({ body: { outcome: 'paid' } })
    expect(await standing(campus, holder)).toMatchObject({ settled: 'paid' })
  })

  it('what is not sealed, or was sealed long ago, is not believed and is in the journal', async () => {
    const holder = await applied(campus, freshNumber())
    const id = await begin(holder)
    const sums = await moved(async () => {
      expect(await callback({ id, seal: 'x'.repeat(43) })).toMatchObject({
        status: 409,
        body: { refusal: 'forged' },
      })
      const good = await call(campus, { id })
      const changed = { ...good, amount: 1 }
      expect(await post(campus, '/api/v1/payments/callback', changed)).toMatchObject({
        body: { refusal: 'forged' },
      })
      expect(await callback({ id, at: '2023-10-18T02:00:00Z' })).toMatchObject({
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
    const [one, two] = [await begin(holder), await begin(holder)]
    const sums = await moved(async () => {
      expect(await callback({ id: one, amount: 150 })).toMatchObject({ body: { refusal: 'other-amount' } })
      expect(await callback({ id: one, amount: 150 })).toMatchObject({ body: { refusal: 'other-amount' } })
      expect(await callback({ id: two, currency: 'USD' })).toMatchObject({
        body: { refusal: 'other-currency' },
      })
      expect(await callback({ id: 'x'.repeat(22) })).toMatchObject({ body: { refusal: 'unknown-payment' } })
    })
    expect(sums).toEqual({ online: 150, 'owed-back': -150 })
    expect(await standing(campus, holder)).toMatchObject({ due: 200, owedBack: 150 })
  })

  it('20 payments of one application at once: one pays, the others are owed back or told so', async () => {
    const holder = await applied(campus, freshNumber())
    const ids = await Promise.all(Array.from({ length: 10 }, () => begin(holder)))
    const sums = await moved(async () => {
      const calls = await Promise.all([...ids, ...ids].map(id => callback({ id })))
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
    const sums = await moved(async () => {
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
    const sums = await moved(async () => {
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
    const sums = await moved(async () => {
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
      const sums = await moved(() =>
        Promise.all([tell({ number }), type(holder, number), type(holder, number)]),
      )
      expect(sums).toEqual({ due: -200, kiosk: 200 })
      expect(await standing(campus, holder)).toMatchObject({ settled: 'paid' })
    }
  })
})

describe('at a counter', () => {
  it('exchange students pay there, and nobody else; a second tap takes nothing twice', async () => {
    const regular = await applied(campus, freshNumber())
    const url = `/api/v1/reissues/${regular.reissueId}/payment`
    const refused = await post(campus, url, undefined, { who: 'desk-registry' })
    expect(refused).toMatchObject({ status: 409, body: { refusal: 'another-way' } })
    expect(refused.body.message).toContain('online or at an e-card kiosk')
    await campus.owner.pool.query(`update person set kind = 'exchange' where id = $1`, [regular.personId])
    expect(await post(campus, url, undefined, { who: 'desk-csie' })).toMatchObject({
      body: { refusal: 'not-at-this-counter' },
    })
    const sums = await moved(async () => {
      const first = await post(campus, url, undefined, { who: 'desk-registry', key: 'one' })
      expect(first).toMatchObject({ status: 200, body: { amount: 200 } })
      expect(await post(campus, url, undefined, { who: 'desk-registry', key: 'one' })).toEqual(first)
      expect(await post(campus, url, undefined, { who: 'desk-registry' })).toMatchObject({
        body: { refusal: 'nothing-due' },
      })
    })
    expect(sums).toEqual({ counter: 200, due: -200 })
  })
})

describe('what the office decides', () => {
  it('a fee that is let go is due no more, one that was paid is owed and paid back', async () => {
    const [unpaid, paid] = [await applied(campus, freshNumber()), await applied(campus, freshNumber())]
    await callback({ id: await begin(paid) })
    const sums = await moved(async () => {
      for (const { reissueId } of [unpaid, paid])
        expect(
          await as(campus, office, act => waiveFee(act, { reissueId, reason: 'bent in a reader' })),
        ).toMatchObject({ ok: true })
      expect(
        await as(campus, office, act => payBack(act, { reissueId: paid.reissueId, reason: '' })),
      ).toMatchObject({ amount: 200 })
      expect(
        await as(campus, office, act => payBack(act, { reissueId: paid.reissueId, reason: '' })),
      ).toMatchObject({ refusal: 'nothing-owed-back' })
    })
    expect(sums).toEqual({ due: -200, 'paid-back': -200, waived: 400 })
  })

  it('a dispute keeps the application from lapsing; refused, there is a month again; by another person', async () => {
    const holder = await applied(campus, freshNumber(), { reason: 'damaged' })
    const { personId, actor, reissueId } = holder
    expect(
      await as(campus, registry, act => disputeFee(act, { personId, said: 'it failed by itself' })),
    ).toMatchObject({ again: false })
    expect(await as(campus, actor, act => disputeFee(act, { personId, said: 'again' }))).toMatchObject({
      again: true,
    })
    const decide = (by: typeof office, granted: boolean) =>
      as(campus, by, act => decideDispute(act, { reissueId, granted, reason: 'it is cracked' }))
    expect(await decide(registry, true)).toMatchObject({ refusal: 'disputed-by-yourself' })
    expect(await decide(office, false)).toMatchObject({ granted: false })
    expect(await decide(office, true)).toMatchObject({ refusal: 'decided-already' })
    expect(await standing(campus, holder)).toMatchObject({ dispute: 'refused', due: 200 })
    const other = await applied(campus, freshNumber(), { reason: 'damaged' })
    await as(campus, other.actor, act => disputeFee(act, { personId: other.personId, said: 'it failed' }))
    const sums = await moved(() =>
      as(campus, office, act =>
        decideDispute(act, { reissueId: other.reissueId, granted: true, reason: 'a fault' }),
      ),
    )
    expect(sums).toEqual({ due: -200, waived: 200 })
    expect((await messagesTo(campus, other)).slice(-1)).toEqual(['reissue-dispute-decided'])
  })
})

describe('found again', () => {
  const found = (reissueId: number) =>
    campus.gatehouse.register.act(registry, act => foundCardAgain(act, { reissueId }))
  it('before the new card is made: no card, and the fee is kept', async () => {
    const holder = await applied(campus, freshNumber())
    await callback({ id: await begin(holder) })
    expect(await found(holder.reissueId)).toMatchObject({ ok: true, fee: 'kept' })
    expect(await found(holder.reissueId)).toMatchObject({ refusal: 'no-open-reissue' })
    expect(await standing(campus, holder)).toMatchObject({ ended: 'found-again', owedBack: 0 })
    const { rows } = await campus.owner.pool.query('select 1 from card_lost where card_id = $1', [
      holder.cardId,
    ])
    expect(rows).toEqual([])
  })

  it('after it is made: refused; and raced with the stock, whichever is first', async () => {
    const made = await applied(campus, freshNumber())
    await callback({ id: await begin(made) })
    const cards = [{ number: made.number, chip: '04BB11BB22CC01', printed: '9900888800000001' }]
    const [decision] = await Promise.all([found(made.reissueId), stockFor(campus, cards)])
    const now = await standing(campus, made)
    if (decision.ok) expect(now).toMatchObject({ ended: 'found-again', producedAt: null })
    else {
      expect(decision.refusal).toBe('produced-already')
      expect(now).toMatchObject({ ended: null, where: { counter: 'registry' } })
    }
    const other = await applied(campus, freshNumber())
    await callback({ id: await begin(other) })
    await stockFor(campus, [{ number: other.number, chip: '04BB11BB22CC02', printed: '9900888800000002' }])
    expect(await found(other.reissueId)).toMatchObject({ refusal: 'produced-already' })
  })
})

describe('time passes', () => {
  it('who has not paid is reminded on its days, once, and it lapses after a month; late money is owed back', async () => {
    const { register } = campus.gatehouse
    const [late, raced, back] = [
      await applied(campus, freshNumber()),
      await applied(campus, freshNumber()),
      await applied(campus, freshNumber()),
    ]
    const [lateId, racedId] = [await begin(late), await begin(raced)]
    expect(await as(campus, back.actor, act => withdrawReissue(act, back))).toMatchObject({ ok: true })
    expect(await as(campus, back.actor, act => withdrawReissue(act, back))).toMatchObject({ ok: true })
    await campus.moveTo('2023-11-09T09:00')
    await beginDate(register, 'Asia/Taipei')
    await beginDate(register, 'Asia/Taipei')
    expect((await messagesTo(campus, late)).filter(kind => kind === 'reissue-reminder')).toHaveLength(1)
    await campus.moveTo('2023-11-19T00:00:01')
    const [, racing] = await Promise.all([beginDate(register, 'Asia/Taipei'), callback({ id: racedId })])
    expect(racing.status).toBe(200)
    const after = (await standing(campus, raced))!
    expect([after.settled, after.ended, after.owedBack]).toEqual(
      after.ended === 'lapsed' ? [null, 'lapsed', 200] : ['paid', null, 0],
    )
    expect(await standing(campus, late)).toMatchObject({ ended: 'lapsed', due: 0 })
    expect(await callback({ id: lateId })).toMatchObject({ status: 200, body: { outcome: 'paid' } })
    expect(await standing(campus, late)).toMatchObject({ ended: 'lapsed', owedBack: 200 })
    expect(await messagesTo(campus, late)).toEqual(
      expect.arrayContaining(['reissue-applied', 'reissue-lapsed', 'reissue-owed-back']),
    )
    expect(await apply(campus, late)).toMatchObject({ ok: true, again: false })
    const total = Object.values(await ledgerSums(campus)).reduce((sum, each) => sum + each, 0)
    expect(total).toBe(0)
  })
})
