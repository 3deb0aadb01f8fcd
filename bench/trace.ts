import pg from 'pg'

/** One statement as it went to the database, and the first row that came back. */
export interface Traced {
  text: string
  /** Each parameter as the text that was sent; bytes as `\x` and hexadecimal digits; null stays null. */
  values: (string | null)[]
  /** The names and values of the first row, as text. */
  row: Record<string, string>
  /** Whether nothing else was under way when it was asked: it begins a round trip of its own. */
  beginsTrip: boolean
}

interface Result {
  rows: Record<string, unknown>[]
}
type Asked = string | { text: string; values?: unknown[] }
type Query = (this: unknown, asked: Asked, ...rest: unknown[]) => Promise<Result> | undefined

/** As `pg` itself writes a parameter. */
function asSent(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`
  if (Array.isArray(value)) return `{${value.map(each => (each === null ? 'NULL' : quoted(each))).join(',')}}`
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const quoted = (value: unknown): string => `"${String(value).replaceAll(/["\\]/g, '\\$&')}"`

/** Listens to everything that this process says to the database until a transaction is committed. */
export function traceNext(tell: (statements: Traced[]) => void): void {
  const statements: Traced[] = []
  const client = pg.Client.prototype as unknown as { query: Query }
  const { query } = client
  let underWay = 0
  client.query = function traced(asked, ...rest) {
    const text = typeof asked === 'string' ? asked : asked.text
    const values =
      typeof asked === 'string' ? ((rest[0] as unknown[] | undefined) ?? []) : (asked.values ?? [])
    const one: Traced = { text, values: values.map(asSent), row: {}, beginsTrip: underWay === 0 }
    statements.push(one)
    // The pool's own queries answer by a callback and return nothing; nobody needs their rows.
    const answer = query.call(this, asked, ...rest)
    if (answer) underWay++
    return answer?.then(result => {
      underWay--
      const first = Object.entries(result.rows[0] ?? {})
      one.row = Object.fromEntries(first.map(([name, value]) => [name, String(value)]))
      if (text === 'commit') {
        client.query = query
        tell(statements)
      }
      return result
    })
  }
}
