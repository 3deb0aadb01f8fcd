/** Something for a calendar: a span of time, or a whole day. */
export type CalendarEvent = {
  /** Its own for ever, so that a calendar that reads the file again changes the event and adds none. */
  id: string
  title: string
  about?: string
  place?: string
} & ({ from: Temporal.Instant; until: Temporal.Instant } | { on: Temporal.PlainDate })

/** Longest line, in octets (RFC 5545, 3.1). */
const longestLine = 75

const escaped = (text: string): string => text.replaceAll(/[\\;,]/g, '\\$&').replaceAll(/\r?\n/g, '\\n')

/** A line that is too long goes on after a space; never in the middle of a character. */
function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  for (const character of line) {
    const room = parts.length === 0 ? longestLine : longestLine - 1
    if (Buffer.byteLength(part + character) > room) {
      parts.push(part)
      part = ''
    }
    part += character
  }
  return [...parts, part].join('\r\n ')
}

const stamp = (at: Temporal.Instant): string =>
  at.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')
const day = (on: Temporal.PlainDate): string => on.toString().replaceAll('-', '')

function linesOf(event: CalendarEvent, now: Temporal.Instant): string[] {
  const span =
    'on' in event
      ? [`DTSTART;VALUE=DATE:${day(event.on)}`, `DTEND;VALUE=DATE:${day(event.on.add({ days: 1 }))}`]
      : [`DTSTART:${stamp(event.from)}`, `DTEND:${stamp(event.until)}`]
  return [
    'BEGIN:VEVENT',
    `UID:${event.id}@gatehouse`,
    `DTSTAMP:${stamp(now)}`,
    ...span,
    `SUMMARY:${escaped(event.title)}`,
    ...(event.about ? [`DESCRIPTION:${escaped(event.about)}`] : []),
    ...(event.place ? [`LOCATION:${escaped(event.place)}`] : []),
    'END:VEVENT',
  ]
}

/** A calendar file as every calendar reads it (RFC 5545): events in UTC, or on whole days. */
export function calendarFile(events: readonly CalendarEvent[], now: Temporal.Instant): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Gatehouse//My card//EN',
    ...events.flatMap(event => linesOf(event, now)),
    'END:VCALENDAR',
  ]
  return lines.map(line => `${folded(line)}\r\n`).join('')
}
