import type { ControllerSetup } from '../../src/controller/emulator/settings.ts'
import type { EngineMaking } from './engine.ts'
import type { RunMaking } from './run.ts'
import type { Weather } from './weather.ts'

/** A kind of fault, with the campus on which it is tried. */
export interface Kind {
  boards: readonly Partial<ControllerSetup>[]
  processes: number
  engine: EngineMaking & { leaseSeconds: number }
  run: RunMaking
  /** The weather while it runs; fair unless said. */
  weather?: Weather
}

/** One whose replies name their requests, one whose do not, and a slow one. */
const boards = [{ serviceMs: 1 }, { echo: false }, { serviceMs: 3 }]
const people = { switching: 20, losing: 2 }
const leaseSeconds = 0.6
const engine = { everyMs: 100, leaseSeconds, restSeconds: 0.2, shortestWaitMs: 150 }

/** Nobody is stopped: the quiet time is for packets alone. */
export const killing: Kind = {
  boards,
  processes: 3,
  engine: { ...engine, quietSeconds: 1 },
  run: { ...people, leaseSeconds, longestStopSeconds: 3 * leaseSeconds, withinSeconds: 60 },
}

/** One is stopped for up to three leases, 1.8 s; the quiet time is longer than that and what it had in hand. */
export const stopping: Kind = { ...killing, engine: { ...engine, quietSeconds: 3 } }

/** The network that reliability.md asks for: 30 % lost each way, 20 % twice, 100 ms of jitter, some 5 s late. */
export const worst: Weather = { loss: 0.3, twice: 0.2, jitterMs: 100, late: 0.03, lateMs: 5_000 }

/**
 * The usual patience; the quiet time is longer than a packet lives. The lease is shorter than one request may be waited for
 * (31 times four round trips), so that whoever waits must renew it meanwhile.
 */
export const storming: Kind = {
  boards: [{}, { echo: false }, { serviceMs: 5 }, { echo: false, serviceMs: 5 }],
  processes: 2,
  engine: {
    everyMs: 100,
    leaseSeconds: 6,
    restSeconds: 0.5,
    quietSeconds: 7,
    tries: 5,
    shortestWaitMs: 250,
  },
  run: { switching: 12, losing: 2, leaseSeconds: 6, longestStopSeconds: 0, withinSeconds: 1_800 },
  weather: worst,
}

/** The same for tests, in seconds: less jitter, late by 1 s. */
export const squall: Kind = {
  ...storming,
  engine: { ...storming.engine, leaseSeconds: 3, restSeconds: 0.2, quietSeconds: 2, shortestWaitMs: 60 },
  run: { ...storming.run, leaseSeconds: 3 },
  weather: { ...worst, jitterMs: 25, lateMs: 1_000 },
}

/** All kinds by their names. */
export const kinds = { kill: killing, stop: stopping, storm: storming, squall } as const
