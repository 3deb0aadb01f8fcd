import { sayDay } from '../lib/say.ts'
import { hasLeft } from '../loss/rules.ts'
import type { Status } from '../roster/person.ts'
import type { Saying, Sayings } from './letter.ts'
import { words } from './words.ts'
import { statusWords } from './words-status.ts'

/** What the issuer of the stored value is called, and how it is reached. */
interface IssuerSaid {
  name: string
  phones: string
}

/** What is told of a leave, a return, a graduation or a withdrawal (domain: each of a card's four lives by itself). */
export type StatusTold =
  | {
      kind: 'status-changes-ahead'
      printedNumber: string | null
      to: Status
      on: Temporal.PlainDate
      /** Whether a card of the person has campus access now. */
      inUse: boolean
      issuer: IssuerSaid
    }
  | {
      kind: 'status-changed'
      printedNumber: string | null
      from: Status
      to: Status
      inUse: boolean
      /** The update that carries it. */
      window: { startsAt: Temporal.Instant; endsBy: Temporal.Instant }
      issuer: IssuerSaid
    }

/** What becomes of custody, stored value and student fare; campus access is said before. */
function otherLives(to: Status, issuer: IssuerSaid, { language }: Saying, ahead: boolean): string[] {
  const w = statusWords[language]
  if (to === 'enrolled') return []
  const loss = ahead ? w.lossFirst : w.lossNow
  return [
    w.keeps,
    w.purse(issuer.name),
    hasLeft(to) ? w.fareLeaving : w.fareLeave,
    hasLeft(to) ? loss(issuer.name, issuer.phones) : w.noReissue,
  ]
}

/** How they are written. */
export const sayStatusTold: Sayings<StatusTold> = {
  'status-changes-ahead': ({ to, on, inUse, issuer }, saying) => {
    const { language, zone, now, askAt } = saying
    const w = statusWords[language]
    const day = sayDay(on, language, now.toZonedDateTimeISO(zone).toPlainDate())
    const access = to === 'enrolled' ? w.accessReturnsOn(day) : inUse ? w.accessEndsOn(day) : null
    return {
      subject: w.aheadSubject(w.statuses[to], day),
      parts: [
        w.ahead(w.statuses[to], day),
        [...(access === null ? [] : [access]), ...otherLives(to, issuer, saying, true)].join('\n') || null,
        words[language].askIfWrong(askAt),
      ],
    }
  },

  'status-changed': ({ to, inUse, window, issuer }, saying) => {
    const { language, when, askAt } = saying
    const w = statusWords[language]
    const [at, latest] = [when(window.startsAt), when(window.endsBy)]
    const carried = to === 'enrolled' ? w.accessReturns(at, latest) : w.accessStops(at, latest)
    const access = inUse ? carried : to === 'enrolled' ? w.nothingInUse(askAt) : null
    return {
      subject: to === 'enrolled' ? w.subject.returns : w.subject.stops(w.statuses[to]),
      parts: [
        w.now(w.statuses[to]),
        [...(access === null ? [] : [access]), ...otherLives(to, issuer, saying, false)].join('\n') || null,
        words[language].askIfWrong(askAt),
      ],
    }
  },
}
