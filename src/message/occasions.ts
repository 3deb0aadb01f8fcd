import { announcedOn, fareRemindedOn, messagesOf } from '../programme/messages.ts'
import type { Programme } from '../programme/shape.ts'

/** What the calendar tells people of. */
export type OccasionKind = 'announcement' | 'card-at-desk' | 'deadline' | 'student-fare'

/** What is due now, by the programme in force. */
export interface Due {
  today: Temporal.PlainDate
  /** The programme has been announced, and the deadline has not come. */
  announcement: string | null
  /** A day before the deadline on which people are reminded. */
  deadline: string | null
  /** The student fare that ends this year is called to mind. */
  fare: { occasion: string; year: number } | null
}

/** When the messages of a day begin to go. */
const begins = (programme: Programme, on: Temporal.PlainDate): Temporal.Instant =>
  on
    .toZonedDateTime({
      timeZone: programme.campus.zone,
      plainTime: Temporal.PlainTime.from(messagesOf(programme).from),
    })
    .toInstant()

/** Whether people may be written to at this hour: from the first until the last, on the campus's clocks. */
export function mayWriteNow(programme: Programme, now: Temporal.Instant, from?: string): boolean {
  const hours = messagesOf(programme)
  const wall = now.toZonedDateTimeISO(programme.campus.zone).toPlainTime().toString().slice(0, 5)
  return (from !== undefined && from > hours.from ? from : hours.from) <= wall && wall < hours.until
}

/**
 * What is due to be told now; null outside of the hours. Nothing whose hour came before `since`, when Gatehouse began to keep
 * the calendar, and nothing of a day that is still to come. A day's reminder goes on that day or, where Gatehouse was
 * off, on the next; after that it is not told. Of two that are due the later one goes. Announced is whoever has not been told,
 * until the deadline: who comes later hears of it then.
 */
export function dueNow(programme: Programme, since: Temporal.Instant, now: Temporal.Instant): Due | null {
  if (!mayWriteNow(programme, now)) return null
  const today = now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const hasCome = (on: Temporal.PlainDate): boolean =>
    Temporal.PlainDate.compare(on, today) <= 0 && Temporal.Instant.compare(since, begins(programme, on)) <= 0
  const isNews = (on: Temporal.PlainDate): boolean =>
    hasCome(on) && Temporal.PlainDate.compare(today, on.add({ days: 1 })) <= 0
  const ends = Temporal.PlainDate.from(programme.deadline.on)
  const isOver = Temporal.PlainDate.compare(ends, today) <= 0
  const before = programme.remindDaysBefore
    .toSorted((a, b) => a - b)
    .find(days => isNews(ends.subtract({ days })))
  const fareOn = fareRemindedOn(programme, today.year)
  // One that falls into the year before, or on its last days, is still of the year in which the fare ends.
  const nextFareOn = fareRemindedOn(programme, today.year + 1)
  const fareYear =
    fareOn && isNews(fareOn) ? today.year : nextFareOn && isNews(nextFareOn) ? today.year + 1 : null
  return {
    today,
    announcement: !isOver && hasCome(announcedOn(programme)) ? `programme ${programme.id}` : null,
    deadline: isOver || before === undefined ? null : `deadline ${ends.toString()}: ${before}`,
    fare: fareYear === null ? null : { occasion: `student fare ${fareYear}`, year: fareYear },
  }
}
