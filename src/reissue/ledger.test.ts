import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { withdrawReissue } from './apply.ts'
import { foundCardAgain } from './found-again.ts'
import { payAtCounter, waiveFee } from './office.ts'
import { takeReceipt, typeReceipt } from './pay-at-kiosk.ts'
import { beginPayment, takeCall } from './pay-online.ts'
import { sealedPayments } from './payment.ts'
import { payBack } from './repay.ts'
import {
  applied,
  apply,
  as,
  call,
  freshNumber,
  type Holder,
  ledgerSums,
  office,
  registry,
} from './trial-reissue.ts'

/*
 * Money over random histories, some of it at the same time: every move comes to nothing, what came in is on the ledger to
 * the last dollar, and no more goes back than came (M1, M2). Applications are settled exactly when nothing is due.
 */

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

const provider = sealedPayments({ address: '/demo/payment', keys: [Buffer.alloc(32, 7)] })
const whats = [
  'apply',
  'online',
  'online-again',
  'other-amount',
  'kiosk',
  'type',
  'counter',
  'waive',
  'withdraw',
  'found',
  'pay-back',
] as const
const Step = fc.record({ what: fc.constantFrom(...whats), who: fc.nat(1), which: fc.nat(2) })
const History = fc.array(fc.array(Step, { minLength: 1, maxLength: 3 }), { minLength: 6, maxLength: 14 })
type Taken = typeof Step extends fc.Arbitrary<infer S> ? S : never

let run = 0
/** What came in, as those who paid know it. */
interface Till {
  online: number
  kiosk: number
  counter: number
}

/** Does one thing as whoever does it; counts what money that brought in. */
async function take(
  { what, who, which }: Taken,
  people: readonly (Holder & { reissueId: number })[],
  payments: string[],
  till: Till,
) {
  const holder = people[who]!
  const { actor, personId } = holder
  const { rows } = await campus.owner.pool.query<{ id: number }>(
    'select id from reissue where person_id = $1 order by id desc limit 1',
    [personId],
  )
  const reissueId = rows[0]!.id
  const number = `R${run}X${which}000000`
  const online = async (id: string, amount: number) => {
    const told = await call(campus, { id, amount })
    const done = await as(campus, { kind: 'public', id: 'anyone' }, act =>
      act.asItself(() => takeCall(act, told, { provider, isNoted: () => true })),
    )
    if (done.ok && !done.again) till.online += amount
    if (!done.ok && done.refusal === 'other-amount') {
      const first = await campus.owner.pool.query(`select 1 from fee_move where payment_try = $1`, [id])
      if (first.rowCount === 1 && !payments.includes(`counted ${id}`)) {
        payments.push(`counted ${id}`)
        till.online += amount
      }
    }
  }
  const begin = async () => {
    const begun = await as(campus, actor, act => beginPayment(act, { personId }, provider))
    return begun.ok ? begun.paymentId : null
  }
  switch (what) {
    case 'apply':
      return apply(campus, holder, which === 0 ? { reason: 'damaged' } : {})
    case 'online': {
      const id = await begin()
      if (id) payments.push(id)
      return id && online(id, 200)
    }
    case 'online-again': {
      const id = payments.filter(each => !each.startsWith('counted'))[which]
      return id && online(id, 200)
    }
    case 'other-amount': {
      const id = await begin()
      return id && online(id, 150 + which)
    }
    case 'kiosk': {
      const studentNumber = which === 0 ? holder.number : null
      const done = await as(campus, office, act =>
        takeReceipt(act, {
          number,
          kiosk: 'k',
          amount: which === 2 ? 150 : 200,
          studentNumber,
          paidAt: act.now,
        }),
      )
      if (done.ok && !done.again) till.kiosk += which === 2 ? 150 : 200
      return done
    }
    case 'type':
      return as(campus, actor, act => typeReceipt(act, { personId, typed: number }))
    case 'counter': {
      const done = await as(campus, registry, act => payAtCounter(act, { reissueId, at: ['registry'] }))
      if (done.ok) till.counter += done.amount
      return done
    }
    case 'waive':
      return as(campus, office, act => waiveFee(act, { reissueId, reason: 'a fault' }))
    case 'withdraw':
      return as(campus, actor, act => withdrawReissue(act, { personId }))
    case 'found':
      return campus.gatehouse.register.act(registry, act => foundCardAgain(act, { reissueId }))
    case 'pay-back':
      return as(campus, office, act => payBack(act, { reissueId, reason: '' }))
  }
}

it('no money is made or lost, whatever is done in whatever order and at once', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(History, async history => {
      run += 1
      const before = await ledgerSums(campus)
      const people = [await applied(campus, freshNumber()), await applied(campus, freshNumber())]
      // One of them pays at the counter, so that every way is gone.
      await campus.owner.pool.query(`update person set kind = 'exchange' where id = $1`, [
        people[1]!.personId,
      ])
      const payments: string[] = []
      const till: Till = { online: 0, kiosk: 0, counter: 0 }
      for (const together of history)
        await Promise.all(together.map(step => take(step, people, payments, till)))
      const after = await ledgerSums(campus)
      const of = (account: string) => (after[account] ?? 0) - (before[account] ?? 0)
      expect(Object.values(after).reduce((sum, each) => sum + each, 0)).toBe(0)
      expect({ online: of('online'), kiosk: of('kiosk'), counter: of('counter') }).toEqual(till)
      const came = till.online + till.kiosk + till.counter
      expect(-of('owed-back') - of('paid-back') - of('unmatched')).toBeLessThanOrEqual(came)
      const { rows } = await campus.owner.pool.query(
        `select r.id from reissue r where (r.settled_at is null and r.ended_at is null) <>
           (coalesce((select sum(e.amount) from fee_move m join fee_entry e on e.move_id = m.id
                      where m.reissue_id = r.id and e.account = 'due'), 0) > 0)`,
      )
      expect(rows).toEqual([])
    }),
    { numRuns: 12, endOnFailure: true },
  )
})
