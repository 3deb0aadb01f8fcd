import { type CalendarEvent, calendarFile } from '../lib/calendar.ts'
import type { Language } from '../lib/words.ts'
import type { MyCard } from './my-card-shape.ts'
import { words } from './student-words.ts'

/** So long somebody is expected at a counter that is closed now. */
const usualMinutes = 30

/**
 * What of a person's card belongs into a calendar: collecting it, the last day to pay, and the last day of the old card
 * for who uses it still.
 */
export function datesOf(card: MyCard, language: Language): CalendarEvent[] {
  const w = words[language]
  const events: CalendarEvent[] = []
  const counter = card.next === 'collect' ? card.collect?.counters[0] : undefined
  if (counter) {
    const from = Temporal.Instant.from(counter.opensAt ?? card.now)
    const until = counter.until ? Temporal.Instant.from(counter.until) : from.add({ minutes: usualMinutes })
    const place = `${counter.name}, ${counter.place}`
    events.push({
      id: 'collect',
      title: w.calendarCollect,
      about: card.collect?.bring ?? '',
      place,
      from,
      until,
    })
  }
  if (card.next === 'come-later' && card.collect)
    events.push({
      id: 'collect',
      title: w.calendarCollect,
      about: card.collect.bring,
      on: Temporal.PlainDate.from(card.collect.from),
    })
  if (card.reissue?.isDue)
    events.push({
      id: 'pay',
      title: w.calendarPay,
      on: Temporal.PlainDate.from(card.reissue.lastDayToPay),
    })
  const ends = card.oldCard?.accessEndsAt
  if (ends && (card.story === 'collectable' || card.story === 'collected'))
    events.push({
      id: 'old-card',
      title: w.calendarOldCard,
      on: Temporal.Instant.from(ends)
        .subtract({ nanoseconds: 1 })
        .toZonedDateTimeISO(card.zone)
        .toPlainDate(),
    })
  return events
}

/** The calendar file of a person's card (RFC 5545); null where there is nothing to come. */
export function cardCalendar(card: MyCard, language: Language): string | null {
  const events = datesOf(card, language)
  return events.length === 0 ? null : calendarFile(events, Temporal.Instant.from(card.now))
}
