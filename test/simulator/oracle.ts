import { isAbsent } from '../../src/access/rules.ts'
import type { CardList } from '../../src/controller/emulator/card-list.ts'
import type { BoardCard } from '../../src/controller/emulator/settings.ts'
import type { Batch, ReadBack } from '../../src/update/ledger.ts'
import type { Content } from '../../src/update/plan.ts'
import type { Books, WantedInBooks } from './books.ts'
import type { Register } from './people.ts'
import type { SimulatedTime } from './time.ts'

/** Which promise was broken, when and how. */
export interface Violation {
  promise: 'A1' | 'A2' | 'C1' | 'C3' | 'S1' | 'cut-off' | 'wrong-acknowledgement'
  what: string
}

/** What changed a board: a request of ours, a reset, or another system. */
export type Cause = 'request' | 'wipe' | 'foreign'

/** A process that was stopped goes on with what it had in hand for so long before it must have asked again. */
const inHandMs = 100
/** What it asked its driver for by then may wait for its turn there; after so long it leaves no more. */
const leavesWithinMs = 5_000 + inHandMs

const absent = '-'
const days = new Map<Temporal.PlainDate, string>()
const dayText = (day: Temporal.PlainDate): string => days.getOrInsertComputed(day, () => day.toString())

const textOf = (wanted: Content): string =>
  isAbsent(wanted) ? absent : `${wanted.doors.join('')} ${dayText(wanted.from)} ${dayText(wanted.to)}`
const textOn = (card: BoardCard | null): string =>
  card === null ? absent : `${card.doors.join('')} ${card.from} ${card.to}`

interface OnController {
  cards: CardList
  /** By number: since when what stood there. */
  history: Map<number, { sinceMs: number; text: string }[]>
  /** By number: everything that was ever wanted of it. */
  wanted: Map<number, WantedInBooks[]>
  /** By number: the moment of the row that was confirmed last. */
  confirmedMs: Map<number, number>
  /** Numbers that a reset or another system took away, and that are not back. */
  taken: Set<number>
  turnedAtMs: number
  verifyingAtMs: number
}

/**
 * Sees every change of every board, and everything that is written down about it, and says which promise is broken by
 * it. It knows what the engine does not: what really stands there, and who is really stopped.
 */
export class Oracle {
  readonly violations: Violation[] = []
  readonly lostGoneMs: number[] = []
  /** Changes that were repeated by a process whose lane had become another's. */
  zombieRepeats = 0
  readonly #time: SimulatedTime
  readonly #books: Books
  readonly #register: Register
  readonly #on = new Map<number, OnController>()
  readonly #trace: (line: () => string) => void
  readonly #sequences = new Map<string, Set<number>>()
  readonly #lostAtMs = new Map<number, number>()

  constructor(time: SimulatedTime, books: Books, register: Register, trace: (line: () => string) => void) {
    this.#time = time
    this.#books = books
    this.#register = register
    this.#trace = trace
  }

  #broken(promise: Violation['promise'], what: string): void {
    this.#trace(() => `*** ${promise}: ${what}`)
    if (this.violations.length < 20) this.violations.push({ promise, what })
  }

  /** From now on this controller is watched. */
  watch(controllerId: number, cards: CardList): void {
    this.#on.set(controllerId, {
      cards,
      history: new Map(cards.all().map(card => [card.number, [{ sinceMs: -1, text: textOn(card) }]])),
      wanted: new Map(),
      confirmedMs: new Map(),
      taken: new Set(),
      turnedAtMs: 0,
      verifyingAtMs: 0,
    })
  }

  /** Rows of `wanted` that an act wrote. */
  decided(rows: readonly WantedInBooks[]): void {
    for (const row of rows)
      this.#on
        .get(row.controllerId)!
        .wanted.getOrInsertComputed(row.number, () => [])
        .push(row)
  }

  /** A card was reported lost: that is committed. */
  lost(number: number): void {
    this.#lostAtMs.set(number, this.#time.nowMs)
  }

  opened(startsAt: Temporal.Instant): void {
    this.#trace(() => `window ${startsAt.toString()} opens`)
  }

  finished(startsAt: Temporal.Instant): void {
    this.#trace(() => `window ${startsAt.toString()} is finished`)
    const row = this.#books.windows.find(each => each.startsAt.equals(startsAt))
    if (row?.finishes !== 1 || row.coveredBy !== null)
      this.#broken('S1', `window ${startsAt.toString()} finished again`)
  }

  claimed(name: string, { controllerId, epoch }: { controllerId: number; epoch: number }): void {
    this.#trace(() => `${name} takes lane ${controllerId}, epoch ${epoch}`)
  }

  /** A process asks its driver for a change. */
  asks(name: string, controllerId: number, wentOnMs: number): void {
    if (this.#books.of(controllerId).lane?.owner !== name && wentOnMs > inHandMs)
      this.#broken('S1', `${name} asks for a change on ${controllerId}, whose lane is not its own`)
  }

  /** A change leaves a process for a controller. `wentOnMs` ago it was stopped for the last time. */
  sends(name: string, controllerId: number, sequence: number, wentOnMs: number): void {
    const key = `${name} ${controllerId}`
    const known = this.#sequences.getOrInsertComputed(key, () => new Set())
    const isRepeat = known.has(sequence)
    known.add(sequence)
    if (this.#books.of(controllerId).lane?.owner === name) return
    if (isRepeat) this.zombieRepeats += 1
    else if (wentOnMs > leavesWithinMs)
      this.#broken('S1', `${name} changes cards of ${controllerId}, whose lane is not its own`)
  }

  turned(controllerId: number): void {
    this.#on.get(controllerId)!.turnedAtMs = this.#time.nowMs
  }

  #wasThere(controllerId: number, number: number, text: string, sinceMs: number): boolean {
    const history = this.#on.get(controllerId)!.history.get(number)
    if (!history) return text === absent
    for (let at = history.length - 1; at >= 0; at -= 1) {
      if (history[at]!.text === text) return true
      if (history[at]!.sinceMs <= sinceMs) return false
    }
    return text === absent
  }

  /** A batch was written down: what it calls confirmed must have been there since its turn began. */
  kept({ lease: { controllerId }, outcomes }: Batch, liars: ReadonlySet<number>): void {
    const on = this.#on.get(controllerId)!
    for (const { due, confirmed } of outcomes) {
      if (!confirmed) continue
      on.confirmedMs.set(due.number, due.carriedBy.epochMilliseconds)
      if (
        liars.has(controllerId) ||
        this.#wasThere(controllerId, due.number, textOf(due.wanted), on.turnedAtMs)
      )
        continue
      this.#broken(
        'wrong-acknowledgement',
        `${due.number} on ${controllerId} is confirmed as ${textOf(due.wanted)}`,
      )
    }
  }

  verifying(controllerId: number): void {
    this.#on.get(controllerId)!.verifyingAtMs = this.#time.nowMs
  }

  /** What was read back as right must have been there since the reading began. */
  verified({ lease: { controllerId }, right }: ReadBack): void {
    const { verifyingAtMs } = this.#on.get(controllerId)!
    for (const number of right) {
      const held = this.#books.of(controllerId).held.get(number)
      if (held && !this.#wasThere(controllerId, number, textOf(held), verifyingAtMs))
        this.#broken('C3', `${number} on ${controllerId} is read back as ${textOf(held)} and is not there`)
    }
  }

  /** A board has changed, or may have. */
  changed(controllerId: number, number: number, cause: Cause): void {
    const on = this.#on.get(controllerId)!
    const text = textOn(on.cards.get(number))
    const history = on.history.getOrInsertComputed(number, () => [{ sinceMs: -1, text: absent }])
    const before = history.at(-1)!.text
    if (before === text) return
    this.#trace(() => `board ${controllerId}: ${number} was ${before}, is ${text} (${cause})`)
    history.push({ sinceMs: this.#time.nowMs, text })
    if (text !== absent) on.taken.delete(number)
    else if (cause !== 'request') on.taken.add(number)
    if (cause !== 'request' || !this.#register.isOurs(number)) return
    this.#mayBeSent(on, controllerId, number, text)
    this.#isNotStale(on, controllerId, number, text)
    if (text === absent) this.#leavesACard(on, controllerId, number)
  }

  /** Cut-off: a window carries what was decided before its start; what is at once was decided by now. */
  #mayBeSent(on: OnController, controllerId: number, number: number, text: string): void {
    const { nowMs } = this.#time
    const newestMs = this.#books.newestMs
    const rows = (on.wanted.get(number) ?? []).filter(row => textOf(row) === text)
    const isDue = (row: WantedInBooks) =>
      row.atOnce ? row.carriedByMs <= nowMs : row.decidedAtMs < row.carriedByMs && row.carriedByMs <= newestMs
    if (!rows.some(isDue))
      this.#broken('cut-off', `${number} on ${controllerId} becomes ${text}, which no window carries yet`)
  }

  /** C3: after the verifying pass nothing comes back that was decided earlier. */
  #isNotStale(on: OnController, controllerId: number, number: number, text: string): void {
    const held = this.#books.of(controllerId).held.get(number)
    if (!held || held.verifiedAtMs === null || textOf(held) === text) return
    const newest = (on.wanted.get(number) ?? []).findLast(row => textOf(row) === text)
    const confirmedMs = on.confirmedMs.get(number) ?? Number.NEGATIVE_INFINITY
    if (newest && newest.carriedByMs >= confirmedMs) return
    const promise = this.#lostAtMs.has(number) ? 'A2' : 'C3'
    this.#broken(
      promise,
      `${number} on ${controllerId} becomes ${text} again after ${textOf(held)} was read back`,
    )
  }

  /** A1: whoever has lost nothing and has not left keeps a card that opens. */
  #leavesACard(on: OnController, controllerId: number, number: number): void {
    const lostAtMs = this.#lostAtMs.get(number)
    if (lostAtMs !== undefined) this.lostGoneMs.push(this.#time.nowMs - lostAtMs)
    const person = this.#register.personOf(number)
    if (person.isExempt || !person.places.has(controllerId)) return
    const others = person.cards.filter(card => card.number !== number)
    if (others.some(card => on.cards.has(card.number) || on.taken.has(card.number))) return
    this.#broken('A1', `${number} leaves ${controllerId} and no card of person ${person.personId} is there`)
  }

  /** After the faults have stopped and two windows have passed. */
  atEnd(foreignOn: ReadonlySet<number>): void {
    for (const [controllerId, on] of this.#on) {
      const { held, wanted } = this.#books.of(controllerId)
      for (const [number, rows] of wanted) {
        // Beside others' cards, counting cannot tell that one of ours has gone: only reading the list does.
        if (foreignOn.has(controllerId) && on.taken.has(number)) continue
        const text = textOn(on.cards.get(number))
        const newest = rows.at(-1)!
        const lost = this.#lostAtMs.has(number)
        if (lost && text !== absent) this.#broken('A2', `${number} was lost and is on ${controllerId}`)
        else if (textOf(newest) !== text)
          this.#broken('C1', `${number} on ${controllerId} is ${text}, wanted is ${textOf(newest)}`)
        const confirmed = held.get(number)
        if (confirmed?.verifiedAtMs && textOf(confirmed) !== text)
          this.#broken('C3', `${number} on ${controllerId} is ${text}, read back was ${textOf(confirmed)}`)
      }
      if (this.#books.of(controllerId).open.size > 0) this.#broken('C1', `${controllerId} has something open`)
    }
    for (const { startsAt, finishes, coveredBy } of this.#books.windows)
      if (finishes + Number(coveredBy !== null) !== 1)
        this.#broken('S1', `window ${startsAt.toString()} finished ${finishes} times`)
  }
}
