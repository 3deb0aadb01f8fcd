import type { Language } from '../lib/words.ts'
import { en } from './field-words-en.ts'
import { zhTW } from './field-words-zh.ts'

/** What the fields of a programme are called on the office's screen; every field of the shape has its word. */
export const fieldWords: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  'zh-TW': zhTW,
  en,
}

/**
 * What a field is called, by the fields that lead to it, itself the last: `at` is a time of day in the timetable, and
 * counters everywhere else. A field that has no word is called by its name.
 */
export function labelOf(names: readonly string[], language: Language): string {
  const field = names.at(-1) ?? ''
  const key = field === 'at' && names[0] !== 'timetable' ? 'atCounters' : field
  return fieldWords[language][key] ?? field
}
