import type { ControllerAddress, Slot } from '../../update/driver.ts'
import { cardIn, getCardAt } from './cards.ts'
import { functions } from './frame.ts'
import type { Lane } from './lane.ts'

/**
 * Reads the card list place by place, in order. Where replies name their requests, the places after the one in hand
 * are asked for meanwhile; never past the limit or the capacity.
 */
export async function* readSlots(
  c: ControllerAddress,
  lane: Lane,
  from: number,
  limit: number,
): AsyncIterable<Slot> {
  const first = Math.max(1, Math.trunc(from))
  const last = Math.min(first + limit - 1, c.capacity)
  const asked: Promise<Slot>[] = []
  let next = first
  for (let slot = first; slot < first + limit; slot++) {
    while (next <= last && asked.length < lane.togetherFor(functions.getCardAt))
      asked.push(readSlot(lane, next++))
    const read = (await asked.shift()) ?? ({ slot, holds: 'end' } as const)
    yield read
    if (read.holds === 'end' || read.holds === 'unreachable') return
  }
}

function readSlot(lane: Lane, slot: number): Promise<Slot> {
  return lane.call<Slot>({
    code: functions.getCardAt,
    build: to => getCardAt(to, slot),
    about: 0,
    conclude(reply) {
      if (!reply) return { slot, holds: 'unreachable' }
      const card = cardIn(reply.datagram)
      if (card === 'none') return { slot, holds: 'end' }
      if (card === 'deleted' || card === 'unreadable') return { slot, holds: card }
      return { slot, holds: 'card', card }
    },
  })
}
