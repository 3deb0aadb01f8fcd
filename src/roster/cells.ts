import { type Decision, no, type Refused, yes } from '../lib/decision.ts'
import { unguarded } from '../lib/spreadsheet-guard.ts'
import { plainWidth } from './student-number.ts'

export type CellRefusal =
  | 'too-long'
  | 'control-character'
  | 'direction-character'
  | 'invisible-character'
  | 'lost-character'
  | 'private-use-character'
  | 'formula-error'

/** Longest cell that is read, in characters (UTF-16 units). */
export const longestCell = 254

/** What is wrong with a cell's characters, worst first. Emoji joiners and tags count as invisible too. */
const forbidden: readonly [RegExp, CellRefusal][] = [
  [/\p{Cc}|[\u2028\u2029]/u, 'control-character'],
  [/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/, 'direction-character'],
  [/\p{Cf}|[\u115F\u1160\u3164\uFFA0]/u, 'invisible-character'],
  [/\uFFFD/, 'lost-character'],
  [/\p{Co}/u, 'private-use-character'],
]

/** What a spreadsheet shows where a formula has failed. */
const failedFormula = /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)$/

/** Any of the forbidden characters: nearly every cell has none, and is asked once. */
const suspect = new RegExp(forbidden.map(([pattern]) => pattern.source).join('|'), 'u')

const forbiddenAt = (refusal: CellRefusal, character: string): Refused<CellRefusal> =>
  no(refusal, { character: `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}` })

/**
 * A cell as it is worked with: composed (NFC), without spaces around it, and without the guard that a spreadsheet needs
 * (`'=…`, `="41047001S"`). A cell that begins like a formula is data and stays.
 * Refuses more than 254 characters; control, direction, invisible and private-use characters (造字); lost ones (U+FFFD).
 */
export function cleanCell(raw: string): Decision<{ text: string }, CellRefusal> {
  if (raw.length > longestCell) return no('too-long', { characters: raw.length, most: longestCell })
  // Also at the ends, where it would be taken away with the spaces: a lost quotation mark joins whole lines to a cell.
  const lineBreak = /[\r\n]/.exec(raw)
  if (lineBreak) return forbiddenAt('control-character', lineBreak[0])
  const quoted = /^="([^"]*)"$/.exec(raw.trim())
  const text = unguarded(quoted?.[1] ?? raw)
    .normalize('NFC')
    .trim()
  if (text.startsWith('#') && failedFormula.test(text)) return no('formula-error', { error: text })
  if (!suspect.test(text)) return yes({ text })
  for (const [pattern, refusal] of forbidden) {
    const found = pattern.exec(text)
    if (found) return forbiddenAt(refusal, found[0])
  }
  return yes({ text })
}

/** A code, a year or an address: full-width characters are made plain. Names keep theirs. */
export const plainText = (text: string): string => plainWidth(text).trim()
