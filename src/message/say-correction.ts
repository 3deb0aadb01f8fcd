import { type CorrectionAnswer, type Heading, ownHeadings } from '../lib/own-headings.ts'
import { sayDay } from '../lib/say.ts'
import { type Sayings, sayWhen } from './letter.ts'
import { correctionWords } from './words-correction.ts'

interface OfCorrection {
  printedNumber: null
  part: Heading
  askedAt: Temporal.Instant
}

/** What is told of a correction that somebody asked for. */
export type CorrectionTold =
  | (OfCorrection & {
      kind: 'correction-answered'
      answer: CorrectionAnswer
      /** Why nothing changed, to whom it was passed on, or what was corrected. */
      reason: string | null
    })
  | (OfCorrection & {
      kind: 'correction-prolonged'
      /** The last day of an answer now, of the campus's calendar. */
      dueOn: Temporal.PlainDate
      /** Why the office takes longer. */
      reason: string
    })

/** How it is written. */
export const sayCorrectionTold: Sayings<CorrectionTold> = {
  'correction-answered': ({ part, askedAt, answer, reason }, to) => {
    const w = correctionWords[to.language]
    const answered =
      answer === 'corrected' ? [w.corrected, reason !== null && w.said(reason)] : [w[answer](reason ?? '')]
    return {
      subject: w.subject,
      parts: [
        w.about(ownHeadings[part][to.language], sayWhen(askedAt, to)),
        ...answered,
        w.next,
        w.ask(to.askAt),
      ],
    }
  },
  'correction-prolonged': ({ part, askedAt, dueOn, reason }, to) => {
    const w = correctionWords[to.language]
    const today = to.now.toZonedDateTimeISO(to.zone).toPlainDate()
    return {
      subject: w.longerSubject,
      parts: [
        w.about(ownHeadings[part][to.language], sayWhen(askedAt, to)),
        w.longer(sayDay(dueOn, to.language, today)),
        w.longerWhy(reason),
        w.ask(to.askAt),
      ],
    }
  },
}
