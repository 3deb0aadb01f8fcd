import type { Programme } from '../programme/shape.ts'
import { nextWindow, type Window } from '../programme/timetable.ts'
import type { Act } from '../server/register.ts'
import { memberCount, membersWithCard, type RecordedGroup, roomOn } from './group-store.ts'
import { type Deed, recomputed } from './recompute.ts'
import type { AccessGroup, WantedRow } from './rules.ts'
import type { Holding } from './store.ts'

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

/** A group's change: the group with its doors as they would be, all groups then, and on which controllers doors differ. */
export interface GroupChange {
  group: Pick<RecordedGroup, 'members' | 'key'>
  groups: readonly AccessGroup[]
  on: readonly number[]
}

/**
 * What follows for people and doors from a group's change: its members are looked at, in portions, where its doors
 * differ and nowhere else. The same for the dry run and for the act. `rows` is what would be written, where people are
 * locked for it.
 */
export async function consequencesOf(
  act: Act,
  programme: Programme,
  { group, groups, on }: GroupChange,
  holding: Holding,
): Promise<{ follows: Consequences; rows: WantedRow[] }> {
  const members = on.length === 0 ? [] : await membersWithCard(act, programme, group)
  const personIds = new Set<number>()
  const more = new Map<number, number>()
  const sum = { put: 0, change: 0, remove: 0 }
  const all: WantedRow[][] = []
  let leftWithout = 0
  for (let from = 0; from < members.length; from += atATime) {
    const portion = members.slice(from, from + atATime)
    const { rows, leftWithoutDoor } = await recomputed(act, portion, { groups, holding, on })
    leftWithout += leftWithoutDoor.length
    if (holding === 'locked') all.push(rows)
    for (const { personId, controllerId, deed } of rows) {
      personIds.add(personId)
      sum[deed] += 1
      more.set(controllerId, (more.get(controllerId) ?? 0) + adds[deed])
    }
  }
  const rooms = await roomOn(act, [...more.keys()])
  const follows = {
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
  return { follows, rows: all.flat() }
}
