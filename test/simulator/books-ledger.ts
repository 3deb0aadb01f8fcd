import { isAbsent } from '../../src/access/rules.ts'
import type {
  Batch,
  HeldNumber,
  LaneWithWork,
  Lease,
  PartOutcome,
  ReadBack,
  Rest,
} from '../../src/update/ledger.ts'
import { agrees, type OpenPerson } from '../../src/update/plan.ts'
import {
  type Books,
  type ControllerBooks,
  confirm,
  isToReadBack,
  type LaneInBooks,
  readBackAfter,
  type WantedInBooks,
} from './books.ts'
import { BooksWindows, type Moment } from './books-windows.ts'
import type { SurveyBooks } from './survey-books.ts'

const dueNumber = (row: WantedInBooks, earlier: readonly WantedInBooks[], lists: SurveyBooks) => ({
  number: row.number,
  personId: row.personId,
  cardId: row.cardId,
  wanted: { doors: row.doors, from: row.from, to: row.to },
  carriedBy: row.carriedBy,
  atOnce: row.atOnce,
  urgent: row.urgent,
  settled: row.settled,
  listRead: lists.isRead,
  foreign: lists.isForeign(row.number, earlier),
})

/**
 * What the statements of `ledger-of-database.ts` do, done to the books: each method is what one transaction does when
 * nobody is beside it, and throws nothing.
 */
export class BooksLedger extends BooksWindows {
  readonly #leaseMs: number

  constructor(books: Books, leaseSeconds: number) {
    super(books)
    this.#leaseMs = leaseSeconds * 1000
  }

  #isFree = (lane: LaneInBooks | null, { rawMs }: Moment): boolean =>
    lane === null || lane.owner === null || (lane.leaseUntilMs !== null && lane.leaseUntilMs < rawMs)

  /** Something was decided at once since the lane rests: it does not wait for the rest. */
  #isHasty(open: ReadonlySet<WantedInBooks>, sinceMs: number, nowMs: number): boolean {
    for (const { atOnce, carriedByMs } of open)
      if (atOnce && carriedByMs > sinceMs && carriedByMs <= nowMs) return true
    return false
  }

  /** Whether changes, reading back, or the end of its part of a window are due there. */
  #changes(controller: ControllerBooks, { nowMs, rawMs }: Moment): boolean {
    const { row, open, isOnHold } = controller
    const { parts, newestMs } = this.books
    for (const { atOnce, carriedByMs } of open)
      if ((!isOnHold && carriedByMs <= newestMs) || (atOnce && carriedByMs <= nowMs)) return true
    if (isToReadBack(controller, rawMs)) return true
    return parts.some(
      part => part.outcome === null && part.startsAtMs === newestMs && part.controllerId === row.id,
    )
  }

  /** What of a controller may be taken up now; null where nothing is, or it rests, or is another's. */
  #due(controller: ControllerBooks, moment: Moment): { survey: boolean; changes: boolean } | null {
    const { lane, open, lists } = controller
    if (!this.#isFree(lane, moment)) return null
    const rests = lane !== null && lane.restUntilMs !== null && lane.restUntilMs >= moment.rawMs
    if (rests && !this.#isHasty(open, lane.restsSinceMs!, moment.nowMs)) return null
    const survey = lists.open !== null
    const changes = this.#changes(controller, moment)
    return survey || changes ? { survey, changes } : null
  }

  /** Whether any lane waits for somebody to take it. */
  hasWork(moment: Moment): boolean {
    for (const controller of this.books.controllers.values()) if (this.#due(controller, moment)) return true
    return false
  }

  lanesWithWork(moment: Moment): LaneWithWork[] {
    const work: LaneWithWork[] = []
    for (const controller of this.books.controllers.values()) {
      const due = this.#due(controller, moment)
      if (due) work.push({ ...controller.row, ...due, met: false })
    }
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

  /** Whether the lane is still this lease's. */
  isHeld({ controllerId, epoch }: Lease): boolean {
    const { lane } = this.books.of(controllerId)
    return lane !== null && lane.epoch === epoch && lane.owner !== null
  }

  /** Whether the lane is still this lease's, and then extends it. */
  renew(lease: Lease, { rawMs }: Moment): boolean {
    if (!this.isHeld(lease)) return false
    this.books.of(lease.controllerId).lane!.leaseUntilMs = rawMs + this.#leaseMs
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
    const { lists, wanted } = this.books.of(controllerId)
    const earlier = (due: WantedInBooks) =>
      wanted.get(due.number)!.filter(row => row.carriedByMs < due.carriedByMs && this.books.hasBegun(row))
    return personIds.map(personId => ({
      personId,
      due: (due.get(personId) ?? []).map(row => dueNumber(row, earlier(row), lists)),
    }))
  }

  keep({ lease: { controllerId }, outcomes, settled, quietSeconds }: Batch, { nowMs, rawMs }: Moment): void {
    const { books } = this
    const of = books.of(controllerId)
    const { lists } = of
    const confirmed = outcomes.filter(outcome => outcome.confirmed)
    if (new Set(confirmed.map(({ due }) => due.number)).size < confirmed.length)
      throw new Error('one number was confirmed twice in one batch')
    lists.tell(outcomes, nowMs)
    for (const { due } of confirmed)
      confirm(of, { number: due.number, ...due.wanted }, { nowMs, rawMs: rawMs + quietSeconds * 1000 })
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
    const { isOnHold } = this.books.of(controllerId)
    if (!part || (outcome === 'done' && open > 0 && !isOnHold)) return false
    part.outcome = isOnHold && open > 0 ? 'held' : outcome
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

  /** Brings what somebody adopted into the ledger, as `take-up.ts` does. */
  takeUpAdopted({ nowMs, rawMs }: Moment): void {
    for (const [controllerId, controller] of this.books.controllers) {
      const { lists, lane, held, wanted } = controller
      const taken = [...lists.adopted.values()].filter(card => !card.isTakenUp)
      if (taken.length > 0 && lane && lane.restUntilMs !== null)
        Object.assign(lane, { restUntilMs: null, rests: 0 })
      for (const card of taken) {
        card.isTakenUp = true
        // A card that opens nothing is no absent one.
        if (card.withPin || isAbsent(card)) continue
        const { number, doors, from, to } = card
        const before = held.get(number)
        if (!before || isAbsent(before)) confirm(controller, { number, doors, from, to }, { nowMs, rawMs })
        const newest = wanted.get(number)?.at(-1)
        if (newest && agrees(newest, card)) this.books.settle(controllerId, number, newest.carriedByMs)
      }
    }
  }

  cardsConfirmed(controllerId: number): number {
    return [...this.books.of(controllerId).held.values()].filter(row => !isAbsent(row)).length
  }

  suspect(controllerId: number, { rawMs }: Moment): void {
    const of = this.books.of(controllerId)
    for (const row of of.held.values())
      if (!isAbsent(row) && row.verifyAfterMs === null) readBackAfter(of, row, rawMs)
  }
}
