import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import type { Column } from '../../scripts/data-map.ts'
import { type DataMap, mappedColumns } from '../../src/privacy/data-map.ts'
import { markedId, marker, markerAccount, markerIban } from './marked-person.ts'

/** A column in which something of the marked person should stand, and should be gone one day. */
export interface LookedFor {
  table: string
  column: string
  type: string
}

/** Columns in which no mark has room: a few words or digits are all that their checks let stand. They go with their row or their neighbours. */
const noRoom: readonly string[] = [
  'person.returned_on',
  'person.next_status',
  'person.next_status_on',
  'person.health_check',
  'extra_mark.mark',
  'extra_mark.runs_until',
  'refund_destination.bank',
  'refund_destination.branch',
]

const holdsMark = ({ type }: Column): boolean => ['text', 'text[]', 'jsonb', 'bytea'].includes(type)

/**
 * Every column that keeps something of people until a day comes, made from the data map: what has room for the marker, and
 * of rows that go the link to the person. The past of doors is another matter: what is wanted and held now stays.
 */
export function toLookFor(map: DataMap, columns: readonly Column[]): LookedFor[] {
  const types = new Map(columns.map(each => [`${each.table}.${each.column}`, each]))
  return mappedColumns(map).flatMap(({ table, column, kept }) => {
    const rule = kept === null ? undefined : map.kept[kept]
    const of = types.get(`${table}.${column}`)!
    if (rule === undefined || rule.forgets === 'stays' || noRoom.includes(`${table}.${column}`)) return []
    const isLink = rule.forgets === 'row' && column === 'person_id' && kept !== 'history'
    return holdsMark(of) || isLink ? [{ table, column, type: of.type }] : []
  })
}

const marks = [marker, markerAccount, markerIban]

const standsIn = ({ column, type }: LookedFor): string => {
  if (type === 'bigint') return `${column} = ${markedId}`
  if (type === 'bytea') return `position('${marker}'::bytea in ${column}) > 0`
  return marks.map(mark => `${column}::text ilike '%${mark}%'`).join(' or ')
}

/** Of the columns those in which something of the person stands, as `table.column`, and in how many rows. */
export async function columnsWith(
  client: pg.Client,
  columns: readonly LookedFor[],
): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  for (const each of columns) {
    const sql = `select count(*)::int as rows from ${each.table} where ${standsIn(each)}`
    const { rows } = await client.query<{ rows: number }>(sql)
    if (rows[0]!.rows > 0) found.set(`${each.table}.${each.column}`, rows[0]!.rows)
  }
  return found
}

const inHex = Buffer.from(marker).toString('hex')
const isMarked = (text: string): boolean =>
  [...marks, inHex].some(mark => text.toLowerCase().includes(mark.toLowerCase()))

/** Every row of every table of a database, the job queue's too, in which a mark stands: as `schema.table: row`. */
export async function marksInDump(client: pg.Client): Promise<string[]> {
  const { rows: tables } = await client.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') order by 1`)
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`)
    found.push(...rows.filter(({ row }) => isMarked(row)).map(({ row }) => `${name}: ${row.slice(0, 200)}`))
  }
  return found
}

/** Every file of a folder, however deep, that has a mark in its name or in its bytes. */
export async function marksInFiles(folder: string): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    if (isMarked(entry.name) || isMarked(await readFile(path, 'latin1'))) found.push(path)
  }
  return found
}
