import pg from 'pg'

/** Dates read before, by their text: a list of cards has many rows and few days, and a PlainDate never changes. */
const datesRead = new Map<string, Temporal.PlainDate>()
const mostDatesRead = 4_000

function dateFrom(text: string): Temporal.PlainDate {
  const known = datesRead.get(text)
  if (known) return known
  const date = Temporal.PlainDate.from(text)
  if (datesRead.size >= mostDatesRead) datesRead.clear()
  datesRead.set(text, date)
  return date
}

function bigintFrom(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`bigint ${text} is beyond the safe integers`)
  return value
}

/** How PostgreSQL's values become ours: instants, dates and wall times as Temporal, bigint as a safe number. */
const readers: Record<number, (text: string) => unknown> = {
  20: bigintFrom,
  1016: text => (text === '{}' ? [] : text.slice(1, -1).split(',').map(bigintFrom)),
  1082: dateFrom,
  1083: text => Temporal.PlainTime.from(text),
  1184: text => Temporal.Instant.from(text.replace(' ', 'T')),
}

const parse = pg.types.getTypeParser

/** The type parsers every connection of Gatehouse uses. */
export const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : readers[oid]) ?? parse(oid, format)) as typeof parse,
}

/** A parameter as `pg` should send it: Temporal values by their ISO text, bigints by their digits. */
export function toParameter(value: unknown): unknown {
  if (
    value instanceof Temporal.Instant ||
    value instanceof Temporal.PlainDate ||
    value instanceof Temporal.PlainTime
  )
    return value.toString()
  if (typeof value === 'bigint') return value.toString()
  if (Array.isArray(value)) return value.map(toParameter)
  return value
}
