import { createHash } from 'node:crypto'
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

/**
 * Whether something is only asked, done as it was looked at (with the seal of that preview), or done whatever stands
 * there: only what sets a campus up does that.
 */
export type Doing = 'preview' | { seenAs: string } | 'do'

/** What putting a group did or would do. */
export interface PutGroup {
  /** The group was not there before. */
  created: boolean
  follows: Consequences
  /** Names the group as it was recorded and what is wished of it: what was looked at is done, or nothing. */
  seal: string
}

/** Names a group as it is recorded, and what is wished of it; null: that it be removed. */
function sealOf(recorded: RecordedGroup | null, wish: GroupWish | null): string {
  const said = wish && [wish.members, wish.key, wish.name['zh-TW'], wish.name.en, wish.doors, wish.newHall]
  const is = recorded && [
    recorded.members,
    recorded.key,
    recorded.name['zh-TW'],
    recorded.name.en,
    recorded.doors,
  ]
  return createHash('sha256')
    .update(JSON.stringify([is, said]))
    .digest('hex')
    .slice(0, 32)
}

const lookedAt = (doing: Doing, now: string) =>
  typeof doing === 'string' ? null : { shown: doing.seenAs, now }

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
  const seal = sealOf(recorded, said)
  const isSo = recorded !== null && isAsSaid(recorded, said)
  const facts = await groupFacts(act, programme, said, recorded)
  const decision = mayPutGroup(said, { ...facts, seal: isSo ? null : lookedAt(doing, seal) })
  if (!decision.ok) return decision
  const follows = await foreseen(act, programme, said)
  const created = recorded === null
  if (doing === 'preview' || isSo) return yes({ created, follows, seal })
  await keepGroup(act, said)
  const { id, members, doors } = said
  const noted = { group: id, members, key: said.key ?? null, doors: doors.length, ...countsOf(follows) }
  await act.note({ act: created ? 'access group added' : 'access group changed', facts: noted })
  await noteDoorsOf(act, follows.personIds, id)
  return yes({ created, follows, seal })
}

/**
 * Takes an access group out of the register; its members keep what other groups and grants open to them. Null where
 * there is no such group. A preview answers the same, and does nothing.
 */
export async function removeGroup(
  act: Act,
  id: string,
  doing: Doing,
): Promise<Decision<{ follows: Consequences; seal: string }, RemovalRefusal> | null> {
  await hold(act, doing)
  const recorded = await groupOf(act, id)
  if (recorded === null) return null
  const seal = sealOf(recorded, null)
  const decision = mayRemoveGroup({ ...(await hallFacts(act, recorded)), seal: lookedAt(doing, seal) })
  if (!decision.ok) return decision
  const { key, ...group } = recorded
  const emptied: GroupSaid = { ...group, ...(key === null ? {} : { key }), doors: [] }
  const follows = await foreseen(act, await programmeInForce(act), emptied)
  if (doing === 'preview') return yes({ follows, seal })
  await dropGroup(act, id)
  await act.note({
    act: 'access group removed',
    facts: { group: id, members: recorded.members, key, ...countsOf(follows) },
  })
  await noteDoorsOf(act, follows.personIds, id)
  return yes({ follows, seal })
}
