import type { Sayings } from './letter.ts'
import { placesWords } from './words-places.ts'

interface AboutCard {
  /** Its last digits are said, which say of nobody whose it is. */
  printedNumber: string | null
  at: Temporal.Instant
  /** Only where the programme says that this place needs it. */
  studentNumber: string | null
}

/** What is told to places of the university, such as campus security, of a card that is lost, and when that is over. */
export type PlacesTold =
  | (AboutCard & { kind: 'loss-to-places' })
  | (AboutCard & {
      kind: 'loss-over-to-places'
      lostAt: Temporal.Instant
      /** Replaced: its holder has another card, and this one stays lost; not replaced: that was undone at the desk. */
      as: 'withdrawn' | 'found' | 'replaced' | 'not-replaced'
      /** Whether it is its holder's card again. */
      theirs: boolean
    })

/** How it is written. */
export const sayPlacesTold: Sayings<PlacesTold> = {
  'loss-to-places': ({ at, studentNumber }, { language, when, card, askAt }) => {
    const w = placesWords[language].lost
    return {
      subject: w.subject,
      parts: [
        w.reported(card, when(at)),
        studentNumber && w.whose(studentNumber),
        w.show,
        w.bring(askAt),
        w.over,
      ],
    }
  },
  'loss-over-to-places': ({ at, lostAt, as, theirs, studentNumber }, { language, when, card }) => {
    const { lost, over: w } = placesWords[language]
    const whose = studentNumber && lost.whose(studentNumber)
    const said = w[as](card, when(lostAt), when(at))
    if (as === 'not-replaced') return { subject: w.subjectNotReplaced, parts: [said, whose, w.keep] }
    if (as === 'replaced')
      return { subject: w.subjectReplaced, parts: [said, whose, studentNumber && w.goOn, w.keep] }
    return { subject: w.subject, parts: [said, whose, theirs ? w.theirs : w.notTheirs] }
  },
}
