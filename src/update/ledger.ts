import type { Window } from '../programme/timetable.ts'
import type { ControllerAddress } from './driver.ts'
import type { Outcome } from './outcome.ts'
import type { Content, DueNumber, OpenPerson } from './plan.ts'
import type { WindowPlan } from './windows.ts'

/** A lane's lease: which controller, and the epoch that fences every batch. Leases use the raw clock. */
export interface Lease {
  controllerId: number
  epoch: number
  /** Up to when it was certainly ours, in milliseconds of this process's clock that only grows. */
  certainAtMs: number
  /** When whoever works the lane last looked at it, in milliseconds of the same clock. */
  lookedAtMs: number
}

/** Where a controller is, and how many cards it can hold. */
export interface ControllerRow {
  id: number
  /** By which number the board answers that stands there now: the controller's own, until it was replaced. */
  serial: number
  host: string
  port: number
  capacity: number
  driver: NonNullable<ControllerAddress['driver']>
  settings: ControllerAddress['settings']
}

/** A controller with something to do. */
export interface LaneWithWork extends ControllerRow {
  /** Somebody asked for its list to be read. */
  survey: boolean
  /** Something else is due there: changes, reading back, the end of its part of a window. */
  changes: boolean
  /** Who stands there was asked within the last day, and it was the board that is known. */
  met: boolean
}

/** Everybody with something open on a controller, and the start of the newest window that was opened. */
export interface Listed {
  horizon: Temporal.Instant | null
  open: readonly OpenPerson[]
}

/** Whose turn is asked for. */
export interface TurnOf {
  lease: Lease
  personIds: readonly number[]
  /** Whether somebody who has something at once since the newest window is to be visited now as well. */
  isStillVisited: (person: OpenPerson) => boolean
}

/** Everything due of the people whose turn it is, in their order, read anew. */
export interface Turn {
  horizon: Temporal.Instant | null
  people: readonly { personId: number; due: readonly DueNumber[] }[]
}

/** What one batch did, and during which window. */
export interface Batch {
  lease: Lease
  outcomes: readonly Outcome[]
  /** Numbers whose newest due row is settled; older open rows of theirs are settled with it. */
  settled: readonly DueNumber[]
  horizon: Temporal.Instant | null
  /** How much later the verifying pass reads back what was confirmed (C3). Seconds. */
  quietSeconds: number
}

/** A number that a controller confirmed, to be read back. */
export interface HeldNumber extends Content {
  number: number
}

/** What reading back found: numbers as confirmed, and others with what stands there instead. */
export interface ReadBack {
  lease: Lease
  right: readonly number[]
  /** `found`: what stands there, null for nothing, undefined where it makes no sense. */
  wrong: readonly { number: number; found: Content | null | undefined }[]
}

/** How a controller's part of a window ended. */
export type PartOutcome = 'done' | 'partly' | 'unreachable'

/** How a lane is given back. */
export interface Rest {
  lease: Lease
  /** Left alone for so long, and longer while it goes on like this; 0: not at all. Seconds. */
  seconds: number
  /** It answered nothing any more. */
  silent: boolean
}

/**
 * What the update needs of the shared database: what is due, what was done about it, and who may. Every answer
 * tells of committed rows. Those that take a lease are fenced by it: where the lane is another's by now nothing is
 * changed, and they answer null or false. The database keeps it in `ledger-of-database.ts`; the simulator has one in
 * memory, and a test holds them against each other.
 */
export interface Ledger {
  /**
   * Opens the window whose start has come, once for all processes, and writes down what it owes each controller;
   * null when there is nothing to open. Windows missed while nothing ran are marked as covered by it. Throws when an act
   * from before the start stays open for longer than two seconds: the next look tries again.
   */
  openDueWindow(plan: WindowPlan): Promise<Window | null>
  /** Finishes the windows whose every lane has ended; of any number of processes exactly one gets each. */
  finishWindows(): Promise<Temporal.Instant[]>
  /** Brings what a person adopted into the ledger: from then on these numbers are ours. */
  takeUpAdopted(): Promise<void>
  /** The controllers that have something to do now, are not resting, and belong to no other process. */
  lanesWithWork(): Promise<LaneWithWork[]>
  /** Takes a free or expired lane for this process; null when another process has it. */
  claim(controllerId: number): Promise<Lease | null>
  /** Extends a lease that is still ours; false tells a process that paused too long to stop at once. */
  renew(lease: Lease): Promise<boolean>
  /** Gives a lane back. */
  release(rest: Rest): Promise<boolean>
  /** Everybody with something open there. */
  list(lease: Lease): Promise<Listed>
  /**
   * Fence and plan in one: reads anew what is wanted of these people. It does not wait for a batch of the same lane that is
   * being written down, and so it does not renew the lease: that is looked at before each datagram anyway.
   */
  turn(turn: TurnOf): Promise<Turn | null>
  /** Writes down what a batch did: every answer, what the controller now holds, and what is settled by it. */
  keep(batch: Batch): Promise<boolean>
  /** Ends a controller's part of the newest window with what came of it; false where it was over already. */
  endPart(part: {
    lease: Lease
    outcome: PartOutcome
    startsAt: Temporal.Instant | null
  }): Promise<boolean | null>
  /** What is to be read back by now: at most `limit` numbers. */
  toVerify(question: { lease: Lease; limit: number }): Promise<HeldNumber[]>
  /** Writes down what reading back found; answers with the people of whom something is open again by it. */
  keepReadBack(read: ReadBack): Promise<{ personId: number }[] | null>
  /** How many cards the controller confirmed that it holds. */
  cardsConfirmed(lease: Lease): Promise<number>
  /** Everything that the controller confirmed is to be read back now: its memory is doubtful. */
  suspect(lease: Lease): Promise<boolean>
}
