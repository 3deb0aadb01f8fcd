import { functions } from '../../src/controller/uhppote/frame.ts'
import { type Fate, isChange, nameOfCode, type Passing } from './wire.ts'

/**
 * A step of a run, and what befalls the process that takes it.
 *
 * | on | at | what the process that takes it meets |
 * |---|---|---|
 * | datagram | the n-th request that reaches a board | it goes on to the board; who asked hears no answer |
 * | change | the n-th put or removal | it does not leave: lost with a process that dies, later with one that is stopped |
 * | unlucky put | the n-th put of the card that is lost in the middle of the run | the same |
 * | commit | the n-th commit that wrote something, or was the cut-off | PostgreSQL never gets it, or gets it later |
 * | committed | the same | it is done, and the process is not told, or is told when it goes on |
 */
export interface Step {
  on: 'datagram' | 'change' | 'unlucky put' | 'commit' | 'committed'
  at: number
  /** Only steps that do this count: "a batch kept". */
  deed?: string
}

/** What commits of the engine do, by the statements in them; the first that fits. */
const deeds: readonly [statement: string, deed: string][] = [
  ['cut_off', 'the cut-off'],
  ['open_window', 'a window opened'],
  ['finish_windows', 'a window finished'],
  ['claim_lanes', 'lanes claimed'],
  ['settle_wanted', 'a batch kept'],
  ['finish_lanes', 'a part ended'],
  ['verified', 'a read-back kept'],
  ['release_lanes', 'lanes given back'],
  ['renew_lanes', 'a lease renewed'],
]

/** All that commits of the engine do. */
export const allDeeds: readonly string[] = deeds.map(([, deed]) => deed)

/** What a commit does, in words. */
export const deedOf = (statements: readonly string[]): string =>
  deeds.find(([statement]) => statements.includes(statement))?.[1] ?? statements.join(' ')

/** What was sprung, and upon whom. */
export interface Sprung {
  owner: string
  /** What it was doing: "putCard", "a batch kept". */
  deed: string
  /** Which controller it spoke to, where it did. */
  serial: number | null
}

/** Counts the steps of a run as they are seen from outside, and springs at one of them. */
export class Trap {
  /** Steps of each kind so far. */
  readonly counts: Record<Step['on'], number> = {
    datagram: 0,
    change: 0,
    'unlucky put': 0,
    commit: 0,
    committed: 0,
  }
  sprung: Sprung | null = null
  /** Steps of the kind that the trap waits for. */
  #alike = 0
  readonly #step: Step | null
  readonly #unlucky: number
  readonly #spring: (sprung: Sprung) => Promise<void> | null

  /**
   * `unlucky` is the card that is lost in the middle of the run. `spring` kills (null) or stops a process; what it
   * returns comes when the process goes on.
   */
  constructor(step: Step | null, unlucky: number, spring: (sprung: Sprung) => Promise<void> | null) {
    this.#step = step
    this.#unlucky = unlucky
    this.#spring = spring
  }

  /** Nothing is counted on, and nothing springs. */
  static none(): Trap {
    return new Trap(null, 0, () => null)
  }

  #meets(on: Step['on'], sprung: Sprung): Promise<void> | null | 'not now' {
    this.counts[on] += 1
    const step = this.#step
    if (this.sprung || step?.on !== on || (step.deed ?? sprung.deed) !== sprung.deed) return 'not now'
    this.#alike += 1
    if (this.#alike !== step.at) return 'not now'
    this.sprung = sprung
    return this.#spring(sprung)
  }

  request(owner: string, passing: Passing): Fate {
    const sprung = { owner, deed: nameOfCode(passing.code), serial: passing.serial }
    const kinds: Step['on'][] = []
    if (isChange(passing)) kinds.push('change')
    if (passing.code === functions.putCard && passing.card === this.#unlucky) kinds.push('unlucky put')
    for (const kind of kinds) {
      const goesOn = this.#meets(kind, sprung)
      if (goesOn !== 'not now') return goesOn ?? 'lost'
    }
    void this.#meets('datagram', sprung)
    return 'goes on'
  }

  commit(owner: string, statements: readonly string[]): 'goes on' | 'never' | Promise<void> {
    const goesOn = this.#meets('commit', { owner, deed: deedOf(statements), serial: null })
    return goesOn === 'not now' ? 'goes on' : (goesOn ?? 'never')
  }

  committed(owner: string, statements: readonly string[]): 'told' | 'untold' {
    const goesOn = this.#meets('committed', { owner, deed: deedOf(statements), serial: null })
    return goesOn === null ? 'untold' : 'told'
  }
}
