import { personFields } from './columns.ts'
import type { PersonFacts, PersonField } from './person.ts'
import type { GoodRow, Roster, RosterRead } from './rules.ts'

/** One field that a roster states otherwise than the register. */
export interface FieldChange {
  field: PersonField
  from: PersonFacts[PersonField]
  to: PersonFacts[PersonField]
}

/** A person in both, with what the roster changes and how the person will stand afterwards. */
export interface ChangedPerson {
  line: number
  person: PersonFacts
  changes: readonly FieldChange[]
}

/** What a roster says otherwise than the register, each list by student number. Looking changes nothing. */
export interface RosterDifference {
  added: readonly GoodRow[]
  changed: readonly ChangedPerson[]
  /** In the register and nowhere in the file. A short file is no reason to end anything: they stay as they are. */
  missing: readonly PersonFacts[]
  /** In the register and in the file, but in a row that could not be used: neither changed nor missing. */
  unreadable: readonly string[]
  unchanged: number
  /** Bad rows whose student number could not be read: some of the missing may be these. */
  badWithoutNumber: number
}

const isSame = (one: PersonFacts[PersonField], other: PersonFacts[PersonField]): boolean =>
  Array.isArray(one) && Array.isArray(other) ? one.join() === other.join() : one === other

const byNumber =
  <Item>(personOf: (item: Item) => PersonFacts) =>
  (a: Item, b: Item): number => {
    const [one, other] = [personOf(a).studentNumber, personOf(b).studentNumber]
    return one < other ? -1 : one > other ? 1 : 0
  }

/** A plan that has come true is none any more, also where the file says nothing of plans. */
const settled = (person: PersonFacts): PersonFacts =>
  person.nextStatus === person.status ? { ...person, nextStatus: null, nextStatusOn: null } : person

/**
 * A comparison of a roster with the people of the register, who come some at a time. It keeps what differs and lets go of the
 * rest, rows and people.
 */
export interface Comparison {
  /** How the roster was read. */
  read: RosterRead
  /** Compares the next people of the register, each of whom comes once. */
  with(people: readonly PersonFacts[]): void
  /** What was found, once everybody has come. */
  found(): RosterDifference
}

/** A person as a file tells them, and as the register has them where the file has no column. */
function completed(person: PersonFacts, before: PersonFacts, stated: Roster['stated']): PersonFacts {
  const silent = personFields.filter(field => !stated.includes(field))
  // Mostly the register knows nothing else either, and nobody is copied.
  if (silent.every(field => isSame(before[field], person[field]))) return person
  return { ...person, ...Object.fromEntries(silent.map(field => [field, before[field]])) }
}

/** A row against the person as the register has them: null where it says nothing else. */
function changedBy(
  { line, person }: GoodRow,
  before: PersonFacts,
  stated: Roster['stated'],
): ChangedPerson | null {
  const changes = stated
    .filter(field => !isSame(before[field], person[field]))
    .map(field => ({ field, from: before[field], to: person[field] }))
  if (changes.length === 0) return null
  return { line, person: settled(completed(person, before, stated)), changes }
}

/**
 * Compares a roster with the people of the register. Only fields that the file has columns for are compared, so that a
 * file without a hall column moves nobody out. The same file applied and compared again says that all is unchanged.
 */
export function comparison({ rows, ...read }: Roster): Comparison {
  const rowsLeft = new Map<string, GoodRow>()
  for (const row of rows) rowsLeft.set(row.person.studentNumber, row)
  const inBad = new Set(read.bad.flatMap(row => row.studentNumber ?? []))
  const changed: ChangedPerson[] = []
  const missing: PersonFacts[] = []
  const unreadable: string[] = []
  let unchanged = 0

  function compare(before: PersonFacts): void {
    const { studentNumber } = before
    const row = rowsLeft.get(studentNumber)
    if (!row) {
      if (inBad.has(studentNumber)) unreadable.push(studentNumber)
      else missing.push(before)
      return
    }
    rowsLeft.delete(studentNumber)
    const change = changedBy(row, before, read.stated)
    if (change) changed.push(change)
    else unchanged++
  }
  return {
    read,
    with(people) {
      for (const before of people) compare(before)
    },
    found: () => ({
      added: [...rowsLeft.values()].toSorted(byNumber(row => row.person)),
      changed: changed.toSorted(byNumber(each => each.person)),
      missing: missing.toSorted(byNumber(person => person)),
      unreadable: unreadable.toSorted(),
      unchanged,
      badWithoutNumber: read.bad.filter(row => row.studentNumber === null).length,
    }),
  }
}

/** What applying a difference will do, in numbers for the person who decides. */
export interface Applying {
  adds: number
  changes: number
  /** Of those changed: who stops being enrolled, now or on an announced day, and so loses campus access at a next update. */
  losesEnrolment: number
  leavesAlone: number
}

const isAnnouncedToEnd = (nextStatus: PersonFacts['nextStatus']): boolean =>
  nextStatus !== null && nextStatus !== 'enrolled'

/**
 * Whether a change ends somebody's enrolment: now, or on a day that the file announces, or sooner than was announced. A plan
 * whose day comes true with this very file has only its day changed.
 */
export const endsEnrolment = ({ changes, person: { status, nextStatus } }: ChangedPerson): boolean => {
  const isToEnd = status === 'enrolled' && isAnnouncedToEnd(nextStatus)
  return changes.some(({ field, from, to }) => {
    if (field === 'status') return from === 'enrolled'
    if (field === 'nextStatus') return isToEnd
    // Days are ISO dates, which sort as they follow each other.
    return field === 'nextStatusOn' && isToEnd && to !== null && (from === null || to < from)
  })
}

/** How many people a difference would end the enrolment of, and so their campus access: now, or on a day it announces. */
export const endingEnrolment = (found: RosterDifference): number => found.changed.filter(endsEnrolment).length

/**
 * How many of those whom other files have ended stay ended by a difference. Not counted are whom it begins again, and whom it
 * ends itself (sooner than was announced), so that nobody counts twice.
 */
export function stayEnded(ended: readonly string[], found: RosterDifference): number {
  const staying = new Set(ended)
  for (const change of found.changed) {
    const { studentNumber, status, nextStatus } = change.person
    const beginsAgain = status === 'enrolled' && !isAnnouncedToEnd(nextStatus)
    if (beginsAgain || endsEnrolment(change)) staying.delete(studentNumber)
  }
  return staying.size
}

/** Says what applying will do. People missing from the file and bad rows are left alone. */
export function applying(found: RosterDifference): Applying {
  return {
    adds: found.added.length,
    changes: found.changed.length,
    losesEnrolment: endingEnrolment(found),
    leavesAlone: found.missing.length + found.unreadable.length,
  }
}
