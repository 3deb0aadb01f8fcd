import { faultKinds } from './faults.ts'
import type { Violation } from './oracle.ts'
import { listFaultKinds } from './rounds.ts'
import { runWorld, type Size, type WorldTold } from './world.ts'

/** A seed whose world broke a promise, and what was broken first. */
export interface Failing extends Violation {
  seed: number
}

/** What came of many worlds. */
export interface Totals {
  worlds: number
  events: number
  /** How often each kind of fault happened, in all. */
  faults: Record<string, number>
  /** In how many worlds a promise was broken. */
  failed: number
  /** In how many worlds each promise was broken. */
  broken: Record<string, number>
  /** Seeds of the first worlds in which something was broken, and what. */
  failing: Failing[]
  /** For how long a lost card was still there: how many removals took up to so many seconds. */
  lostGone: Record<string, number>
  zombieRepeats: number
  /** How often a controller's list was read, by how that ended; and how many numbers were adopted. */
  lists: Record<string, number>
}

const bounds = [1, 2, 5, 10, 30, 60, 120, 300]
const mostFailing = 100

export const noTotals = (): Totals => ({
  worlds: 0,
  events: 0,
  faults: Object.fromEntries([...faultKinds, ...listFaultKinds].map(kind => [kind, 0])),
  failed: 0,
  broken: {},
  failing: [],
  lostGone: Object.fromEntries([...bounds, 'more'].map(bound => [`${bound}`, 0])),
  zombieRepeats: 0,
  lists: {},
})

const addInto = (sum: Record<string, number>, more: Readonly<Record<string, number>>): void => {
  for (const [key, count] of Object.entries(more)) sum[key] = (sum[key] ?? 0) + count
}

/** Adds what came of one world. */
function addWorld(totals: Totals, told: WorldTold): void {
  totals.worlds += 1
  totals.events += told.events
  totals.zombieRepeats += told.zombieRepeats
  addInto(totals.faults, told.faults)
  addInto(totals.lists, told.lists)
  for (const ms of told.lostGoneMs)
    addInto(totals.lostGone, { [bounds.find(most => ms <= most * 1000) ?? 'more']: 1 })
  for (const promise of new Set(told.violations.map(each => each.promise)))
    addInto(totals.broken, { [promise]: 1 })
  const [first] = told.violations
  if (first) totals.failed += 1
  if (first && totals.failing.length < mostFailing) totals.failing.push({ seed: told.seed, ...first })
}

/** Adds up what several have run. */
export function addTotals(totals: Totals, more: Totals): void {
  totals.worlds += more.worlds
  totals.events += more.events
  totals.failed += more.failed
  totals.zombieRepeats += more.zombieRepeats
  addInto(totals.faults, more.faults)
  addInto(totals.lists, more.lists)
  addInto(totals.broken, more.broken)
  addInto(totals.lostGone, more.lostGone)
  totals.failing.push(...more.failing.slice(0, mostFailing - totals.failing.length))
}

/** The kind of fault that happened least often, and how often that was. */
export const rarest = ({ faults }: Totals): { fault: string; times: number } =>
  Object.entries(faults)
    .map(([fault, times]) => ({ fault, times }))
    .reduce((least, one) => (one.times < least.times ? one : least))

/** Does something outside of any promise: worlds let promises run in between. */
export const outsidePromises = <T>(work: () => T): Promise<T> =>
  new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        resolve(work())
      } catch (fault) {
        reject(fault)
      }
    })
  })

/** Runs one world by itself. */
export const worldOf = (seed: number, options: { size?: Size; traced?: boolean } = {}): Promise<WorldTold> =>
  outsidePromises(() => runWorld(seed, options))

/** Runs the worlds of so many seeds, from the first on. */
export async function runMany({
  first,
  count,
  size,
}: {
  first: number
  count: number
  size?: Size
}): Promise<Totals> {
  const totals = noTotals()
  for (let from = first; from < first + count; from += 100) {
    const until = Math.min(from + 100, first + count)
    await outsidePromises(() => {
      for (let seed = from; seed < until; seed += 1) addWorld(totals, runWorld(seed, size ? { size } : {}))
    })
  }
  return totals
}
