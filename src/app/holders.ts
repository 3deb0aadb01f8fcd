import type { Holder } from '../controller/file/table.ts'
import { sayWhoActs } from '../server/acting.ts'
import type { Database } from '../server/database.ts'

const holdersSql = `
  select distinct on (w.number) w.number, p.id as "personId", p.student_number as "studentNumber",
         p.name_zh as "nameZh", p.name_en as "nameEn"
  from wanted w join person p on p.id = w.person_id
  where w.controller_id = $1 and w.number = any($2::bigint[])
  order by w.number, w.carried_by desc`

/**
 * Whose cards some numbers of a controller are, for the files of another access system that asks for names. The doors'
 * own role reads no names, so this asks as the application does; it is asked only where the settings name such a column.
 */
export async function holdersOf(
  database: Database,
  serial: number,
  numbers: readonly bigint[],
): Promise<ReadonlyMap<bigint, Holder>> {
  const rows = await database.transaction(async trx => {
    await sayWhoActs(trx, { kind: 'system', id: 'files' })
    return trx.statement<Holder & { number: number }>('holders_of', holdersSql, [serial, numbers.map(Number)])
  })
  return new Map(rows.map(({ number, ...holder }) => [BigInt(number), holder]))
}
