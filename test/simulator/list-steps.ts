import type { CardRecord, ControllerDriver, Slot } from '../../src/update/driver.ts'
import type { Lease } from '../../src/update/ledger.ts'
import { lookForRemoved, usualBudget } from '../../src/update/rounds.ts'
import { openSurveys } from '../../src/update/survey.ts'
import type { Surveyed } from '../../src/update/updating.ts'
import { type BothLedgers, controllers, numbers, type Owner } from './both-ledgers.ts'
import { byText } from './in-plain.ts'
import type { Answered } from './step.ts'

const aDayMs = 25 * 60 * 60_000
/** One that no card of the register has. */
const stranger = 7
const days = { from: Temporal.PlainDate.from('2023-09-01'), to: Temporal.PlainDate.from('2028-08-31') }
const doorSets = [
  [1, 1, 0, 0],
  [1, 0, 0, 1],
  [1, 1, 0, 0],
  [0, 0, 0, 0],
] as const

/** A controller's list as the picks have it: some places before the first card, so that one turn does not read all. */
function slotsOf(picks: readonly number[]): Slot[] {
  const [shift = 0, end = 0, ...cards] = picks
  const slots: Slot[] = Array.from({ length: shift % 3 === 0 ? 33 : 0 }, (_, at) => ({
    slot: at + 1,
    holds: 'deleted',
  }))
  for (const pick of cards) {
    const number = BigInt([...numbers, stranger][pick % 7]!)
    const card: CardRecord = { number, doors: doorSets[pick % 4]!, ...days, pin: pick % 11 === 0 ? 1234 : 0 }
    const isKnown = slots.some(slot => slot.holds === 'card' && slot.card.number === number)
    if (!isKnown || pick % 5 === 0) slots.push({ slot: slots.length + 1, holds: 'card', card })
  }
  const last = (['end', 'end', 'end', 'unreachable', 'unreadable'] as const)[end % 5]!
  return [...slots, { slot: slots.length + 1, holds: last }]
}

const spokenOf = (slots: readonly Slot[], controllerId: number) => ({
  driver: {
    async *read(_: unknown, from: number, limit: number) {
      yield* slots.filter(({ slot }) => slot >= from && slot < from + limit)
    },
  } as unknown as ControllerDriver,
  address: {
    serial: controllerId,
    host: '127.0.0.1',
    port: 60_000,
    capacity: 100,
    driver: 'uhppote' as const,
    settings: null,
  },
  mayGoOn: async () => true,
  meet: async () => 'known' as const,
})

/** Reading a controller's list, and adopting what was found, on both ledgers. */
export class ListSteps {
  readonly #both: BothLedgers
  /** What stands on each controller while its list is read. */
  readonly #slots = new Map<number, Slot[]>()

  constructor(both: BothLedgers) {
    this.#both = both
  }

  async ask(controllerId: number, picks: readonly number[]): Promise<Answered> {
    const memory = this.#both.books.askSurvey(controllerId)
    const database = await this.#both.askSurvey(controllerId)
    if (database) this.#slots.set(controllerId, slotsOf(picks))
    return { database, memory, what: database ? 'ask for a list' : '' }
  }

  async read(owner: Owner, lease: Lease): Promise<Answered> {
    const slots = this.#slots.get(lease.controllerId) ?? []
    const spoken = spokenOf(slots, lease.controllerId)
    const some = (surveying: Parameters<typeof openSurveys>[0]) =>
      openSurveys(surveying).some({ ...lease }, { spoken, limit: 32 })
    const told = ({ end, doubted }: Surveyed) => [end, byText(doubted.map(({ personId }) => personId))]
    const database = await some(this.#both.sharedOf[owner])
    const memory = await some(this.#both.sharedInMemory)
    return {
      database: told(database),
      memory: told(memory),
      what: database.end === 'read' ? 'read a list' : '',
    }
  }

  async adopt(pick: number): Promise<Answered> {
    const controllerId = controllers[pick % 2]!
    const { lists } = this.#both.books.of(controllerId)
    const found = [...(lists.complete?.cards.values() ?? [])]
      .filter(card => !card.ours && card.number !== stranger && !lists.adopted.has(card.number))
      .map(card => card.number)
    for (const number of found)
      lists.adopted.set(number, { ...lists.complete!.cards.get(number)!, isTakenUp: false })
    const database = await this.#both.adopt(controllerId, stranger)
    return { database: byText(database), memory: byText(found), what: found.length > 0 ? 'adopt' : '' }
  }

  async takeUp(owner: Owner): Promise<Answered> {
    const { books, inMemory, moment, ofDatabase } = this.#both
    const what = books.hasToTakeUp ? 'take up' : ''
    await ofDatabase[owner].takeUpAdopted()
    inMemory.takeUpAdopted(moment)
    return { database: null, memory: null, what }
  }

  async lookForRemoved(owner: Owner): Promise<Answered> {
    const { nowMs, rawMs } = this.#both.moment
    await this.#both.setTime({ nowMs: nowMs + aDayMs, rawMs: rawMs + aDayMs })
    const database = await lookForRemoved(this.#both.sharedOf[owner], usualBudget)
    const memory = await lookForRemoved(this.#both.sharedInMemory, usualBudget)
    return { database, memory, what: database > 0 ? 'look for removed' : '' }
  }
}
