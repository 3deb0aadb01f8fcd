import type { Programme } from '../programme/shape.ts'
import { nextWindow, type Window } from '../programme/timetable.ts'
import type { Act } from '../server/register.ts'
import { memberCount, membersWithCard, type RecordedGroup, roomOn } from './group-store.ts'
import { type Deed, foreseeAccess } from './recompute.ts'
import type { AccessGroup } from './rules.ts'

/** People looked at in one go: enough for speed, few enough for memory. */
export const atATime = 2_000

/** How many numbers more a controller holds by each deed. */
const adds: Record<Deed, number> = { put: 1, change: 0, remove: -1 }

/** A controller that would be asked to hold more of our numbers than it can. */
export interface Overfull {
  controllerId: number
  building: { 'zh-TW': string; en: string }
  wanted: number
  capacity: number
}

/** What a change of an access group does to people and doors. */
export interface Consequences {
  /** The window that carries it. */
  window: Window
  /** Enrolled people to whom the group opens its doors, with a card or without. */
  opensFor: number
  /** People whose doors change. */
  personIds: number[]
  /** Card numbers on controllers that change: one number on two controllers is two. */
  numbers: number
  puts: number
  changes: number
  removals: number
  controllers: number
  /** How many people open a door now and none afterwards. */
  leftWithoutDoor: number
  overfull: Overfull[]
}

/**
 * What follows for people and doors if the groups were these, where only the doors of one group differ: its members are
 * looked at, in portions. The same for the dry run and for the act, which holds everybody.
 */
export async function consequencesOf(
  act: Act,
  programme: Programme,
  group: Pick<RecordedGroup, 'members' | 'key'>,
  groups: readonly AccessGroup[],
): Promise<Consequences> {
  const members = await membersWithCard(act, programme, group)
  const personIds = new Set<number>()
  const more = new Map<number, number>()
  const sum = { put: 0, change: 0, remove: 0 }
  let leftWithout = 0
  for (let from = 0; from < members.length; from += atATime) {
    const { rows, leftWithoutDoor } = await foreseeAccess(act, members.slice(from, from + atATime), groups)
    leftWithout += leftWithoutDoor.length
    for (const { personId, controllerId, deed } of rows) {
      personIds.add(personId)
      sum[deed] += 1
      more.set(controllerId, (more.get(controllerId) ?? 0) + adds[deed])
    }
  }
  const rooms = await roomOn(act, [...more.keys()])
  return {
    window: nextWindow(programme.timetable, programme.campus.zone, act.now),
    opensFor: await memberCount(act, programme, group),
    personIds: [...personIds],
    numbers: sum.put + sum.change + sum.remove,
    puts: sum.put,
    changes: sum.change,
    removals: sum.remove,
    leftWithoutDoor: leftWithout,
    controllers: more.size,
    overfull: rooms.flatMap(({ controllerId, building, numbers, capacity }) => {
      const wanted = numbers + more.get(controllerId)!
      return wanted > capacity && more.get(controllerId)! > 0
        ? [{ controllerId, building, wanted, capacity }]
        : []
    }),
  }
}
