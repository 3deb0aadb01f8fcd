import type { Programme } from '../programme/shape.ts'

/** For how many months things are kept where the programme does not say. */
const usual = { eventMonths: 3, historyMonths: 24 }

/** For how many months events at the doors, and what was wanted and held before what is now, are kept. */
export const keptMonths = ({
  retention: { eventMonths = usual.eventMonths, historyMonths = usual.historyMonths },
}: Programme): { eventMonths: number; historyMonths: number } => ({ eventMonths, historyMonths })

/** From when on things are kept, and what may be forgotten. */
export interface Limits {
  /** Months of events that had ended by then. */
  eventsBefore: Temporal.Instant
  /** What something else had taken the place of by then. */
  historyBefore: Temporal.Instant
}

/** What is older than the programme says, on the campus's date: whole days in its zone. */
export function limitsOn(today: Temporal.PlainDate, programme: Programme): Limits {
  const { eventMonths, historyMonths } = keptMonths(programme)
  const before = (months: number) =>
    today.subtract({ months }).toZonedDateTime(programme.campus.zone).toInstant()
  return { eventsBefore: before(eventMonths), historyBefore: before(historyMonths) }
}

/** When a day's forgetting may begin: between the last update of the night and the first people at the doors. */
const begins = Temporal.PlainTime.from('03:30')

/** Whether it is late enough in the night. */
export const isTime = (at: Temporal.PlainTime): boolean => Temporal.PlainTime.compare(at, begins) >= 0

/**
 * Of which night the forgetting must be over by now: from an hour after it may begin that of today, which is time enough, and
 * before that of yesterday.
 */
export function nightDue(now: Temporal.Instant, zone: string): Temporal.PlainDate {
  const local = now.toZonedDateTimeISO(zone)
  const isOver = isTime(local.toPlainTime()) && isTime(local.subtract({ hours: 1 }).toPlainTime())
  return isOver ? local.toPlainDate() : local.toPlainDate().subtract({ days: 1 })
}
