import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import { nextWindow } from '../programme/timetable.ts'
import type { Act } from '../server/register.ts'
import {
  type AccessGroup,
  type AccessPerson,
  type CardInUse,
  changedRows,
  isAbsent,
  isMember,
  lastDayOf,
  type WantedRow,
  wantedOf,
} from './rules.ts'
import {
  accessGroups,
  accessOf,
  type CardRow,
  type Holding,
  keepWanted,
  type RegisteredPerson,
  whoOpensElsewhere,
} from './store.ts'

/** The days of instants in a zone, each worked out once: most old cards end at the same moment. */
function daysIn(zone: string): (at: Temporal.Instant) => Temporal.PlainDate {
  const known = new Map<bigint, Temporal.PlainDate>()
  return at => {
    const key = at.epochNanoseconds
    const day = known.get(key) ?? at.toZonedDateTimeISO(zone).toPlainDate()
    known.set(key, day)
    return day
  }
}

/** Until a programme says for how many years the doors are told a card that no date ends. */
const usualYears = 5

/** For how many years the doors are told a card that no date ends. */
export const yearsOf = ({ cardYears = usualYears }: Programme): number => cardYears

/** How a programme and a day make of a registered card one with its days; the last one is the last whole day before its end. */
function cardsOn(programme: Programme, now: Temporal.Instant): (card: CardRow) => CardInUse {
  const dayOf = daysIn(programme.campus.zone)
  const [today, years] = [dayOf(now), yearsOf(programme)]
  return ({ cardId, numbers, from: since, until }) => {
    const from = dayOf(since)
    const to = until ? dayOf(until.subtract({ nanoseconds: 1 })) : lastDayOf({ cardId, from }, years, today)
    return { cardId, numbers, from, to }
  }
}

/**
 * A card of somebody who will not be enrolled from a known day on: its last day is the one before, sent ahead, so that the
 * doors end it then whatever happens to us.
 */
const untilTheyLeave =
  ({ nextStatus, nextStatusOn }: Pick<RegisteredPerson, 'nextStatus' | 'nextStatusOn'>) =>
  (card: CardInUse): CardInUse => {
    if (nextStatusOn === null || nextStatus === 'enrolled') return card
    const last = nextStatusOn.subtract({ days: 1 })
    if (Temporal.PlainDate.compare(last, card.to) >= 0) return card
    return { ...card, to: Temporal.PlainDate.compare(last, card.from) < 0 ? card.from : last }
  }

/** What else an act says about when its changes reach the doors. */
export interface Haste {
  /** The last night before a deadline: the new card does not wait for the window. */
  putsAtOnce?: boolean
  /** Cards reported lost or barred. */
  urgentCards?: readonly number[]
  /** What is worked out stands on the controllers already, as the system before Gatehouse left it: nothing is owed. */
  standing?: boolean
}

/** What a row of `wanted` does to its number on its controller. */
export type Deed = 'put' | 'change' | 'remove'

/** What a change would be for some people: the rows of `wanted` that it writes, and who opens what by it. */
export interface Recomputed {
  rows: (WantedRow & { deed: Deed })[]
  /** People who open some door as it stands, and none with the change. */
  leftWithoutDoor: number[]
}

const numberOf = ({ controllerId, number }: { controllerId: number; number: number }): string =>
  `${controllerId} ${number}`

/** How some people's doors are worked out. */
interface Working {
  haste?: Haste
  /** In place of the groups that are recorded. */
  groups?: readonly AccessGroup[]
  holding: Holding
  /** The controllers on which anything can differ; all of them where nothing is said. */
  on?: readonly number[]
  /** In place of the next window after the act's moment. */
  window?: Temporal.Instant
}

/** Groups with their doors on some controllers alone. */
const onlyOn = (groups: readonly AccessGroup[], on: ReadonlySet<number>): AccessGroup[] =>
  groups.map(group => ({ ...group, doors: group.doors.filter(door => on.has(door.controllerId)) }))

/** The groups of a kind of people, each kind looked through once: on a campus there are many people and few kinds. */
function groupsByKind(groups: readonly AccessGroup[]) {
  const known = new Map<string, readonly AccessGroup[]>()
  return (person: AccessPerson): readonly AccessGroup[] => {
    const kind = JSON.stringify([person.mayEnter, person.faculty, person.hall])
    const found = known.get(kind) ?? groups.filter(group => group.doors.length > 0 && isMember(group, person))
    known.set(kind, found)
    return found
  }
}

/** Works out, for some people, what differs between what is wanted and what should be; writes nothing. */
export async function recomputed(
  act: Act,
  personIds: readonly number[],
  { haste = {}, groups, holding, on, window }: Working,
): Promise<Recomputed> {
  // The groups are read after the people are locked: an act that changed a group meanwhile had locked them.
  const [programme, { people, lockedAt, cards, grants, newest }, all] = await Promise.all([
    programmeInForce(act),
    accessOf(act, personIds, holding, on),
    groups ?? accessGroups(act),
  ])
  const concerned = on && new Set(on)
  const now = groupsByKind(concerned ? onlyOn(all, concerned) : all)
  const carried = {
    now: lockedAt,
    window: window ?? nextWindow(programme.timetable, programme.campus.zone, act.now).startsAt,
    putsAtOnce: haste.putsAtOnce ?? false,
    urgentCards: haste.urgentCards ?? [],
  }
  const inUse = cardsOn(programme, act.now)
  const facultyOf = new Map(programme.departments.map(({ id, faculty }) => [id, faculty]))
  const found: Recomputed = { rows: [], leftWithoutDoor: [] }
  for (const { personId, status, department, hall, ...ahead } of people) {
    const person: AccessPerson = {
      personId,
      mayEnter: status === 'enrolled',
      faculty: facultyOf.get(department) ?? null,
      hall,
      cards: (cards.get(personId) ?? []).map(inUse).map(untilTheyLeave(ahead)),
      grants: (grants.get(personId) ?? []).filter(grant => !concerned || concerned.has(grant.controllerId)),
    }
    const wanted = wantedOf(person, now(person))
    const before = newest.get(personId) ?? []
    const there = new Set(before.filter(row => !isAbsent(row)).map(numberOf))
    for (const row of changedRows(wanted, before, carried)) {
      const deed = isAbsent(row) ? 'remove' : there.has(numberOf(row)) ? 'change' : 'put'
      found.rows.push({ ...row, deed })
    }
    if (wanted.length === 0 && there.size > 0) found.leftWithoutDoor.push(personId)
  }
  if (on && found.leftWithoutDoor.length > 0) {
    const elsewhere = await whoOpensElsewhere(act, found.leftWithoutDoor, on)
    found.leftWithoutDoor = found.leftWithoutDoor.filter(id => !elsewhere.has(id))
  }
  return found
}

/**
 * Brings `wanted` up to date for the people whom an act, a roster change, a grant or a date concerns; nobody
 * else is looked at. Ordinary changes are carried by the next window; the act's moment was read under the
 * timetable's lock, so that window has not begun. What is at once is decided by the time once the people are locked: of
 * a loss and an activation at once the later one counts, whichever act began first.
 */
export async function recomputeAccess(
  act: Act,
  personIds: readonly number[],
  haste: Haste = {},
): Promise<void> {
  if (personIds.length === 0) return
  const { rows } = await recomputed(act, personIds, { haste, holding: 'locked' })
  await keepWanted(act, rows, haste.standing)
}
