import { type Decision, no, yes } from '../lib/decision.ts'

/**
 * How a campus writes its student numbers: `9` stands for a digit, `A` for a Latin capital, anything else for itself.
 * A programme names it, for example `99999999A` for 41047001S. A mask and not a pattern, so that no setting can be slow.
 */
export type StudentNumberShape = string

export type StudentNumberRefusal = 'empty' | 'written-by-spreadsheet' | 'leading-zeros-lost' | 'wrong-shape'

/** Longest student number that is read at all, in characters. */
export const longestStudentNumber = 20

/** Turns full-width digits, letters and signs (U+FF01 to U+FF5E, what a Chinese input method types) into plain ones. */
export const plainWidth = (text: string): string =>
  /[\uFF01-\uFF5E\u3000]/.test(text)
    ? text
        .replace(/[\uFF01-\uFF5E]/g, wide => String.fromCodePoint(wide.codePointAt(0)! - 0xfee0))
        .replace(/\u3000/g, ' ')
    : text

/** A student number as somebody typed it: small letters, full-width characters and spaces around it are forgiven. */
export const typedStudentNumber = (text: string): string => plainWidth(text).trim().toUpperCase()

function fits(text: string, shape: StudentNumberShape): boolean {
  if (text.length !== shape.length) return false
  return Array.from(shape).every((mark, at) => {
    const letter = text[at]!
    if (mark === '9') return letter >= '0' && letter <= '9'
    if (mark === 'A') return letter >= 'A' && letter <= 'Z'
    return letter === mark
  })
}

/**
 * Reads a student number the way its campus writes it; small letters and full-width characters are forgiven.
 * Refuses, in this order: nothing there; `1.23E+09` or `….0` (a spreadsheet made a quantity of it); a number that would
 * fit with zeros in front (a spreadsheet took them; `facts.perhaps` says which number it may have been); any other shape.
 */
export function parseStudentNumber(
  text: string,
  shape: StudentNumberShape,
): Decision<{ studentNumber: string }, StudentNumberRefusal> {
  const read = typedStudentNumber(text)
  if (read === '') return no('empty')
  if (read.length > longestStudentNumber) return no('wrong-shape', { shape })
  if (fits(read, shape)) return yes({ studentNumber: read })
  if (/^\d+(\.\d+)?E[+-]?\d+$/.test(read) || /^\d+\.0+$/.test(read)) return no('written-by-spreadsheet')
  const perhaps = read.padStart(shape.length, '0')
  if (read.length < shape.length && fits(perhaps, shape)) return no('leading-zeros-lost', { perhaps })
  return no('wrong-shape', { shape })
}
