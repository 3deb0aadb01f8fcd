import pg from 'pg'

/** What was read before, by its text: a list of cards has many rows and few days, and what Temporal makes never changes. */
function remembered<T extends object>(read: (text: string) => T): (text: string) => T {
  const most = 4_000
  const known = new Map<string, T>()
  return text => {
    let value = known.get(text)
    if (value === undefined) {
      value = read(text)
      if (known.size >= most) known.clear()
      known.set(text, value)
    }
    return value
  }
}

/** The texts of Temporal values sent before: the rows of one list share theirs, because they were read above. */
type Moment = Temporal.Instant | Temporal.PlainDate | Temporal.PlainTime
const texts = new WeakMap<Moment, string>()

function textOf(value: Moment): string {
  let text = texts.get(value)
  if (text === undefined) {
    text = value.toString()
    texts.set(value, text)
  }
  return text
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
  1082: remembered(text => Temporal.PlainDate.from(text)),
  1083: text => Temporal.PlainTime.from(text),
  1184: remembered(text => Temporal.Instant.from(text.replace(' ', 'T'))),
  1114: text => Temporal.PlainDateTime.from(text.replace(' ', 'T')),
}

const parse = pg.types.getTypeParser

/** The type parsers every connection of Gatehouse uses. */
export const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : readers[oid]) ?? parse(oid, format)) as typeof parse,
}

const needsNoQuotes = (value: unknown): value is Moment | number | bigint | null =>
  value === null || typeof value === 'number' || typeof value === 'bigint' || isMoment(value)

const isMoment = (value: unknown): value is Moment =>
  value instanceof Temporal.Instant ||
  value instanceof Temporal.PlainDate ||
  value instanceof Temporal.PlainTime

/** A list as PostgreSQL writes it; only of what needs no quotes, which is most of what long lists are made of. */
const listText = (values: readonly (Moment | number | bigint | null)[]): string =>
  `{${values.map(value => (isMoment(value) ? textOf(value) : `${value}`)).join(',')}}`

/** A parameter as `pg` should send it: Temporal values by their ISO text, bigints by their digits. */
export function toParameter(value: unknown): unknown {
  if (isMoment(value)) return textOf(value)
  if (typeof value === 'bigint') return value.toString()
  if (Array.isArray(value)) return value.every(needsNoQuotes) ? listText(value) : value.map(toParameter)
  return value
}
