import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../database.ts'
import { BothLedgers } from './both-ledgers.ts'
import { LedgerSteps } from './ledger-steps.ts'
import { type Step, stepKinds } from './step.ts'

/*
 * The simulator's ledger in memory is only worth as much as it is like PostgreSQL's: both are asked the same, step by
 * step, and must answer alike and hold the same rows.
 */
let database: FreshDatabase
let both: BothLedgers
beforeAll(async () => {
  database = await freshDatabase()
  both = await BothLedgers.open(database.url)
}, 60_000)
afterAll(async () => {
  await both.close()
  await database.drop()
})

const step: fc.Arbitrary<Step> = fc.record({
  // What makes the others worth asking comes more often.
  kind: fc.constantFrom(
    ...stepKinds,
    ...(['decide', 'claim', 'turn', 'keep', 'turn', 'keep', 'to verify', 'read back', 'look'] as const),
    ...(['ask for a list', 'read a list', 'read a list'] as const),
  ),
  picks: fc.array(fc.nat({ max: 999 }), { minLength: 8, maxLength: 8 }),
})
const began = Temporal.Instant.from('2024-02-01T03:00:00Z').epochMilliseconds

it('the ledger in memory answers as the one of PostgreSQL does', { timeout: 180_000 }, async () => {
  const came = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 90, size: 'max' }), async steps => {
      await both.reset(began)
      const run = new LedgerSteps(both)
      for (const each of steps) {
        const { database: first, memory: second, what } = await run.take(each)
        expect(second, `${each.kind} ${JSON.stringify(each.picks)}`).toEqual(first)
        came.set(what, (came.get(what) ?? 0) + 1)
      }
      expect(both.tablesInMemory()).toEqual(await both.tablesOfDatabase())
    }),
    { numRuns: Number(process.env.LEDGER_RUNS ?? 25), seed: 20_240_201, interruptAfterTimeLimit: 120_000 },
  )
  // Answers that say something came of each, not only refusals.
  for (const kind of stepKinds) expect(came.get(kind) ?? 0, kind).toBeGreaterThan(0)
})
