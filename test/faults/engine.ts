import { campusClock, monotonicMs } from '../../src/app/clock.ts'
import { openUhppoteDriver } from '../../src/controller/uhppote/driver.ts'
import { realNetwork } from '../../src/controller/uhppote/sockets.ts'
import { programmeOrNull } from '../../src/programme/store.ts'
import { type Database, openDatabase } from '../../src/server/database.ts'
import type { LedgerMaking } from '../../src/update/ledger-of-database.ts'
import { keepUpdating, type Updates } from '../../src/update/loop.ts'
import { overDatabase } from '../../src/update/over-database.ts'
import type { Updating } from '../../src/update/updating.ts'

/** How an engine is made; each value has one that suits quick tests. */
export interface EngineMaking {
  owner?: string
  leaseSeconds?: number
  quietSeconds?: number
  restSeconds?: number
  /** How often it looks by itself; without it only when asked. */
  everyMs?: number
  tries?: number
  shortestWaitMs?: number
  onFinished?: (startsAt: Temporal.Instant) => Promise<void>
  log?: (line: string) => void
  /** Told from which ports it speaks to controllers. */
  onPorts?: (ports: readonly number[]) => void
}

/** What one process of Gatehouse has to keep the controllers with, and nothing else of it. */
export interface Engine extends Updates {
  updating: Updating
  holding: LedgerMaking
  doors: Database
  /** What it said, line by line. */
  said: string[]
  close(): Promise<void>
}

/** Opens the real update engine over a database, with the real driver. */
export async function openEngine(url: string, making: EngineMaking = {}): Promise<Engine> {
  const doors = openDatabase(url, 'doors', { connections: 8 })
  const driver = await openUhppoteDriver({
    monotonicMs,
    tries: making.tries ?? 3,
    shortestWaitMs: making.shortestWaitMs ?? 60,
    network: {
      ...realNetwork,
      async openSockets(...how) {
        const opened = await realNetwork.openSockets(...how)
        making.onPorts?.(opened.ports)
        return opened
      },
    },
  })
  const said: string[] = []
  const holding = {
    database: doors,
    clock: campusClock,
    owner: making.owner ?? 'one',
    monotonicMs,
    leaseSeconds: making.leaseSeconds ?? 10,
  }
  const updating: Updating = {
    ...overDatabase(holding),
    driver,
    quietSeconds: making.quietSeconds ?? 0,
    restSeconds: making.restSeconds ?? 0.02,
    log: making.log ?? (line => said.push(line)),
  }
  const updates = keepUpdating(updating, {
    plan: async () => {
      const programme = await doors.transaction(programmeOrNull)
      if (programme === null) return null
      return { campus: programme.campus.id, zone: programme.campus.zone, timetable: programme.timetable }
    },
    ...(making.everyMs ? { everyMs: making.everyMs } : {}),
    ...(making.onFinished ? { onFinished: making.onFinished } : {}),
  })
  return {
    ...updates,
    updating,
    holding,
    doors,
    said,
    async close() {
      await updates.stop()
      await driver.close()
      await doors.close()
    },
  }
}
