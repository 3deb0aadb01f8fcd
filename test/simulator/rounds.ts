import type { BoardCard } from '../../src/controller/emulator/settings.ts'
import type { Station } from '../../src/controller/emulator/station.ts'
import { lookForRemoved, usualBudget } from '../../src/update/rounds.ts'
import { adoptIn } from './adopt-in-books.ts'
import { lastWindowMs, minute, plan } from './calendar.ts'
import type { Chance } from './chance.ts'
import type { Faulty } from './faults.ts'

/** What goes wrong only where lists are read, because nothing else would show most of it. */
export const listFaultKinds = [
  'list put back as it was',
  'foreign card under a number of ours',
  'card of ours changed by others',
  'list without an end',
  'updates held',
] as const

const otherDoors = [
  [0, 0, 0, 1],
  [1, 1, 1, 1],
  [0, 0, 0, 0],
] as const
const day = { from: '2023-09-01', to: '2028-08-31', pin: 0 }

/** The rounds that are gone in a world, and what they are there for. */
class Rounds {
  readonly #world: Faulty
  readonly #chance: Chance
  readonly #atFirst: Map<Station, BoardCard[]>

  constructor(world: Faulty, chance: Chance) {
    this.#world = world
    this.#chance = chance
    this.#atFirst = new Map(world.stations.map(station => [station, station.board.cards.all()]))
  }

  readonly #strikes: Readonly<Record<(typeof listFaultKinds)[number], (station: Station) => void>> = {
    'list put back as it was': station => {
      const { board } = station
      this.#world.disturb(station, 'foreign', () => {
        board.cards.clear()
        for (const card of this.#atFirst.get(station)!) board.cards.put(card)
      })
      // Another board stands there now, and may have another firmware.
      if (this.#chance.happens(0.3)) Object.assign(board, { echo: !board.echo })
    },
    'foreign card under a number of ours': station => {
      const { number } = this.#chance.oneOf(this.#chance.oneOf(this.#world.register.people).cards)
      const card = { number, doors: [...this.#chance.oneOf(otherDoors)], ...day }
      this.#world.disturb(station, 'foreign', () => station.board.cards.put(card as BoardCard))
    },
    'card of ours changed by others': station => {
      const cards = station.board.cards.all().filter(card => this.#world.register.isOurs(card.number))
      if (cards.length === 0) return
      const card = { ...this.#chance.oneOf(cards), doors: [...this.#chance.oneOf(otherDoors)] }
      this.#world.disturb(station, 'foreign', () => station.board.cards.put(card as BoardCard))
    },
    'list without an end': station => {
      station.trouble.endless = this.#chance.oneOf(['repeats', 'invents'])
      this.#world.time.after(this.#chance.whole(1_000, 120_000), () => {
        station.trouble.endless = 'no'
      })
    },
    'updates held': ({ board: { serial } }) => {
      const { time, faultsEndMs, database } = this.#world
      const controller = database.ledger.books.of(serial)
      controller.isOnHold = true
      // Lifted when the faults stop at the latest: from then on everything must come right.
      time.at(Math.min(faultsEndMs, time.nowMs + this.#chance.whole(5_000, 300_000)), () => {
        this.#world.trace(() => `updates of board ${serial} are held no more`)
        controller.isOnHold = false
      })
    },
  }

  #strike(kind: (typeof listFaultKinds)[number]): void {
    const station = this.#chance.oneOf(this.#world.stations)
    this.#world.counts(kind)
    this.#world.trace(() => `${kind}: board ${station.board.serial}`)
    this.#strikes[kind](station)
  }

  #ask({ board: { serial } }: Station): void {
    if (this.#world.database.ledger.books.askSurvey(serial))
      this.#world.trace(() => `the list of board ${serial} is to be read`)
  }

  #adopt(): void {
    const { board } = this.#chance.oneOf(this.#world.stations)
    const withTaken = this.#chance.happens(0.5)
    this.#world.adopt(board.serial, (books, register, decidedAtMs) =>
      adoptIn({ books, register, plan, decidedAtMs }, board.serial, withTaken),
    )
  }

  /** Every list is read, and what was removed is looked for again, as a day later would have it. */
  #goAll(): void {
    const { stations, processes, database, time } = this.#world
    for (const station of stations) this.#ask(station)
    const shared = database.sharedWith(processes[0]!)
    const tomorrow = {
      ...shared.clock,
      now: async () => Temporal.Instant.fromEpochMilliseconds(time.nowMs + 1_441 * minute),
    }
    void lookForRemoved({ ...shared, clock: tomorrow }, usualBudget).catch(() => {})
  }

  plan(): void {
    const { time, beganMs, faultsEndMs } = this.#world
    const chance = this.#chance
    const anyTime = () =>
      chance.happens(0.5)
        ? chance.whole(beganMs, faultsEndMs - 1)
        : beganMs + minute + 4 * minute * chance.whole(0, 2) + chance.whole(-10_000, 30_000)
    for (const kind of listFaultKinds) if (chance.happens(0.4)) time.at(anyTime(), () => this.#strike(kind))
    for (let lists = chance.whole(1, 6); lists > 0; lists -= 1) {
      const station = chance.oneOf(this.#world.stations)
      time.at(anyTime(), () => this.#ask(station))
    }
    if (chance.happens(0.3)) time.at(anyTime(), () => this.#goAll())
    for (let adoptions = chance.whole(0, 3); adoptions > 0; adoptions -= 1)
      time.at(chance.whole(beganMs + 2 * minute, lastWindowMs), () => this.#adopt())
    // When the faults have stopped and everybody is there again; and once more, where a list changed while it was read.
    time.at(faultsEndMs + 25_000, () => this.#goAll())
    time.at(lastWindowMs + 30_000, () => this.#goAll())
  }
}

/** Has every list of a world read now and then, what was removed looked for, and what was found adopted. */
export const planRounds = (world: Faulty, chance: Chance): void => new Rounds(world, chance).plan()
