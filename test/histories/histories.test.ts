import { describe, expect, inject, it } from 'vitest'
import { filledOnce } from '../database.ts'
import { fillCampus } from './campus.ts'
import { nothingTold, trySeed } from './many.ts'

/*
 * Whatever people do, and whenever: My card names the exact window, says "works" only once every door was read back, never
 * contradicts the boards; no money comes or goes unseen, and no card has two owners. docs/reliability.md says what is
 * simulated; npm run histories runs as many as one likes.
 */

const count = 16

/** What must have come of acts of money more than once. */
const muchDone = [
  'pay online: paid',
  'provider calls: paid',
  'provider calls: cancelled',
  'provider calls: old',
  'pay at kiosk: ok',
  'pay at counter: ok',
  'assign receipt: ok',
  'hand receipt back: ok',
  'waive: ok',
  'pay back: ok',
]

const ground = async () => ({
  server: inject('databaseUrl'),
  template: await filledOnce('histories', fillCampus),
})

describe('every promise holds', () => {
  it(`in ${count} random histories`, { timeout: 300_000 }, async () => {
    const all = nothingTold()
    for (let seed = 1; seed <= count; seed += 1)
      expect(await trySeed(seed, { ground: await ground(), all, shrinksForMs: 30_000 })).toBeNull()
    expect(all.histories).toBe(count)
    // Histories in which little happens would prove nothing.
    expect(all.stories.works).toBeGreaterThan(100)
    expect(all.stories.pending).toBeGreaterThan(50)
    for (const what of ['fetched', 'brought back', 'undone'])
      expect(all.counter[what] ?? 0, what).toBeGreaterThan(1)
    for (const act of muchDone) expect(all.money[act] ?? 0, act).toBeGreaterThan(1)
  })
})
