import type { Database, Transaction } from '../database.ts'
import {
  hashOf,
  type Line,
  lineSql,
  markBytes,
  markOf,
  nothingBefore,
  type Seal,
  sealColumns,
} from './form.ts'

/** What does not fit, the first of it. */
export type Broken =
  | { what: 'changed' | 'removed' | 'added'; entry: number; seal: number | null }
  /** A seal itself was changed, removed or added: it does not follow the one before, or does not fit untouched entries. */
  | { what: 'seal'; seal: number }

/** What a verification says. */
export type Verified =
  | { whole: true; entries: number; seals: number; waiting: number }
  | ({ whole: false } & Broken)

/** A seal with what it says of each of its entries. */
type Whole = Seal & { ids: string; marks: Buffer }

const sealsSql = `select ${sealColumns}, ids::text, marks from journal_seal where number > $1 order by number limit 20`
const linesSql = `
  select j.id, ${lineSql} as line from journal j
  where j.id between $1 and $2 and $3::int8multirange @> j.id order by j.id`

/** Of what a seal says it covers, the first that is not there. */
const missingSql = `
  select g.id from unnest($1::int8multirange) r, generate_series(lower(r), upper(r) - 1) g(id)
  where not exists (select from journal j where j.id = g.id) order by g.id limit 1`
const lostSql = `
  select entry_id as id from journal_unsealed u where not exists (select from journal j where j.id = u.entry_id)
  order by entry_id limit 1`

/** What stands in the journal under no seal, and does not wait for one: no trigger saw it come. */
const strangerSql = `
  with sealed as (select range_agg(ids) as ids from journal_seal)
  select j.id from journal j, sealed
  where sealed.ids @> j.id is not true and not exists (select from journal_unsealed u where u.entry_id = j.id)
  order by j.id limit 1`

/** Which of a seal's entries differs; null where none does and it is the seal itself. */
function differing(seal: Whole, lines: readonly Line[]): number | null {
  const at = lines.findIndex(
    ({ line }, place) =>
      !markOf(line).equals(seal.marks.subarray(place * markBytes, (place + 1) * markBytes)),
  )
  return at < 0 ? null : lines[at]!.id
}

async function brokenSeal(trx: Transaction, seal: Whole, before: Seal | null): Promise<Broken | null> {
  const number = (before?.number ?? 0) + 1
  if (seal.number !== number) return { what: 'seal', seal: number }
  const lines = await trx.statement<Line>('verify_lines', linesSql, [seal.firstId, seal.lastId, seal.ids])
  const [missing] = await trx.statement<{ id: number }>('verify_missing', missingSql, [seal.ids])
  if (missing) return { what: 'removed', entry: missing.id, seal: number }
  const hash = hashOf(
    seal.previous,
    lines.map(({ line }) => line),
  )
  if (!hash.equals(seal.hash)) {
    const entry = differing(seal, lines)
    return entry === null ? { what: 'seal', seal: number } : { what: 'changed', entry, seal: number }
  }
  return seal.previous.equals(before?.hash ?? nothingBefore) ? null : { what: 'seal', seal: number }
}

/** Follows the seals after a number; the first that does not fit, or the last that does and how many entries they cover. */
async function follow(trx: Transaction, first: Seal | null, each: (seal: Seal) => void) {
  let [before, entries, many]: [Seal | null, number, number] = [first, 0, 0]
  for (;;) {
    const seals: Whole[] = await trx.statement<Whole>('verify_seals', sealsSql, [before?.number ?? 0])
    if (seals.length === 0) return { broken: null, entries, many }
    for (const seal of seals) {
      const broken = await brokenSeal(trx, seal, before)
      if (broken) return { broken, entries, many }
      each(seal)
      entries += seal.entries
      many += 1
      before = seal
    }
  }
}

const atOneMoment = (trx: Transaction) =>
  trx.statement('verify_at_one_moment', 'set transaction isolation level repeatable read, read only', [])

/** What waits for its seal: how many, or the first of it that is not there any more. */
async function waiting(trx: Transaction): Promise<number | Broken> {
  const [lost] = await trx.statement<{ id: number }>('verify_lost', lostSql, [])
  if (lost) return { what: 'removed', entry: lost.id, seal: null }
  const sql = 'select count(*)::int as many from journal_unsealed'
  return (await trx.statement<{ many: number }>('verify_waiting', sql, []))[0]!.many
}

/**
 * Reads the whole journal, seal after seal, as it stands at one moment, and says that it is whole or what does not fit:
 * the first entry that was changed, removed or added since it was sealed. What waits for its seal is counted; of it only a
 * removal is seen. `each` hears of every seal that fits.
 */
export function verifyJournal(database: Database, each: (seal: Seal) => void = () => {}): Promise<Verified> {
  return database.transaction(async trx => {
    await atOneMoment(trx)
    const { broken, entries, many } = await follow(trx, null, each)
    if (broken) return { whole: false, ...broken }
    const waits = await waiting(trx)
    if (typeof waits !== 'number') return { whole: false, ...waits }
    const [stranger] = await trx.statement<{ id: number }>('verify_strangers', strangerSql, [])
    if (stranger) return { whole: false, what: 'added', entry: stranger.id, seal: null }
    return { whole: true, entries, seals: many, waiting: waits }
  })
}

const beforeNewestSql = `
  select ${sealColumns} from journal_seal
  where number = (select max(number) from journal_seal) - $1::int`

/** As `verifyJournal`, of the newest seals alone: soon done, and blind for what was changed before them or came without a seal. */
export function verifyNewest(database: Database, seals: number): Promise<Verified> {
  return database.transaction(async trx => {
    await atOneMoment(trx)
    const [before] = await trx.statement<Seal>('verify_before_newest', beforeNewestSql, [seals])
    const { broken, entries, many } = await follow(trx, before ?? null, () => {})
    if (broken) return { whole: false, ...broken }
    const waits = await waiting(trx)
    if (typeof waits !== 'number') return { whole: false, ...waits }
    return { whole: true, entries, seals: many, waiting: waits }
  })
}
