import { both } from './both.ts'
import type { Bilingual } from './words.ts'

/**
 * Under which headings a person reads what is kept of them, in the order of the page. A correction is asked for of one of them;
 * db/schema.sql names the same.
 */
export const ownHeadings = {
  you: both('身分與學籍', 'Who you are'),
  cards: both('卡片', 'Cards'),
  handovers: both('領取與簽收', 'Handed over and signed for'),
  doors: both('門禁', 'Doors'),
  money: both('費用與退費', 'Fees and refunds'),
  told: both('通知', 'Messages'),
  who: both('誰做了什麼', 'Who did what'),
} as const satisfies Readonly<Record<string, Bilingual>>
export type Heading = keyof typeof ownHeadings

/** The same headings as a list. */
export const headings = Object.keys(ownHeadings) as Heading[]

/** How the office answers who asked for a correction. */
export const correctionAnswers = ['corrected', 'passed-on', 'not-changed'] as const
export type CorrectionAnswer = (typeof correctionAnswers)[number]
