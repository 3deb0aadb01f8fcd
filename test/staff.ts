import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../db/types.ts'
import type { StaffRole } from '../src/lib/roles.ts'

/** Somebody of the staff, for a test: who they are and in which role they act. */
export interface Employed {
  id: string
  nameZh?: string
  nameEn?: string
  role: StaffRole
  counter?: string
  buildings?: string[]
  doors?: string[]
}

/** Does something in the database of the application as Gatehouse itself, who sees and writes every row. */
export const asGatehouse = <T>(db: Kysely<DB>, work: (trx: Transaction<DB>) => Promise<T>): Promise<T> =>
  db.transaction().execute(async trx => {
    await sql`select set_config('gatehouse.role', 'system', true)`.execute(trx)
    return work(trx)
  })

/** Records somebody of the staff with a role; a second role of the same account is added to the first. */
export const employ = (db: Kysely<DB>, ...people: Employed[]): Promise<void> =>
  asGatehouse(db, async trx => {
    for (const { id, nameZh = '同仁', nameEn = 'Colleague', role, counter, buildings, doors } of people) {
      await trx
        .insertInto('staff')
        .values({ id, name_zh: nameZh, name_en: nameEn })
        .onConflict(conflict => conflict.column('id').doUpdateSet({ name_zh: nameZh, name_en: nameEn }))
        .execute()
      const place = { counter: counter ?? null, buildings: buildings ?? null, doors: doors ?? null }
      await trx
        .insertInto('staff_role')
        .values({ staff_id: id, role, ...place })
        .onConflict(conflict => conflict.doNothing())
        .execute()
    }
  })
