import { type Doors, isAbsent, noDoors } from '../access/rules.ts'

/** What a controller should hold, or does hold, for one number. */
export interface Content {
  doors: Doors
  from: Temporal.PlainDate
  to: Temporal.PlainDate
}

/** One number of one person on one controller: what is due, and what the ledger says is there. */
export interface DueNumber {
  number: number
  personId: number
  cardId: number
  wanted: Content
  carriedBy: Temporal.Instant
  urgent: boolean
  /** What the controller last confirmed; null when it never confirmed anything for this number. */
  held: Content | null
}

/** Whether the controller's memory already is what is wanted. */
export function agrees(wanted: Content, held: Content | null): boolean {
  if (held === null) return false
  if (isAbsent(wanted)) return isAbsent(held)
  return (
    wanted.doors.every((open, i) => open === held.doors[i]) &&
    wanted.from.equals(held.from) &&
    wanted.to.equals(held.to)
  )
}

/** What to do for one person on one controller, in this order and no other. */
export interface PersonSteps {
  personId: number
  /** Already as wanted: nothing to send. */
  settled: DueNumber[]
  /** Lost and barred first: they beat make-before-break. */
  urgentRemovals: DueNumber[]
  puts: DueNumber[]
  /** Only when every card this person should have here is confirmed: never a person with neither card. */
  removals: DueNumber[]
}

/** The steps of one person: urgent removals, then puts, then, when all puts are confirmed, removals. */
export function stepsFor(personId: number, due: readonly DueNumber[]): PersonSteps {
  const toDo = due.filter(number => !agrees(number.wanted, number.held))
  const removals = toDo.filter(number => isAbsent(number.wanted))
  return {
    personId,
    settled: due.filter(number => agrees(number.wanted, number.held)),
    urgentRemovals: removals.filter(number => number.urgent),
    puts: toDo.filter(number => !isAbsent(number.wanted)),
    removals: removals.filter(number => !number.urgent),
  }
}

/** A person who has something open on a controller, with what kind of thing. */
export interface OpenPerson {
  personId: number
  urgent: boolean
  puts: boolean
  removals: boolean
}

const rank = (person: OpenPerson): number => {
  if (person.urgent) return 0
  if (person.puts && person.removals) return 1
  return person.removals ? 2 : 3
}

/**
 * Whom a lane visits first: lost and barred; then people who switch cards, so that the one round trip between
 * put and delete stays short; then removals that strand nobody, which make room; then updates and adds.
 */
export function visitingOrder(open: readonly OpenPerson[]): OpenPerson[] {
  return open.toSorted((a, b) => rank(a) - rank(b) || a.personId - b.personId)
}

/** What the ledger holds for a number that was confirmed gone. */
export const gone = (was: Content): Content => ({ ...was, doors: noDoors })
