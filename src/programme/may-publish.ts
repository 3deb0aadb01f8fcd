import { type Decision, no, type Refused, yes } from '../lib/decision.ts'
import { type DeadlineMove, deadlineMoves, departmentsMoved } from './deadline.ts'
import type { Decided } from './decided.ts'
import { differenceBetween } from './difference.ts'
import type { ProgrammeReading } from './read.ts'
import type { Programme } from './shape.ts'
import type { Published } from './store.ts'
import { nextWindow, type Window, windowAtOrBefore } from './timetable.ts'

/** What publishing needs to know: the text as it reads, what is in force, and what is decided already. */
export interface PublishingFacts {
  now: Temporal.Instant
  reading: ProgrammeReading
  inForce: Published | null
  /** The version that the text was compared with when it was looked at; null: there was none. */
  comparedWith: number | null
  /** Whether it is the very text that was looked at. */
  sealFits: boolean
  /** Whether a file of cards is coming into the register just now, by the editions and counters in force. */
  cardsComingIn: boolean
  /** Whether one person publishes it alone; not so where another one proposed it, or where it is only looked at. */
  alone: boolean
  decided: Decided
}

/** The reasons not to publish, in the order in which they are told; the order is part of the contract. */
export const publishRefusals = [
  'programme-has-problems',
  'changed-meanwhile',
  'not-what-was-looked-at',
  'nothing-changes',
  'another-campus',
  'edition-in-use',
  'counter-has-cards',
  'counter-has-clerks',
  'site-in-use',
  'faculty-in-use',
  'department-in-use',
  'deadline-has-passed',
  'deadline-in-the-past',
  'deadline-outruns-doors',
  'promise-broken',
  'changes-overtaken',
  'update-due',
  'cards-coming-in',
  'needs-second-person',
] as const
export type PublishRefusal = (typeof publishRefusals)[number]

type Said = Refused<PublishRefusal> | null

/** What a moved deadline does to the cards of one edition. */
export interface AccessMove extends DeadlineMove {
  people: number
  /** Earlier: campus access ends sooner than it would have. */
  earlier: boolean
}

/** What follows from publishing, for the sentence beside the button and for the act itself. */
export interface Brings {
  moves: readonly AccessMove[]
  /** People with a card whose campus access would end earlier, and later. */
  endsEarlier: number
  endsLater: number
  /** People whose department belongs to another faculty. */
  changeFaculty: number
  /** People whose promise the new timetable would not keep. */
  promisesBroken: number
  /** The update that would bring all this to the doors. */
  window: Window
}

const compare = (a: Temporal.Instant, b: Temporal.Instant): number => Temporal.Instant.compare(a, b)
const nanosecond = { nanoseconds: 1 }

/** An instant as the campus's clocks show it, for a sentence: 2024-03-01 00:00. */
const wall = (moment: Temporal.Instant, { campus }: Programme): string =>
  moment
    .toZonedDateTimeISO(campus.zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
    .replace('T', ' ')

/** The first window that starts at or after that moment. */
const firstWindowFrom = ({ timetable, campus }: Programme, moment: Temporal.Instant): Window =>
  nextWindow(timetable, campus.zone, moment.subtract(nanosecond))

/** Promises that the doors would not keep by this timetable: the window that then carries them ends too late. */
const broken = (after: Programme, { promises }: Decided) =>
  promises.filter(({ carriedBy, newFrom }) => compare(firstWindowFrom(after, carriedBy).endsBy, newFrom) > 0)

const sum = (rows: readonly { people: number }[]): number => rows.reduce((all, { people }) => all + people, 0)

const endsAlike = (a: Temporal.Instant | null, b: Temporal.Instant | null): boolean =>
  a === null || b === null ? a === b : a.equals(b)

const isPast = (moment: Temporal.Instant | null, now: Temporal.Instant): boolean =>
  moment !== null && compare(moment, now) <= 0

/** What publishing this programme in place of that one would bring with it. */
export function whatItBrings(
  before: Programme | null,
  after: Programme,
  { now, decided }: Pick<PublishingFacts, 'now' | 'decided'>,
): Brings {
  const moves = (before ? deadlineMoves(before, after) : []).map(move => ({
    ...move,
    people: sum(
      decided.access.filter(
        ({ edition, until }) =>
          edition === move.edition && endsAlike(until, move.from) && !isPast(until, now),
      ),
    ),
    earlier: move.to !== null && (move.from === null || compare(move.to, move.from) < 0),
  }))
  const departments = before ? departmentsMoved(before, after) : []
  return {
    moves,
    endsEarlier: sum(moves.filter(({ earlier }) => earlier)),
    endsLater: sum(moves.filter(({ earlier }) => !earlier)),
    changeFaculty: departments.reduce((all, id) => all + (decided.peopleOfDepartment.get(id) ?? 0), 0),
    promisesBroken: sum(broken(after, decided)),
    window: nextWindow(after.timetable, after.campus.zone, now),
  }
}

/** The first thing that the new programme no longer has although something hangs on it. */
function removed(
  refusal: PublishRefusal,
  lists: { before: readonly { id: string }[]; after: readonly { id: string }[] },
  uses: ReadonlyMap<string, number>,
): Said {
  const stays = new Set(lists.after.map(({ id }) => id))
  const gone = lists.before.find(({ id }) => !stays.has(id) && (uses.get(id) ?? 0) > 0)
  return gone ? no(refusal, { id: gone.id, count: uses.get(gone.id)! }) : null
}

/** What was decided about the campus and its things must still have its place in the new programme. */
function* misplaced(before: Programme, after: Programme, facts: PublishingFacts): Generator<Said> {
  const { decided } = facts
  const [was, is] = [before.campus, after.campus]
  const another =
    was.id !== is.id ||
    was.zone !== is.zone ||
    was.studentNumber !== is.studentNumber ||
    was.currency.code !== is.currency.code ||
    was.currency.minorDigits !== is.currency.minorDigits
  yield decided.registered > 0 && another ? no('another-campus', { campus: was.id, zone: was.zone }) : null
  const both = <Key extends 'editions' | 'counters' | 'faculties' | 'departments'>(key: Key) => ({
    before: before[key],
    after: after[key],
  })
  yield removed('edition-in-use', both('editions'), decided.cardsOfEdition)
  yield removed('counter-has-cards', both('counters'), decided.cardsAtCounter)
  yield removed('counter-has-clerks', both('counters'), decided.clerksAtCounter)
  yield removed('site-in-use', { before: was.sites, after: is.sites }, decided.peopleOfSite)
  yield removed('faculty-in-use', both('faculties'), decided.groupsOfFaculty)
  yield removed('department-in-use', both('departments'), decided.peopleOfDepartment)
}

/** A deadline may move while both its old and its new day lie far enough ahead that the doors learn of it in time. */
function* badDeadline(before: Programme, after: Programme, facts: PublishingFacts): Generator<Said> {
  const { now } = facts
  const { moves, window } = whatItBrings(before, after, facts)
  // An edition that the deadline no longer names stays ended: rows that have ended are not touched.
  const ended = moves.find(({ from, to }) => to !== null && isPast(from, now))
  yield ended ? no('deadline-has-passed', { edition: ended.edition, on: before.deadline.on }) : null
  const past = moves.find(({ to }) => isPast(to, now))
  yield past ? no('deadline-in-the-past', { edition: past.edition, on: after.deadline.on }) : null
  const outrun = moves
    .filter(({ people }) => people > 0)
    .flatMap(({ from, to }) => [from, to])
    .find(end => end !== null && compare(end, window.endsBy) < 0)
  yield outrun
    ? no('deadline-outruns-doors', { end: wall(outrun, after), learn: wall(window.endsBy, after) })
    : null
}

/** A new timetable must keep what people were promised by the old one, and overtake nothing that waits. */
function* badTimetable(after: Programme, facts: PublishingFacts): Generator<Said> {
  const { now, decided } = facts
  const promises = broken(after, decided)
  const lastPromise = promises.at(-1)
  yield lastPromise
    ? no('promise-broken', { count: sum(promises), after: wall(lastPromise.carriedBy, after) })
    : null
  // The latest row of a number counts: what is decided for an earlier window could not replace what waits for a later.
  const { startsAt } = nextWindow(after.timetable, after.campus.zone, now)
  const overtaken = decided.planned.filter(({ carriedBy }) => compare(startsAt, carriedBy) < 0)
  const lastPlanned = overtaken.at(-1)
  yield lastPlanned
    ? no('changes-overtaken', {
        count: sum(overtaken),
        next: wall(startsAt, after),
        after: wall(lastPlanned.carriedBy, after),
      })
    : null
}

/** An update whose time has come and that has not begun would be forgotten by a timetable that does not have it. */
function due({ programme, publishedAt }: Published, { now, decided }: PublishingFacts): Said {
  const { newestWindow } = decided
  const { startsAt } = windowAtOrBefore(programme.timetable, programme.campus.zone, now)
  const waits =
    newestWindow !== null && compare(startsAt, newestWindow) > 0 && compare(startsAt, publishedAt) > 0
  return waits ? no('update-due', { at: wall(startsAt, programme) }) : null
}

function* refusals(facts: PublishingFacts): Generator<Said> {
  const { reading, inForce, comparedWith, sealFits } = facts
  if (!reading.ok) {
    const { problems } = reading
    yield no('programme-has-problems', { count: problems.length, line: problems[0]?.line ?? 1 })
    return
  }
  const after = reading.programme
  yield (inForce?.version ?? null) === comparedWith
    ? null
    : no('changed-meanwhile', { version: inForce?.version ?? null })
  yield sealFits ? null : no('not-what-was-looked-at')
  if (inForce === null) return
  const before = inForce.programme
  yield differenceBetween(before, after).length > 0
    ? null
    : no('nothing-changes', { version: inForce.version })
  yield* misplaced(before, after, facts)
  // While nobody and no card is registered, no day has ended anything.
  if (facts.decided.registered > 0) yield* badDeadline(before, after, facts)
  yield* badTimetable(after, facts)
  yield due(inForce, facts)
  yield facts.cardsComingIn ? no('cards-coming-in') : null
  yield facts.alone && asksSecondPerson(before)
    ? no('needs-second-person', { version: inForce.version })
    : null
}

/** Whether what takes this programme's place is proposed by one officer and published by another: so unless it says otherwise. */
export const asksSecondPerson = ({ publishing }: Programme): boolean => publishing !== 'alone'

/** Every reason not to publish, in the contracted order, so that they can be mended in one go. */
export const reasonsNotToPublish = (facts: PublishingFacts): Refused<PublishRefusal>[] =>
  [...refusals(facts)].filter(said => said !== null)

/**
 * Whether this text may become the programme in force. A new version decides from now on; it never contradicts what
 * is decided already: an ended card stays ended, a promise given is kept, and nothing that people, cards or doors
 * hang on disappears.
 */
export function mayPublish(
  facts: PublishingFacts,
): Decision<{ programme: Programme; replaces: number | null }, PublishRefusal> {
  const [first] = reasonsNotToPublish(facts)
  if (first) return first
  if (!facts.reading.ok) throw new Error('A text that does not read was not refused.')
  return yes({ programme: facts.reading.programme, replaces: facts.inForce?.version ?? null })
}
