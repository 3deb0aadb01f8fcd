import { survives } from '../lib/encoding.ts'
import type { Act } from '../server/register.ts'
import type { FileSettings } from './file-settings.ts'

const peopleSql = `
  select distinct p.id, p.student_number as "studentNumber", p.name_zh as "nameZh", p.name_en as "nameEn"
  from (select distinct on (number) person_id, doors from wanted where controller_id = $1
        order by number, carried_by desc) w
  join person p on p.id = w.person_id
  where w.doors <> '{0,0,0,0}' order by p.id`

interface Named {
  id: number
  studentNumber: string
  nameZh: string
  nameEn: string
}

/** Somebody whose name a system's files cannot say, and the characters that its encoding has not. */
export interface UnwritableName {
  id: number
  studentNumber: string
  missing: string[]
}

/** The people who should open a system's doors and whose names its files cannot say, with what is missing of them. */
export async function unwritableNames(
  act: Act,
  serial: number,
  { columns, encoding }: FileSettings,
): Promise<UnwritableName[]> {
  const asked = (['nameZh', 'nameEn'] as const).filter(name =>
    columns.some(({ holds }) => holds === (name === 'nameZh' ? 'name-zh' : 'name-en')),
  )
  const people = asked.length === 0 ? [] : await act.statement<Named>('unwritable_names', peopleSql, [serial])
  return people.flatMap(person => {
    const characters = asked.flatMap(name => Array.from(person[name]))
    const missing = [...new Set(characters.filter(character => !survives(character, encoding)))]
    return missing.length > 0 ? [{ id: person.id, studentNumber: person.studentNumber, missing }] : []
  })
}
