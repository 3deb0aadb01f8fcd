import { makeStation, type Station } from '../../src/controller/emulator/station.ts'
import { openSurveys } from '../../src/update/survey.ts'
import type { AdoptedInWorld } from './adopt-in-books.ts'
import { Books } from './books.ts'
import { BooksLedger } from './books-ledger.ts'
import {
  beganAt,
  beganMs,
  endsMs,
  faultsEndMs,
  firstWindowMs,
  lastWindowMs,
  leaseSeconds,
  minute,
  plan,
} from './calendar.ts'
import { Chance } from './chance.ts'
import { type Faulty, faultKinds, planFaults } from './faults.ts'
import { fairWeather, SimulatedNetwork } from './network.ts'
import { Oracle, type Violation } from './oracle.ts'
import { type Deed, Register, type SimulatedPerson } from './people.ts'
import { SimulatedProcess } from './process.ts'
import { planRounds } from './rounds.ts'
import { settleIn } from './settle-in.ts'
import { SharedDatabase } from './shared-database.ts'
import { SimulatedTime } from './time.ts'

/** How large worlds are. */
export interface Size {
  controllers: number
  people: number
  processes: number
}
export const usualSize: Size = { controllers: 3, people: 20, processes: 3 }

/** What came of one world. */
export interface WorldTold {
  seed: number
  violations: Violation[]
  /** How often each fault happened. */
  faults: Record<string, number>
  events: number
  /** How long lost cards were still there, in milliseconds. */
  lostGoneMs: number[]
  zombieRepeats: number
  /** How readings of lists ended, and how many numbers were adopted. */
  lists: Record<string, number>
  trace: string[]
}

/** One small campus: its people, its boards, its processes, the database between them, and what goes wrong. */
export class World implements Faulty {
  readonly time = new SimulatedTime()
  readonly chance: Chance
  readonly network: SimulatedNetwork
  readonly database: SharedDatabase
  readonly processes: SimulatedProcess[]
  readonly stations: Station[]
  readonly register = new Register()
  /** Boards that said yes and stored nothing. */
  readonly liars = new Set<number>()
  readonly foreignOn = new Set<number>()
  readonly faults: Record<string, number> = Object.fromEntries(faultKinds.map(kind => [kind, 0]))
  readonly #oracle: Oracle
  readonly #trace: string[] = []
  readonly #isTraced: boolean
  readonly #seed: number
  /** Lists are read in every other world, by chances of their own, so that the others stay as they are. */
  readonly #roundsChance: Chance
  readonly #hasRounds: boolean
  readonly faultsEndMs = faultsEndMs
  readonly beganMs = beganMs

  constructor(seed: number, { size = usualSize, traced = false }: { size?: Size; traced?: boolean } = {}) {
    this.#seed = seed
    this.#isTraced = traced
    this.time.nowMs = beganMs
    this.chance = new Chance(seed)
    this.#roundsChance = new Chance(seed ^ 0x5ef7)
    this.#hasRounds = this.#roundsChance.happens(0.5)
    const books = new Books()
    this.#oracle = new Oracle(this.time, books, this.register, line => this.trace(line))
    this.network = new SimulatedNetwork(this.time, this.chance, {
      counts: fault => this.counts(fault),
      departs: (process, serial, datagram) => this.#departs(process, serial, datagram),
      puts: number => this.loseSoon(number, 'lost while put'),
      stop: process => this.stop(process),
      kill: process => this.kill(process),
    })
    const ledger = new BooksLedger(books, leaseSeconds)
    this.database = new SharedDatabase(this.time, this.chance, this.#oracle, ledger, this.liars)
    this.stations = Array.from({ length: size.controllers }, (_, at) => this.#station(at))
    this.processes = Array.from({ length: size.processes }, (_, at) => this.#process('abcdef'[at]!))
    settleIn(this, size.people)
    for (const { board } of this.stations) this.#oracle.watch(board.serial, board.cards)
    for (const { wanted } of books.controllers.values())
      for (const rows of wanted.values()) this.#oracle.decided(rows)
  }

  trace(line: () => string): void {
    if (!this.#isTraced) return
    const at = new Date(this.time.nowMs + 8 * 60 * minute).toISOString().slice(11, 23)
    this.#trace.push(`${at} ${line()}`)
  }

  counts(fault: string): void {
    this.faults[fault] = (this.faults[fault] ?? 0) + 1
  }

  #station(at: number): Station {
    const serial = 401 + at
    const host = `127.0.0.${at + 1}`
    const setup = { serial, host, port: 60_000, capacity: 60, echo: this.chance.happens(0.5) }
    const station: Station = makeStation(
      { ...setup, serviceMs: this.chance.oneOf([0, 0, 2, 15]) },
      {
        seed: this.#seed,
        startAt: beganAt,
        monotonicMs: () => this.time.nowMs,
        after: (ms, act) => void this.time.after(ms, act),
        send: (reply, to) => this.network.reply(station, reply, to.port),
        changed: (board, card) => this.#oracle.changed(board.serial, card as number, 'request'),
      },
    )
    this.network.add(station)
    this.database.ledger.books.addController({
      id: serial,
      serial,
      host,
      port: 60_000,
      capacity: setup.capacity,
      driver: 'uhppote',
      settings: null,
    })
    return station
  }

  #process(id: string): SimulatedProcess {
    return new SimulatedProcess(id, {
      time: this.time,
      plan,
      leaseSeconds,
      send: (process, socket, datagram, host) => this.network.send(process, socket, datagram, host),
      asks: (process, serial, deed, number) => {
        this.trace(() => `${process.name} is to ${deed} ${number} on ${serial}`)
        this.#oracle.asks(process.name, serial, this.time.nowMs - process.stoppedUntilMs)
      },
      ledgerOf: process => this.database.ledgerOf(process),
      surveysOf: process => openSurveys(this.database.sharedWith(process)),
      log: line => this.trace(() => line),
    })
  }

  #departs(process: SimulatedProcess, serial: number, datagram: Buffer): void {
    const sequence = datagram.readUInt32LE(40)
    this.trace(() => {
      const deed = datagram[1] === 0x50 ? 'put' : 'remove'
      return `${process.name} sends ${serial}: ${deed} ${datagram.readUInt32LE(8)} #${sequence}`
    })
    this.#oracle.sends(process.name, serial, sequence, this.time.nowMs - process.stoppedUntilMs)
  }

  /** Something that another system, or a reset, does to a board. */
  disturb(station: Station, cause: 'wipe' | 'foreign', change: () => void): void {
    const numbersNow = () => station.board.cards.all().map(card => card.number)
    const before = numbersNow()
    change()
    for (const number of new Set([...before, ...numbersNow()]))
      this.#oracle.changed(station.board.serial, number, cause)
  }

  stop(process: SimulatedProcess): void {
    // Two pauses within a minute would be one that is longer than assumed.
    if (!process.isAlive || this.time.nowMs - process.stoppedUntilMs < minute) return
    const ms = this.chance.happens(0.4)
      ? this.chance.whole(leaseSeconds * 1000, 30_000)
      : this.chance.whole(50, 9_000)
    this.counts(ms > leaseSeconds * 1000 ? 'pause longer than the lease' : 'pause')
    this.trace(() => `${process.name} is stopped for ${ms} ms`)
    process.stopFor(ms)
  }

  kill(process: SimulatedProcess): void {
    if (!process.isAlive) return
    this.counts('crash')
    this.trace(() => `${process.name} dies`)
    process.kill()
    this.time.after(this.chance.whole(200, 20_000), () => this.#start(process))
  }

  #start(process: SimulatedProcess): void {
    process.start()
    this.trace(() => `${process.name} starts`)
  }

  /** Somebody does something: the act takes its moment, locks the person, decides, and commits. */
  act(person: SimulatedPerson, deed: Deed, lastsMs = this.chance.whole(3, 40)): void {
    this.database.act(lastsMs, decidedAtMs => this.#commit(person, deed, decidedAtMs))
  }

  #commit(person: SimulatedPerson, deed: Deed, decidedAtMs: number): void {
    const { books } = this.database.ledger
    const lockedAtMs = this.time.nowMs
    if (!this.register.do(person, deed)) return
    const rows = this.register.rowsAfter(person, deed, books, { plan, decidedAtMs, lockedAtMs })
    this.trace(() => {
      const what = rows.map(
        row => `${row.number}@${row.controllerId}=${row.doors.join('')}${row.atOnce ? '!' : ''}`,
      )
      return `person ${person.personId}: ${deed.kind}, decided at ${decidedAtMs - firstWindowMs}: ${what.join(' ')}`
    })
    if (deed.kind === 'lose') this.#oracle.lost(deed.number)
    this.database.keepWanted(rows, decidedAtMs)
    for (const process of this.processes)
      this.time.after(this.chance.whole(0, 800), () => void this.#lookIfDue(process))
  }

  loseSoon(number: number, fault: string): void {
    if (!this.register.isOurs(number) || this.time.nowMs > faultsEndMs) return
    this.counts(fault)
    const person = this.register.personOf(number)
    this.time.after(this.chance.whole(0, 30), () => this.act(person, { kind: 'lose', number }))
  }

  /** Somebody adopts what stands on a board, as far as its list was read. */
  adopt(
    controllerId: number,
    adopting: (books: Books, register: Register, decidedAtMs: number) => AdoptedInWorld,
  ): void {
    this.database.act(this.#roundsChance.whole(3, 40), decidedAtMs => {
      const { numbers, rows } = adopting(this.database.ledger.books, this.register, decidedAtMs)
      this.trace(() => `on board ${controllerId} ${numbers.join(' ') || 'nothing'} is adopted`)
      this.#oracle.adopted(controllerId, numbers)
      this.database.keepWanted(rows, decidedAtMs)
    })
  }

  /** A look that finds nothing changes nothing, so it is left out where there is nothing to find. */
  #lookIfDue(process: SimulatedProcess): boolean {
    const { ledger, moment } = this.database
    const due =
      ledger.dueWindow(plan, moment) !== null || ledger.hasWork(moment) || ledger.hasFinished(moment)
    if (due) process.look()
    return due
  }

  /** Each process looks now and then; more often while there is something to do. */
  #look(process: SimulatedProcess): void {
    const due = this.#lookIfDue(process)
    this.time.after(due ? this.chance.whole(300, 3_000) : this.chance.whole(3_000, 12_000), () =>
      this.#look(process),
    )
  }

  /** Lets the world run to its end. To be called from no promise. */
  run(): WorldTold {
    for (const process of this.processes) {
      this.#start(process)
      this.time.after(this.chance.whole(0, 3_000), () => this.#look(process))
      for (let window = firstWindowMs; window <= lastWindowMs; window += 4 * minute)
        this.time.at(window + this.chance.whole(1, 900), () => void this.#lookIfDue(process))
    }
    planFaults(this)
    if (this.#hasRounds) planRounds(this, this.#roundsChance)
    this.time.at(faultsEndMs, () => this.#heal())
    this.time.runUntil(endsMs)
    this.#oracle.atEnd(this.foreignOn, faultsEndMs)
    return {
      seed: this.#seed,
      violations: this.#oracle.violations,
      faults: this.faults,
      events: this.time.events,
      lostGoneMs: this.#oracle.lostGoneMs,
      zombieRepeats: this.#oracle.zombieRepeats,
      lists: this.#oracle.lists,
      trace: this.#trace,
    }
  }

  #heal(): void {
    this.trace(() => 'the faults have stopped')
    this.network.weather = fairWeather
    this.database.awayUntilMs = 0
    for (const { board, trouble } of this.stations) {
      Object.assign(trouble, {
        silent: false,
        mute: false,
        refuse: false,
        forgets: false,
        endless: 'no',
        serviceMs: 0,
      })
      board.cards.capacity = 60
    }
  }
}

/** Runs the world of a seed. */
export const runWorld = (seed: number, options: { size?: Size; traced?: boolean } = {}): WorldTold =>
  new World(seed, options).run()
