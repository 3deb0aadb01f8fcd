import { type Decision, no, type Refused, yes } from '../lib/decision.ts'
import type { GroupSaid } from './shape.ts'

/** The seal of the preview that somebody looked at, and the one of what would be done now. */
export interface Looked {
  shown: string
  now: string
}

const isAsLookedAt = (seal: Looked | null): boolean => seal === null || seal.shown === seal.now

/** What decides whether an access group may be so. */
export interface GroupFacts {
  /** The group of that id as it is recorded, or null. */
  recorded: { members: GroupSaid['members']; key: string | null } | null
  /** The faculties of the programme in force. */
  faculties: readonly string[]
  /** The halls that people of the roster live in, or that a group names. */
  halls: readonly string[]
  /** Which of the doors it names are recorded. */
  doors: readonly string[]
  /** Null where nothing is done yet, or nothing would change. */
  seal: Looked | null
}

/** The reasons not to keep a group so, in the order in which they are told; the order is part of the contract. */
export const groupRefusals = [
  'members-fixed',
  'key-missing',
  'key-not-wanted',
  'unknown-faculty',
  'unknown-hall',
  'door-twice',
  'unknown-door',
  'changed-since',
] as const
export type GroupRefusal = (typeof groupRefusals)[number]

function wrongMembers(
  { members, key, newHall }: GroupSaid & { newHall?: boolean },
  { faculties, halls }: GroupFacts,
): Refused<GroupRefusal> | null {
  if (members === 'campus') return key === undefined ? null : no('key-not-wanted', { key })
  if (key === undefined) return no('key-missing', { members })
  if (members === 'faculty' && !faculties.includes(key))
    return no('unknown-faculty', { key, known: faculties.join(', ') })
  if (members === 'hall' && !newHall && !halls.includes(key))
    return no('unknown-hall', { key, known: halls.join(', ') })
  return null
}

/**
 * Whether an access group may be so. Whom a group opens to stays: another faculty or hall is another group, so that
 * what a change does to people can be read from its doors alone. A hall that nobody lives in yet must be said to be
 * new (`newHall`), because the roster's halls are the ones that groups name. Only what was looked at is done: of two who
 * change one group, the second must see first what the first one did.
 */
export function mayPutGroup(
  said: GroupSaid & { newHall?: boolean },
  facts: GroupFacts,
): Decision<object, GroupRefusal> {
  const { recorded } = facts
  if (recorded && (recorded.members !== said.members || recorded.key !== (said.key ?? null)))
    return no('members-fixed', { group: said.id, members: recorded.members, key: recorded.key })
  const wrong = recorded ? null : wrongMembers(said, facts)
  if (wrong) return wrong
  const twice = said.doors.find((door, at) => said.doors.indexOf(door) !== at)
  if (twice !== undefined) return no('door-twice', { door: twice })
  const unknown = said.doors.filter(door => !facts.doors.includes(door))
  if (unknown.length > 0)
    return no('unknown-door', { door: unknown.slice(0, 5).join(', '), doors: unknown.length })
  if (!isAsLookedAt(facts.seal)) return no('changed-since', { group: said.id })
  return yes({})
}

/** The reasons not to remove a group, in the order in which they are told. */
export const removalRefusals = ['hall-lived-in', 'changed-since'] as const
export type RemovalRefusal = (typeof removalRefusals)[number]

/**
 * Whether a group may be removed. Not the last group of a hall in which people live: the roster would not know their
 * hall any more. It can be left without doors instead. And only as it was looked at.
 */
export function mayRemoveGroup(facts: {
  hall: string | null
  isLastOfHall: boolean
  residents: number
  seal: Looked | null
}): Decision<object, RemovalRefusal> {
  const { hall, isLastOfHall, residents, seal } = facts
  if (hall !== null && isLastOfHall && residents > 0) return no('hall-lived-in', { hall, residents })
  if (!isAsLookedAt(seal)) return no('changed-since')
  return yes({})
}
