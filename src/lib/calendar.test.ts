import { expect, it } from 'vitest'
import { calendarFile } from './calendar.ts'

const now = Temporal.Instant.from('2023-10-18T02:40:00Z')

it('tells a span of time in UTC and a whole day by its date, in lines that end as the standard says', () => {
  const file = calendarFile(
    [
      {
        id: 'collect',
        title: 'Collect the card; sign',
        place: 'Office 1, first floor',
        from: now,
        until: Temporal.Instant.from('2023-10-18T04:00:00Z'),
      },
      { id: 'last-day', title: 'Last day', on: Temporal.PlainDate.from('2024-02-29') },
    ],
    now,
  )
  expect(file.split('\r\n')).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Gatehouse//My card//EN',
    'BEGIN:VEVENT',
    'UID:collect@gatehouse',
    'DTSTAMP:20231018T024000Z',
    'DTSTART:20231018T024000Z',
    'DTEND:20231018T040000Z',
    'SUMMARY:Collect the card\\; sign',
    'LOCATION:Office 1\\, first floor',
    'END:VEVENT',
    'BEGIN:VEVENT',
    'UID:last-day@gatehouse',
    'DTSTAMP:20231018T024000Z',
    'DTSTART;VALUE=DATE:20240229',
    'DTEND;VALUE=DATE:20240301',
    'SUMMARY:Last day',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ])
})

it('folds long lines between characters, also those of three bytes and of four', () => {
  const title = '領取學生證𠮷'.repeat(12)
  const file = calendarFile([{ id: 'long', title, on: Temporal.PlainDate.from('2024-02-29') }], now)
  for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  expect(file.replaceAll('\r\n ', '')).toContain(`SUMMARY:${title}\r\n`)
})

it('keeps a line break in a text within its line', () => {
  const file = calendarFile([{ id: 'x', title: 'a\nb', on: Temporal.PlainDate.from('2024-02-29') }], now)
  expect(file).toContain('SUMMARY:a\\nb\r\n')
})
