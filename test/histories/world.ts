import { type Dates, watchDates } from '../../src/app/boundaries.ts'
import { campusClock } from '../../src/app/clock.ts'
import { tellWhatDoorsConfirmed } from '../../src/app/confirmations.ts'
import { follow } from '../../src/app/followers.ts'
import { windowPlan } from '../../src/app/gatehouse.ts'
import { openUhppoteDriver } from '../../src/controller/uhppote/driver.ts'
import { sealedPayments } from '../../src/reissue/payment.ts'
import { type Database, openDatabase } from '../../src/server/database.ts'
import { type Act, type Actor, openRegister, type Register } from '../../src/server/register.ts'
import type { ControllerDriver } from '../../src/update/driver.ts'
import { keepUpdating, type Updates } from '../../src/update/loop.ts'
import { overDatabase } from '../../src/update/over-database.ts'
import type { FreshDatabase } from '../database.ts'
import { Boards } from './boards.ts'
import { setUpMs } from './campus.ts'
import { Expected } from './expected.ts'
import { type Facts, factsOf } from './facts.ts'
import { Outside } from './outside.ts'
import { OwnCustody } from './own-custody.ts'
import { localText, ToldTime } from './told-time.ts'

/** After a change the product reads back what it did, so much later. */
export const quietMs = 35_000

/**
 * One campus in told time: real PostgreSQL, real acts, the real loop, lanes, driver and codec, and emulated boards. What is
 * simulated is time, and the way of datagrams.
 */
export class World {
  readonly time: ToldTime
  readonly boards: Boards
  readonly register: Register
  readonly outside = new Outside()
  readonly expected = new Expected()
  readonly custody = new OwnCustody()
  /** What the update's process logged; nothing of it should be a fault. */
  readonly logged: string[] = []
  readonly trace: string[] = []
  readonly owner: Database
  facts!: Facts
  /** When somebody last did something, or a board's network changed. */
  lastActMs = setUpMs
  lastTroubleMs = setUpMs
  /** Controllers whose updates somebody holds. */
  readonly held = new Set<number>()
  readonly #app: Database
  readonly #doors: Database
  #updates!: Updates
  readonly #dates: Dates
  #driver!: ControllerDriver
  readonly #database: FreshDatabase

  private constructor(database: FreshDatabase, seed: number) {
    this.#database = database
    this.owner = openDatabase(database.url, 'owner', { connections: 1 })
    this.#app = openDatabase(database.url, 'app', { connections: 3 })
    this.#doors = openDatabase(database.url, 'doors', { connections: 4 })
    this.time = new ToldTime(this.owner, setUpMs)
    this.boards = new Boards(seed, { nowMs: () => this.time.nowMs, quietMs })
    this.register = openRegister(this.#app, campusClock, follow)
    const log = (line: string) => void this.logged.push(line)
    this.#dates = watchDates(this.register, { log })
  }

  static async open(database: FreshDatabase, seed: number): Promise<World> {
    const world = new World(database, seed)
    await world.#begin()
    return world
  }

  async #begin(): Promise<void> {
    const { boards, time } = this
    const monotonicMs = () => time.nowMs
    this.#driver = await openUhppoteDriver({
      monotonicMs: boards.driverMs,
      network: boards.network(),
      sockets: 2,
      tries: 3,
    })
    const holding = {
      database: this.#doors,
      clock: campusClock,
      owner: 'histories',
      monotonicMs,
      leaseSeconds: 10,
    }
    this.#updates = keepUpdating(
      { ...overDatabase(holding), driver: this.#driver, log: line => void this.logged.push(line) },
      { plan: () => windowPlan(this.#doors) },
    )
    this.facts = await factsOf(this.owner)
    this.custody.seen(this.facts)
  }

  /** The payment provider as the product knows it. */
  readonly provider = sealedPayments({ address: '/pay', keys: this.outside.paymentKeys })

  note(line: string): void {
    this.trace.push(`${localText(this.time.nowMs)} ${line}`)
  }

  /** Somebody acts. What is refused is kept as nothing but an answer; what throws is a fault. */
  act<T>(actor: Actor, work: (act: Act) => Promise<T>): Promise<T> {
    return this.register.act(actor, work)
  }

  look<T>(work: (act: Act) => Promise<T>): Promise<T> {
    return this.register.look({ kind: 'system', id: 'test' }, work)
  }

  /** What the product does by itself at this moment: windows, lanes, dates, messages. */
  async turn(): Promise<void> {
    await this.#updates.settle()
    await this.#dates.look()
    await this.#updates.settle()
    await tellWhatDoorsConfirmed(this.register)
    await this.see()
  }

  /** The register is read, and the tests' own books follow it. */
  async see(): Promise<void> {
    this.facts = await factsOf(this.owner)
    this.expected.seen(this.facts)
    this.custody.seen(this.facts)
    this.outside.fees.follow(this.facts)
  }

  /** Whether every board was heard well for so long, and nobody holds its updates. */
  isHealthyFor(ms: number): boolean {
    const fair = [...this.boards.weather.values()].every(weather => weather === 'fair')
    return fair && this.held.size === 0 && this.time.nowMs - this.lastTroubleMs >= ms
  }

  async close(): Promise<void> {
    await this.#updates.stop()
    await this.#driver.close()
    await Promise.all([this.#app.close(), this.#doors.close(), this.owner.close()])
    await this.#database.drop()
  }
}
