import { isAbsent } from '../../src/access/rules.ts'
import type { Window } from '../../src/programme/timetable.ts'
import type {
  Batch,
  HeldNumber,
  LaneWithWork,
  Lease,
  PartOutcome,
  ReadBack,
  Rest,
} from '../../src/update/ledger.ts'
import type { OpenPerson } from '../../src/update/plan.ts'
import type { WindowPlan } from '../../src/update/windows.ts'
import type { Books, ControllerBooks, LaneInBooks, WantedInBooks, WindowInBooks } from './books.ts'
import { WindowsOfPlan } from './windows-of-plan.ts'

/** The two clocks of the database, in milliseconds. */
export interface Moment {
  nowMs: number
  rawMs: number
}

const keys = new WeakMap<Window, string>()
const windowKey = ({ campus }: WindowPlan, window: Window): string =>
  keys.getOrInsertComputed(window, ({ on, at }) => `${campus} ${on.toString()} ${at.toString()}`)

/** One that is caught up with after its end has its whole time from then on. */
const endsByMs = ({ startsAt, endsBy }: Window, nowMs: number): number =>
  endsBy.epochMilliseconds > nowMs
    ? endsBy.epochMilliseconds
    : nowMs + endsBy.epochMilliseconds - startsAt.epochMilliseconds

const dueNumber = (row: WantedInBooks) => ({
  number: row.number,
  personId: row.personId,
  cardId: row.cardId,
  wanted: { doors: row.doors, from: row.from, to: row.to },
  carriedBy: row.carriedBy,
  atOnce: row.atOnce,
  urgent: row.urgent,
  settled: row.settled,
  listRead: false,
  foreign: false,
})

/**
 * What the statements of `ledger-of-database.ts` do, done to the books: each method is what one transaction does when
 * nobody is beside it, and throws nothing. Nobody surveys and nobody adopts here.
 */
export class BooksLedger {
  readonly books: Books
  readonly #leaseMs: number

  constructor(books: Books, leaseSeconds: number) {
    this.books = books
    this.#leaseMs = leaseSeconds * 1000
  }

  /** The window that has begun and is not open yet; null when there is none. */
  dueWindow(plan: WindowPlan, { nowMs }: Moment): Window | null {
    const sinceMs = plan.since?.epochMilliseconds ?? Number.NEGATIVE_INFINITY
    const window = WindowsOfPlan.of(plan).latest(nowMs)
    const { newest } = this.books
    return newest && Math.max(newest.startsAtMs, sinceMs) >= window.startsAt.epochMilliseconds ? null : window
  }

  /** Opens it, unless somebody else has; called while no act is under way. */
  open(plan: WindowPlan, window: Window, { nowMs }: Moment): boolean {
    const { books } = this
    const startsAtMs = window.startsAt.epochMilliseconds
    const before = books.newest
    if (before && before.startsAtMs >= startsAtMs) return false
    const from =
      plan.since && (!before || plan.since.epochMilliseconds > before.startsAtMs)
        ? plan.since
        : before?.startsAt
    const missed = before && from ? WindowsOfPlan.of(plan).between(from, window.startsAt) : []
    for (const each of [...missed, window]) {
      const key = windowKey(plan, each)
      if (books.windows.some(known => known.key === key)) continue
      const { startsAt } = each
      const coveredBy = each === window ? null : startsAtMs
      const row = {
        key,
        startsAt,
        startsAtMs: startsAt.epochMilliseconds,
        frozen: each === window,
        finishes: 0,
        coveredBy,
        endsByMs: each === window ? endsByMs(each, nowMs) : null,
      }
      books.windows.push(row)
      if (each === window) books.newest = row
    }
    for (const row of books.windows)
      if (row.startsAtMs < startsAtMs && row.finishes === 0) row.coveredBy ??= startsAtMs
    for (const part of books.parts)
      if (part.startsAtMs === before?.startsAtMs && part.outcome === null)
        Object.assign(part, { outcome: 'partly', failed: part.owed - part.done })
    for (const [controllerId, { lane }] of books.controllers) {
      const owed = books.openNumbers(controllerId, startsAtMs)
      books.parts.push({ startsAtMs, controllerId, owed, done: 0, failed: 0, outcome: null })
      if (lane && lane.restUntilMs !== null) Object.assign(lane, { restUntilMs: null, rests: 0 })
    }
    return true
  }

  #finished() {
    const { windows, parts } = this.books
    const isOver = ({ startsAtMs }: WindowInBooks) =>
      !parts.some(part => part.outcome === null && part.startsAtMs === startsAtMs)
    return windows.filter(
      each => each.finishes === 0 && each.frozen && each.coveredBy === null && isOver(each),
    )
  }

  /** Parts that were not over by the end that was promised. */
  #late({ nowMs }: Moment) {
    const { windows, parts } = this.books
    const isLate = ({ endsByMs, finishes, coveredBy }: WindowInBooks) =>
      finishes === 0 && coveredBy === null && endsByMs !== null && endsByMs <= nowMs
    const late = new Set(windows.filter(isLate).map(({ startsAtMs }) => startsAtMs))
    return late.size === 0 ? [] : parts.filter(part => part.outcome === null && late.has(part.startsAtMs))
  }

  /** Whether a window waits for being finished. */
  hasFinished(moment: Moment): boolean {
    return this.#finished().length > 0 || this.#late(moment).length > 0
  }

  finishWindows(moment: Moment): Temporal.Instant[] {
    for (const part of this.#late(moment))
      Object.assign(part, { outcome: 'late', failed: part.owed - Math.min(part.done, part.owed) })
    const over = this.#finished()
    for (const each of over) each.finishes += 1
    return over.map(each => each.startsAt)
  }

  #isFree = (lane: LaneInBooks | null, { rawMs }: Moment): boolean =>
    lane === null || lane.owner === null || (lane.leaseUntilMs !== null && lane.leaseUntilMs < rawMs)

  /** What of a controller cannot wait: whether that is anything, and whether not even for a rest. */
  #presses({ row, open, held, lane }: ControllerBooks, { nowMs, rawMs }: Moment): boolean {
    const { parts, newestMs } = this.books
    const rests = lane !== null && lane.restUntilMs !== null && lane.restUntilMs >= rawMs
    for (const { atOnce, carriedByMs } of open) {
      if (
        rests ? atOnce && carriedByMs > lane.restsSinceMs! && carriedByMs <= nowMs : carriedByMs <= newestMs
      )
        return true
      if (!rests && atOnce && carriedByMs <= nowMs) return true
    }
    if (rests) return false
    for (const { verifyAfterMs } of held.values())
      if (verifyAfterMs !== null && verifyAfterMs < rawMs) return true
    return parts.some(
      part => part.outcome === null && part.startsAtMs === newestMs && part.controllerId === row.id,
    )
  }

  #waits(controller: ControllerBooks, moment: Moment): boolean {
    return this.#isFree(controller.lane, moment) && this.#presses(controller, moment)
  }

  /** Whether any lane waits for somebody to take it. */
  hasWork(moment: Moment): boolean {
    for (const controller of this.books.controllers.values()) if (this.#waits(controller, moment)) return true
    return false
  }

  lanesWithWork(moment: Moment): LaneWithWork[] {
    const work: LaneWithWork[] = []
    for (const controller of this.books.controllers.values())
      if (this.#waits(controller, moment)) work.push({ ...controller.row, survey: false, changes: true })
    return work
  }

  claim(controllerId: number, owner: string, moment: Moment): { controllerId: number; epoch: number } | null {
    const of = this.books.of(controllerId)
    if (!this.#isFree(of.lane, moment)) return null
    of.lane ??= {
      epoch: 0,
      owner: null,
      leaseUntilMs: null,
      restUntilMs: null,
      rests: 0,
      restsSinceMs: null,
      silentSinceMs: null,
    }
    of.lane.epoch += 1
    of.lane.owner = owner
    of.lane.leaseUntilMs = moment.rawMs + this.#leaseMs
    return { controllerId, epoch: of.lane.epoch }
  }

  /** Whether the lane is still this lease's, and then extends it. */
  renew({ controllerId, epoch }: Lease, { rawMs }: Moment): boolean {
    const { lane } = this.books.of(controllerId)
    if (!lane || lane.epoch !== epoch || lane.owner === null) return false
    lane.leaseUntilMs = rawMs + this.#leaseMs
    return true
  }

  release({ lease: { controllerId, epoch }, seconds, silent }: Rest, { nowMs, rawMs }: Moment): boolean {
    const { lane } = this.books.of(controllerId)
    if (!lane || lane.epoch !== epoch || lane.owner === null) return false
    const rests = seconds > 0
    lane.owner = null
    lane.leaseUntilMs = null
    lane.restUntilMs = rests ? rawMs + seconds * 1000 * 2 ** Math.min(lane.rests, 2) : null
    lane.restsSinceMs = rests ? nowMs : null
    lane.rests = rests ? lane.rests + 1 : 0
    lane.silentSinceMs = silent ? (lane.silentSinceMs ?? nowMs) : null
    return true
  }

  /** Whose turn it is: those who were asked for, after those who have something at once since the newest window. */
  whose(
    controllerId: number,
    {
      personIds,
      isStillVisited,
    }: { personIds: readonly number[]; isStillVisited: (person: OpenPerson) => boolean },
    { nowMs }: Moment,
  ): number[] {
    const newly = this.books.newcomers(controllerId, nowMs).filter(isStillVisited)
    return [...new Set([...newly.map(person => person.personId), ...personIds])]
  }

  due(controllerId: number, personIds: readonly number[], { nowMs }: Moment) {
    const due = this.books.dueNumbers(controllerId, personIds, nowMs)
    return personIds.map(personId => ({ personId, due: (due.get(personId) ?? []).map(dueNumber) }))
  }

  keep({ lease: { controllerId }, outcomes, settled, quietSeconds }: Batch, { rawMs }: Moment): void {
    const { books } = this
    const { held } = books.of(controllerId)
    const confirmed = outcomes.filter(outcome => outcome.confirmed)
    if (new Set(confirmed.map(({ due }) => due.number)).size < confirmed.length)
      throw new Error('one number was confirmed twice in one batch')
    for (const { due } of confirmed)
      held.set(due.number, {
        ...due.wanted,
        number: due.number,
        verifiedAtMs: null,
        verifyAfterMs: rawMs + quietSeconds * 1000,
      })
    const over = [...settled, ...confirmed.map(({ due }) => due)].flatMap(due =>
      books.settle(controllerId, due.number, due.carriedBy.epochMilliseconds),
    )
    const numbers = new Set(over.filter(row => row.carriedByMs <= books.newestMs).map(row => row.number))
    for (const part of this.#partsNow(controllerId)) part.done = Math.min(part.owed, part.done + numbers.size)
  }

  #partsNow = (controllerId: number, startsAtMs = this.books.newestMs) =>
    this.books.parts.filter(
      part => part.startsAtMs === startsAtMs && part.controllerId === controllerId && part.outcome === null,
    )

  endPart(controllerId: number, outcome: PartOutcome, startsAt: Temporal.Instant | null): boolean {
    if (startsAt === null) return false
    const [part] = this.#partsNow(controllerId, startsAt.epochMilliseconds)
    const open = this.books.openNumbers(controllerId, startsAt.epochMilliseconds)
    if (!part || (outcome === 'done' && open > 0)) return false
    part.outcome = outcome
    part.failed = Math.min(part.owed, open)
    part.done = part.owed - part.failed
    return true
  }

  toVerify(controllerId: number, limit: number, { rawMs }: Moment): HeldNumber[] {
    return [...this.books.of(controllerId).held.values()]
      .filter(({ verifyAfterMs }) => verifyAfterMs !== null && verifyAfterMs < rawMs)
      .sort((a, b) => a.verifyAfterMs! - b.verifyAfterMs!)
      .slice(0, limit)
      .map(({ number, doors, from, to }) => ({ number, doors, from, to }))
  }

  keepReadBack(
    { lease: { controllerId }, right, wrong }: ReadBack,
    { nowMs }: Moment,
  ): { personId: number }[] {
    const { held } = this.books.of(controllerId)
    for (const number of right) {
      const row = held.get(number)
      if (row) Object.assign(row, { verifiedAtMs: nowMs, verifyAfterMs: null })
    }
    return this.books.doubt(
      controllerId,
      wrong.map(({ number }) => number),
    )
  }

  cardsConfirmed(controllerId: number): number {
    return [...this.books.of(controllerId).held.values()].filter(row => !isAbsent(row)).length
  }

  suspect(controllerId: number, { rawMs }: Moment): void {
    for (const row of this.books.of(controllerId).held.values())
      if (!isAbsent(row)) row.verifyAfterMs ??= rawMs
  }
}
