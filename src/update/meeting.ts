import type { Clock } from '../server/register.ts'
import { judgeMet } from './board-rules.ts'
import { expectedBoards, keepMet, keepStrays } from './board-store.ts'
import type { Spoken } from './deeds.ts'
import type { Stray } from './driver.ts'
import { type Holding, renewLane } from './lanes.ts'
import type { Lease } from './ledger.ts'
import { shortTransaction } from './short-transaction.ts'

/** Who was met at a controller's address; `halted`: the lane is another's by now. */
export type Meeting = 'known' | 'stranger' | 'unreachable' | 'halted'

/** Knows the boards that stand at the controllers' addresses. */
export interface Boards {
  /** Asks who stands there, before anything else is asked or told, and keeps what it says. */
  meet(lease: Lease, spoken: Spoken): Promise<Meeting>
  /** Keeps that replies came from wrong addresses. */
  noteStrays(strays: readonly Stray[]): Promise<void>
}

/** What meeting boards needs. */
export type Knowing = Holding & { clock: Clock; log?: (line: string) => void }

async function meetBoard(knowing: Knowing, lease: Lease, spoken: Spoken): Promise<Meeting> {
  const { driver, address, mayGoOn } = spoken
  if (!driver.meet) return 'known'
  if (!(await mayGoOn())) return 'halted'
  const met = await driver.meet(address)
  if (met.answer === 'cannot-say') return 'known'
  return shortTransaction(knowing, async trx => {
    if (!(await renewLane(trx, knowing, lease))) return 'halted'
    const [expected] = await expectedBoards(trx, [lease.controllerId])
    if (!expected) return 'halted'
    const judged = judgeMet(expected, met)
    await keepMet(trx, await knowing.clock.now(trx), [{ expected, met, judged }])
    if (judged === 'unreachable') return 'unreachable'
    return judged === 'known' || judged === 'first' ? 'known' : 'stranger'
  })
}

/** The boards as the shared database knows them. */
export const openBoards = (knowing: Knowing): Boards => ({
  meet: (lease, spoken) => meetBoard(knowing, lease, spoken),
  async noteStrays(strays) {
    if (strays.length === 0) return
    await shortTransaction(knowing, async trx => keepStrays(trx, await knowing.clock.now(trx), strays))
  },
})
