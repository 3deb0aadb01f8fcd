import { monotonicMs } from '../../src/app/clock.ts'
import { isChange, nameOfCode, type Passing } from './wire.ts'
import type { Witness } from './witness.ts'

/** What a driver was asked for leaves within so long or not at all; and some time for this machine. */
const leavesWithinMs = 5_000 + 500

/** Requests that a process may have in hand on one controller: one, or up to 16 where replies name their requests. */
const mostInHand = { alone: 1, echoing: 16 }

interface OnLane {
  /** Requests of this process that came before it was stopped. */
  known: Set<number>
  /** Another process has spoken to the controller since. */
  isTaken: boolean
  /** Requests that left after another had the lane. */
  strays: Set<number>
}

interface Stopped {
  wentOnMs: number | null
  lanes: Map<number, OnLane>
}

/**
 * Watches processes that were stopped: of a lane that another has taken meanwhile, one that goes on sends no change but
 * what it had in hand, and that within five seconds.
 */
export class Zombies {
  /** Changes that left although the lane was another's by then: repeats, and requests not seen before. */
  repeats = 0
  strays = 0
  /** Lanes that another process took from one that was stopped. */
  taken = 0
  readonly #witness: Witness
  readonly #stopped = new Map<string, Stopped>()
  readonly #sent = new Map<string, Set<number>>()
  readonly #echoing = new Set<number>()

  constructor(witness: Witness) {
    this.#witness = witness
  }

  /** This controller's replies name their requests. */
  echoes(controller: number): void {
    this.#echoing.add(controller)
  }

  stops(owner: string, controllers: readonly number[]): void {
    const lanes = controllers.map((controller): [number, OnLane] => [
      controller,
      { known: new Set(this.#sent.get(`${owner} ${controller}`)), isTaken: false, strays: new Set() },
    ])
    this.#stopped.set(owner, { wentOnMs: null, lanes: new Map(lanes) })
  }

  goesOn(owner: string): void {
    const stopped = this.#stopped.get(owner)
    if (stopped) stopped.wentOnMs = monotonicMs()
  }

  /** A run is over: whoever was stopped in it is one among the others again. */
  forget(): void {
    this.#stopped.clear()
    this.#sent.clear()
  }

  /** Whether another process has taken over some lane of one that is stopped. */
  isReplaced(owner: string): boolean {
    return [...(this.#stopped.get(owner)?.lanes.values() ?? [])].some(({ isTaken }) => isTaken)
  }

  /** A process asks for lanes: what it does there afterwards is its own. */
  claims(owner: string, controllers: string): void {
    for (const controller of controllers.slice(1, -1).split(','))
      this.#stopped.get(owner)?.lanes.delete(Number(controller))
  }

  request(owner: string, passing: Passing): void {
    const { serial, sequence } = passing
    for (const [other, { lanes }] of this.#stopped) {
      const lane = lanes.get(serial)
      if (other === owner || !lane || lane.isTaken) continue
      lane.isTaken = true
      this.taken += 1
    }
    const stopped = this.#stopped.get(owner)
    const lane = stopped?.lanes.get(serial)
    if (lane?.isTaken && stopped!.wentOnMs !== null && isChange(passing))
      this.#stray(owner, passing, lane, monotonicMs() - stopped!.wentOnMs)
    this.#sent.getOrInsertComputed(`${owner} ${serial}`, () => new Set()).add(sequence)
  }

  #stray(owner: string, { serial, sequence, code, card }: Passing, lane: OnLane, afterMs: number): void {
    const what = `${owner} sends ${nameOfCode(code)} ${card} to ${serial} ${Math.round(afterMs)} ms after it went on`
    if (afterMs > leavesWithinMs) this.#witness.say('S1', `${what}: the lane is another's`)
    if (lane.known.has(sequence)) {
      this.repeats += 1
      return
    }
    lane.strays.add(sequence)
    this.strays += 1
    const most = this.#echoing.has(serial) ? mostInHand.echoing : mostInHand.alone
    if (lane.strays.size > most)
      this.#witness.say('S1', `${what}, the ${lane.strays.size}th change of a lane that is another's`)
  }
}
