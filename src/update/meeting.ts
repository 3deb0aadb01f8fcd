import { combine } from '../server/combine.ts'
import type { Clock } from '../server/register.ts'
import { type Judged, judgeMet } from './board-rules.ts'
import { expectedBoards, keepMet, keepStrays } from './board-store.ts'
import type { Spoken } from './deeds.ts'
import type { Met, Stray } from './driver.ts'
import { type Holding, renewLanes } from './lanes.ts'
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

interface Said {
  lease: Lease
  met: Met
}

/** Judges who was met on each of these lanes, and keeps it; null for a lane that is another's by now. */
const judgeAll = (knowing: Knowing, all: readonly Said[]): Promise<(Judged | null)[]> =>
  shortTransaction(knowing, async trx => {
    const leases = all.map(({ lease }) => lease)
    const ours = await renewLanes(trx, knowing, leases)
    const expected = await expectedBoards(trx, [...ours])
    const byId = new Map(expected.map(each => [each.controllerId, each]))
    const judged = all.map(({ lease, met }) => {
      const board = byId.get(lease.controllerId)
      return board ? { expected: board, met, judged: judgeMet(board, met) } : null
    })
    await keepMet(
      trx,
      await knowing.clock.now(trx),
      judged.filter(each => each !== null),
    )
    return judged.map(each => each?.judged ?? null)
  })

/** The boards as the shared database knows them. */
export function openBoards(knowing: Knowing): Boards {
  const judge = combine<Said, Judged | null>(all => judgeAll(knowing, all))
  return {
    async meet(lease, { driver, address, mayGoOn }) {
      if (!driver.meet) return 'known'
      if (!(await mayGoOn())) return 'halted'
      const met = await driver.meet(address)
      if (met.answer === 'cannot-say') return 'known'
      const judged = await judge({ lease, met })
      if (judged === null) return 'halted'
      if (judged === 'unreachable') return 'unreachable'
      return judged === 'known' || judged === 'first' ? 'known' : 'stranger'
    },
    async noteStrays(strays) {
      if (strays.length === 0) return
      await shortTransaction(knowing, async trx => keepStrays(trx, await knowing.clock.now(trx), strays))
    },
  }
}
