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
  memberCount,
  placed,
  type RecordedGroup,
} from './group-store.ts'
import { putOffMembers } from './put-off.ts'
import type { DoorPlace } from './rules.ts'
import type { GroupSaid } from './shape.ts'
import { accessGroups, type Holding, keepWanted } from './store.ts'

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

/** Members whose doors one act works out while it holds everybody; of a larger group they follow in acts of their own. */
const mostInOneAct = 2_000

/** Of a group with many members what follows is looked at before anybody is held, and worked out afterwards. */
const isLarge = async (act: Act, programme: Programme, group: Pick<RecordedGroup, 'members' | 'key'>) =>
  (await memberCount(act, programme, group)) > mostInOneAct

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
async function foreseen(act: Act, programme: Programme, said: GroupSaid, holding: Holding) {
  const [groups, changed] = await Promise.all([accessGroups(act), placed(act, said)])
  const before = groups.find(({ id }) => id === said.id)?.doors ?? []
  const name = ({ controllerId, door }: DoorPlace) => `${controllerId} ${door}`
  const [was, will] = [new Set(before.map(name)), new Set(changed.doors.map(name))]
  const differ = [...before, ...changed.doors].filter(door => was.has(name(door)) !== will.has(name(door)))
  const change = {
    group: changed,
    groups: [...groups.filter(({ id }) => id !== said.id), changed],
    on: [...new Set(differ.map(({ controllerId }) => controllerId))],
  }
  return consequencesOf(act, programme, change, holding)
}

type Foreseen = Awaited<ReturnType<typeof foreseen>>

/** Does what was foreseen: at once where everybody concerned is held, else by acts of their own. */
async function letFollow(
  act: Act,
  programme: Programme,
  { id, members, key }: RecordedGroup,
  done: Foreseen,
  large: boolean,
): Promise<void> {
  const cause = { act: 'group doors changed', facts: { group: id } }
  if (large) return putOffMembers(act, programme, { members, key }, cause)
  await keepWanted(act, done.rows)
  await noteDoorsOf(act, done.follows.personIds, id)
}

/**
 * Records an access group, or gives one other names and doors. Everybody whose doors change by it follows with the next
 * window: in the same act, or, where the group has more than 2,000 members, in acts of their own right after it. A
 * preview answers the same, and does nothing.
 */
export async function putGroup(
  act: Act,
  said: GroupWish,
  doing: Doing,
): Promise<Decision<PutGroup, GroupRefusal>> {
  const programme = await programmeInForce(act)
  const whom = { members: said.members, key: said.key ?? null }
  const large = doing !== 'preview' && (await isLarge(act, programme, whom))
  const seen = large ? await foreseen(act, programme, said, 'looked at') : null
  await hold(act, doing)
  const recorded = await groupOf(act, said.id)
  const seal = sealOf(recorded, said)
  const isSo = recorded !== null && isAsSaid(recorded, said)
  const facts = await groupFacts(act, programme, said, recorded)
  const decision = mayPutGroup(said, { ...facts, seal: isSo ? null : lookedAt(doing, seal) })
  if (!decision.ok) return decision
  const does = doing !== 'preview' && !isSo
  const done = seen ?? (await foreseen(act, programme, said, does ? 'locked' : 'looked at'))
  const { follows } = done
  const created = recorded === null
  if (!does) return yes({ created, follows, seal })
  await keepGroup(act, said)
  const { id, name, doors } = said
  const noted = { group: id, ...whom, doors: doors.length, ...countsOf(follows) }
  await act.note({ act: created ? 'access group added' : 'access group changed', facts: noted })
  await letFollow(act, programme, { id, ...whom, name, doors }, done, large)
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
  const programme = await programmeInForce(act)
  const emptied = ({ key, ...group }: RecordedGroup): GroupSaid => ({
    ...group,
    ...(key === null ? {} : { key }),
    doors: [],
  })
  const before = doing === 'preview' ? null : await groupOf(act, id)
  const large = before !== null && (await isLarge(act, programme, before))
  const seen = large ? await foreseen(act, programme, emptied(before), 'looked at') : null
  await hold(act, doing)
  const recorded = await groupOf(act, id)
  if (recorded === null) return null
  const seal = sealOf(recorded, null)
  const decision = mayRemoveGroup({ ...(await hallFacts(act, recorded)), seal: lookedAt(doing, seal) })
  if (!decision.ok) return decision
  const holding = doing === 'preview' ? 'looked at' : 'locked'
  const done = seen ?? (await foreseen(act, programme, emptied(recorded), holding))
  const { follows } = done
  if (doing === 'preview') return yes({ follows, seal })
  await dropGroup(act, id)
  const { members, key } = recorded
  await act.note({ act: 'access group removed', facts: { group: id, members, key, ...countsOf(follows) } })
  await letFollow(act, programme, recorded, done, large)
  return yes({ follows, seal })
}
