import type { Kysely } from 'kysely'
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

/** Records somebody of the staff with a role; a second role of the same account is added to the first. */
export async function employ(db: Kysely<DB>, ...people: Employed[]): Promise<void> {
  for (const { id, nameZh = '同仁', nameEn = 'Colleague', role, counter, buildings, doors } of people) {
    await db
      .insertInto('staff')
      .values({ id, name_zh: nameZh, name_en: nameEn })
      .onConflict(conflict => conflict.column('id').doUpdateSet({ name_zh: nameZh, name_en: nameEn }))
      .execute()
    await db
      .insertInto('staff_role')
      .values({
        staff_id: id,
        role,
        counter: counter ?? null,
        buildings: buildings ?? null,
        doors: doors ?? null,
      })
      .onConflict(conflict => conflict.doNothing())
      .execute()
  }
}
