import type { FileSettings } from '../access/file-settings.ts'

/**
 * What the update needs from a make of door controller. `controller/*` provides it, `app` hands it in.
 * A controller that is silent or refuses is an answer, never an exception; only a mistake of our own
 * configuration (a host that is no IPv4 address, a serial number of zero) is thrown.
 */

/** A card as a door controller holds it: who may open which of its doors, from and to which day. */
export interface CardRecord {
  /** The number as this controller's readers send it. */
  number: bigint
  /** First day on which the card opens doors, by the controller's own clock. */
  from: Temporal.PlainDate
  /** Last day on which the card opens doors, this day included, by the controller's own clock. */
  to: Temporal.PlainDate
  /** For doors 1 to 4: 0 never, 1 always, 2 to 254 by the time profile of that number. */
  doors: readonly [number, number, number, number]
  /** The keypad code that goes with the card, 0 to 999999; 0 is none. */
  pin: number
}

/** Where a controller is reached, and how many cards the office has been told it can hold. */
export interface ControllerAddress {
  /** The number on its label, by which it answers. */
  serial: number
  /** An IPv4 address, not a name: replies are known by the address they come from. Empty where files are handed over. */
  host: string
  /** UDP port; 60000 on every controller as it is delivered, 0 where files are handed over. */
  port: number
  /** Cards it can hold; bounds every read, and tells "full" from "refused". */
  capacity: number
  /** Its make, which names its driver: `uhppote` unless said. */
  driver?: string
  /** What a make that has no address needs in its place. */
  settings?: FileSettings | null
}

/**
 * What became of one change on one controller.
 *
 * - `applied`: the controller said that it made the change.
 * - `already`: nothing was left to do (a card to be removed was not there).
 * - `rejected`: the controller said no, or the wire cannot carry such a card (then `tries` is 0).
 * - `full`: the controller said no to a new card and holds as many as it can.
 * - `unconfirmed`: it answers, but whether this change was made is not known (or not yet: a file's result comes
 *   later); ask again or read back.
 * - `unreachable`: not one answer to any try. The change may have been made all the same.
 */
export type Answer = 'applied' | 'already' | 'rejected' | 'full' | 'unconfirmed' | 'unreachable'

/** What became of one change, and how well we know it. */
export interface Outcome {
  answer: Answer
  /** True where the reply echoed our sequence id, so that it names this very request. Else: read back. */
  proved: boolean
  /** Datagrams sent for the change itself, repeats included; 0 where nothing was sent. */
  tries: number
}

/** What a controller says of itself when it is first met, or met again. */
export type Probe =
  | {
      answer: 'answers'
      serial: number
      /** Cards it says it holds. */
      cards: number
      /** True where it repeats our sequence id, so that each of its replies names its request. */
      echoesSequence: boolean
      /** Its hardware address; another one at a known serial number is another board. */
      mac: string
      /** Its firmware, as in `6.56`. */
      firmware: string
    }
  | { answer: 'unreachable' }

/** A board as it says who it is. */
export interface BoardSaid {
  serial: number
  /** Its hardware address, as in `00:66:19:39:55:2d`. */
  mac: string
  /** Its firmware, as in `8.92`. */
  firmware: string
  /** The day that its firmware is of; null where that is no day. */
  madeOn: Temporal.PlainDate | null
}

/** Who answers at a controller's address: the board that was asked for, or another one with its own serial number. */
export type Met =
  | ({ answer: 'answers' } & BoardSaid)
  | { answer: 'unreachable' }
  /** A make whose controllers cannot say who they are. */
  | { answer: 'cannot-say' }

/** A reply with a controller's serial number that came from where that controller is not; it is never believed. */
export interface Stray {
  serial: number
  host: string
  port: number
}

/**
 * One card looked up by its number. `unreadable`: it is there, with dates or doors that make no sense; or, where
 * answers come later, what became of its removal is not known yet. Never `absent` on a guess.
 */
export type Found =
  | { answer: 'found'; card: CardRecord }
  | { answer: 'absent' }
  | { answer: 'unreadable' }
  | { answer: 'unreachable' }

/** How many cards a controller says it holds. */
export type Counted = { answer: 'counted'; cards: number } | { answer: 'unreachable' }

/** What became of setting a controller's clock; `at` is what it confirmed. */
export type ClockSet =
  | { answer: 'set'; at: Temporal.PlainDateTime }
  | { answer: 'rejected' }
  | { answer: 'unreachable' }

/** A controller's own clock: local wall time, without a zone, and how long after the call it said so (0: not known). */
export type ClockRead =
  | { answer: 'read'; at: Temporal.PlainDateTime; afterMs: number }
  | { answer: 'unreadable' }
  | { answer: 'unreachable' }

/**
 * One place in a controller's card list. After `end` (past the last used place, or past the capacity) and
 * after `unreachable` nothing follows; a read that stops at its limit ends without either.
 */
export type Slot =
  | { slot: number; holds: 'card'; card: CardRecord }
  | { slot: number; holds: 'deleted' }
  | { slot: number; holds: 'unreadable' }
  | { slot: number; holds: 'end' }
  | { slot: number; holds: 'unreachable' }

/**
 * Something that happened at a door, or to its controller. Anyone on the controllers' network can forge one: it is no
 * proof that a person was there.
 */
export interface DoorEvent {
  /** Counts from 1 and rises, until the controller's memory begins anew. */
  index: number
  /** 1 a card, 2 a door, 3 an alarm, or to the controller itself. */
  type: number
  granted: boolean
  /** 1 to 4; 0 where it was at none. */
  door: number
  /** 1 in, 2 out. */
  direction: number
  /** The number that was read, 0 where none was. */
  card: bigint
  /** By the controller's own clock; null where that is no moment. */
  at: Temporal.PlainDateTime | null
  /** 1 let in, 6 no right to this door, 15 outside its dates, 18 unknown card, 28 power on, 29 reset. */
  reason: number
}

/** Events that were overwritten before they could be read. */
export interface LostEvents {
  /** The first of them. */
  index: number
  lost: number
}

/**
 * What a controller tells of its events. `newest` is null where it has none; `before` is the event after which was
 * asked, as it stands there now: another one than was read before, or none, tells that its memory began anew. A
 * silence halfway ends the list.
 */
export type EventsRead =
  | {
      answer: 'read'
      newest: DoorEvent | null
      before: DoorEvent | 'overwritten' | null
      /** In the order of their indexes, without a gap. */
      events: (DoorEvent | LostEvents)[]
    }
  | { answer: 'unreachable' }

/**
 * One make of door controller, spoken to. Calls for one controller begin in the order they come, and those about one
 * card are served one after the other; where several may be under way together, they may end in another order.
 */
export interface ControllerDriver {
  /** Asks who is there, how many cards it holds, and whether its replies name their requests. */
  probe(controller: ControllerAddress): Promise<Probe>
  /**
   * Asks who stands at the controller's address, whatever its serial number. Only makes whose controllers can say so
   * have it.
   */
  meet?(controller: ControllerAddress): Promise<Met>
  /** The replies since the last call that came from a wrong address, each sender once; a flood of them is cut off. */
  strays?(): Stray[]
  /**
   * How many requests for this controller are worth making at once: 1, until its replies were seen to name their
   * requests; from then on as many as its network bears. More than that wait for their turn.
   */
  together(controller: ControllerAddress): number
  /** Stores a card, or replaces what is stored under its number. May be repeated without harm. */
  put(controller: ControllerAddress, card: CardRecord): Promise<Outcome>
  /** Removes a card. May be repeated without harm: the second time it is `already` gone. */
  remove(controller: ControllerAddress, number: bigint): Promise<Outcome>
  /** Reads one card back. A number that the wire cannot carry is `absent` without asking. */
  get(controller: ControllerAddress, number: bigint): Promise<Found>
  /** Asks how many cards are stored. */
  count(controller: ControllerAddress): Promise<Counted>
  /** Sets the controller's clock to a local wall time; seconds are its finest unit. */
  setTime(controller: ControllerAddress, at: Temporal.PlainDateTime): Promise<ClockSet>
  /** Reads the controller's clock. */
  getTime(controller: ControllerAddress): Promise<ClockRead>
  /**
   * Reads the card list place by place, from place `from` (the first is 1), at most `limit` places, never past
   * the capacity. It does not count cards, so that a controller which miscounts cannot keep it going.
   */
  read(controller: ControllerAddress, from: number, limit: number): AsyncIterable<Slot>
  /**
   * Reads the events after an index (0: from the oldest), at most `limit` of them, one question at a time, so that
   * changes wait for no more than one. Only makes that keep events have it.
   */
  events?(controller: ControllerAddress, after: number, limit: number): Promise<EventsRead>
  /**
   * A lane calls it when it has nothing more to ask of this controller for now: what was collected becomes a file.
   * Only makes that collect have it. What could not be handed over is told by the next change: `unreachable`.
   */
  handOver?(controller: ControllerAddress): Promise<void>
  /** Lets go of its sockets; whatever still waits is answered `unreachable`. */
  close(): Promise<void>
}
