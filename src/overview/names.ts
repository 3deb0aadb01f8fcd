import type { Bilingual } from '../lib/words.ts'
import { nameOf as namedIn } from '../programme/name-of.ts'
import type { Programme } from '../programme/shape.ts'
import type { Dimension } from './rules.ts'

const nowhere: Bilingual = { 'zh-TW': '（不明）', en: '(unknown)' }

/** The list of the programme in which a dimension's values have their names. */
const listOf = (programme: Programme, by: Dimension): readonly { id: string; name: Bilingual }[] =>
  by === 'counter' ? programme.counters : by === 'department' ? programme.departments : programme.cohorts

/** What a counter, department or cohort is called; by its id where the programme knows none of it any more. */
export function nameOf(programme: Programme, by: Dimension, value: string | null): Bilingual {
  if (value === null) return nowhere
  return namedIn(listOf(programme, by), value)
}
