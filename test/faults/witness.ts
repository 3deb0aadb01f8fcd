import { monotonicMs } from '../../src/app/clock.ts'
import type { Board } from '../../src/controller/emulator/board.ts'
import type { Student } from './small-campus.ts'

/** The promises that are watched. */
export type Promised = 'A1' | 'A2' | 'C1' | 'C3' | 'S1' | 'cut-off' | 'wrong-acknowledgement'

/** A promise that was broken, and how. */
export interface Broken {
  promise: Promised
  what: string
}

const absent = '-'
const nothing = '{0,0,0,0}'

const textOn = (board: Board, number: number): string => {
  const card = board.cards.get(number)
  return card === null ? absent : textOf(`{${card.doors.join()}}`, card.from, card.to)
}

/** What a controller holds of a number, in one line; doors as PostgreSQL writes them. */
export const textOf = (doors: string, from: string, to: string): string =>
  doors === nothing ? absent : `${doors} ${from} ${to}`

/** The elements of PostgreSQL's text of an array; of arrays in quotes, the inner ones. */
const elementsOf = (text: string | null | undefined): string[] => {
  if (!text || text === '{}') return []
  return text.includes('"')
    ? [...text.matchAll(/\{[\d,]+\}/g)].map(([one]) => one)
    : text.slice(1, -1).split(',')
}

interface OnController {
  board: Board | null
  /** By number: since when what stood there. */
  history: Map<number, { sinceMs: number; text: string }[]>
  /** What was confirmed last, and what of it was read back after the quiet time. */
  confirmed: Map<number, string>
  verified: Map<number, string>
}

/** What a transaction would make true when it is committed. */
type Effect = () => void

/**
 * Sees every change of every board at the moment of it, and every confirmation on its way into PostgreSQL, and says
 * which promise is broken by it. It knows what the engine does not: what really stands there.
 */
export class Witness {
  readonly broken: Broken[] = []
  /** Changes of boards that were looked at, and confirmations. */
  changes = 0
  confirmations = 0
  /** Nothing is watched while the boards are loaded. */
  isLoading = true
  readonly #on = new Map<number, OnController>()
  readonly #students = new Map<number, Student>()
  /** People who lost a card: they may be without. */
  readonly #exempt = new Set<Student>()
  readonly #lost = new Set<number>()
  /** Numbers of which a change is due. */
  readonly #due = new Set<number>()
  /** What open transactions would make true. */
  readonly #effects = new WeakMap<object, Effect[]>()
  /** By process and controller: since when its turn goes on, and its reading back. */
  readonly #turnMs = new Map<string, number>()
  readonly #readingMs = new Map<string, number>()

  knows(students: readonly Student[]): void {
    for (const student of students) {
      this.#students.set(student.old, student)
      this.#students.set(student.new, student)
    }
  }

  say(promise: Promised, what: string): void {
    if (this.broken.length < 20) this.broken.push({ promise, what })
  }

  /** From now on both cards of these people may change: their window is about to begin. */
  switches(students: readonly Student[]): void {
    for (const { old, new: next } of students) {
      this.#decide(old)
      this.#decide(next)
    }
  }

  /** A card of somebody is about to be reported lost. */
  loses(student: Student, number: number): void {
    this.#exempt.add(student)
    this.#lost.add(number)
    this.#decide(number)
  }

  #decide(number: number): void {
    this.#due.add(number)
    for (const on of this.#on.values()) on.verified.delete(number)
  }

  #of(controller: number): OnController {
    return this.#on.getOrInsertComputed(controller, () => ({
      board: null,
      history: new Map(),
      confirmed: new Map(),
      verified: new Map(),
    }))
  }

  /** A board's list was changed by a request. */
  changed(board: Board, card: number | 'all'): void {
    const on = this.#of(board.serial)
    on.board = board
    if (card === 'all') {
      this.say('A1', `the whole list of ${board.serial} is gone`)
      return
    }
    const text = textOn(board, card)
    const history = on.history.getOrInsertComputed(card, () => [{ sinceMs: -1, text: absent }])
    const before = history.at(-1)!.text
    if (before === text) return
    history.push({ sinceMs: monotonicMs(), text })
    if (this.isLoading) return
    this.changes += 1
    this.#judge(on, board, card, before, text)
  }

  #judge(on: OnController, board: Board, card: number, before: string, text: string): void {
    const change = `${card} on ${board.serial} was ${before} and is ${text}`
    const student = this.#students.get(card)
    if (!student) {
      this.say('cut-off', `${change}: it is nobody's`)
      return
    }
    if (!this.#due.has(card)) this.say('cut-off', `${change}: that is not due`)
    if (card === student.old && text !== absent) this.say('C3', `${change}: an old card comes back`)
    const verified = on.verified.get(card)
    const isLost = this.#lost.has(card)
    // A card may be read back as it was in the moment in which its loss is written down.
    if (verified !== undefined && verified !== text && !(isLost && text === absent))
      this.say(isLost ? 'A2' : 'C3', `${change}, after ${verified} was read back`)
    if (text !== absent || this.#exempt.has(student)) return
    if (!board.cards.has(student.old) && !board.cards.has(student.new))
      this.say('A1', `${change}: its holder has no card there`)
  }

  #wasThere(on: OnController, number: number, text: string, sinceMs: number): boolean {
    const history = on.history.get(number)
    if (!history) return text === absent
    for (const { text: was, sinceMs: from } of history.toReversed()) {
      if (was === text) return true
      if (from <= sinceMs) return false
    }
    return text === absent
  }

  /** A statement of a process is on its way to PostgreSQL. */
  statement(owner: string, name: string, values: readonly (string | null)[], transaction: object): void {
    const since = name === 'due_numbers' ? this.#turnMs : name === 'to_verify' ? this.#readingMs : null
    for (const controller of since ? elementsOf(values[0]) : [])
      since!.set(`${owner} ${controller}`, monotonicMs())
    if (name === 'record_held') this.#confirms(owner, values, transaction)
    if (name === 'verified') this.#verifies(owner, values, transaction)
  }

  /** What a process calls confirmed stood there at some moment since its turn began. */
  #confirms(owner: string, values: readonly (string | null)[], transaction: object): void {
    const [controllers, numbers, doors, from, to] = values.map(elementsOf)
    controllers!.forEach((controller, at) => {
      const number = Number(numbers![at])
      const text = textOf(doors![at]!, from![at]!, to![at]!)
      const on = this.#of(Number(controller))
      this.#onCommit(transaction, () => {
        on.confirmed.set(number, text)
        on.verified.delete(number)
      })
      this.confirmations += 1
      const sinceMs = this.#turnMs.get(`${owner} ${controller}`) ?? monotonicMs()
      if (!this.#wasThere(on, number, text, sinceMs))
        this.say('wrong-acknowledgement', `${number} on ${controller} is confirmed as ${text} by ${owner}`)
    })
  }

  /** What a process reads back as right stood there at some moment since it began to read. */
  #verifies(owner: string, values: readonly (string | null)[], transaction: object): void {
    const [controllers, numbers] = values.map(elementsOf)
    controllers!.forEach((controller, at) => {
      const number = Number(numbers![at])
      const on = this.#of(Number(controller))
      const text = on.confirmed.get(number)
      if (text === undefined) return
      this.confirmations += 1
      this.#onCommit(transaction, () => on.verified.set(number, text))
      const sinceMs = this.#readingMs.get(`${owner} ${controller}`) ?? monotonicMs()
      if (!this.#wasThere(on, number, text, sinceMs))
        this.say('wrong-acknowledgement', `${number} on ${controller} is read back as ${text} by ${owner}`)
    })
  }

  #onCommit(transaction: object, effect: Effect): void {
    this.#effects.getOrInsertComputed(transaction, () => []).push(effect)
  }

  /** A transaction is committed. */
  committed(transaction: object): void {
    for (const effect of this.#effects.get(transaction)?.splice(0) ?? []) effect()
  }

  /** Whether a number was read back as gone from a controller, after the quiet time. */
  isKnownGone(controller: number, number: number): boolean {
    return this.#of(controller).verified.get(number) === absent
  }

  /** When everything is done and read back: each board holds what is wanted of it, card by card, and no lost card. */
  atRest(controller: number, wanted: ReadonlyMap<number, string>, board: Board): void {
    const held = board.cards.all()
    for (const { number, pin } of held) {
      if (this.#lost.has(number)) this.say('A2', `${number} was lost and is on ${controller}`)
      else if (!wanted.has(number)) this.say('C1', `${number} is on ${controller} and is not wanted there`)
      if (pin !== 0) this.say('C1', `${number} on ${controller} has a code`)
    }
    for (const [number, text] of wanted)
      if (textOn(board, number) !== text)
        this.say('C1', `${number} on ${controller} is ${textOn(board, number)}, wanted is ${text}`)
  }
}
