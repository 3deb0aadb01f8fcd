import { type Decision, no, yes } from '../lib/decision.ts'
import type { Programme } from '../programme/shape.ts'
import type { PaymentWay } from '../programme/shape-cards.ts'
import type { PersonKind } from '../programme/shape-parts.ts'

/** How people of a kind pay, in the programme's order: the first rule that names the kind. */
export const waysOf = (programme: Programme, kind: PersonKind): readonly PaymentWay[] =>
  programme.reissue.pays.find(({ kinds }) => kinds.includes(kind))?.ways ?? []

/** What paying needs to know: whether something is due, and how this person pays. */
export interface PaymentFacts {
  /** What is still due, in minor units; null where no reissue is open. */
  due: number | null
  ways: readonly PaymentWay[]
}

/** Why nothing is paid in this way, in the order in which it is told. */
export const paymentRefusals = [
  'no-open-reissue',
  'nothing-due',
  'another-way',
  'online-not-offered',
] as const
export type PaymentRefusal = (typeof paymentRefusals)[number]

/** Whether this person pays in this way now. `online` is whether there is anybody who takes payments over the network. */
export function mayPay(
  { due, ways }: PaymentFacts,
  way: PaymentWay,
  { online } = { online: true },
): Decision<{ amount: number }, PaymentRefusal> {
  if (due === null) return no('no-open-reissue')
  if (due === 0) return no('nothing-due')
  if (!ways.includes(way)) return no('another-way', { ways: ways.join(' ') })
  if (way === 'online' && !online) return no('online-not-offered')
  return yes({ amount: due })
}

/** A receipt's number as it is printed, from one as people type it: full-width, with blanks and dashes; null: it is none. */
export function receiptNumber(typed: string): string | null {
  const plain = typed
    .normalize('NFKC')
    .replace(/[\s\p{Dash_Punctuation}\u2212\u30fc_.]/gu, '')
    .toUpperCase()
  return /^[A-Z0-9]{6,32}$/.test(plain) ? plain : null
}

/** A receipt as the kiosk told of it; null where it has not. */
export interface Receipt {
  amount: number
  studentNumber: string | null
  used: boolean
}

/** How often somebody may type a receipt's number within a day: enough for a slip, too few to guess one. */
export const mostTypedADay = 8

/** Why a receipt that was typed does not pay, in the order in which it is told. */
export const receiptRefusals = [
  'no-open-reissue',
  'nothing-due',
  'another-way',
  'not-a-receipt-number',
  'too-many-receipts',
  'receipt-of-somebody-else',
  'receipt-used',
  'receipt-of-another-amount',
] as const
export type ReceiptRefusal = (typeof receiptRefusals)[number]

/**
 * Whether a receipt that the holder typed pays what is due: one that the kiosk has told of, of this very amount, that
 * nothing was paid with and that bears no other student's number. One that is not there yet waits: the kiosk may be late.
 * A receipt of somebody else says no more than that.
 */
export function judgeReceipt(
  payment: PaymentFacts,
  {
    number,
    receipt,
    studentNumber,
    typedToday,
  }: { number: string | null; receipt: Receipt | null; studentNumber: string; typedToday: number },
): Decision<{ matched: boolean; amount: number }, ReceiptRefusal> {
  const may = mayPay(payment, 'kiosk')
  if (!may.ok) return no(may.refusal as Exclude<typeof may.refusal, 'online-not-offered'>, may.facts)
  if (number === null) return no('not-a-receipt-number')
  if (typedToday >= mostTypedADay) return no('too-many-receipts', { most: mostTypedADay })
  if (receipt === null) return yes({ matched: false, amount: may.amount })
  if (receipt.studentNumber !== null && receipt.studentNumber !== studentNumber)
    return no('receipt-of-somebody-else')
  if (receipt.used) return no('receipt-used')
  if (receipt.amount !== may.amount)
    return no('receipt-of-another-amount', { paid: receipt.amount, due: may.amount })
  return yes({ matched: true, amount: may.amount })
}

/** What a provider says of a payment, once its signature was verified. */
export interface Called {
  outcome: 'paid' | 'cancelled'
  amount: number
  currency: string
}

/** A payment as it was begun; null where nobody has begun one of that id. */
export interface BegunPayment {
  amount: number
  currency: string
  answer: 'paid' | 'cancelled' | 'other-amount' | 'other-currency' | null
}

/** Why a verified call of a provider is not taken as what was asked for, in the order in which it is told. */
export const callRefusals = ['unknown-payment', 'other-currency', 'other-amount'] as const
export type CallRefusal = (typeof callRefusals)[number]

/** What a call brings; money that came is kept whatever it was for. */
export type CallBrings =
  | { does: 'nothing'; again: boolean }
  | { does: 'cancel' }
  | { does: 'keep'; settles: number; owedBack: number }

/**
 * What follows from a provider's word. A word that comes again changes nothing, nor does "cancelled" after "paid"; "paid"
 * after "cancelled" counts, since money came. What came and settles nothing (too late, twice, of another amount) is owed
 * back; of another currency it cannot be booked, and the office is told.
 */
export function judgeCall(
  begun: BegunPayment | null,
  { outcome, amount, currency }: Called,
  due: number | null,
): { brings: CallBrings; refused: CallRefusal | null } {
  if (begun === null) return { brings: { does: 'nothing', again: false }, refused: 'unknown-payment' }
  const { answer } = begun
  if (answer !== null && answer !== 'cancelled')
    return { brings: { does: 'nothing', again: true }, refused: answer === 'paid' ? null : answer }
  if (outcome === 'cancelled')
    return {
      brings: answer === 'cancelled' ? { does: 'nothing', again: true } : { does: 'cancel' },
      refused: null,
    }
  if (currency !== begun.currency)
    return { brings: { does: 'nothing', again: false }, refused: 'other-currency' }
  if (amount !== begun.amount)
    return { brings: { does: 'keep', settles: 0, owedBack: amount }, refused: 'other-amount' }
  return due === amount
    ? { brings: { does: 'keep', settles: amount, owedBack: 0 }, refused: null }
    : { brings: { does: 'keep', settles: 0, owedBack: amount }, refused: null }
}
