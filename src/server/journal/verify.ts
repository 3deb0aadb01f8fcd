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

/**
 * Reads the whole journal, seal after seal, as it stands at one moment, and says that it is whole or what does not fit:
 * the first entry that was changed, removed or added since it was sealed. What waits for its seal is counted; of it only a
 * removal is seen. `each` hears of every seal that fits.
 */
export function verifyJournal(database: Database, each: (seal: Seal) => void = () => {}): Promise<Verified> {
  return database.transaction(async trx => {
    await trx.statement(
      'verify_at_one_moment',
      'set transaction isolation level repeatable read, read only',
      [],
    )
    let [before, entries]: [Seal | null, number] = [null, 0]
    for (;;) {
      const seals: Whole[] = await trx.statement<Whole>('verify_seals', sealsSql, [before?.number ?? 0])
      if (seals.length === 0) break
      for (const seal of seals) {
        const broken = await brokenSeal(trx, seal, before)
        if (broken) return { whole: false, ...broken }
        each(seal)
        entries += seal.entries
        before = seal
      }
    }
    const [lost] = await trx.statement<{ id: number }>('verify_lost', lostSql, [])
    if (lost) return { whole: false, what: 'removed', entry: lost.id, seal: null }
    const [stranger] = await trx.statement<{ id: number }>('verify_strangers', strangerSql, [])
    if (stranger) return { whole: false, what: 'added', entry: stranger.id, seal: null }
    const [waiting] = await trx.statement<{ many: number }>(
      'verify_waiting',
      'select count(*)::int as many from journal_unsealed',
      [],
    )
    return { whole: true, entries, seals: before?.number ?? 0, waiting: waiting!.many }
  })
}
