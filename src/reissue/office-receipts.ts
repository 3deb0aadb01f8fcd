import { type Decision, no, yes } from '../lib/decision.ts'
import { sayMoney } from '../lib/say.ts'
import { programmeInForce } from '../programme/store.ts'
import { type Act, actorName } from '../server/register.ts'
import { move } from './ledger.ts'
import { receiptNumber, waysOf } from './payment-rules.ts'
import { type AssignmentRefusal, type HandBackRefusal, mayAssign, mayHandBack } from './receipt-rules.ts'
import { becameOf, type KioskReceipt, lockPayers, lockReceipt, receiptByNumber } from './receipt-store.ts'
import { aloneNow } from './repay.ts'
import type { AloneRefusal } from './repayment-rules.ts'
import { waitingAbout } from './repayment-store.ts'
import { settle } from './settle.ts'
import { dueOf, reissueById } from './store.ts'

/** A receipt that nobody else uses until the act ends, nor an application of whom it could pay; null: there is none. */
export async function lockedReceipt(act: Act, number: string, payerToo: number | null) {
  await lockReceipt(act, number)
  const told = await receiptByNumber(act, number)
  if (told === null) return null
  await lockPayers(act, told.studentNumber, payerToo)
  return { told, amount: told.amount, use: await becameOf(act, number) }
}

const facts = ({ kiosk, amount }: KioskReceipt) => ({ kiosk, amount })

/**
 * The office says which application kiosk money of nobody pays, and why: a number was mistyped at the kiosk, or none was typed.
 * Settles as a receipt that is matched does. Refuses as `mayAssign` does; a second tap gets the same answer.
 */
export async function assignReceipt(
  act: Act,
  { typed, reissueId, reason }: { typed: string; reissueId: number; reason: string },
): Promise<Decision<{ again: boolean; reissueId: number; amount: number }, AssignmentRefusal>> {
  const programme = await programmeInForce(act)
  const number = receiptNumber(typed)
  if (number === null) return no('not-a-receipt-number')
  const payer = await reissueById(act, reissueId)
  const receipt = await lockedReceipt(act, number, payer?.personId ?? null)
  // As it is once everybody before has ended.
  const reissue = await reissueById(act, reissueId)
  const waits = (await waitingAbout(act, { reissueId: null, receipt: number })) !== null
  const payment = { due: dueOf(reissue), ways: reissue ? waysOf(programme, reissue.kind) : [] }
  const may = mayAssign(receipt, { reissueId, payment, reason, waits })
  if (!may.ok && may.refusal === 'not-what-is-due') {
    const { currency } = programme.campus
    const [paid, due] = [Number(may.facts.paid), Number(may.facts.due)]
    return no(may.refusal, { paid: sayMoney(paid, currency), due: sayMoney(due, currency) })
  }
  if (!may.ok) return may
  const { again, amount } = may
  if (again) return yes({ again, reissueId, amount })
  const about = { kind: 'paid', reissueId, receipt: number, reason: reason.trim() } as const
  await move(act, about, amount, { to: 'unmatched', from: 'due' })
  await act.note({
    act: 'receipt assigned',
    personId: reissue!.personId,
    cardId: reissue!.forCard,
    facts: { reissue: reissueId, ...facts(receipt!.told) },
  })
  await settle(act, reissue!, { as: 'paid', way: 'kiosk' })
  return yes({ again, reissueId, amount })
}

/** Books that kiosk money of nobody has been paid back; by a second person, where there is a question. */
export async function bookHandedBack(
  act: Act,
  told: KioskReceipt,
  { amount, reason, questionId }: { amount: number; reason: string; questionId?: number },
): Promise<void> {
  const about = { kind: 'paid-back', receipt: told.number, reason: reason.trim(), questionId } as const
  await move(act, about, amount, { to: 'unmatched', from: 'paid-back' })
  await act.note({
    act: 'receipt paid back',
    facts: { ...facts(told), ...(questionId ? { question: questionId } : {}) },
  })
}

/**
 * The office has paid kiosk money of nobody back to who paid it, and says why; who records it and when stands on the ledger.
 * Refuses as `mayHandBack` and `mayPayAlone` do; a second tap gets the same answer.
 */
export async function handBackReceipt(
  act: Act,
  { typed, reason }: { typed: string; reason: string },
): Promise<Decision<{ again: boolean; amount: number }, HandBackRefusal | AloneRefusal>> {
  const receipt = receiptNumber(typed)
  if (receipt === null) return no('not-a-receipt-number')
  const found = await lockedReceipt(act, receipt, null)
  const may = mayHandBack(found, { by: actorName(act.actor), reason })
  if (!may.ok || may.again) return may
  const alone = await aloneNow(act, { reissueId: null, receipt }, may.amount)
  if (!alone.ok) return alone
  await bookHandedBack(act, found!.told, { amount: may.amount, reason })
  return may
}
