import { sayDay } from '../lib/say.ts'
import type { Saying, Sayings } from './letter.ts'
import { calendarWords } from './words-calendar.ts'

/** Where the card lies, or will, with its hours; all of it as the rules of collecting say it. */
interface ErrandSaid {
  /** The sentence that they read when they ask whether they may collect. */
  said: string
  /** Opening hours, a line each; empty where nothing can be collected now. */
  hours: readonly string[]
  /** What a proxy brings; null where none is allowed, or nothing can be collected. */
  proxyBrings: string | null
}

/** An old card whose campus access the deadline ends. */
interface OldCardSaid {
  /** When doors stop opening to it. */
  until: Temporal.Instant
  lastDay: Temporal.PlainDate
}

/** What is told because a day has come. */
export type CalendarTold =
  | ({
      kind: 'announcement'
      printedNumber: null
      title: string
      concerned: boolean
      why: string
      /** What it costs; null: nothing. */
      fee: string | null
      keepsOldCard: boolean
      /** Null where no old card of theirs opens doors. */
      old: OldCardSaid | null
      /** Whether they can collect before the old card ends. */
      inTime: boolean
    } & ErrandSaid)
  | ({ kind: 'card-at-desk'; printedNumber: null; edition: string; where: string } & ErrandSaid)
  | ({
      kind: 'deadline-not-collected'
      /** Of the old card. */
      printedNumber: string | null
      until: Temporal.Instant
      days: number
      keepsOldCard: boolean
      canCollect: boolean
      /** The new card was collected, and is lost. */
      wasCollected: boolean
    } & ErrandSaid)
  | {
      kind: 'deadline-not-activated'
      printedNumber: string | null
      until: Temporal.Instant
      days: number
      keepsOldCard: boolean
      edition: string
      /** When it was handed over: to its holder, or to a class representative. */
      collectedAt: Temporal.Instant
      /** A class representative has it still. */
      isFetched: boolean
      /** The wall times of the door updates, said. */
      windows: string
    }
  | {
      kind: 'student-fare-ends'
      printedNumber: null
      on: Temporal.PlainDate
      years: number
      where: string
    }

const dayOf = (on: Temporal.PlainDate, { language, zone, now }: Saying): string =>
  sayDay(on, language, now.toZonedDateTimeISO(zone).toPlainDate())

const errandParts = ({ hours, proxyBrings }: ErrandSaid, { language }: Saying): string[] => {
  const w = calendarWords[language]
  return [
    ...(hours.length > 0 ? [w.hours(hours)] : []),
    ...(proxyBrings === null ? [] : [w.proxy(proxyBrings)]),
  ]
}

/** How they are written. */
export const sayCalendarTold: Sayings<CalendarTold> = {
  announcement: (told, to) => {
    const w = calendarWords[to.language]
    const { title, concerned, why, said, fee, keepsOldCard, old, inTime } = told
    const reason = said.startsWith(why) ? said : `${why}${w.between}${said}`
    if (!concerned)
      return { subject: w.announced.notConcerned(title), parts: [w.announced.notForYou, reason] }
    return {
      subject: w.announced.concerned(title),
      parts: [
        w.announced.forYou,
        reason,
        ...errandParts(told, to),
        fee === null ? w.announced.free : w.announced.costs(fee),
        keepsOldCard ? w.keepsOld : w.keepsPurse,
        old && w.announced.lastDay(dayOf(old.lastDay, to), to.when(old.until)),
        old && inTime && w.announced.before,
        inTime && w.activates,
      ],
    }
  },

  'card-at-desk': (told, to) => {
    const w = calendarWords[to.language]
    return {
      subject: w.atDesk.subject(told.edition, told.where),
      parts: [told.said, ...errandParts(told, to), w.activates],
    }
  },

  'deadline-not-collected': (told, to) => {
    const w = calendarWords[to.language]
    const { until, days, keepsOldCard, canCollect, wasCollected, said } = told
    return {
      subject: wasCollected ? w.notCollected.without(w.left(days)) : w.notCollected.subject(w.left(days)),
      parts: [
        w.stops(to.card, to.when(until), w.days(days)),
        !wasCollected && w.notCollected.next,
        said,
        ...errandParts(told, to),
        keepsOldCard ? w.keepsOld : w.keepsPurse,
        canCollect && w.activates,
      ],
    }
  },

  'deadline-not-activated': (told, to) => {
    const w = calendarWords[to.language]
    const { until, days, keepsOldCard, edition, collectedAt, isFetched, windows } = told
    return {
      subject: w.notActivated.subject(w.left(days)),
      parts: [
        w.stops(to.card, to.when(until), w.days(days)),
        (isFetched ? w.notActivated.fetched : w.notActivated.collected)(edition, to.when(collectedAt)),
        `${isFetched ? w.notActivated.onceThere : w.notActivated.next}${w.between}${w.notActivated.doors(windows)}`,
        keepsOldCard ? w.keepsOld : w.keepsPurse,
        w.notActivated.lost,
      ],
    }
  },

  'student-fare-ends': ({ on, years, where }, to) => {
    const w = calendarWords[to.language].fare
    const day = dayOf(on, to)
    return {
      subject: w.subject(day),
      parts: [w.ends(day, years), w.prolong(where), w.otherwise, w.untouched, w.already],
    }
  },
}
