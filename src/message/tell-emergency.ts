import { emergencyHours } from '../identity/break-glass.ts'
import type { Language } from '../lib/words.ts'
import { programmeOrNull } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { compose } from './rules.ts'
import { readerOf } from './tell.ts'

interface Administrator {
  staffId: string
  nameZh: string
  nameEn: string
  address: string
  language: Language
}

const administratorsSql = `
  select s.id as "staffId", s.name_zh as "nameZh", s.name_en as "nameEn", m.address, m.language
  from staff_mail m join staff s on s.id = m.staff_id
  where s.ended_at is null and exists (select from staff_role r where r.staff_id = s.id and r.role = 'admin')
  order by s.id limit 100`
const writeSql = `
  insert into message (staff_id, kind, language, recipient, subject, body, made_at)
  values ($1, $2, $3, $4, $5, $6, $7)`

/**
 * Writes to every administrator who gave an address that an emergency code was used, in their own language, with the use
 * itself: one that is rolled back is told to nobody. Before the first programme there is no campus to write in the name of.
 */
export async function tellEmergency(act: Act): Promise<void> {
  const programme = await programmeOrNull(act)
  if (programme === null) return
  const told = {
    kind: 'emergency-used',
    printedNumber: null,
    at: act.now,
    hours: emergencyHours,
  } as const
  for (const each of await act.statement<Administrator>('administrators', administratorsSql, [])) {
    const { kind, subject, body } = compose(told, readerOf(each, programme, act.now))
    const { staffId, language, address } = each
    const values = [staffId, kind, language, address, subject, body, act.now]
    await act.statement('tell_emergency', writeSql, values)
  }
}
