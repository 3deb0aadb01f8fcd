import { type Decision, no, yes } from '../lib/decision.ts'
import type { AnswerLine } from './answer-file.ts'

/** What is known of a case while the lines of an answer are gone through, one after the other. */
export interface KnownCase {
  /** The date of sending, for each time it was sent. */
  sent: ReadonlyMap<number, Temporal.PlainDate>
  /** What the issuer has said of it, by time of sending and kind. */
  said: Map<string, { on: string; reason: string | null }>
  paid: boolean
}

/** A payment that was read before. */
export interface KnownPayment {
  ofCase: number
  ofRound: number
  amount: number
  on: string
}

/** Why a line is not believed; then nothing of its file is used. */
export type LineRefusal =
  | 'unknown-case'
  | 'said-otherwise'
  | 'reference-otherwise'
  | 'before-sent'
  | 'paid-before'

/**
 * What a line brings: an event; a payment, and whether it counts for its case; or nothing, where it was read before. A
 * payment is always kept: of a case that nobody knows, that was not sent, or that is paid already, it counts for none and is a
 * difference. Anything else of a case that was not sent is refused, and so is what contradicts what was read before.
 */
export function settle(
  line: AnswerLine,
  known: { case: KnownCase | undefined; payment: KnownPayment | undefined },
): Decision<{ brings: 'nothing' | 'event' | 'payment'; counts: boolean }, LineRefusal> {
  const { ofCase, ofRound, outcome, on } = line
  const sentOn = known.case?.sent.get(ofRound)
  if (outcome === 'paid') {
    const before = known.payment
    if (before) {
      const same =
        before.ofCase === ofCase &&
        before.ofRound === ofRound &&
        before.amount === line.amount &&
        before.on === on.toString()
      return same
        ? yes({ brings: 'nothing', counts: false })
        : no('reference-otherwise', { reference: line.reference })
    }
    return yes({ brings: 'payment', counts: sentOn !== undefined && known.case?.paid === false })
  }
  if (sentOn === undefined) return no('unknown-case')
  const before = known.case?.said.get(`${ofRound} ${outcome}`)
  if (before) {
    const same = before.on === on.toString() && before.reason === line.reason
    return same ? yes({ brings: 'nothing', counts: false }) : no('said-otherwise', { on: before.on })
  }
  if (Temporal.PlainDate.compare(on, sentOn) < 0) return no('before-sent', { sent: sentOn.toString() })
  if (outcome !== 'received' && known.case?.paid) return no('paid-before')
  return yes({ brings: 'event', counts: false })
}
