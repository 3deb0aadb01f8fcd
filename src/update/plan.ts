import { type Doors, isAbsent } from '../access/rules.ts'
import type { Found } from './driver.ts'

/** What a controller should hold, or does hold, for one number. */
export interface Content {
  doors: Doors
  from: Temporal.PlainDate
  to: Temporal.PlainDate
}

/** One number of one person on one controller: the newest that is due of it. */
export interface DueNumber {
  number: number
  personId: number
  cardId: number
  wanted: Content
  carriedBy: Temporal.Instant
  atOnce: boolean
  urgent: boolean
  /** The controller confirmed exactly this. */
  settled: boolean
  /** The controller's list was read, or its content adopted: what is known from that is kept up. */
  listRead: boolean
  /** The newest reading of the controller's list found a card under this number that Gatehouse did not put there. */
  foreign: boolean
}

/** Whether what a controller holds is what is wanted; nothing there (null) is what is wanted of an absent number. */
export function agrees(wanted: Content, there: Content | null): boolean {
  if (there === null || isAbsent(wanted)) return there === null && isAbsent(wanted)
  return (
    wanted.doors.every((open, i) => open === there.doors[i]) &&
    wanted.from.equals(there.from) &&
    wanted.to.equals(there.to)
  )
}

/** Whether what was read back is what is wanted; a keypad code that we did not send is not. */
export function isThere(wanted: Content, found: Found): boolean {
  if (found.answer === 'found') return found.card.pin === 0 && agrees(wanted, found.card)
  return found.answer === 'absent' && agrees(wanted, null)
}

/** What to do for one person on one controller, in this order and no other. */
export interface PersonSteps {
  personId: number
  /** Confirmed already: nothing to send. */
  settled: DueNumber[]
  /** Lost and barred first: they beat make-before-break. */
  urgentRemovals: DueNumber[]
  puts: DueNumber[]
  /** Cards confirmed earlier that the removals rely on: looked up again before anything is taken away. */
  reliedOn: DueNumber[]
  /** Only when every card this person should have here was just seen there: never a person with neither card. */
  removals: DueNumber[]
}

/**
 * The steps of one person: urgent removals, then puts, then, when all puts are confirmed, removals.
 *
 * What is not settled is always sent, also where our ledger says that the controller holds it already: a process
 * that died between sending and writing down leaves a ledger that does not know what it sent.
 */
export function stepsFor(personId: number, due: readonly DueNumber[]): PersonSteps {
  const toDo = due.filter(number => !number.settled)
  const settled = due.filter(number => number.settled)
  const removals = toDo.filter(number => isAbsent(number.wanted) && !number.urgent)
  return {
    personId,
    settled,
    urgentRemovals: toDo.filter(number => isAbsent(number.wanted) && number.urgent),
    puts: toDo.filter(number => !isAbsent(number.wanted)),
    reliedOn: removals.length > 0 ? settled.filter(number => !isAbsent(number.wanted)) : [],
    removals,
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

/** Who needs a second visit: a card that found the controller full may fit after the removals that came later. */
const mostVisits = (person: OpenPerson): number => (rank(person) < 3 ? 2 : 1)

/** Whether a lane still visits a person of whom this many visits left something open. */
export const isStillVisited = (person: OpenPerson, visits: number): boolean => visits < mostVisits(person)

/**
 * Whom a lane visits next, in order: lost and barred; people who switch cards, so that the time between put and
 * delete stays short; removals that strand nobody, which make room; those of them once more whose card found no
 * room. Only then come updates and adds, so that they take no room that a switch could have used.
 */
export function nextVisits(
  open: readonly OpenPerson[],
  visits: ReadonlyMap<number, number>,
): readonly OpenPerson[] {
  const visitsOf = (person: OpenPerson) => visits.get(person.personId) ?? 0
  const due = open.filter(person => isStillVisited(person, visitsOf(person)))
  const withRemovals = due.filter(person => rank(person) < 3)
  return (withRemovals.length > 0 ? withRemovals : due).toSorted(
    (a, b) =>
      Number(b.urgent) - Number(a.urgent) ||
      visitsOf(a) - visitsOf(b) ||
      rank(a) - rank(b) ||
      a.personId - b.personId,
  )
}
