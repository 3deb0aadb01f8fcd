import { sayDate, sayDay } from '../lib/say.ts'
import type { Saying, Sayings } from './letter.ts'
import { refundWords } from './words-refund.ts'

/** What each message of a refund begins from: whose money it is, how it goes, and what the issuer takes off. */
interface Refund {
  printedNumber: string | null
  issuer: string
  way: 'bank' | 'registered-mail'
  workingDays: number
}

/** What is told of what is on a card that was given up. Amounts are said already, and are the issuer's. */
export type RefundTold =
  | (Refund & { kind: 'refund-asked'; to: string; fees: readonly string[] })
  | (Refund & { kind: 'refund-withdrawn' })
  | (Refund & { kind: 'refund-sent' })
  | (Refund & { kind: 'refund-received'; on: Temporal.PlainDate; by: Temporal.PlainDate })
  | (Refund & {
      kind: 'refund-paid'
      on: Temporal.PlainDate
      amount: string
      /** Whether something was left to pay: the issuer's settlement may be nothing, or below it. */
      left: 'something' | 'nothing' | 'less'
      fees: readonly string[]
    })
  | (Refund & { kind: 'refund-refused'; reason: string; again: boolean })
  | (Refund & { kind: 'refund-late'; by: Temporal.PlainDate; received: boolean })

const dayOf = (on: Temporal.PlainDate, { language, now, zone }: Saying): string =>
  sayDay(on, language, now.toZonedDateTimeISO(zone).toPlainDate())

/** How they are written. */
export const sayRefundTold: Sayings<RefundTold> = {
  'refund-asked': ({ issuer, way, workingDays, to, fees }, { language, card, askAt }) => {
    const w = refundWords[language]
    return {
      subject: w.asked.subject,
      parts: [
        w.asked.said(card, w.ways[way], to),
        w.asked.next(issuer, workingDays),
        fees.length > 0 && w.fees(issuer, fees),
        w.asked.withdraw,
        w.askIfNotYou(askAt),
      ],
    }
  },
  'refund-withdrawn': (_, { language, card, when, now, askAt }) => {
    const w = refundWords[language]
    return {
      subject: w.withdrawn.subject,
      parts: [w.withdrawn.said(card, when(now)), w.withdrawn.next, w.askIfNotYou(askAt)],
    }
  },
  'refund-sent': ({ issuer, workingDays }, { language, card }) => {
    const w = refundWords[language].sent
    return { subject: w.subject(issuer), parts: [w.said(card, issuer), w.next(issuer, workingDays)] }
  },
  'refund-received': ({ issuer, way, on, by }, to) => {
    const w = refundWords[to.language]
    const day = dayOf(by, to)
    return {
      subject: w.received.subject(day),
      parts: [w.received.said(to.card, issuer, dayOf(on, to)), w.received.by(day, w.ways[way])],
    }
  },
  'refund-paid': ({ issuer, way, on, amount, left, fees }, { language, card }) => {
    const w = refundWords[language]
    const day = sayDate(on, language)
    if (left !== 'something')
      return {
        subject: w.paid.nothingSubject,
        parts: [w.paid.nothing(card, issuer, day), left === 'less' && w.paid.less(amount)],
      }
    return {
      subject: w.paid.subject(amount),
      parts: [
        w.paid.said(card, issuer, day, amount, w.ways[way]),
        fees.length > 0 && w.fees(issuer, fees),
        w.paid.notThere(issuer),
      ],
    }
  },
  'refund-refused': ({ issuer, reason, again }, { language, card }) => {
    const w = refundWords[language].refused
    return {
      subject: again ? w.subjectAgain : w.subject,
      parts: [w.said(card, issuer), reason, again && w.where],
    }
  },
  'refund-late': ({ issuer, by, received }, to) => {
    const w = refundWords[to.language].late
    return {
      subject: w.subject,
      parts: [
        received ? w.said(to.card, issuer, dayOf(by, to)) : w.unanswered(to.card, issuer, dayOf(by, to)),
        w.next(to.askAt),
      ],
    }
  },
}
