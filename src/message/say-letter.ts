import type { Sayings } from './letter.ts'

/** A letter of the office to the people of a list, its values filled in and in its reader's language. */
export type LetterTold = {
  kind: 'office-letter'
  printedNumber: null
  subject: string
  text: string
}

/** How it is written: as the office wrote it, between greeting and closing. */
export const sayLetterTold: Sayings<LetterTold> = {
  'office-letter': ({ subject, text }) => ({ subject, parts: [text] }),
}
