import { type CorrectionAnswer, type Heading, ownHeadings } from '../lib/own-headings.ts'
import { type Sayings, sayWhen } from './letter.ts'
import { correctionWords } from './words-correction.ts'

/** What is told of a correction that somebody asked for. */
export interface CorrectionTold {
  kind: 'correction-answered'
  printedNumber: null
  part: Heading
  askedAt: Temporal.Instant
  answer: CorrectionAnswer
  /** Why nothing changed, to whom it was passed on, or what was corrected. */
  reason: string | null
}

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
}
