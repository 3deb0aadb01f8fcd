import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database, Transaction } from '../database.ts'
import { append, endOf, fileOf, type Shipped } from './files.ts'
import { lineSql, type Seal, sealColumns, sealLine } from './form.ts'

const lockSql = 'select pg_try_advisory_xact_lock(7270061, 2) as ours'
const nextSql = `select ${sealColumns} from journal_seal where number = $1`
const linesSql = `
  select ${lineSql} as line from journal_seal s join journal j
    on j.id between s.first_id and s.last_id and s.ids @> j.id
  where s.number = $1 order by j.id`

/** Seals that one look ships at most; the next look goes on. */
const mostAtATime = 200

/** A folder into which the journal goes, as JSON lines. */
export interface Shipping {
  /** A database opened as the role for chores. */
  database: Database
  /** An absolute path; the folder is there. */
  folder: string
  /** The campus's zone, by which files are of days; null where no programme is in force yet: then the days are UTC's. */
  zone: () => Promise<string | null>
}

/** The files go on from a seal that the database does not have: it was brought back from a copy, or somebody changed it. */
export class DoesNotContinue extends Error {}

async function check(trx: Transaction, { file, seal, hash }: Shipped): Promise<void> {
  if (seal === 0) return
  const [there] = await trx.statement<Seal>('seal_shipped', nextSql, [seal])
  if (there?.hash.toString('hex') === hash) return
  throw new DoesNotContinue(
    `${file} ends with seal ${seal}, which the database ${there ? 'has otherwise' : 'does not have'}. Nothing is shipped ` +
      'before somebody looked: `npm run journal -- verify` says what differs. After a restore move the files aside.',
  )
}

/** Opens the shipping into one folder; `ship` adds every seal that is not there yet and says how many it added. */
export function openShipping({ database, folder, zone }: Shipping): { ship(): Promise<number> } {
  let known: Shipped | null = null

  /** Whether the folder is as this process left it; another process, or somebody, may have been at it. */
  async function stillAsLeft(): Promise<boolean> {
    if (known?.file == null) return false
    const found = await stat(join(folder, known.file)).catch(() => null)
    return found?.size === known.bytes
  }

  async function one(trx: Transaction, calendar: string): Promise<boolean> {
    const [lock] = await trx.statement<{ ours: boolean }>('ship_lock', lockSql, [])
    if (!lock!.ours) return false
    const end: Shipped = (await stillAsLeft()) ? known! : await endOf(folder)
    known = null
    await check(trx, end)
    const [seal] = await trx.statement<Seal>('seal_to_ship', nextSql, [end.seal + 1])
    if (seal === undefined) {
      known = end
      return false
    }
    const lines = await trx.statement<{ line: string }>('entries_to_ship', linesSql, [seal.number])
    const text = [...lines.map(({ line }) => line), sealLine(seal), ''].join('\n')
    const ofItsDay = fileOf(seal.sealedAt.toZonedDateTimeISO(calendar).toPlainDate())
    // Never into an earlier file than the last one, though the campus's zone were changed meanwhile.
    const file = end.file !== null && end.file > ofItsDay ? end.file : ofItsDay
    known = {
      file,
      bytes: await append(folder, file, text),
      seal: seal.number,
      hash: seal.hash.toString('hex'),
    }
    return true
  }

  return {
    async ship() {
      const calendar = (await zone()) ?? 'UTC'
      let shipped = 0
      while (shipped < mostAtATime && (await database.transaction(trx => one(trx, calendar)))) shipped += 1
      return shipped
    },
  }
}
