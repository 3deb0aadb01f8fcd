import type { RefundStage } from './rules.ts'

/** What the issuer's money and the cases can differ in, each with its sentence. */
export const differenceKinds = [
  'paid-twice',
  'unknown-case',
  'withdrawn-case',
  'not-sent',
  'over-maximum',
  'paid-after-no',
  'late',
  'unanswered',
] as const
export type DifferenceKind = (typeof differenceKinds)[number]

/** A payment with what is known of the case that it names. */
export interface PaymentRow {
  reference: string
  ofCase: number
  ofRound: number
  amount: number
  valueOn: Temporal.PlainDate
  readOn: Temporal.PlainDate
  counts: boolean
  /** Null where there is no such case. */
  case: { withdrawn: boolean; sent: boolean; saidNo: boolean } | null
}

/** A case that is with the issuer and not paid, by when it was to be. */
export interface OpenRow {
  caseId: number
  round: number
  stage: RefundStage
  by: Temporal.PlainDate | null
}

export interface Difference {
  kind: DifferenceKind
  caseId: number
  round: number
  reference: string | null
  amount: number | null
  /** The day of the payment, or until when the case was to be paid. */
  on: string
}

/** Why a payment counts for no case; null where it counts. */
function whyNot({ counts, case: ofThis }: PaymentRow): DifferenceKind | null {
  if (counts) return null
  if (ofThis === null) return 'unknown-case'
  if (ofThis.withdrawn) return 'withdrawn-case'
  return ofThis.sent ? 'paid-twice' : 'not-sent'
}

/**
 * Everything in which payments and cases differ. What is paid, and what counts, are both added up, so that every unit of
 * money is either a case's or in the list.
 */
export function reconcile(
  { payments, open }: { payments: readonly PaymentRow[]; open: readonly OpenRow[] },
  { balanceAtMost, today }: { balanceAtMost: number | undefined; today: Temporal.PlainDate },
): { paid: number; counted: number; different: number; differences: Difference[] } {
  const differences: Difference[] = []
  for (const payment of payments) {
    const { ofCase: caseId, ofRound: round, reference, amount, valueOn } = payment
    const kinds: (DifferenceKind | null)[] = [
      whyNot(payment),
      balanceAtMost !== undefined && amount > balanceAtMost ? 'over-maximum' : null,
      payment.counts && payment.case?.saidNo ? 'paid-after-no' : null,
    ]
    for (const kind of kinds)
      if (kind) differences.push({ kind, caseId, round, reference, amount, on: valueOn.toString() })
  }
  for (const { caseId, round, stage, by } of open)
    if (by && Temporal.PlainDate.compare(today, by) > 0) {
      const kind = stage === 'received' ? 'late' : 'unanswered'
      differences.push({ kind, caseId, round, reference: null, amount: null, on: by.toString() })
    }
  const sum = (of: readonly PaymentRow[]) => of.reduce((all, { amount }) => all + amount, 0)
  const counted = sum(payments.filter(({ counts }) => counts))
  const paid = sum(payments)
  return { paid, counted, different: paid - counted, differences }
}
