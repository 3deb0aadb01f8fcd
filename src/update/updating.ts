import type { Spoken } from './deeds.ts'
import type { ControllerDriver } from './driver.ts'
import type { Lease, Ledger } from './ledger.ts'
import type { Boards } from './meeting.ts'

/** What came of reading some places of a controller's list. */
export interface Surveyed {
  end: 'nothing' | 'read' | 'unreachable' | 'halted'
  /** How many places were read. */
  places: number
  /** The people of whom a number is not as the controller confirmed; what is wanted of it is open again. */
  doubted: { personId: number }[]
}

/** Reads controllers' lists where somebody asked for one. */
export interface Surveys {
  /** The next `limit` places of a controller's list. */
  some(lease: Lease, asked: { spoken: Spoken; limit: number }): Promise<Surveyed>
  /** Ends a reading that cannot be come to, and would be broken off again and again. */
  breakOff(lease: Lease, outcome: 'silent' | 'fault'): Promise<void>
}

/** What a process needs to keep controllers; app hands it in. */
export interface Updating {
  ledger: Ledger
  surveys: Surveys
  boards: Boards
  driver: ControllerDriver
  /** Milliseconds that only ever grow; tells after any pause that the fence must be asked again. */
  monotonicMs: () => number
  /** How long a lane belongs to a process that stopped renewing it. Raw clock. */
  leaseSeconds: number
  /** Packet life plus the longest pause assumed: how much later the verifying pass reads back (C3). */
  quietSeconds: number
  /** How long a lane with something undone is left alone at first; 15 unless said. */
  restSeconds?: number
  log(line: string): void
}
