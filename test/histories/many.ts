import fc from 'fast-check'
import { copyOfTemplate, type FreshDatabase } from '../database.ts'
import { anyHistory } from './history.ts'
import { type HistoryTold, runHistory } from './run.ts'

/** Where histories run: a server's address, and its database that every history's campus is a copy of. */
export interface Ground {
  server: string
  template: string
}

/** What many histories came to. */
export interface HistoriesTold {
  histories: number
  looks: number
  done: Record<string, number>
  money: Record<string, number>
  counter: Record<string, number>
  stories: Record<string, number>
}

let made = 0
const campusOn = ({ server, template }: Ground): Promise<FreshDatabase> => {
  made += 1
  return copyOfTemplate(server, template, `${template}_${process.pid}_${made}`)
}

const add = (to: Record<string, number>, more: Record<string, number>): void => {
  for (const [name, many] of Object.entries(more)) to[name] = (to[name] ?? 0) + many
}

/** Adds what one history came to. */
export function addTold(all: HistoriesTold, told: HistoryTold): void {
  all.histories += 1
  all.looks += told.looks
  add(all.done, told.done)
  add(all.money, told.money)
  add(all.counter, told.counter)
  add(all.stories, told.stories)
}

export const nothingTold = (): HistoriesTold => ({
  histories: 0,
  looks: 0,
  done: {},
  money: {},
  counter: {},
  stories: {},
})

/**
 * Runs the history of a seed. Where a promise is broken it is made smaller, for so long at most, and told: null, or what
 * broke, after which steps, and how to run it again.
 */
export async function trySeed(
  seed: number,
  { ground, all, shrinksForMs }: { ground: Ground; all: HistoriesTold; shrinksForMs: number },
): Promise<string | null> {
  const property = fc.asyncProperty(anyHistory, async history => {
    addTold(all, await runHistory(history, await campusOn(ground)))
  })
  // However slow the machine, the history is run to its end; the time is for making it smaller alone.
  const first = await fc.check(property, { seed, numRuns: 1, endOnFailure: true })
  if (!first.failed) return null
  const smaller =
    shrinksForMs > 0
      ? await fc.check(property, { seed, numRuns: 1, interruptAfterTimeLimit: shrinksForMs })
      : first
  const details = smaller.counterexample === null ? first : smaller
  const error =
    details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance)
  const steps = details.counterexample?.[0]
  return [
    `The history of seed ${seed} breaks a promise; again: npm run histories -- --seed ${seed}`,
    `After ${details.numShrinks} times made smaller: ${JSON.stringify(steps)}`,
    error,
  ].join('\n')
}
