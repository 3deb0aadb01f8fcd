import { Type } from 'typebox'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import type { KioskReceipt } from './receipt-store.ts'
import { aloneLimits } from './repay.ts'
import { tooMuchAlone } from './repayment-rules.ts'
import { paidAlone, paidAloneOf, type Repaid, receiptsThatWait, waitingAbout } from './repayment-store.ts'

/** How it stands with paying money back, for who reads it: what they may do alone, or that a second person is asked. */
export const RepaymentNow = Type.Enum(['alone', 'second-person', 'waits'])
export type RepaymentNow = Type.Static<typeof RepaymentNow>

/** How it stands with what is owed back, as far as it is known without waiting for others. The amount in minor units. */
export async function repaymentNow(act: Act, about: Repaid, amount: number): Promise<RepaymentNow> {
  if ((await waitingAbout(act, about)) !== null) return 'waits'
  const limits = aloneLimits(await programmeInForce(act))
  return tooMuchAlone(amount, await paidAlone(act, about), limits) ? 'second-person' : 'alone'
}

/** The same of each of some receipts, by their numbers. */
export async function receiptRepayments(
  act: Act,
  receipts: readonly KioskReceipt[],
): Promise<Map<string, RepaymentNow>> {
  const limits = aloneLimits(await programmeInForce(act))
  const numbers = receipts.map(({ number }) => number)
  const waits = await receiptsThatWait(act, numbers)
  const alone = await paidAloneOf(act, numbers)
  const now = ({ number, amount }: KioskReceipt): RepaymentNow => {
    if (waits.has(number)) return 'waits'
    return tooMuchAlone(amount, alone.get(number)!, limits) ? 'second-person' : 'alone'
  }
  return new Map(receipts.map(receipt => [receipt.number, now(receipt)]))
}
