import { type Decision, no, yes } from '../lib/decision.ts'
import { mayPay, type PaymentFacts, type PaymentRefusal } from './payment-rules.ts'

/** What became of a receipt's money; null while it is nobody's. */
export type ReceiptUse = { as: 'paid'; reissueId: number } | { as: 'paid-back'; by: string } | null

/** Why the office does not assign a receipt to an application, in the order in which it is told. */
export const assignmentRefusals = [
  'not-a-receipt-number',
  'unknown-receipt',
  'receipt-paid-back',
  'receipt-pays-application',
  'second-person-asked',
  'reason-missing',
  'no-open-reissue',
  'nothing-due',
  'another-way',
  'not-what-is-due',
] as const
export type AssignmentRefusal = (typeof assignmentRefusals)[number]

/** A receipt as the office's acts look at it; null where no kiosk has told of it. */
export interface OfficeReceipt {
  amount: number
  use: ReceiptUse
}

/** Why nothing can be done with a receipt's money that the office is asked to do; the same for both acts. */
function usable(
  receipt: OfficeReceipt | null,
): Decision<{ amount: number }, 'unknown-receipt' | 'receipt-paid-back' | 'receipt-pays-application'> {
  if (receipt === null) return no('unknown-receipt')
  const { amount, use } = receipt
  if (use?.as === 'paid-back') return no('receipt-paid-back')
  if (use?.as === 'paid') return no('receipt-pays-application')
  return yes({ amount })
}

/**
 * Whether kiosk money of nobody pays the fee of this application: by the rule of a receipt that is matched, so of a kind of
 * people who pay at kiosks, and the very amount that is due, else it is refused with both. Whose number was typed at the kiosk
 * does not matter: it is what the office corrects. Not while a second person is asked whether it is paid back. Saying it again of the same application is harmless.
 */
export function mayAssign(
  receipt: OfficeReceipt | null,
  {
    reissueId,
    payment,
    reason,
    waits,
  }: { reissueId: number; payment: PaymentFacts; reason: string; waits: boolean },
): Decision<{ again: boolean; amount: number }, AssignmentRefusal> {
  if (receipt?.use?.as === 'paid' && receipt.use.reissueId === reissueId)
    return yes({ again: true, amount: receipt.amount })
  const free = usable(receipt)
  if (!free.ok) return free
  if (waits) return no('second-person-asked')
  if (reason.trim() === '') return no('reason-missing')
  const may = mayPay(payment, 'kiosk')
  if (!may.ok) return no(may.refusal as Exclude<PaymentRefusal, 'online-not-offered'>, may.facts)
  if (free.amount !== may.amount) return no('not-what-is-due', { paid: free.amount, due: may.amount })
  return yes({ again: false, amount: may.amount })
}

/** Why the office does not record that a receipt was paid back, in the order in which it is told. */
export const handBackRefusals = [
  'not-a-receipt-number',
  'unknown-receipt',
  'receipt-paid-back',
  'receipt-pays-application',
  'reason-missing',
] as const
export type HandBackRefusal = (typeof handBackRefusals)[number]

/**
 * Whether kiosk money of nobody is paid back, whole. Who has recorded it may do so again and nothing happens; somebody else is
 * told that it was paid back already, so that it is not handed out twice.
 */
export function mayHandBack(
  receipt: OfficeReceipt | null,
  { by, reason }: { by: string; reason: string },
): Decision<{ again: boolean; amount: number }, HandBackRefusal> {
  if (receipt?.use?.as === 'paid-back' && receipt.use.by === by)
    return yes({ again: true, amount: receipt.amount })
  const free = usable(receipt)
  if (!free.ok) return free
  return reason.trim() === '' ? no('reason-missing') : yes({ again: false, amount: free.amount })
}
