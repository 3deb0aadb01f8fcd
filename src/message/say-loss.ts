import type { Saying, Sayings } from './letter.ts'
import { words } from './words.ts'
import { lossWords } from './words-loss.ts'

/** The issuer as a message names it, and until when the holder bears what is spent. */
export interface IssuerTold {
  name: string
  phones: string
  riskHours: number
  /** Null while its clock has not started: it starts when the issuer receives the report. */
  riskUntil: Temporal.Instant | null
}

/** Whether the doors open to a card that is there again: at once, from the window that starts then, or not. */
export type AccessBack = 'at-once' | Temporal.Instant | null

type Of<Kind extends string, Facts> = { kind: Kind; printedNumber: string | null } & Facts

/** What is told of a card that is missing. */
export type LossTold =
  | Of<'access-paused', { at: Temporal.Instant; resumesLeft: number }>
  | Of<'access-resumed', { at: Temporal.Instant; windowStartsAt: Temporal.Instant | null }>
  | Of<
      'card-reported-lost',
      {
        at: Temporal.Instant
        /** When it leaves for the issuer; null where it has left, or had nothing to lock any more. */
        sendAt: Temporal.Instant | null
        lockedBefore: boolean
        oldGoesOn: boolean
        issuer: IssuerTold
      }
    >
  | Of<'loss-withdrawn', { at: Temporal.Instant; campusAccess: AccessBack }>
  | Of<'card-found', { at: Temporal.Instant; campusAccess: AccessBack }>
  | Of<'loss-sent', { at: Temporal.Instant; issuer: IssuerTold }>
  | Of<'loss-received', { at: Temporal.Instant; issuer: IssuerTold }>
  | Of<'loss-refused', { because: string; issuer: IssuerTold }>

const riskOf = (issuer: IssuerTold, { language, when }: Saying): string | false => {
  const w = lossWords[language].risk
  if (issuer.riskUntil) return w.until(when(issuer.riskUntil), issuer.name)
  return issuer.riskHours > 0 && w.afterReceipt(issuer.riskHours, issuer.name)
}

const ifNotYou = ({ language, askAt }: Saying): string => words[language].askIfNotYou(askAt)

const doorsOf = (campusAccess: AccessBack, { language, when }: Saying): string => {
  const { back, resumed } = lossWords[language]
  if (campusAccess === null) return back.noAccess
  return campusAccess === 'at-once' ? back.access : resumed.byWindow(when(campusAccess))
}

/** How they are written. */
export const sayLossTold: Sayings<LossTold> = {
  'access-paused': ({ at, resumesLeft }, to) => {
    const w = lossWords[to.language].paused
    const parts = [w.since(to.card, to.when(at)), w.rest, w.resume(resumesLeft), ifNotYou(to)]
    return { subject: w.subject, parts }
  },

  'access-resumed': ({ at, windowStartsAt }, to) => {
    const w = lossWords[to.language].resumed
    const doors = windowStartsAt ? w.byWindow(to.when(windowStartsAt)) : w.atOnce
    return { subject: w.subject, parts: [w.since(to.card, to.when(at)), doors, ifNotYou(to)] }
  },

  'card-reported-lost': ({ at, sendAt, lockedBefore, oldGoesOn, issuer }, to) => {
    const w = lossWords[to.language].lost
    const value = lockedBefore
      ? w.lockedBefore
      : sendAt
        ? w.toIssuer(issuer.name, to.when(sendAt))
        : w.sentToIssuer(issuer.name)
    const risk = !lockedBefore && riskOf(issuer, to)
    return {
      subject: w.subject,
      parts: [
        w.reported(to.card, to.when(at)),
        w.access,
        oldGoesOn && w.oldGoesOn,
        [value, ...(risk ? [risk] : [])].join('\n'),
        sendAt && w.takeBack(to.when(sendAt)),
        sendAt && issuer.phones !== '' && w.call(issuer.name, issuer.phones),
        ifNotYou(to),
      ],
    }
  },

  'loss-withdrawn': ({ at, campusAccess }, to) => {
    const { withdrawn } = lossWords[to.language]
    const parts = [withdrawn.at(to.card, to.when(at)), doorsOf(campusAccess, to), ifNotYou(to)]
    return { subject: withdrawn.subject, parts }
  },

  'card-found': ({ at, campusAccess }, to) => {
    const { found } = lossWords[to.language]
    return {
      subject: found.subject,
      parts: [found.at(to.card, to.when(at)), doorsOf(campusAccess, to), found.value, ifNotYou(to)],
    }
  },

  'loss-sent': ({ at, issuer }, to) => {
    const w = lossWords[to.language].sent
    const parts = [w.at(to.card, to.when(at), issuer.name), riskOf(issuer, to), ifNotYou(to)]
    return { subject: w.subject(issuer.name), parts }
  },

  'loss-received': ({ at, issuer }, to) => {
    const w = lossWords[to.language].received
    return {
      subject: w.subject(issuer.name),
      parts: [w.at(to.card, to.when(at), issuer.name), riskOf(issuer, to)],
    }
  },

  'loss-refused': ({ because, issuer }, to) => {
    const w = lossWords[to.language].refused
    return {
      subject: w.subject(issuer.name),
      parts: [w.because(to.card, issuer.name, because), w.next(issuer.name, issuer.phones)],
    }
  },
}
