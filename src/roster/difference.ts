import type { PersonFacts, PersonField } from './person.ts'
import type { Roster } from './rules.ts'

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
  added: readonly { line: number; person: PersonFacts }[]
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

const byStudentNumber = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** A plan that has come true is none any more, also where the file says nothing of plans. */
const settled = (person: PersonFacts): PersonFacts =>
  person.nextStatus === person.status ? { ...person, nextStatus: null, nextStatusOn: null } : person

/** How many rows are compared between two chances of everybody else. */
const atATime = 500

/**
 * Compares a roster with the people of the register; yields how many rows it has compared. Only fields that the file has
 * columns for are compared, so that a file without a hall column moves nobody out. The same file applied and compared
 * again says that all is unchanged.
 */
export function* difference(
  roster: Roster,
  register: Iterable<PersonFacts>,
): Generator<number, RosterDifference> {
  const present = new Map([...register].map(person => [person.studentNumber, person]))
  const added: { line: number; person: PersonFacts }[] = []
  const changed: ChangedPerson[] = []
  let unchanged = 0
  let compared = 0
  for (const row of roster.rows) {
    if (++compared % atATime === 0) yield compared
    const before = present.get(row.person.studentNumber)
    if (!before) {
      added.push(row)
      continue
    }
    const changes = roster.stated
      .filter(field => !isSame(before[field], row.person[field]))
      .map(field => ({ field, from: before[field], to: row.person[field] }))
    if (changes.length === 0) unchanged++
    else {
      const stated = Object.fromEntries(changes.map(({ field, to }) => [field, to]))
      changed.push({ line: row.line, person: settled({ ...before, ...stated }), changes })
    }
  }
  const inRows = new Set(roster.rows.map(row => row.person.studentNumber))
  const inBad = new Set(roster.bad.flatMap(row => row.studentNumber ?? []))
  const absent = [...present.values()].filter(person => !inRows.has(person.studentNumber))
  return {
    added: added.toSorted((a, b) => byStudentNumber(a.person.studentNumber, b.person.studentNumber)),
    changed: changed.toSorted((a, b) => byStudentNumber(a.person.studentNumber, b.person.studentNumber)),
    missing: absent
      .filter(person => !inBad.has(person.studentNumber))
      .toSorted((a, b) => byStudentNumber(a.studentNumber, b.studentNumber)),
    unreadable: absent
      .map(person => person.studentNumber)
      .filter(number => inBad.has(number))
      .toSorted(byStudentNumber),
    unchanged,
    badWithoutNumber: roster.bad.filter(row => row.studentNumber === null).length,
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

/**
 * Whether a change ends somebody's enrolment: now, or on a day that the file announces, or sooner than was announced. A plan
 * whose day comes true with this very file has only its day changed.
 */
const endsEnrolment = ({ changes, person: { status, nextStatus } }: ChangedPerson): boolean => {
  const isToEnd = status === 'enrolled' && nextStatus !== null && nextStatus !== 'enrolled'
  return changes.some(({ field, from, to }) => {
    if (field === 'status') return from === 'enrolled'
    if (field === 'nextStatus') return isToEnd
    // Days are ISO dates, which sort as they follow each other.
    return field === 'nextStatusOn' && isToEnd && to !== null && (from === null || to < from)
  })
}

/** How many people a difference would end the enrolment of, and so their campus access: now, or on a day it announces. */
export const endingEnrolment = (found: RosterDifference): number => found.changed.filter(endsEnrolment).length

/** Says what applying will do. People missing from the file and bad rows are left alone. */
export function applying(found: RosterDifference): Applying {
  return {
    adds: found.added.length,
    changes: found.changed.length,
    losesEnrolment: endingEnrolment(found),
    leavesAlone: found.missing.length + found.unreadable.length,
  }
}
