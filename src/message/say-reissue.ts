import { sayDay } from '../lib/say.ts'
import type { PaymentWay, ReissueReason } from '../programme/shape-cards.ts'
import type { Reader, Sayings } from './letter.ts'
import { reissueWords } from './words-reissue.ts'

interface About {
  printedNumber: string | null
  reason: ReissueReason
  appliedAt: Temporal.Instant
  /** The fee, said with its currency. */
  amount: string
}

interface Asked extends About {
  free: boolean
  /** The first moment at which it can lapse: the start of the day after the last one. */
  lapsesAt: Temporal.Instant
  ways: readonly { way: PaymentWay; where: string }[]
}

/** What is told of a card that is issued anew, and of its fee. Names and places are in the reader's language. */
export type ReissueTold =
  | ({ kind: 'reissue-applied' } & Asked)
  | ({ kind: 'reissue-reminder' } & Asked)
  | ({ kind: 'reissue-paid'; at: Temporal.Instant; way: PaymentWay } & About)
  | ({ kind: 'reissue-waived'; owedBack: boolean } & About)
  | ({ kind: 'reissue-lapsed' } & About)
  | ({
      kind: 'reissue-cancelled'
      as: 'withdrawn' | 'found-again' | 'left'
      fee: 'nothing-paid' | 'kept' | 'paid-back'
    } & About)
  | ({
      kind: 'reissue-produced'
      edition: string
      where: string
      hours: readonly string[]
      bring: string
    } & About)
  | ({ kind: 'reissue-disputed'; at: Temporal.Instant } & About)
  | ({
      kind: 'reissue-dispute-decided'
      granted: boolean
      why: string
      lapsesAt: Temporal.Instant
      due: boolean
      owedBack: boolean
    } & About)
  | ({ kind: 'reissue-owed-back'; owed: string } & About)
  | ({ kind: 'receipt-does-not-pay'; outcome: string } & About)

/** The last day on which it can be paid. */
const lastDay = (lapsesAt: Temporal.Instant, { zone, language, now }: Reader): string =>
  sayDay(
    lapsesAt.subtract({ nanoseconds: 1 }).toZonedDateTimeISO(zone).toPlainDate(),
    language,
    now.toZonedDateTimeISO(zone).toPlainDate(),
  )

/** How they are written. */
export const sayReissueTold: Sayings<ReissueTold> = {
  'reissue-applied': ({ reason, appliedAt, amount, lapsesAt, ways, free }, to) => {
    const w = reissueWords[to.language]
    const said = w.reasons[reason]
    if (free) return { subject: w.applied.subject(said), parts: [w.applied.free(said, to.when(appliedAt))] }
    return {
      subject: w.applied.subject(said),
      parts: [
        w.applied.applied(said, to.when(appliedAt), amount),
        w.applied.until(lastDay(lapsesAt, to)),
        w.applied.ways(ways.map(({ way, where }) => w.ways[way](where))),
        w.applied.next,
      ],
    }
  },

  'reissue-reminder': ({ reason, appliedAt, amount, lapsesAt, ways }, to) => {
    const w = reissueWords[to.language]
    return {
      subject: w.reminded.subject(lastDay(lapsesAt, to)),
      parts: [
        w.reminded.reminded(w.reasons[reason], to.when(appliedAt), amount),
        w.applied.until(lastDay(lapsesAt, to)),
        w.applied.ways(ways.map(({ way, where }) => w.ways[way](where))),
      ],
    }
  },

  'reissue-paid': ({ amount, at, way }, { language, when }) => {
    const w = reissueWords[language].paid
    return { subject: w.subject(amount), parts: [w.paid(amount, when(at), w.way[way]), w.next] }
  },

  'reissue-waived': ({ amount, owedBack }, { language, askAt }) => {
    const w = reissueWords[language].waived
    return { subject: w.subject, parts: [w.waived(amount), owedBack && w.back(amount, askAt)] }
  },

  'reissue-lapsed': ({ reason, appliedAt }, { language, when }) => {
    const w = reissueWords[language]
    return {
      subject: w.lapsed.subject,
      parts: [w.lapsed.lapsed(w.reasons[reason], when(appliedAt)), w.lapsed.next],
    }
  },

  'reissue-cancelled': ({ as, fee, amount }, { language, askAt }) => {
    const w = reissueWords[language].cancelled
    return {
      subject: w.subject,
      parts: [
        w.cancelled[as],
        fee === 'kept' && w.kept(amount),
        fee === 'paid-back' && w.back(amount, askAt),
      ],
    }
  },

  'reissue-produced': ({ edition, where, hours, bring, reason }, { language }) => {
    const w = reissueWords[language].produced
    return {
      subject: w.subject(where),
      parts: [
        w.produced(edition, where),
        hours.length > 0 && w.hours(hours),
        w.bring(bring),
        reason !== 'lost' && w.handIn,
        w.next,
      ],
    }
  },

  'reissue-disputed': ({ reason, amount, at }, { language, when, askAt }) => {
    const w = reissueWords[language]
    return {
      subject: w.disputed.subject,
      parts: [
        w.disputed.disputed(w.reasons[reason], amount, when(at)),
        w.disputed.next,
        w.disputed.notYou(askAt),
      ],
    }
  },

  'reissue-dispute-decided': ({ granted, why, amount, lapsesAt, due, owedBack }, to) => {
    const w = reissueWords[to.language].decided
    const as = granted ? 'granted' : due ? 'refused' : 'stays'
    return {
      subject: w.subject[as],
      parts: [
        w[as],
        w.reason(why),
        !granted && due && w.until(amount, lastDay(lapsesAt, to)),
        owedBack && reissueWords[to.language].waived.back(amount, to.askAt),
      ],
    }
  },

  'reissue-owed-back': ({ owed }, { language, askAt }) => {
    const w = reissueWords[language].owedBack
    return { subject: w.subject(owed), parts: [w.owed(owed), w.back(askAt)] }
  },

  'receipt-does-not-pay': ({ outcome }, { language, askAt }) => {
    const w = reissueWords[language].receipt
    return { subject: w.subject, parts: [w.outcomes[outcome] ?? null, w.next(askAt)] }
  },
}
