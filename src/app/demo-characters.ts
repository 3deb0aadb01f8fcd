import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import type { Decision } from '../lib/decision.ts'
import type { Act, Actor } from '../server/register.ts'

/** A student of the stories: the cards that lie and lay in this student's hands. */
export interface Character {
  number: string
  /** Where the new card waited; empty for freshmen, who got it at the health examination. */
  counter: string
  oldChip: string
  newChip: string
  digits: string
}

/** One act of somebody, at its moment; `what` is told where the rules refuse it. */
export interface Story {
  at: Temporal.Instant
  what: string
  actor: Actor
  enact: (act: Act) => Promise<Decision<object, string>>
}

const clerks: Readonly<Record<string, string>> = { 'dept-csie': 'desk-csie', 'dept-math': 'desk-math' }

/** How a clerk of the stories is known, by the counter. */
export const clerkAt = (counter: string): Actor => ({ kind: 'desk', id: clerks[counter]!, counter })

/** How everybody in the stories signs. */
export const scrawl = 'M2 20L12 4L20 6L28 18L40 26L60 10'

/** Everybody of the campus's files for whom a new card was made. */
export async function characters(folder: string): Promise<Character[]> {
  const read = async (name: string) =>
    parseCsv(await readFile(join(folder, name), 'utf8'), { columns: true }) as Record<string, string>[]
  const old = new Map((await read('old-cards.csv')).map(row => [row.student_number!, row.chip_number!]))
  return [...(await read('stock.csv')), ...(await read('freshmen-cards.csv'))].map(row => ({
    number: row.student_number!,
    counter: row.counter ?? '',
    oldChip: old.get(row.student_number!) ?? '',
    newChip: row.chip_number!,
    digits: row.printed_number!.slice(-4),
  }))
}

/** Students of 2019 and 2020 whose card waits at this counter, in place of one that they have. */
export const waitingAt = (all: readonly Character[], counter: string): Character[] =>
  all.filter(each => each.counter === counter && each.oldChip && /^40[89]/.test(each.number))
