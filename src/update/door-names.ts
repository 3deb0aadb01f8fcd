import { besideEachOther } from '../lib/both.ts'
import type { Bilingual, Language } from '../lib/words.ts'
import type { Transaction } from '../server/database.ts'
import { surveyWords } from './survey-words.ts'

/** What a controller's doors are called, by their numbers 1 to 4; doors that nobody recorded are not there. */
export type DoorNames = ReadonlyMap<number, Bilingual>

const namesSql = `
  select number, jsonb_build_object('zh-TW', name_zh, 'en', name_en) as name from door where controller_id = $1`

/** What a controller's doors are called. */
export async function doorNames(trx: Transaction, controllerId: number): Promise<DoorNames> {
  const rows = await trx.statement<{ number: number; name: Bilingual }>('door_names', namesSql, [
    controllerId,
  ])
  return new Map(rows.map(({ number, name }) => [number, name]))
}

/** The doors that a record opens, by their names (else their numbers), beside each other; by which profile where it is not always. */
export function sayDoors(doors: readonly number[], names: DoorNames, language: Language): string {
  const w = surveyWords[language]
  const said = doors.flatMap((right, at) => {
    if (right === 0) return []
    const name = names.get(at + 1)?.[language] ?? String(at + 1)
    return right === 1 ? name : w.byProfile(name, right)
  })
  return said.length > 0 ? besideEachOther(said, language) : w.noDoor
}
