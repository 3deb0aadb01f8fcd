import { join } from 'node:path'
import type { Database } from '../database.ts'
import { filesIn, linesOf } from './files.ts'
import { hashOf, lineSql, readLine, type Seal, sealColumns, sealLine } from './form.ts'

/** What the files say of themselves and of the database. */
export type FilesVerified =
  | { whole: true; files: number; seals: number; last: number }
  /** A line that does not fit its seal, or is no line of a journal. */
  | { whole: false; what: 'file'; file: string; line: number }
  /** The database has this entry otherwise than it was shipped, or no more. */
  | { whole: false; what: 'changed' | 'removed'; entry: number; seal: number }
  /** The database's seal is not the one that was shipped, though its entries are. */
  | { whole: false; what: 'seal'; seal: number }

const sealSql = `select ${sealColumns} from journal_seal where number = $1`
const linesSql = `select j.id, ${lineSql} as line from journal j where j.id = any($1::bigint[])`

interface Entry {
  id: number
  line: string
}

/** Which entry of a shipped seal the database has otherwise; null where it has them all as they were shipped. */
async function differing(database: Database, shipped: readonly Entry[]) {
  const rows = await database.transaction(trx =>
    trx.statement<Entry>('verify_shipped', linesSql, [shipped.map(({ id }) => id)]),
  )
  const there = new Map(rows.map(({ id, line }) => [id, line]))
  for (const { id, line } of shipped)
    if (there.get(id) !== line) return { what: there.has(id) ? 'changed' : 'removed', entry: id } as const
  return null
}

/**
 * Reads what was shipped into a folder: that every line fits its seal and every seal the one before, and that the database
 * has the same seals. It finds what the database alone cannot show: a chain that somebody made anew from the first changed
 * entry on, and seals that were taken off its end. A last line or seal that is still being written is passed over.
 */
export async function verifyFiles(database: Database, folder: string): Promise<FilesVerified> {
  const files = await filesIn(folder)
  let before: { number: number; hash: string } | null = null
  let seals = 0
  for (const file of files) {
    let [entries, at]: [Entry[], number] = [[], 0]
    for await (const { text } of linesOf(join(folder, file))) {
      at += 1
      const read = readLine(text)
      if (read === null) return { whole: false, what: 'file', file, line: at }
      if (read.is === 'entry') {
        entries.push(read)
        continue
      }
      const hash = hashOf(
        Buffer.from(read.previous, 'hex'),
        entries.map(({ line }) => line),
      ).toString('hex')
      const follows: boolean =
        before === null || (read.number === before.number + 1 && read.previous === before.hash)
      if (!follows || hash !== read.hash || entries.length !== read.entries)
        return { whole: false, what: 'file', file, line: at }
      const [there] = await database.transaction(trx =>
        trx.statement<Seal>('verify_seal', sealSql, [read.number]),
      )
      if (there?.hash.toString('hex') !== hash) {
        const found = await differing(database, entries)
        return found
          ? { whole: false, ...found, seal: read.number }
          : { whole: false, what: 'seal', seal: read.number }
      }
      if (sealLine(there) !== text) return { whole: false, what: 'file', file, line: at }
      before = { number: read.number, hash: read.hash }
      seals += 1
      entries = []
    }
  }
  return { whole: true, files: files.length, seals, last: before?.number ?? 0 }
}
