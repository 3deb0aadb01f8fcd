import { type Decision, no, yes } from '../lib/decision.ts'
import type { BoardSaid, Met } from './driver.ts'

/** What was kept of the board that is known to stand at a controller's address. */
export interface KnownBoard {
  mac: string
  firmware: string
}

/** How somebody else was met where a controller should be. */
export const strangenesses = ['other-serial', 'other-board', 'elsewhere'] as const
export type Strangeness = (typeof strangenesses)[number]

/** What became of a stranger: a person said that it took the board's place, it is there no more, or it was looked at. */
export type StrangerOutcome = 'replaced' | 'gone' | 'looked-at'

/** Who was met: the board that is known, the first one ever, or another one. */
export type Judged = 'unreachable' | 'known' | 'first' | Exclude<Strangeness, 'elsewhere'>

/**
 * Who answered at a controller's address. A board keeps its serial number, its hardware address and its firmware for
 * life, so that another of any of them is another board. The first one that is met is believed.
 */
export function judgeMet(expected: { serial: number; known: KnownBoard | null }, met: Met): Judged {
  if (met.answer === 'unreachable') return 'unreachable'
  if (met.answer === 'cannot-say') return 'known'
  if (met.serial !== expected.serial) return 'other-serial'
  if (expected.known === null) return 'first'
  const { mac, firmware } = expected.known
  return mac === met.mac && firmware === met.firmware ? 'known' : 'other-board'
}

/** Why a stranger is not taken for a controller's new board, in the order in which it is said. */
export const boardRefusals = [
  'no-such-stranger',
  'stranger-elsewhere',
  'stranger-changed',
  'serial-of-another',
  'serial-is-none',
] as const
export type BoardRefusal = (typeof boardRefusals)[number]

/** A stranger as somebody looked at it. */
export type SeenBoard = Pick<BoardSaid, 'serial' | 'mac'>

/** What decides whether a stranger is a controller's new board. */
export interface ReplaceFacts {
  /** As it stands there now, and how it was met; null where none does any more. */
  stranger: (SeenBoard & { how: Strangeness }) | null
  /** As whoever says so saw it. */
  seen: SeenBoard
  /** The controller that the stranger's serial number belongs to, if it is another one. */
  belongsTo: number | null
}

/**
 * Whether a stranger may be taken for a controller's new board. Only the very one that was looked at; and never one whose
 * number is another controller's: then two boards were swapped, or two have one number, and cards would go to the wrong doors.
 */
export function mayReplaceBoard({ stranger, seen, belongsTo }: ReplaceFacts): Decision<object, BoardRefusal> {
  if (stranger === null) return no('no-such-stranger')
  if (stranger.how === 'elsewhere') return no('stranger-elsewhere')
  if (stranger.serial !== seen.serial || stranger.mac !== seen.mac)
    return no('stranger-changed', { serial: stranger.serial, mac: stranger.mac })
  if (belongsTo !== null) return no('serial-of-another', { serial: stranger.serial, controller: belongsTo })
  return stranger.serial === 0 ? no('serial-is-none') : yes({})
}
