import { createHash } from 'node:crypto'

/*
 * What a seal is made of. An entry has one form, the line of JSON that PostgreSQL writes of it: that line is hashed, and that
 * line is shipped, so that whoever has the files can follow the chain with `sha256sum` alone (docs/operating.md).
 */

/** An entry of the journal in its one form: a line of JSON, times in UTC to the microsecond. */
export interface Line {
  id: number
  line: string
}

/** An entry's form in SQL, over a row `j` of the journal. jsonb orders its keys itself, whatever wrote them. */
export const lineSql = `jsonb_build_object('id', j.id,
  'at', to_char(j.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'actor', j.actor, 'act', j.act,
  'person', j.person_id, 'card', j.card_id, 'facts', j.facts)::text`

/** What the first seal stands on: no seal is before it. */
export const nothingBefore: Buffer = Buffer.alloc(32)

/** Bytes of an entry's own hash that its seal keeps, so that it can be said which entry differs. */
export const markBytes = 4

/** Entries that one seal covers at most; a process holds so many at a time. */
export const mostInASeal = 5_000

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/** By which bytes an entry is known again. */
export const markOf = (line: string): Buffer => sha256(line).subarray(0, markBytes)

/** The hash of a seal: of the hash before it, in hexadecimal digits, and of each entry's line, one below the other. */
export function hashOf(previous: Buffer, lines: readonly string[]): Buffer {
  const hash = createHash('sha256').update(`${previous.toString('hex')}\n`)
  for (const line of lines) hash.update(`${line}\n`)
  return hash.digest()
}

/** A seal as it stands in the database, but for its entries. */
export interface Seal {
  number: number
  sealedAt: Temporal.Instant
  firstId: number
  lastId: number
  entries: number
  previous: Buffer
  hash: Buffer
}

/** A seal's columns in SQL, over `journal_seal`. */
export const sealColumns = `number, sealed_at as "sealedAt", first_id as "firstId", last_id as "lastId", entries, previous, hash`

/** A seal as the line of a file that ends its entries. */
export const sealLine = (seal: Seal): string =>
  JSON.stringify({
    seal: seal.number,
    at: seal.sealedAt.toString(),
    first: seal.firstId,
    last: seal.lastId,
    entries: seal.entries,
    previous: seal.previous.toString('hex'),
    hash: seal.hash.toString('hex'),
  })

/** What a line of a file is: an entry's, a seal's, or null where it is neither (cut off, or written by somebody else). */
export function readLine(
  text: string,
):
  | { is: 'entry'; id: number; line: string }
  | { is: 'seal'; number: number; entries: number; previous: string; hash: string }
  | null {
  let read: Partial<Record<string, unknown>>
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed !== 'object' || parsed === null) return null
    read = parsed
  } catch {
    return null
  }
  const { id, seal, entries, previous, hash } = read
  if (typeof id === 'number') return { is: 'entry', id, line: text }
  if (typeof seal !== 'number' || typeof entries !== 'number') return null
  if (typeof previous !== 'string' || typeof hash !== 'string') return null
  return { is: 'seal', number: seal, entries, previous, hash }
}
