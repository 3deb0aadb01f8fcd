import { isDoorFormat } from '../card/formats.ts'
import { type Decision, no, type Refused, yes } from '../lib/decision.ts'
import { makeRefusals, type Reachable, usualMake, wrongReach } from './make-rules.ts'
import type { Network } from './networks.ts'
import type { ControllerSaid, DoorSaid } from './shape.ts'

/** What the register knows that a controller could be mistaken for. */
export interface Neighbours extends Reachable {
  /** Whether a controller of this serial number is recorded. */
  serialKnown: boolean
  /** Doors of other controllers with one of these ids, and whose they are. */
  doorsElsewhere: readonly { id: string; serial: number }[]
}

/** The reasons not to record a controller, in the order in which they are told; the order is part of the contract. */
export const controllerRefusals = [
  'serial-zero',
  'serial-known',
  'driver-fixed',
  'format-fixed',
  'format-unknown',
  ...makeRefusals,
  'capacity-below-held',
  'too-many-doors',
  'door-twice',
  'door-number-unknown',
  'door-number-twice',
  'door-number-fixed',
  'door-elsewhere',
] as const
export type ControllerRefusal = (typeof controllerRefusals)[number]

/** Doors that one controller has: a UHPPOTE board decides for four. */
export const mostDoors = 4

function firstTwice<Item>(items: readonly Item[]): Item | undefined {
  return items.find((item, at) => items.indexOf(item) !== at)
}

type No = Refused<ControllerRefusal> | null

function wrongDoors(doors: readonly DoorSaid[], elsewhere: Neighbours['doorsElsewhere']): No {
  if (doors.length > mostDoors) return no('too-many-doors', { doors: doors.length, most: mostDoors })
  const door = firstTwice(doors.map(({ id }) => id))
  if (door !== undefined) return no('door-twice', { door })
  const outside = doors.find(({ number }) => number < 1 || number > mostDoors)
  if (outside) return no('door-number-unknown', { door: outside.id, number: outside.number, most: mostDoors })
  const number = firstTwice(doors.map(each => each.number))
  if (number !== undefined) {
    const [one, other] = doors.filter(each => each.number === number)
    return no('door-number-twice', { number, one: one!.id, other: other!.id })
  }
  const [taken] = elsewhere
  return taken ? no('door-elsewhere', { door: taken.id, serial: taken.serial }) : null
}

/**
 * Whether a controller may be recorded with its doors. It is told apart by its serial number and by its address, which
 * must lie where controllers may be; a door has one id on the whole campus.
 */
export function mayAddController(
  said: ControllerSaid,
  neighbours: Neighbours,
  networks: readonly Network[],
): Decision<object, ControllerRefusal> {
  const { serial, numberFormat } = said
  if (serial === 0) return no('serial-zero')
  if (neighbours.serialKnown) return no('serial-known', { serial })
  if (!isDoorFormat(numberFormat)) return no('format-unknown', { format: numberFormat })
  return (
    wrongReach(said, neighbours, networks) ?? wrongDoors(said.doors, neighbours.doorsElsewhere) ?? yes({})
  )
}

/** What somebody wants to be otherwise with a controller; what is not said stays as it is. */
export interface ControllerChange {
  driver?: string
  host?: string
  port?: number
  /** The whole settings of a make that has no address; they are not changed in parts. */
  settings?: ControllerSaid['settings']
  capacity?: number
  numberFormat?: string
  building?: ControllerSaid['building']
  /** Doors by their ids: new names, or one more door on a number that is free. */
  doors?: readonly DoorSaid[]
}

/** A controller as it is recorded, with the cards of ours that it confirmed. */
export interface RecordedController extends ControllerSaid {
  held: number
}

/** A controller as it would be with a change. Doors that the change does not name stay. */
export function changedController(
  recorded: RecordedController,
  { doors = [], ...change }: ControllerChange,
): ControllerSaid {
  const { held: _held, ...now } = recorded
  const names = new Map(doors.map(door => [door.id, door]))
  const kept = now.doors.map(door => ({ ...door, name: names.get(door.id)?.name ?? door.name }))
  const more = doors.filter(door => !now.doors.some(({ id }) => id === door.id))
  return { ...now, ...change, doors: [...kept, ...more] }
}

/**
 * Whether a controller may be changed so. Its readers' number format stays: every card on it stands there under such a
 * number, and readers that send another one are another controller to record. A door keeps its number for the same reason.
 */
export function mayChangeController(
  recorded: RecordedController,
  change: ControllerChange,
  neighbours: Neighbours,
  networks: readonly Network[],
): Decision<{ controller: ControllerSaid }, ControllerRefusal> {
  const { serial, numberFormat, held, doors } = recorded
  const controller = changedController(recorded, change)
  const [driver, asked] = [recorded.driver ?? usualMake, controller.driver ?? usualMake]
  if (asked !== driver) return no('driver-fixed', { serial, driver, asked })
  if (controller.numberFormat !== numberFormat)
    return no('format-fixed', { serial, format: numberFormat, asked: controller.numberFormat })
  const isMoved = controller.host !== recorded.host || controller.port !== recorded.port
  const wrong = isMoved || change.settings ? wrongReach(controller, neighbours, networks) : null
  if (wrong) return wrong
  if (controller.capacity < recorded.capacity && controller.capacity < held)
    return no('capacity-below-held', { capacity: controller.capacity, held })
  const said = change.doors ?? []
  const twice = firstTwice(said.map(({ id }) => id))
  if (twice !== undefined) return no('door-twice', { door: twice })
  const renumbered = said.find(door =>
    doors.some(known => known.id === door.id && known.number !== door.number),
  )
  if (renumbered) {
    const { number } = doors.find(({ id }) => id === renumbered.id)!
    return no('door-number-fixed', { door: renumbered.id, number, asked: renumbered.number })
  }
  return wrongDoors(controller.doors, neighbours.doorsElsewhere) ?? yes({ controller })
}
