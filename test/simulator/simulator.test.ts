import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { traceOf } from './failing.ts'
import { faultKinds } from './faults.ts'
import { runMany, worldOf } from './many.ts'
import { type Size, usualSize } from './world.ts'

/*
 * The production planner, lane, verifying pass, loop and driver, in simulated time, against everything that can go
 * wrong at once. docs/reliability.md says what is simulated; npm run simulate runs as many worlds as one likes.
 */

/** A seed whose world once broke a promise; it is run for ever. */
interface KeptSeed {
  seed: number
  size?: Size
  /** What was broken, and what was done about it. */
  why: string
}

const kept = JSON.parse(await readFile(new URL('seeds.json', import.meta.url), 'utf8')) as KeptSeed[]
const count = 300

describe('every promise holds', () => {
  it.each(kept)('in the world of seed $seed, where $why', async ({ seed, size }) => {
    const told = await worldOf(seed, size ? { size } : {})
    expect(told.violations, await traceOf(seed, size)).toEqual([])
  })

  it(`in ${count} worlds, in each of which many things go wrong`, { timeout: 240_000 }, async () => {
    const totals = await runMany({ first: 1, count })
    const [first] = totals.failing
    expect(totals.failing, first && (await traceOf(first.seed))).toEqual([])
    expect(totals.worlds).toBe(count)
    // A world in which nothing goes wrong would prove nothing.
    for (const kind of faultKinds) expect(totals.faults[kind], kind).toBeGreaterThan(10)
  })
})

it('a seed repeats its world exactly, event by event', async () => {
  for (const seed of [3, 4]) {
    const first = await worldOf(seed, { traced: true })
    expect(first.trace.length).toBeGreaterThan(50)
    expect(await worldOf(seed, { traced: true })).toEqual(first)
    expect((await worldOf(seed)).events).toBe(first.events)
  }
  const small = { ...usualSize, controllers: 1, people: 2 }
  expect((await worldOf(3, { size: small })).events).not.toBe((await worldOf(3)).events)
})
