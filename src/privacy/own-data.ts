import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import type { Part } from './own-part.ts'
import { parts } from './own-parts.ts'

/** A row as it is given: by the names of columns, as JSON has their values; instants with their offset. */
export type OwnRow = Readonly<Record<string, unknown>>

/** What one table keeps of a person: the newest rows, and how many there are. */
export interface OwnRows {
  part: Part
  rows: OwnRow[]
  of: number
}

/** Rows of one table in a file, the newest of each: more than anybody has, and an end all the same. */
export const mostRows = 50_000

/** The statement that reads the newest $3 of a person's rows of a table, with how many there are. */
const rowsSql = ({ table, whose, newest, gives }: Part): string => {
  const columns = Object.entries(gives).map(([name, sql]) => `${sql} as ${name}`)
  return `
    select to_jsonb(r) - '_of' as row, _of as "of" from (
      select ${columns.join(', ')}, (count(*) over ())::int as _of from ${table} t
      where $2::text is not null and (${whose}) order by t.${newest} desc limit $3) r`
}
const statements = new Map(parts.map(part => [part, rowsSql(part)]))

/**
 * Everything that is kept of a person, table by table. A student's own is read behind the wall that keeps back what is not
 * theirs; what the wall keeps from students altogether, and what the office reads for somebody, is read by Gatehouse itself:
 * the statement asks for that person alone.
 */
export async function ownData(act: Act, personId: number, most: number): Promise<OwnRows[]> {
  const { zone } = (await programmeInForce(act)).campus
  const read = async (part: Part): Promise<OwnRows> => {
    const values = [personId, zone, most]
    const name = `own_${part.table}`
    const rows = await act.statement<{ row: OwnRow; of: number }>(name, statements.get(part)!, values)
    // PostgreSQL orders what is in JSON by its own lights.
    const inOrder = (row: OwnRow) =>
      Object.fromEntries(Object.keys(part.gives).map(column => [column, row[column]]))
    return { part, rows: rows.map(({ row }) => inOrder(row)), of: rows[0]?.of ?? 0 }
  }
  const { kind, personId: own } = act.actor
  // Whoever else came here sees what the wall lets them see, and no more.
  const acrossWall = (part: Part): boolean =>
    kind === 'office' || (part.acrossWall && kind === 'student' && own === personId)
  const found: OwnRows[] = []
  for (const part of parts)
    found.push(acrossWall(part) ? await act.asItself(() => read(part)) : await read(part))
  return found
}
