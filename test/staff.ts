import { type Kysely, sql } from 'kysely'
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

/** Records somebody of the staff with a role, as Gatehouse itself; a second role of the same account is added to the first. */
export const employ = (db: Kysely<DB>, ...people: Employed[]): Promise<void> =>
  db.transaction().execute(async trx => {
    await sql`select set_config('gatehouse.role', 'system', true)`.execute(trx)
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
