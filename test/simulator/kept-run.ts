import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { addTotals, type Failing, noTotals, type Totals } from './many.ts'

/** A run of many worlds as far as it has come: every seed from the first on, up to so many worlds, is done. */
export interface Run {
  first: number
  worlds: number
  seconds: number
  totals: Totals
}

export const newRun = (first: number, worlds: number): Run => ({
  first,
  worlds,
  seconds: 0,
  totals: noTotals(),
})

/** Goes on with a run that was kept in a file. */
export function runFrom(file: string): Run {
  const run = JSON.parse(readFileSync(file, 'utf8')) as Partial<Run>
  const { first, worlds, seconds, totals } = run
  if (!first || !worlds || seconds === undefined || totals?.worlds === undefined)
    throw new TypeError(`${file} holds no run of worlds`)
  // A kind of fault that is new since counts from zero.
  const all = noTotals()
  addTotals(all, totals)
  return { first, worlds, seconds, totals: all }
}

/** Keeps a run in a file, whole or not at all. */
export function keepRun(file: string, run: Run): void {
  writeFileSync(`${file}.new`, JSON.stringify(run))
  renameSync(`${file}.new`, file)
}

/** Adds seeds whose worlds broke a promise to a file, a line each. */
export function keepFailing(file: string, failing: readonly Failing[]): void {
  for (const one of failing) appendFileSync(file, `${JSON.stringify(one)}\n`)
}
