import { type Decision, yes } from '../lib/decision.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import { lockRoster } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import { atATime, type Consequences, consequencesOf } from './consequences.ts'
import { type GroupRefusal, mayPutGroup, mayRemoveGroup, type RemovalRefusal } from './group-rules.ts'
import {
  dropGroup,
  groupFacts,
  groupOf,
  hallFacts,
  keepGroup,
  lockEverybody,
  placed,
  type RecordedGroup,
} from './group-store.ts'
import type { GroupSaid } from './shape.ts'
import { accessGroups } from './store.ts'

/** A group as somebody wants it; `newHall` says that its hall is one that nobody lives in yet. */
export type GroupWish = GroupSaid & { newHall?: boolean }

/** Whether something is done, or only what it would do is asked. */
export type Doing = 'do' | 'preview'

/** What putting a group did or would do. */
export interface PutGroup {
  /** The group was not there before. */
  created: boolean
  follows: Consequences
}

async function hold(act: Act, doing: Doing): Promise<void> {
  if (doing === 'preview') return
  await lockRoster(act)
  await lockEverybody(act)
}

/** Writes down whose doors a group's change makes otherwise; what follows from it is not decided here. */
async function noteDoorsOf(act: Act, personIds: readonly number[], group: string): Promise<void> {
  for (let from = 0; from < personIds.length; from += atATime)
    await act.note(
      ...personIds
        .slice(from, from + atATime)
        .map(personId => ({ act: 'group doors changed', personId, facts: { group } })),
    )
}

const countsOf = ({ personIds, numbers, leftWithoutDoor }: Consequences) => ({
  persons: personIds.length,
  numbers,
  leftWithoutDoor,
})

const isAsSaid = (recorded: RecordedGroup, { name, doors }: GroupSaid): boolean =>
  recorded.name['zh-TW'] === name['zh-TW'] &&
  recorded.name.en === name.en &&
  recorded.doors.length === doors.length &&
  recorded.doors.every(door => doors.includes(door))

/** What follows if the doors of one group were those, and all else stays. */
async function foreseen(act: Act, programme: Programme, said: GroupSaid): Promise<Consequences> {
  const [groups, changed] = await Promise.all([accessGroups(act), placed(act, said)])
  return consequencesOf(act, programme, changed, [...groups.filter(({ id }) => id !== said.id), changed])
}

/**
 * Records an access group, or gives one other names and doors. Everybody whose doors change by it follows in the same
 * act, with the next window. A preview answers the same, and does nothing.
 */
export async function putGroup(
  act: Act,
  said: GroupWish,
  doing: Doing,
): Promise<Decision<PutGroup, GroupRefusal>> {
  await hold(act, doing)
  const [programme, recorded] = [await programmeInForce(act), await groupOf(act, said.id)]
  const decision = mayPutGroup(said, await groupFacts(act, programme, said, recorded))
  if (!decision.ok) return decision
  const follows = await foreseen(act, programme, said)
  const created = recorded === null
  if (doing === 'preview' || (recorded && isAsSaid(recorded, said))) return yes({ created, follows })
  await keepGroup(act, said)
  const { id, members, doors } = said
  const facts = { group: id, members, key: said.key ?? null, doors: doors.length, ...countsOf(follows) }
  await act.note({ act: created ? 'access group added' : 'access group changed', facts })
  await noteDoorsOf(act, follows.personIds, id)
  return yes({ created, follows })
}

/**
 * Takes an access group out of the register; its members keep what other groups and grants open to them. Null where
 * there is no such group. A preview answers the same, and does nothing.
 */
export async function removeGroup(
  act: Act,
  id: string,
  doing: Doing,
): Promise<Decision<{ follows: Consequences }, RemovalRefusal> | null> {
  await hold(act, doing)
  const recorded = await groupOf(act, id)
  if (recorded === null) return null
  const decision = mayRemoveGroup(await hallFacts(act, recorded))
  if (!decision.ok) return decision
  const { key, ...group } = recorded
  const emptied: GroupSaid = { ...group, ...(key === null ? {} : { key }), doors: [] }
  const follows = await foreseen(act, await programmeInForce(act), emptied)
  if (doing === 'preview') return yes({ follows })
  await dropGroup(act, id)
  await act.note({
    act: 'access group removed',
    facts: { group: id, members: recorded.members, key, ...countsOf(follows) },
  })
  await noteDoorsOf(act, follows.personIds, id)
  return yes({ follows })
}
