import { both } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'
import type { Act } from './register.ts'

/** The names of who acts, one of the staff, as others are shown them. */
export async function ownNames(act: Act): Promise<Bilingual> {
  const sql = 'select name_zh as "nameZh", name_en as "nameEn" from staff where id = $1'
  const [names] = await act.statement<{ nameZh: string; nameEn: string }>('own_names', sql, [act.actor.id])
  return names ? both(names.nameZh, names.nameEn) : both(act.actor.id, act.actor.id)
}
