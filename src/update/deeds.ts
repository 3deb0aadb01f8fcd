import type { CardRecord, ControllerAddress, ControllerDriver, Found } from './driver.ts'
import type { Meeting } from './meeting.ts'
import type { Outcome } from './outcome.ts'
import { type DueNumber, isThere, type PersonSteps } from './plan.ts'

/** A controller being spoken to by the process that holds its lane. */
export interface Spoken {
  driver: ControllerDriver
  address: ControllerAddress
  /** Asked before every datagram: false once the lane is another's, or this process is to stop. */
  mayGoOn: () => Promise<boolean>
  /** Asked before anything else of a visit: only where the board that is known stands there may it go on. */
  meet: () => Promise<Meeting>
}

/**
 * Does a piece of work for each, begun in their order, as many at once as are worth asking of this controller. Where one
 * throws, none is begun after it, and those under way come to their end first: whoever is told gives the lane back.
 */
export async function together<T>(
  { driver, address }: Spoken,
  all: readonly T[],
  work: (one: T) => Promise<void>,
): Promise<void> {
  const faults: unknown[] = []
  let next = 0
  let under = 0
  await new Promise<void>((resolve, reject) => {
    const over = () => {
      under -= 1
      go()
    }
    const go = () => {
      while (faults.length === 0 && next < all.length && under < driver.together(address)) {
        under += 1
        work(all[next++]!)
          .catch(error => faults.push(error))
          .then(over)
          .catch(reject)
      }
      if (under === 0) resolve()
    }
    go()
  })
  if (faults.length > 0) throw faults[0]
}

const recordOf = (due: DueNumber): CardRecord => ({
  number: BigInt(due.number),
  from: due.wanted.from,
  to: due.wanted.to,
  doors: due.wanted.doors,
  pin: 0,
})

/**
 * "None" names no card: from a controller whose replies do not name their requests it may be a late answer to an earlier
 * question. That a card is gone is then believed when it is said twice.
 */
export async function lookUp({ driver, address }: Spoken, number: number): Promise<Found> {
  const found = await driver.get(address, BigInt(number))
  const isDoubtful = found.answer === 'absent' && driver.together(address) === 1
  return isDoubtful ? driver.get(address, BigInt(number)) : found
}

/**
 * Looks up a number under which another system's card was found. `free` where it has gone since, or was never another's;
 * `fenced` where the lane was lost while it was looked up. A card that stands there as wanted needs no writing; any other
 * stays (decision 17).
 */
async function stands(
  spoken: Spoken,
  due: DueNumber,
  deed: Outcome['deed'],
): Promise<Outcome | 'free' | 'fenced'> {
  if (!due.foreign) return 'free'
  const found = await lookUp(spoken, due.number)
  if (found.answer === 'unreachable') return { due, deed, answer: 'unreachable', confirmed: false }
  if (isThere(due.wanted, found)) return { due, deed, answer: 'already', confirmed: true }
  if (found.answer !== 'absent') return { due, deed, answer: 'taken', confirmed: false }
  return (await spoken.mayGoOn()) ? 'free' : 'fenced'
}

/** Reads back what was put or removed; only what is seen there counts. */
async function readBack({ driver, address }: Spoken, outcome: Outcome): Promise<Outcome> {
  const { due, deed, answer } = outcome
  const found: Found = await driver.get(address, BigInt(due.number))
  if (found.answer === 'unreachable') return { due, deed, answer: 'unreachable', confirmed: false }
  const told = answer === 'applied' || answer === 'already'
  const confirmed = isThere(due.wanted, found)
  const is = confirmed ? (told ? answer : 'applied') : told ? 'different' : answer
  return { due, deed, answer: is, confirmed }
}

/** A card that was put; `sent` unless another's card stood there, `proved` when the reply named this very request. */
interface Put extends Outcome {
  sent: boolean
  proved: boolean
}

/** Puts one card; whether it is there is another question. Null where the lane was lost while it was looked up. */
async function put(spoken: Spoken, due: DueNumber): Promise<Put | null> {
  const stood = await stands(spoken, due, 'put')
  if (stood === 'fenced') return null
  if (stood !== 'free') return { ...stood, sent: false, proved: false }
  const { answer, proved } = await spoken.driver.put(spoken.address, recordOf(due))
  return { due, deed: 'put', answer, confirmed: false, sent: true, proved }
}

/** Whether a put's answer leaves open if the card is there. */
const isDoubtful = ({ sent, answer }: Put): boolean =>
  sent && (answer === 'applied' || answer === 'unconfirmed')

/**
 * Removes one number and makes sure that it is gone; a lost card's whosever card stands there. Null where the lane was lost
 * while it was looked up.
 */
async function remove(spoken: Spoken, due: DueNumber): Promise<Outcome | null> {
  const stood = due.urgent ? 'free' : await stands(spoken, due, 'remove')
  if (stood === 'fenced') return null
  if (stood !== 'free') return stood
  const { answer, proved } = await spoken.driver.remove(spoken.address, BigInt(due.number))
  const outcome: Outcome = { due, deed: 'remove', answer, confirmed: false }
  const told = answer === 'applied' || answer === 'already'
  if (told && proved) return { ...outcome, confirmed: true }
  return told || answer === 'unconfirmed' ? readBack(spoken, outcome) : outcome
}

/** With fewer cards to be sure of than this, reading each back costs no more than counting twice. */
const worthCounting = 4

/** What is done for some people on one controller, step by step. */
class Deeds {
  readonly outcomes: Outcome[] = []
  /** What the controller holds as wanted, to our certain knowledge. */
  readonly confirmed = new Set<DueNumber>()
  ended = false
  readonly #spoken: Spoken

  constructor(spoken: Spoken) {
    this.#spoken = spoken
  }

  #tell(outcome: Outcome): void {
    this.outcomes.push(outcome)
    if (outcome.confirmed) this.confirmed.add(outcome.due)
  }

  /** Runs deeds in their order; none is begun once the controller is silent, or the lane is not ours any more. */
  async #each<T>(all: readonly T[], deed: (one: T) => Promise<Outcome | null>): Promise<void> {
    await together(this.#spoken, all, async one => {
      if (!this.ended && !(await this.#spoken.mayGoOn())) this.ended = true
      if (this.ended) return
      const outcome = await deed(one)
      if (outcome?.answer === 'unreachable') this.ended = true
      if (outcome) this.#tell(outcome)
    })
  }

  removeAll(due: readonly DueNumber[]): Promise<void> {
    return this.#each(due, one => remove(this.#spoken, one))
  }

  async #count(): Promise<number | null> {
    if (this.ended) return null
    const counted = await this.#spoken.driver.count(this.#spoken.address)
    return counted.answer === 'counted' ? counted.cards : null
  }

  /**
   * Puts cards, and makes sure of each on the strength of which something will be taken away: `relied`. The word of a
   * controller that echoes our sequence id is enough for the others. Many at once are made sure of by counting: where
   * the controller holds exactly so many more cards as were put, every one of them was stored.
   */
  async putAll(due: readonly DueNumber[], relied: ReadonlySet<DueNumber>): Promise<void> {
    const spoken = this.#spoken
    const counts = relied.size >= worthCounting && spoken.driver.together(spoken.address) > 1
    const before = counts ? await this.#count() : null
    const puts: Put[] = []
    await this.#each(due, async one => {
      const done = await put(spoken, one)
      if (done) puts.push(done)
      return done?.answer === 'unreachable' ? done : null
    })
    const asWell = puts.every(({ sent, answer, proved }) => sent && answer === 'applied' && proved)
    const after = before !== null && asWell ? await this.#count() : null
    const allStored = before !== null && after === before + puts.length
    const sure = (one: Put) => one.proved && one.answer === 'applied' && (allStored || !relied.has(one.due))
    const told = puts.filter(one => one.answer !== 'unreachable')
    for (const one of told) if (!isDoubtful(one) || sure(one)) this.#tell(settled(one, sure(one)))
    const doubtful = told.filter(one => isDoubtful(one) && !sure(one))
    await this.#each(doubtful, one => readBack(spoken, settled(one, false)))
    // What could not be read back any more is told as well.
    if (!this.ended) return
    const read = new Set(this.outcomes.map(({ due: one }) => one))
    for (const { due: one } of doubtful.filter(one => !read.has(one.due)))
      this.#tell({ due: one, deed: 'put', answer: 'unconfirmed', confirmed: false })
  }

  /** Looks cards up that were confirmed earlier and puts those again that are not there. */
  async lookUpAll(due: readonly DueNumber[]): Promise<void> {
    const spoken = this.#spoken
    await this.#each(due, async one => {
      const found = await spoken.driver.get(spoken.address, BigInt(one.number))
      if (isThere(one.wanted, found)) this.confirmed.add(one)
      return null
    })
    if (this.ended) return
    const gone = due.filter(one => !this.confirmed.has(one))
    await this.putAll(gone, new Set(gone))
  }
}

const settled = ({ due, deed, answer, confirmed }: Put, sure: boolean): Outcome => ({
  due,
  deed,
  answer,
  confirmed: confirmed || sure,
})

/** One group of people after the other; a group of one keeps the time between put and removal shortest. */
async function serve(deeds: Deeds, people: readonly PersonSteps[]): Promise<void> {
  const switching = people.filter(({ removals }) => removals.length > 0)
  await deeds.putAll(
    people.flatMap(({ puts }) => puts),
    new Set(switching.flatMap(({ puts }) => puts)),
  )
  const stays = (due: DueNumber) => deeds.confirmed.has(due)
  const carried = switching.filter(({ puts }) => puts.every(stays))
  await deeds.lookUpAll(carried.flatMap(({ reliedOn }) => reliedOn))
  const safe = carried.filter(({ reliedOn }) => reliedOn.every(stays))
  await deeds.removeAll(safe.flatMap(({ removals }) => removals))
}

/**
 * Carries out the steps of some people, in their order; `ended` once nothing more may be sent here: the controller is
 * silent, or the lane is not ours any more. What was done until then is in `outcomes`.
 */
export async function carryOut(
  spoken: Spoken,
  people: readonly PersonSteps[],
): Promise<{ outcomes: Outcome[]; ended: boolean }> {
  const deeds = new Deeds(spoken)
  await deeds.removeAll(people.flatMap(({ urgentRemovals }) => urgentRemovals))
  // One by one until the controller's replies were seen to name their requests; from then on all together.
  for (let next = 0; next < people.length && !deeds.ended; ) {
    const atOnce = spoken.driver.together(spoken.address) > 1 ? people.length : 1
    await serve(deeds, people.slice(next, next + atOnce))
    next += atOnce
  }
  return deeds
}
