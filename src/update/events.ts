import { sayFault } from '../lib/say-fault.ts'
import type { Clock } from '../server/register.ts'
import { type Repeated, repeat } from '../server/repeat.ts'
import type { ControllerDriver, DoorEvent, EventsRead, LostEvents } from './driver.ts'
import {
  type EventCursor,
  type EventTurn,
  letInThoughRemoved,
  noteOf,
  storeEvents,
  takeTurns,
} from './events-store.ts'
import { type Shared, shortTransaction } from './short-transaction.ts'
import { suspectCards, suspectNumbers } from './verify-store.ts'

/** What a process needs to read events; app hands it in. */
export interface EventReading extends Shared {
  clock: Clock
  driver: ControllerDriver
  /** The campus's zone, by name: controllers know only wall times. Null before a programme is published. */
  zone: () => Promise<string | null>
  log(line: string): void
}

/** How much is read at a time. */
export interface EventBudget {
  /** Controllers that one look visits, and how many of them at the same time. */
  controllers: number
  atATime: number
  /** Events of one visit; a controller that has more is visited again in a later look. */
  events: number
  /** How long a controller is left alone after a visit. */
  restSeconds: number
}

const usual: EventBudget = { controllers: 64, atATime: 16, events: 128, restSeconds: 20 }

/** The controller's memory was powered up (28) or reset (29): what it holds is to be read back. */
const begunAnew: readonly number[] = [28, 29]

const isLost = (event: DoorEvent | LostEvents): event is LostEvents => 'lost' in event

/** What an event says, so that it can be known again. */
const wordsOf = ({ index, type, granted, door, card, at, reason }: DoorEvent): string =>
  [index, type, granted ? 1 : 0, door, card, at?.toString() ?? '', reason].join(' ')

/** Whether the memory that was asked is another one than that of the cursor: fewer events, or another at its place. */
function isAnother({ lastIndex, lastEvent }: EventCursor, read: EventsRead & { answer: 'read' }): boolean {
  if (lastIndex === 0) return false
  if (read.newest === null || read.newest.index < lastIndex) return true
  if (lastEvent === null || read.before === null || read.before === 'overwritten') return false
  return wordsOf(read.before) !== lastEvent
}

function cursorAfter(
  epoch: number,
  from: EventCursor,
  events: readonly (DoorEvent | LostEvents)[],
): EventCursor {
  const last = events.at(-1)
  if (!last) return { epoch, lastIndex: from.lastIndex, lastEvent: from.lastEvent }
  return isLost(last)
    ? { epoch, lastIndex: last.index + last.lost - 1, lastEvent: null }
    : { epoch, lastIndex: last.index, lastEvent: wordsOf(last) }
}

async function visit(reading: EventReading, turn: EventTurn, zone: string, most: number): Promise<void> {
  const { driver, clock } = reading
  if (!driver.events) return
  const { id: controller, serial, host, port, capacity } = turn
  const address = { serial, host, port, capacity }
  let read = await driver.events(address, turn.lastIndex, most)
  if (read.answer === 'unreachable') return
  const another = isAnother(turn, read)
  if (another) read = await driver.events(address, 0, most)
  if (read.answer === 'unreachable') return
  const { events } = read
  if (events.length === 0 && !another) return
  const begin = another ? { epoch: turn.epoch + 1, lastIndex: 0, lastEvent: null } : turn
  const happened = events.filter((event): event is DoorEvent => !isLost(event))
  const lost = events.filter(isLost).reduce((sum, gap) => sum + gap.lost, 0)
  await shortTransaction(reading, async trx => {
    const now = await clock.now(trx)
    const cursor = cursorAfter(begin.epoch, begin, events)
    if (!(await storeEvents(trx, now, turn, cursor, events))) return
    if (another) await noteOf(trx, now, 'events begun anew', { controller, epoch: begin.epoch })
    if (lost > 0) await noteOf(trx, now, 'events lost', { controller, lost })
    const revoked = await letInThoughRemoved(trx, controller, zone, happened)
    for (const number of revoked) await noteOf(trx, now, 'removed card let in', { controller, number })
    if (another || revoked.length > 0 || happened.some(event => begunAnew.includes(event.reason)))
      await suspectCards(trx, [controller])
    if (revoked.length > 0) await suspectNumbers(trx, controller, revoked)
  })
}

/**
 * Reads the events of the controllers whose turn it is, each from where the last reading stopped, and stores them
 * once. A power cut, a reset, a memory that began anew and a card that opened a door after it was removed make the
 * controller's ledger doubtful: it is read back by its lane.
 */
export async function readSomeEvents(reading: EventReading, budget: EventBudget = usual): Promise<void> {
  const zone = await reading.zone()
  if (zone === null) return
  const turns = await shortTransaction(reading, async trx =>
    takeTurns(trx, await reading.clock.now(trx), {
      most: budget.controllers,
      restSeconds: budget.restSeconds,
    }),
  )
  async function goOn(): Promise<void> {
    for (let turn = turns.shift(); turn; turn = turns.shift()) {
      const { id } = turn
      await visit(reading, turn, zone!, budget.events).catch((error: unknown) =>
        reading.log(`events of controller ${id}: ${sayFault(error)}`),
      )
    }
  }
  await Promise.all(Array.from({ length: budget.atATime }, goOn))
}

/** Reads events again and again until it is stopped. */
export const keepReadingEvents = (
  reading: EventReading,
  options: { everyMs: number | undefined; budget?: EventBudget },
): Repeated =>
  repeat(() => readSomeEvents(reading, options.budget), {
    everyMs: options.everyMs,
    onFault: error => reading.log(`events: ${sayFault(error)}`),
  })
