import { plainWidth } from '../roster/student-number.ts'

/** Longest text that is searched for, and most words of it that count. */
export const longestSearch = 100
const mostWords = 4

/** A character as `person.searched` has it: plain ones as they are, each other as a word of its own, its code. */
const coded = (character: string): string =>
  /^[ -~]$/.test(character) ? character : ` u${character.codePointAt(0)!.toString(16)} `

/** One word as `person.searched` has it: the same as `searched_text` of db/schema.sql. */
const searchedText = (text: string): string =>
  Array.from(
    text
      .normalize('NFKD')
      .replaceAll(/[\u0300-\u036f]/g, '')
      .toLowerCase(),
    coded,
  ).join('')

/** What to look for as patterns of LIKE, one a word; all of them must fit. Empty where nothing was typed. */
export const patternsOf = (typed: string): string[] =>
  plainWidth(typed)
    .trim()
    .slice(0, longestSearch)
    .split(/\s+/)
    .filter(word => word !== '')
    .slice(0, mostWords)
    .map(word => `%${searchedText(word).replaceAll(/[\\%_]/g, mark => `\\${mark}`)}%`)
