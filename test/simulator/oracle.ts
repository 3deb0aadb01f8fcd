import type { CardList } from '../../src/controller/emulator/card-list.ts'
import type { Batch, ReadBack, Turn } from '../../src/update/ledger.ts'
import type { DueNumber } from '../../src/update/plan.ts'
import type { Books, WantedInBooks } from './books.ts'
import { absent, textOf, textOn } from './content-text.ts'
import { type Cause, isUnseen, type OnController, wasThere, whoseIsIt } from './on-controller.ts'
import type { Register } from './people.ts'
import type { SurveyInBooks } from './survey-books.ts'
import type { SimulatedTime } from './time.ts'

/** Which promise was broken, when and how. */
export interface Violation {
  promise: 'A1' | 'A2' | 'C1' | 'C3' | 'S1' | 'cut-off' | 'wrong-acknowledgement'
  what: string
}

/** A process that was stopped goes on with what it had in hand for so long before it must have asked again. */
const inHandMs = 100
/** What it asked its driver for by then may wait for its turn there; after so long it leaves no more. */
const leavesWithinMs = 5_000 + inHandMs

/**
 * Sees every change of every board, and everything that is written down about it, and says which promise is broken by
 * it. It knows what the engine does not: what really stands there, and who is really stopped.
 */
export class Oracle {
  readonly violations: Violation[] = []
  readonly lostGoneMs: number[] = []
  /** Changes that were repeated by a process whose lane had become another's. */
  zombieRepeats = 0
  readonly lists: Record<string, number> = {}
  readonly #time: SimulatedTime
  readonly #books: Books
  readonly #register: Register
  readonly #on = new Map<number, OnController>()
  readonly #trace: (line: () => string) => void
  readonly #sequences = new Map<string, Set<number>>()
  readonly #lostAtMs = new Map<number, number>()
  /** When the turn began that said so. */
  readonly #turnedAtMs = new WeakMap<DueNumber, number>()

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
      altered: new Set(),
      theirs: new Set(),
      listReadMs: Number.NEGATIVE_INFINITY,
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

  /** What a turn that began at a moment says is due. */
  turned({ people }: Turn, beganMs: number): void {
    for (const { due } of people) for (const one of due) this.#turnedAtMs.set(one, beganMs)
  }

  /** A batch was written down: what it calls confirmed must have been there since its turn began. */
  kept({ lease: { controllerId }, outcomes }: Batch, liars: ReadonlySet<number>): void {
    const on = this.#on.get(controllerId)!
    for (const { due, confirmed } of outcomes) {
      if (!confirmed) continue
      on.confirmedMs.set(due.number, due.carriedBy.epochMilliseconds)
      if (liars.has(controllerId) || wasThere(on, due.number, textOf(due.wanted), this.#turnedAtMs.get(due)!))
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
    const on = this.#on.get(controllerId)!
    for (const number of right) {
      const held = this.#books.of(controllerId).held.get(number)
      if (held && !wasThere(on, number, textOf(held), on.verifyingAtMs))
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
    const byOthers = on.altered.has(number)
    whoseIsIt(on, number, { cause, before, text, held: this.#books.of(controllerId).held.get(number) })
    if (cause !== 'request' || !this.#register.isOurs(number)) return
    this.#mayBeSent(on, controllerId, number, text)
    this.#isNotStale(on, controllerId, number, text)
    if (text === absent) this.#leavesACard(on, controllerId, number, byOthers)
  }

  /** The reading of a list has ended. */
  listRead({ controllerId, beganAt, outcome }: SurveyInBooks): void {
    this.#trace(() => `the list of board ${controllerId} was read: ${outcome}`)
    this.lists[outcome!] = (this.lists[outcome!] ?? 0) + 1
    if (outcome === 'complete') this.#on.get(controllerId)!.listReadMs = beganAt!.epochMilliseconds
  }

  /** Somebody adopted these numbers: from now on they are ours. */
  adopted(controllerId: number, numbers: readonly number[]): void {
    this.lists.adopted = (this.lists.adopted ?? 0) + numbers.length
    for (const number of numbers) this.#on.get(controllerId)!.theirs.delete(number)
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
  #leavesACard(on: OnController, controllerId: number, number: number, byOthers: boolean): void {
    const lostAtMs = this.#lostAtMs.get(number)
    if (lostAtMs !== undefined && !byOthers) this.lostGoneMs.push(this.#time.nowMs - lostAtMs)
    const person = this.#register.personOf(number)
    if (person.isExempt || !person.places.has(controllerId)) return
    const others = person.cards.filter(card => card.number !== number)
    if (others.some(card => on.cards.has(card.number) || on.taken.has(card.number))) return
    this.#broken('A1', `${number} leaves ${controllerId} and no card of person ${person.personId} is there`)
  }

  /**
   * What others put there under a number of ours stays until a person adopts it (decision 17); until then a card that it
   * should replace stays as well.
   */
  #isHeldUp({ theirs }: OnController, number: number): boolean {
    return theirs.size > 0 && this.#register.personOf(number).cards.some(card => theirs.has(card.number))
  }

  /** After the faults have stopped and two windows have passed. */
  atEnd(foreignOn: ReadonlySet<number>, healedMs: number): void {
    for (const [controllerId, on] of this.#on) {
      const { held, wanted, open } = this.#books.of(controllerId)
      for (const [number, rows] of wanted) {
        const text = textOn(on.cards.get(number))
        const newest = rows.at(-1)!
        const lost = this.#lostAtMs.has(number)
        if (lost && text !== absent) this.#broken('A2', `${number} was lost and is on ${controllerId}`)
        if (this.#isHeldUp(on, number) || isUnseen(on, number, healedMs, foreignOn.has(controllerId)))
          continue
        if (textOf(newest) !== text)
          this.#broken('C1', `${number} on ${controllerId} is ${text}, wanted is ${textOf(newest)}`)
        const confirmed = held.get(number)
        if (confirmed?.verifiedAtMs && textOf(confirmed) !== text)
          this.#broken('C3', `${number} on ${controllerId} is ${text}, read back was ${textOf(confirmed)}`)
      }
      for (const { number } of open)
        if (!this.#isHeldUp(on, number)) this.#broken('C1', `${number} on ${controllerId} is open`)
    }
    for (const { startsAt, finishes, coveredBy } of this.#books.windows)
      if (finishes + Number(coveredBy !== null) !== 1)
        this.#broken('S1', `window ${startsAt.toString()} finished ${finishes} times`)
  }
}
