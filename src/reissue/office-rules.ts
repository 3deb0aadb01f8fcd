import { type Decision, no, yes } from '../lib/decision.ts'
import { whoActed } from '../lib/roles.ts'
import type { Programme } from '../programme/shape.ts'
import type { OpenReissue } from './rules.ts'

/** Why a fee is not let go, in the order in which it is told. */
export const waiverRefusals = ['no-open-reissue', 'nothing-to-waive', 'own-money', 'reason-missing'] as const
export type WaiverRefusal = (typeof waiverRefusals)[number]

/** Whether the office lets a fee go: what is due is due no longer, what was paid is owed back. Nobody lets their own fee go. */
export function mayWaive(
  open: OpenReissue | null,
  { reason, isOwn }: { reason: string; isOwn: boolean },
): Decision<{ wasPaid: boolean }, WaiverRefusal> {
  if (open === null) return no('no-open-reissue')
  if (open.settled === 'free' || open.settled === 'waived') return no('nothing-to-waive')
  if (isOwn) return no('own-money')
  if (reason.trim() === '') return no('reason-missing')
  return yes({ wasPaid: open.settled === 'paid' })
}

/** Why somebody cannot say that the fee is not due, in the order in which it is told. */
export const disputeRefusals = [
  'no-open-reissue',
  'fee-not-disputed',
  'nothing-to-waive',
  'decided-already',
  'reason-missing',
] as const
export type DisputeRefusal = (typeof disputeRefusals)[number]

/** A dispute as it stands; null where nobody has disputed. */
export interface Dispute {
  by: string
  granted: boolean | null
}

/** Whether the holder may say that the fee is not due: for the programme's reasons, once. Saying it twice is harmless. */
export function mayDispute(
  open: OpenReissue | null,
  { dispute, said }: { dispute: Dispute | null; said: string },
  { feeDisputedFor }: Programme['reissue'],
): Decision<{ again: boolean }, DisputeRefusal> {
  if (open === null) return no('no-open-reissue')
  if (!feeDisputedFor.includes(open.reason)) return no('fee-not-disputed')
  if (dispute?.granted === null) return yes({ again: true })
  if (dispute) return no('decided-already')
  if (open.settled === 'free' || open.settled === 'waived') return no('nothing-to-waive')
  if (said.trim() === '') return no('reason-missing')
  return yes({ again: false })
}

/** Why an answer to a dispute is not taken, in the order in which it is told. */
export const decisionRefusals = [
  'not-disputed',
  'decided-already',
  'disputed-by-yourself',
  'own-money',
  'reason-missing',
] as const
export type DecisionRefusal = (typeof decisionRefusals)[number]

/** Whether somebody of the office decides a dispute: once, with a reason, and never who disputed, nor of their own fee. */
export function mayDecide(
  dispute: Dispute | null,
  { by, reason, isOwn }: { by: string; reason: string; isOwn: boolean },
): Decision<object, DecisionRefusal> {
  if (dispute === null) return no('not-disputed')
  if (dispute.granted !== null) return no('decided-already')
  if (whoActed(dispute.by) === whoActed(by)) return no('disputed-by-yourself')
  if (isOwn) return no('own-money')
  return reason.trim() === '' ? no('reason-missing') : yes({})
}
