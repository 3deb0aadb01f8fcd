import { Format } from 'typebox/format'

/** The first and the last date that may be asked for. */
const known = { from: '1000-01-01', until: '9999-12-30' } as const

const isKnown = (text: string): boolean => {
  const day = text.slice(0, known.from.length)
  return day >= known.from && day <= known.until
}

/**
 * Takes a date or an instant for one only where its day, and the days beside it in any zone, have a year of four digits:
 * PostgreSQL knows no year 0, and reads no year of five digits as we write it. What is asked for beyond is malformed, and no fault.
 */
export function keepToKnownDates(): void {
  Format.Set('date', text => Format.IsDate(text) && isKnown(text))
  Format.Set('date-time', text => Format.IsDateTime(text) && isKnown(text))
}
