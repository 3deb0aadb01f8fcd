import { afterAll, beforeAll, expect, it } from 'vitest'
import { stopping } from './kinds.ts'
import { type Fault, run } from './run.ts'
import { openStage, type Stage } from './stage.ts'

/*
 * Real processes are killed and stopped at chosen steps of a run, as a proxy and a tap see them: a datagram on its way
 * to a board, a commit on its way into PostgreSQL. `npm run faults` does the same at every step; docs/reliability.md
 * says what that showed.
 */
const kill = (on: Fault['step']['on'], at: number): Fault => ({ way: 'kill', step: { on, at } })
const stop = (on: Fault['step']['on'], at: number): Fault => ({ way: 'stop', step: { on, at } })

const faults: readonly Fault[] = [
  { way: 'kill', step: { on: 'commit', deed: 'the cut-off', at: 1 } },
  { way: 'kill', step: { on: 'committed', deed: 'a batch kept', at: 1 } },
  kill('datagram', 9),
  kill('change', 30),
  kill('datagram', 250),
  stop('change', 25),
  // As long as is assumed, with the put in hand of a card that is lost, removed and read back meanwhile.
  { way: 'stop', step: { on: 'unlucky put', at: 1 }, isLong: true },
]
const people = { switching: 20, losing: 2 }

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ ...stopping, network: '127.67.1', students: faults.length * 22 })
}, 60_000)
afterAll(() => stage.close())

it('whoever is killed or stopped at a step of a run, others finish it, once, and nobody notices', async () => {
  for (const fault of faults) {
    const { sprung } = await run(stage, { ...stopping.run, ...people, fault })
    expect(sprung, `somebody was met at ${JSON.stringify(fault)}`).not.toBeNull()
    expect(stage.witness.broken, `after ${JSON.stringify(fault)}`).toEqual([])
  }
  const { changes, confirmations } = stage.witness
  const { killed, pauses } = stage.processes
  console.log(JSON.stringify({ killed, pauses, changes, confirmations, taken: stage.zombies.taken }))
  expect([killed, pauses, stage.zombies.taken > 0]).toEqual([5, 2, true])
}, 180_000)
