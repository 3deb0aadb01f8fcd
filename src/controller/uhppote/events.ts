import type { DoorEvent, EventsRead } from '../../update/driver.ts'
import { eventIn, getEvent } from './board.ts'
import { functions } from './frame.ts'
import type { Lane } from './lane.ts'

const oldest = 0
const newest = 0xffffffff
/** The type of an event that has given way to newer ones. */
const overwritten = 0xff

/** One event by its index; null where there is none, undefined where the controller is silent. */
const eventAt = (lane: Lane, index: number): Promise<DoorEvent | 'overwritten' | null | undefined> =>
  lane.call<DoorEvent | 'overwritten' | null | undefined>({
    code: functions.getEvent,
    build: to => getEvent(to, index),
    about: 0,
    // A reply with another event is one to an earlier question; one without any says that there is none.
    fits: reply => [0, index].includes(eventIn(reply).index) || index === oldest || index === newest,
    conclude(reply) {
      if (!reply) return undefined
      const event = eventIn(reply.datagram)
      if (event.type === overwritten) return 'overwritten'
      return event.index === 0 ? null : event
    },
  })

/** Reads the events after an index, with what was lost of them; see the driver's interface. */
export async function readEvents(lane: Lane, after: number, limit: number): Promise<EventsRead> {
  const last = await eventAt(lane, newest)
  if (last === undefined) return { answer: 'unreachable' }
  if (last === null || last === 'overwritten' || last.index < after)
    return { answer: 'read', newest: last === 'overwritten' ? null : last, before: null, events: [] }
  const before = last.index === after ? last : after === 0 ? null : await eventAt(lane, after)
  if (before === undefined) return { answer: 'unreachable' }
  const events: (DoorEvent | { index: number; lost: number })[] = []
  for (let next = after + 1; next <= last.index && events.length < limit; ) {
    const event = await eventAt(lane, next)
    if (event === undefined || event === null) break
    if (event !== 'overwritten') {
      events.push(event)
      next++
      continue
    }
    const first = await eventAt(lane, oldest)
    // A list that claims to begin before what it says it has dropped makes no sense: this one is lost, the next is asked.
    if (first === undefined || first === null || first === 'overwritten') break
    const lost = Math.max(1, Math.min(first.index, last.index + 1) - next)
    events.push({ index: next, lost })
    next += lost
  }
  return { answer: 'read', newest: last, before, events }
}
