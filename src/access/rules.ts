/** Four flags, one a door of the controller: 0 closed, 1 opens. All zero: the number must be absent. */
export type Doors = readonly [number, number, number, number]

export const noDoors: Doors = [0, 0, 0, 0]

/** An access group and the doors it opens. */
export interface AccessGroup {
  id: string
  members: 'campus' | 'faculty' | 'hall'
  /** Which faculty or hall; null for the whole campus. */
  key: string | null
  doors: readonly DoorPlace[]
}

/** Where a door is: its controller, how that controller's readers send a chip number, and which of the four. */
export interface DoorPlace {
  controllerId: number
  numberFormat: string
  door: number
}

/** A card whose campus access is decided, with its number in each format in use and its days. */
export interface CardInUse {
  cardId: number
  numbers: ReadonlyMap<string, number>
  from: Temporal.PlainDate
  /** The last day, as it is sent ahead to the controllers. */
  to: Temporal.PlainDate
}

/** Days over which the last days of cards are spread: never are all cards of a campus without a last day on one. */
const spreadDays = 365

/**
 * The last day that the doors are told of a card whose campus access no date ends: always a real one, so that a card
 * ends without us. It lies `years` after the card's first day, and as many days later as this card is given, so that
 * few cards share it; in its last year it goes on by all but one of these years. So what the doors know of a card lasts
 * for a year at least. `years` is 2 or more.
 */
export function lastDayOf(
  { cardId, from }: Pick<CardInUse, 'cardId' | 'from'>,
  years: number,
  today: Temporal.PlainDate,
): Temporal.PlainDate {
  const renewedUntil = today.add({ years: 1 })
  let last = from.add({ years }).add({ days: cardId % spreadDays })
  while (Temporal.PlainDate.compare(last, renewedUntil) <= 0) last = last.add({ years: years - 1 })
  return last
}

/** What access needs to know of a person. */
export interface AccessPerson {
  personId: number
  /** Whether the roster gives campus access now: enrolled. */
  mayEnter: boolean
  faculty: string | null
  hall: string | null
  cards: readonly CardInUse[]
  /** Individual access hangs on the card, not on the person (the notice's point 10). */
  grants: readonly (DoorPlace & { cardId: number; grantId: number })[]
}

/** What one controller should hold for one number. */
export interface WantedRecord {
  controllerId: number
  number: number
  personId: number
  cardId: number
  doors: Doors
  from: Temporal.PlainDate
  to: Temporal.PlainDate
  /** What opens which of the four doors, as it was when this was decided: `group:library 12`, `grant:7 3`. */
  because: readonly string[]
}

/** What opens doors of a controller: an access group or an individual grant, and which of the four. */
export interface Cause {
  kind: 'group' | 'grant'
  id: string
  doors: readonly number[]
}

/** A cause as `wanted` keeps it. */
const written = (opens: string, doors: readonly number[]): string =>
  `${opens} ${[1, 2, 3, 4].filter(door => doors.includes(door)).join('')}`

/** The causes of a record, read back. */
export const causesOf = (because: readonly string[]): Cause[] =>
  because.map(text => {
    const [, kind, id = '', doors = ''] = /^(group|grant):(\S+) ([1-4]+)$/.exec(text) ?? []
    if (kind === undefined) throw new Error(`"${text}" is no cause of a door's opening`)
    return { kind: kind as Cause['kind'], id, doors: doors.split('').map(Number) }
  })

/** Whether a group opens its doors to this person. */
export function isMember(group: AccessGroup, person: AccessPerson): boolean {
  if (!person.mayEnter) return false
  if (group.members === 'campus') return true
  return group.key === (group.members === 'faculty' ? person.faculty : person.hall)
}

/**
 * What every controller should hold for this person: each of the person's cards with campus access opens the
 * doors of the person's groups, and the doors granted to that very card. Controllers where nothing opens hold
 * nothing.
 */
export function wantedOf(person: AccessPerson, groups: readonly AccessGroup[]): WantedRecord[] {
  if (!person.mayEnter) return []
  const shared = groups
    .filter(group => isMember(group, person))
    .flatMap(({ id, doors }) => doors.map(place => ({ ...place, opens: `group:${id}` })))
  return person.cards.flatMap(card => {
    const own = person.grants
      .filter(grant => grant.cardId === card.cardId)
      .map(grant => ({ ...grant, opens: `grant:${grant.grantId}` }))
    const byController = Map.groupBy([...shared, ...own], place => place.controllerId)
    return [...byController].flatMap(([controllerId, places]) => {
      const number = card.numbers.get(places[0]!.numberFormat)
      if (number === undefined) return []
      const doors = [1, 2, 3, 4].map(door => (places.some(place => place.door === door) ? 1 : 0))
      const causes = Map.groupBy(places, place => place.opens)
      return [
        {
          controllerId,
          number,
          personId: person.personId,
          cardId: card.cardId,
          doors: doors as unknown as Doors,
          from: card.from,
          to: card.to,
          because: [...causes].map(([opens, by]) =>
            written(
              opens,
              by.map(({ door }) => door),
            ),
          ),
        },
      ]
    })
  })
}

/** A row of `wanted`: the record, and when it is due. */
export interface WantedRow extends WantedRecord {
  carriedBy: Temporal.Instant
  atOnce: boolean
  urgent: boolean
}

/** What is wanted of a number until now, and whether it is being removed as lost. */
export interface NewestRow extends Omit<WantedRecord, 'because'> {
  urgent: boolean
}

/** When the changes of one act reach the doors. */
export interface Carried {
  now: Temporal.Instant
  /** Start of the window that carries ordinary changes. */
  window: Temporal.Instant
  /** The last night before a deadline: new cards are put at once, so that nobody is stranded. */
  putsAtOnce: boolean
  /** Cards reported lost or barred: their removal does not wait. */
  urgentCards: readonly number[]
}

const sameRecord = (a: NewestRow, b: WantedRecord): boolean =>
  a.doors.every((open, i) => open === b.doors[i]) &&
  (isAbsent(a) || (a.from.equals(b.from) && a.to.equals(b.to)))

/** Whether a record says that the number must not be on the controller. */
export const isAbsent = (record: { doors: Doors }): boolean => record.doors.every(open => open === 0)

/**
 * The rows that turn what was wanted until now into what is wanted now: only what differs, each with the moment
 * it is due. A number no longer wanted becomes an absent row; a lost card's rows are due at once whatever was
 * planned before.
 */
export function changedRows(
  wanted: readonly WantedRecord[],
  newest: readonly NewestRow[],
  carried: Carried,
): WantedRow[] {
  const keyOf = (record: { controllerId: number; number: number }) =>
    `${record.controllerId} ${record.number}`
  const wantedByKey = new Map(wanted.map(record => [keyOf(record), record]))
  const newestByKey = new Map(newest.map(row => [keyOf(row), row]))
  const rows: WantedRow[] = []
  for (const [key, record] of wantedByKey) {
    const before = newestByKey.get(key)
    if (before && sameRecord(before, record)) continue
    const isNew = before === undefined || isAbsent(before)
    const atOnce = carried.putsAtOnce && isNew
    rows.push({ ...record, carriedBy: atOnce ? carried.now : carried.window, atOnce, urgent: false })
  }
  for (const [key, before] of newestByKey) {
    if (wantedByKey.has(key)) continue
    const urgent = carried.urgentCards.includes(before.cardId)
    if (isAbsent(before) && !(urgent && !before.urgent)) continue
    rows.push({
      ...before,
      doors: noDoors,
      because: [],
      carriedBy: urgent ? carried.now : carried.window,
      atOnce: urgent,
      urgent,
    })
  }
  return rows
}
