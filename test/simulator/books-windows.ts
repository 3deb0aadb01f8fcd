import type { Window } from '../../src/programme/timetable.ts'
import type { WindowPlan } from '../../src/update/windows.ts'
import type { Books, WindowInBooks } from './books.ts'
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

/** What the statements of `windows.ts` do, done to the books: windows are opened, and finished. */
export class BooksWindows {
  readonly books: Books

  constructor(books: Books) {
    this.books = books
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
}
