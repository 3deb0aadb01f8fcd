import { Board } from './board.ts'
import { Line, type Pace, type Peer, seededRandom } from './line.ts'
import { BoardClock } from './memory.ts'
import type { ControllerSetup, Faults, Trouble } from './settings.ts'

/** One emulated controller with the network to it. It needs no socket: datagrams are handed in and out. */
export interface Station {
  board: Board
  /** Where datagrams arrive for it. */
  line: Line
  host: string
  port: number
  trouble: Trouble
}

/** Where an emulated controller stands. */
export interface Surroundings extends Pace {
  /** Makes loss, duplicates and lateness repeatable; each controller has chance of its own. */
  seed: number
  /** What its clock says at first. */
  startAt: Temporal.PlainDateTime
  /** Takes its replies; `elsewhere` where one is to come from an address that is not the controller's. */
  send(reply: Buffer, to: Peer, elsewhere: boolean): void
  /** Told after each change of its list: the card, or `all`. */
  changed?(board: Board, card: number | 'all'): void
}

/** Makes one controller, with an empty list. */
export function makeStation(setup: ControllerSetup, around: Surroundings): Station {
  const trouble = troubleOf(setup)
  const clock = new BoardClock(around.startAt, () => around.monotonicMs(), trouble.driftPpm)
  const board: Board = new Board(setup, trouble, clock, card => around.changed?.(board, card))
  const random = seededRandom(around.seed ^ setup.serial)
  const line = new Line(board, trouble, random, around, (...what) => around.send(...what))
  return { board, line, host: setup.host, port: setup.port, trouble }
}

/** Makes something go wrong on a controller until it is set otherwise; what is not named stays. */
export function bringTrouble(
  { board, trouble }: Station,
  { wipe, becomes, reboot, capacity, ...others }: Faults,
): void {
  Object.assign(trouble, others)
  if (others.driftPpm !== undefined) board.clock.drift(others.driftPpm)
  if (capacity !== undefined) board.cards.capacity = capacity
  if (becomes) board.become(becomes)
  if (wipe) board.wipe()
  if (reboot) board.reboot(reboot === 'empty list')
}

function troubleOf(one: ControllerSetup): Trouble {
  return {
    silent: false,
    mute: false,
    refuse: false,
    forgets: false,
    denies: false,
    replies: 'proper',
    driftPpm: one.driftPpm ?? 0,
    overCount: 0,
    endless: 'no',
    loss: one.loss ?? 0,
    duplicate: one.duplicate ?? 0,
    lateMs: one.lateMs ?? 0,
    late: one.late ?? 1,
    serviceMs: one.serviceMs ?? 0,
  }
}
