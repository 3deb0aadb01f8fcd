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
  type WantedRecord,
  type WantedRow,
  wantedOf,
} from './rules.ts'
import { accessGroups, accessOf, type CardRow, type Holding, keepWanted, whoOpensElsewhere } from './store.ts'

/** How long a card without a deadline is valid at the doors: always a real date, so that it ends without us. */
const validYears = 5

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

/** A card with its days; the last one is the last whole day that lies before its end. */
function cardInUse(card: CardRow, dayOf: (at: Temporal.Instant) => Temporal.PlainDate): CardInUse {
  const from = dayOf(card.from)
  const to = card.until ? dayOf(card.until.subtract({ nanoseconds: 1 })) : from.add({ years: validYears })
  return { cardId: card.cardId, numbers: card.numbers, from, to }
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

const numberOf = ({ controllerId, number }: WantedRecord): string => `${controllerId} ${number}`

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
  const dayOf = daysIn(programme.campus.zone)
  const facultyOf = new Map(programme.departments.map(({ id, faculty }) => [id, faculty]))
  const found: Recomputed = { rows: [], leftWithoutDoor: [] }
  for (const { personId, status, department, hall } of people) {
    const person: AccessPerson = {
      personId,
      mayEnter: status === 'enrolled',
      faculty: facultyOf.get(department) ?? null,
      hall,
      cards: (cards.get(personId) ?? []).map(card => cardInUse(card, dayOf)),
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

/** People whose ended cards one act takes off what is wanted: less than a second in which others wait for it. */
const endedAtATime = 500

const endedSql = `
  select distinct u.person_id as "personId" from card_use u
  where upper(u.during) <= $1 and u.person_id > $3
    and exists (
      select from wanted w
      where w.person_id = u.person_id and w.card_id = u.card_id and w.doors <> '{0,0,0,0}' and w.valid_to < $2
        and not exists (select from wanted later where later.controller_id = w.controller_id
                        and later.number = w.number and later.carried_by > w.carried_by))
  order by 1 limit $4`

/** What one portion did. */
export interface EndedCards {
  people: number
  /** The last person of this portion, where others may follow; null when there is nobody left. */
  last: number | null
}

/**
 * Takes cards whose campus access has ended by its date off what is wanted, so that they are also removed: of the next
 * people after `after`, by their ids, because on the day after a deadline they may be everybody. The doors have refused
 * the cards since that date: their valid-to day was sent ahead.
 */
export async function clearEndedCards(act: Act, zone: string, after = 0): Promise<EndedCards> {
  const today = act.now.toZonedDateTimeISO(zone).toPlainDate()
  const values = [act.now, today, after, endedAtATime]
  const rows = await act.statement<{ personId: number }>('ended_cards', endedSql, values)
  const personIds = rows.map(row => row.personId)
  await recomputeAccess(act, personIds)
  return { people: rows.length, last: rows.length < endedAtATime ? null : personIds.at(-1)! }
}
