import { type Decision, no, yes } from '../lib/decision.ts'
import { feeFor } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import type { FeePurpose, RefundWay } from '../programme/shape-cards.ts'
import type { PersonKind } from '../programme/shape-parts.ts'

/** Why what is on a card is paid back: its holder has a new one, it is lost, or the holder has left the campus. */
export const refundReasons = ['old-card', 'lost', 'leaving'] as const
export type RefundReason = (typeof refundReasons)[number]

/** Why the issuer does not pay. The first three the holder can put right, and the case is sent again. */
export const issuerReasons = ['account', 'name', 'address', 'card-unknown', 'not-locked', 'other'] as const
export type IssuerReason = (typeof issuerReasons)[number]
const canBePutRight: readonly IssuerReason[] = ['account', 'name', 'address']

/** A case as its rows tell it. Dates are the issuer's, in the campus's calendar; amounts are whole minor units. */
export interface CaseFacts {
  caseId: number
  why: RefundReason
  way: RefundWay
  askedAt: Temporal.Instant
  withdrawnAt: Temporal.Instant | null
  /** For which time of sending its destination is meant; null where that was erased. */
  round: number | null
  /** How often it was sent; the last time. */
  sentRound: number
  sentAt: Temporal.Instant | null
  /** What the issuer said of the last time. */
  receivedOn: Temporal.PlainDate | null
  promisedBy: Temporal.PlainDate | null
  no: { kind: 'refused' | 'cancelled'; on: Temporal.PlainDate; reason: IssuerReason } | null
  /** What the issuer paid for it; at most one payment counts. */
  paid: { amount: number; on: Temporal.PlainDate } | null
  /** Whether any payment of the issuer names it, whether it counts or not. */
  settled: boolean
}

export const refundStages = ['asked', 'sent', 'received', 'paid', 'refused', 'closed', 'withdrawn'] as const
export type RefundStage = (typeof refundStages)[number]

/**
 * How far a case has come. `asked`: waits to be sent. `refused`: the issuer could not pay, and the holder can put it right.
 * `closed`: the issuer does not pay, for good. `paid` also where nothing, or less than nothing, was left to pay.
 */
export function stageOf(facts: CaseFacts): RefundStage {
  if (facts.paid) return 'paid'
  if (facts.withdrawnAt) return 'withdrawn'
  if ((facts.round ?? 0) > facts.sentRound) return 'asked'
  if (facts.no)
    return facts.no.kind === 'refused' && canBePutRight.includes(facts.no.reason) ? 'refused' : 'closed'
  return facts.receivedOn ? 'received' : 'sent'
}

/** What asking needs to know of one card and its holder. */
export interface CardFacts {
  /** Whether this card was handed to this person. */
  holds: boolean
  /** Whether its edition is one that the deadline ends. */
  ending: boolean
  /** Whether it opens doors now, in the register; a pause does not count. */
  hasAccess: boolean
  /** Whether another card of the holder's was activated in its place. */
  replaced: boolean
  /** A loss report: whether it has reached the issuer, which locks what is on the card for good, found again or not. */
  lossReport: 'none' | 'to-be-sent' | 'sent'
  /** Whether the holder has left: graduated, withdrawn, or otherwise. */
  hasLeft: boolean
  case: CaseFacts | null
}

/** The reasons not to take up a case, in the order in which they are told; the order is part of the contract. */
export const askRefusals = [
  'not-your-card',
  'paid-already',
  'closed-by-issuer',
  'asked-already',
  'loss-not-sent',
  'still-in-use',
] as const
export type AskRefusal = (typeof askRefusals)[number]

/**
 * Whether this person may have what is on this card paid back. A card is refunded once, for ever: whatever was paid for it,
 * counted or not, ends the matter. The card in use is not given up by mistake: an old one only once the new one is activated
 * or its campus access is over, a missing one only once the issuer was told. A case that was withdrawn is taken up again.
 */
export function mayAskRefund(facts: CardFacts): Decision<{ why: RefundReason }, AskRefusal> {
  const { case: known } = facts
  if (!facts.holds) return no('not-your-card')
  if (known?.settled || known?.paid) return no('paid-already')
  const stage = known && stageOf(known)
  if (stage === 'closed') return no('closed-by-issuer')
  if (stage !== null && stage !== 'withdrawn') return no('asked-already')
  if (facts.lossReport === 'to-be-sent') return no('loss-not-sent')
  if (facts.lossReport === 'sent') return yes({ why: 'lost' })
  if (facts.hasLeft) return yes({ why: 'leaving' })
  if (facts.replaced || (facts.ending && !facts.hasAccess)) return yes({ why: 'old-card' })
  return no('still-in-use')
}

export const changeRefusals = [
  'no-case',
  'sent-already',
  'paid-already',
  'closed-by-issuer',
  'withdrawn',
] as const
export type ChangeRefusal = (typeof changeRefusals)[number]

/**
 * Whether it may be changed where the money goes, and for which time of sending that counts: while the case was not sent,
 * and again after a refusal that the holder can put right.
 */
export function mayChange(known: CaseFacts | null): Decision<{ round: number }, ChangeRefusal> {
  if (known === null) return no('no-case')
  const stage = stageOf(known)
  if (stage === 'asked' || stage === 'refused') return yes({ round: known.sentRound + 1 })
  if (stage === 'withdrawn') return no('withdrawn')
  if (stage === 'paid') return no('paid-already')
  return no(stage === 'closed' ? 'closed-by-issuer' : 'sent-already')
}

/** Whether a case may be withdrawn: until it was sent the first time; a second time is harmless. */
export function mayWithdraw(known: CaseFacts | null): Decision<{ again: boolean }, ChangeRefusal> {
  if (known === null) return no('no-case')
  if (known.withdrawnAt) return yes({ again: true })
  if (known.paid) return no('paid-already')
  return known.sentRound === 0 ? yes({ again: false }) : no('sent-already')
}

/** By when it is to be paid, kept from the day the issuer had it or reckoned from the day it was sent, and whether that is over. */
export function lateness(
  facts: CaseFacts,
  { today, expectedBy }: { today: Temporal.PlainDate; expectedBy: Temporal.PlainDate | null },
): { by: Temporal.PlainDate | null; late: boolean } {
  const stage = stageOf(facts)
  if (stage !== 'received' && stage !== 'sent') return { by: null, late: false }
  const by = facts.promisedBy ?? expectedBy
  return { by, late: by !== null && Temporal.PlainDate.compare(today, by) > 0 }
}

/**
 * What the issuer takes off before it pays, by the dated fees of that day: for a loss its handling, and the transfer or the
 * letter. It is said to the holder and never reckoned by us; null where no fee of that kind is recorded.
 */
export function feesTakenOff(
  programme: Programme,
  { why, way, on, kind }: { why: RefundReason; way: RefundWay; on: Temporal.PlainDate; kind: PersonKind },
): { purpose: FeePurpose; amount: number }[] {
  const purposes: FeePurpose[] = [
    ...(why === 'lost' ? (['loss-handling'] as const) : []),
    way === 'bank' ? 'bank-transfer' : 'registered-mail',
  ]
  return purposes.flatMap(purpose => {
    const found = feeFor(programme, purpose, on, kind)
    return found.ok ? [{ purpose, amount: found.fee.amount }] : []
  })
}
