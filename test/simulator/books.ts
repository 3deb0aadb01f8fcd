import { isAbsent, type WantedRow } from '../../src/access/rules.ts'
import type { ControllerRow, PartOutcome } from '../../src/update/ledger.ts'
import type { Content, OpenPerson } from '../../src/update/plan.ts'
import { SurveyBooks } from './survey-books.ts'

/** A row of `wanted`; the moment it is due also as a number, to be compared quickly. */
export interface WantedInBooks extends WantedRow {
  carriedByMs: number
  decidedAtMs: number
  settled: boolean
}

/** A row of `held`; raw times in milliseconds. */
export interface HeldInBooks extends Content {
  number: number
  /** By the campus's clock. */
  confirmedAtMs: number
  verifiedAtMs: number | null
  verifyAfterMs: number | null
}

/** A row of `lane`. */
export interface LaneInBooks {
  epoch: number
  owner: string | null
  leaseUntilMs: number | null
  restUntilMs: number | null
  rests: number
  restsSinceMs: number | null
  silentSinceMs: number | null
}

/** A row of `update_window`. */
export interface WindowInBooks {
  key: string
  startsAt: Temporal.Instant
  startsAtMs: number
  frozen: boolean
  finishes: number
  coveredBy: number | null
  /** By when it should be over; null for one that never was begun. */
  endsByMs: number | null
}

/** A row of `window_lane`. */
export interface PartInBooks {
  startsAtMs: number
  controllerId: number
  owed: number
  done: number
  failed: number
  outcome: PartOutcome | 'held' | 'late' | null
}

/** What the database knows of one controller. */
export interface ControllerBooks {
  row: ControllerRow
  /** By number, in the order of their moments. */
  wanted: Map<number, WantedInBooks[]>
  open: Set<WantedInBooks>
  held: Map<number, HeldInBooks>
  /** Nothing of it is to be read back before then; so that not all of it is looked through each time. Raw clock. */
  readBackFromMs: number
  lane: LaneInBooks | null
  /** Somebody holds its ordinary updates: what is at once goes all the same. */
  isOnHold: boolean
  lists: SurveyBooks
}

const noTime = Number.NEGATIVE_INFINITY

/** Says that a number is to be read back after that moment. */
export function readBackAfter(controller: ControllerBooks, row: HeldInBooks, rawMs: number): void {
  row.verifyAfterMs = rawMs
  controller.readBackFromMs = Math.min(controller.readBackFromMs, rawMs)
}

/** Writes down what a controller confirmed; it is read back after the raw moment. */
export function confirm(
  controller: ControllerBooks,
  content: Content & { number: number },
  { nowMs, rawMs }: { nowMs: number; rawMs: number },
): void {
  const row = { ...content, confirmedAtMs: nowMs, verifiedAtMs: null, verifyAfterMs: rawMs }
  controller.held.set(content.number, row)
  readBackAfter(controller, row, rawMs)
}

/** Whether anything is to be read back by now. */
export function isToReadBack(controller: ControllerBooks, rawMs: number): boolean {
  if (controller.readBackFromMs >= rawMs) return false
  let firstMs = Number.POSITIVE_INFINITY
  for (const { verifyAfterMs } of controller.held.values())
    if (verifyAfterMs !== null && verifyAfterMs < firstMs) firstMs = verifyAfterMs
  controller.readBackFromMs = firstMs
  return firstMs < rawMs
}

/**
 * The tables of the database that an update reads and writes, in memory: `wanted`, `held`, `lane`, `update_window`,
 * `window_lane`, and what reading lists needs. Each method is one statement.
 */
export class Books {
  readonly controllers = new Map<number, ControllerBooks>()
  readonly windows: WindowInBooks[] = []
  readonly parts: PartInBooks[] = []
  newest: WindowInBooks | null = null
  /** Numbers of cards of the register. */
  readonly registered = new Set<number>()
  #surveys = 0

  addController(row: ControllerRow): void {
    const rows = {
      wanted: new Map(),
      open: new Set<never>(),
      held: new Map(),
      readBackFromMs: noTime,
      lane: null,
      isOnHold: false,
    }
    this.controllers.set(row.id, { row, ...rows, lists: new SurveyBooks() })
  }

  get hasToTakeUp(): boolean {
    for (const { lists } of this.controllers.values())
      for (const { isTakenUp } of lists.adopted.values()) if (!isTakenUp) return true
    return false
  }

  /** Somebody asks for a controller's list to be read; false while it is being read. */
  askSurvey(controllerId: number): boolean {
    const { lists } = this.of(controllerId)
    if (lists.open) return false
    const id = ++this.#surveys
    const begin = { beganAt: null, readAt: null, readings: 0, placesRead: 0 }
    lists.surveys.push({ id, controllerId, ...begin, outcome: null, cards: new Map() })
    return true
  }

  of(controllerId: number): ControllerBooks {
    return this.controllers.get(controllerId)!
  }

  get newestMs(): number {
    return this.newest?.startsAtMs ?? noTime
  }

  hasBegun(row: WantedInBooks): boolean {
    return row.atOnce || row.carriedByMs <= this.newestMs
  }

  #isDue(row: WantedInBooks, { isOnHold }: ControllerBooks, nowMs: number): boolean {
    return row.carriedByMs <= nowMs && this.hasBegun(row) && (row.atOnce || !isOnHold)
  }

  /** What an act decided, as `keepWanted` of the access room writes it. */
  keepWanted(rows: readonly WantedRow[], decidedAtMs: number): WantedInBooks[] {
    for (const row of rows.filter(each => each.atOnce)) this.#withdraw(row)
    return rows.map(row => {
      const { wanted, open } = this.of(row.controllerId)
      const carriedByMs = row.carriedBy.epochMilliseconds
      const decided = row.atOnce ? carriedByMs : decidedAtMs
      const kept = { ...row, carriedByMs, decidedAtMs: decided, settled: false }
      const all = wanted.getOrInsertComputed(row.number, () => [])
      const same = all.findIndex(each => each.carriedByMs === carriedByMs)
      if (same >= 0) open.delete(all[same]!)
      all.splice(same >= 0 ? same : all.length, same >= 0 ? 1 : 0, kept)
      all.sort((a, b) => a.carriedByMs - b.carriedByMs)
      open.add(kept)
      return kept
    })
  }

  #withdraw({ controllerId, number, carriedBy }: WantedRow): void {
    const { wanted, open } = this.of(controllerId)
    const later = (wanted.get(number) ?? []).filter(row => row.carriedByMs > carriedBy.epochMilliseconds)
    for (const row of later) open.delete(row)
    if (later.length === 0) return
    wanted.set(
      number,
      wanted.get(number)!.filter(row => !later.includes(row)),
    )
  }

  /** What is wanted until now of a person: the newest row of each number. */
  newestOf(personId: number): WantedInBooks[] {
    return [...this.controllers.values()].flatMap(({ wanted }) =>
      [...wanted.values()].flatMap(rows => {
        const newest = rows.findLast(row => row.personId === personId)
        return newest ? [newest] : []
      }),
    )
  }

  #people(rows: Iterable<WantedInBooks>, counts: (row: WantedInBooks) => boolean): OpenPerson[] {
    const people = new Map<number, OpenPerson>()
    for (const row of rows) {
      if (!counts(row)) continue
      const { personId } = row
      const person = people.getOrInsertComputed(personId, () => ({
        personId,
        urgent: false,
        puts: false,
        removals: false,
      }))
      person.urgent ||= row.urgent
      if (isAbsent(row)) person.removals = true
      else person.puts = true
    }
    return [...people.values()]
  }

  openPeople(controllerId: number, nowMs: number): OpenPerson[] {
    const of = this.of(controllerId)
    return this.#people(of.open, row => this.#isDue(row, of, nowMs))
  }

  newcomers(controllerId: number, nowMs: number): OpenPerson[] {
    const since = this.newestMs
    return this.#people(
      this.of(controllerId).open,
      row => row.atOnce && row.carriedByMs > since && row.carriedByMs <= nowMs,
    )
  }

  /** The newest due row of each number of these people, by person and in the order of the numbers. */
  dueNumbers(
    controllerId: number,
    personIds: readonly number[],
    nowMs: number,
  ): Map<number, WantedInBooks[]> {
    const asked = new Set(personIds)
    const due: WantedInBooks[] = []
    const of = this.of(controllerId)
    for (const rows of of.wanted.values()) {
      const row = rows.findLast(each => asked.has(each.personId) && this.#isDue(each, of, nowMs))
      if (row) due.push(row)
    }
    due.sort((a, b) => a.number - b.number)
    return Map.groupBy(due, row => row.personId)
  }

  /** How many numbers have something open that was due by then. */
  openNumbers(controllerId: number, byMs: number): number {
    const numbers = new Set<number>()
    for (const row of this.of(controllerId).open) if (row.carriedByMs <= byMs) numbers.add(row.number)
    return numbers.size
  }

  settle(controllerId: number, number: number, byMs: number): WantedInBooks[] {
    const { wanted, open } = this.of(controllerId)
    const rows = (wanted.get(number) ?? []).filter(row => !row.settled && row.carriedByMs <= byMs)
    for (const row of rows) {
      row.settled = true
      open.delete(row)
    }
    return rows
  }

  /** Of these numbers the newest row that is due, and the newest that waits for a window, are open again. */
  doubt(controllerId: number, numbers: readonly number[]): { personId: number }[] {
    const { wanted, open, held } = this.of(controllerId)
    return numbers.flatMap(number => {
      held.delete(number)
      const rows = wanted.get(number) ?? []
      const newest = [
        rows.findLast(row => this.hasBegun(row)),
        rows.findLast(row => !this.hasBegun(row)),
      ].filter(row => row !== undefined)
      for (const row of newest) {
        row.settled = false
        open.add(row)
      }
      return newest.map(({ personId }) => ({ personId }))
    })
  }
}
