import type { Database, Transaction } from '../database.ts'
import type { Clock } from '../register.ts'
import { hashOf, type Line, lineSql, markOf, mostInASeal, nothingBefore } from './form.ts'

const lockSql = 'select pg_try_advisory_xact_lock(7270061, 1) as ours'
const lastSql = 'select number, hash from journal_seal order by number desc limit 1'
const waitingSql = `
  select j.id, ${lineSql} as line from journal j join journal_unsealed u on u.entry_id = j.id
  order by j.id limit $1`
const keepSql = `
  insert into journal_seal (number, sealed_at, first_id, last_id, entries, ids, marks, previous, hash)
  select $1, $6, min(id), max(id), count(*), range_agg(int8range(id, id + 1)), $3, $4, $5
  from unnest($2::bigint[]) id`
const sealedSql = 'delete from journal_unsealed where entry_id = any($1::bigint[])'

/** Seals that one look makes at most: a million entries are five minutes' work, and the next look goes on. */
const mostAtATime = 200

/** Seals what waits, in one seal; says of how many entries. Nothing is done where another process is at it. */
async function sealOnce(trx: Transaction, clock: Clock, most: number): Promise<number> {
  const [lock] = await trx.statement<{ ours: boolean }>('seal_lock', lockSql, [])
  if (!lock!.ours) return 0
  const [last] = await trx.statement<{ number: number; hash: Buffer }>('last_seal', lastSql, [])
  const waiting = await trx.statement<Line>('entries_unsealed', waitingSql, [most])
  if (waiting.length === 0) return 0
  const ids = waiting.map(({ id }) => id)
  const lines = waiting.map(({ line }) => line)
  const previous = last?.hash ?? nothingBefore
  const marks = Buffer.concat(lines.map(markOf))
  await trx.statement('keep_seal', keepSql, [
    (last?.number ?? 0) + 1,
    ids,
    marks,
    previous,
    hashOf(previous, lines),
    await clock.now(trx),
  ])
  await trx.statement('entries_sealed', sealedSql, [ids])
  return ids.length
}

/**
 * Seals every entry that was committed and has no seal yet, whatever its number: of a transaction that is still open,
 * entries come into a later seal. As the role for chores; says how many entries were sealed.
 */
export async function sealJournal(
  { database, clock }: { database: Database; clock: Clock },
  { most = mostInASeal } = {},
): Promise<number> {
  let sealed = 0
  for (let seals = 0; seals < mostAtATime; seals += 1) {
    const entries = await database.transaction(trx => sealOnce(trx, clock, most))
    sealed += entries
    if (entries < most) break
  }
  return sealed
}
