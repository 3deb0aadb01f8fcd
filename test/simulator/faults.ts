import type { Doors } from '../../src/access/rules.ts'
import type { Station } from '../../src/controller/emulator/station.ts'
import type { AdoptedInWorld } from './adopt-in-books.ts'
import type { Books } from './books.ts'
import type { Chance } from './chance.ts'
import type { SimulatedNetwork } from './network.ts'
import type { Deed, Register, SimulatedPerson } from './people.ts'
import type { SimulatedProcess } from './process.ts'
import type { SharedDatabase } from './shared-database.ts'
import type { SimulatedTime } from './time.ts'

/** A world as the faults see it. */
export interface Faulty {
  readonly time: SimulatedTime
  readonly chance: Chance
  readonly network: SimulatedNetwork
  readonly database: SharedDatabase
  readonly processes: readonly SimulatedProcess[]
  readonly stations: readonly Station[]
  readonly register: Register
  readonly liars: Set<number>
  readonly foreignOn: Set<number>
  readonly beganMs: number
  readonly faultsEndMs: number
  counts(fault: string): void
  trace(line: () => string): void
  stop(process: SimulatedProcess): void
  kill(process: SimulatedProcess): void
  disturb(station: Station, cause: 'wipe' | 'foreign', change: () => void): void
  act(person: SimulatedPerson, deed: Deed, lastsMs?: number): void
  loseSoon(number: number, fault: string): void
  adopt(
    controllerId: number,
    adopting: (books: Books, register: Register, decidedAtMs: number) => AdoptedInWorld,
  ): void
}

/** Every fault that is counted, but for those of `rounds.ts`. */
export const faultKinds = [
  'loss',
  'duplicate',
  'late',
  'reorder',
  'crash',
  'pause',
  'pause longer than the lease',
  'silent',
  'no reply gets out',
  'slow',
  'wipe',
  'full',
  'refuses',
  'says yes, stores nothing',
  'foreign deletion',
  'foreign card',
  'database away',
  'lost while put',
  'lost and activated at once',
  'an act that lasts seconds',
  'decided at the stroke',
  'many switch at once',
] as const

type Struck = (world: Faulty) => void

const forAWhile =
  (kind: string, trouble: 'silent' | 'mute' | 'refuse' | 'forgets'): Struck =>
  world => {
    const station = world.chance.oneOf(world.stations)
    const { serial } = station.board
    world.counts(kind)
    world.trace(() => `board ${serial}: ${kind}`)
    station.trouble[trouble] = true
    if (trouble === 'forgets') world.liars.add(serial)
    world.time.after(world.chance.whole(500, 90_000), () => {
      station.trouble[trouble] = false
      world.trace(() => `board ${serial}: no longer ${kind}`)
    })
  }

/** A controller that answers later and later: the driver learns to wait for it. */
const slow: Struck = world => {
  const station = world.chance.oneOf(world.stations)
  const { serial } = station.board
  world.counts('slow')
  let afterMs = 0
  for (const serviceMs of [150, 400, 900, 2_000].slice(0, world.chance.whole(1, 4))) {
    world.time.after(afterMs, () => {
      if (world.time.nowMs >= world.faultsEndMs) return
      world.trace(() => `board ${serial} takes ${serviceMs} ms for each request`)
      station.trouble.serviceMs = serviceMs
    })
    afterMs += world.chance.whole(2_000, 30_000)
  }
  world.time.after(afterMs, () => {
    station.trouble.serviceMs = 0
  })
}

const struck: readonly Struck[] = [
  slow,
  world => world.kill(world.chance.oneOf(world.processes)),
  world => world.stop(world.chance.oneOf(world.processes)),
  forAWhile('silent', 'silent'),
  forAWhile('no reply gets out', 'mute'),
  forAWhile('refuses', 'refuse'),
  forAWhile('says yes, stores nothing', 'forgets'),
  world => {
    const station = world.chance.oneOf(world.stations)
    world.counts('wipe')
    world.trace(() => `board ${station.board.serial} is wiped`)
    world.disturb(station, 'wipe', () => station.board.wipe())
  },
  world => {
    const { cards, serial } = world.chance.oneOf(world.stations).board
    world.counts('full')
    world.trace(() => `board ${serial} is full`)
    cards.capacity = cards.size
    world.time.after(world.chance.whole(2_000, 120_000), () => {
      cards.capacity = 60
    })
  },
  world => {
    const station = world.chance.oneOf(world.stations)
    const all = station.board.cards.all()
    if (all.length === 0) return
    const { number } = world.chance.oneOf(all)
    world.counts('foreign deletion')
    world.trace(() => `another system deletes ${number} on ${station.board.serial}`)
    world.disturb(station, 'foreign', () => station.board.cards.remove(number))
  },
  world => {
    const { board } = world.chance.oneOf(world.stations)
    const number = 9_000 + world.chance.whole(1, 500)
    world.counts('foreign card')
    world.trace(() => `another system puts ${number} on ${board.serial}`)
    world.foreignOn.add(board.serial)
    board.cards.put({ number, doors: [1, 0, 0, 0], from: '2020-01-01', to: '2030-01-01', pin: 0 })
  },
  world => {
    world.counts('database away')
    const ms = world.chance.whole(200, 25_000)
    world.trace(() => `the database is away for ${ms} ms`)
    world.database.awayUntilMs = world.time.nowMs + ms
  },
]

const doorSets: readonly Doors[] = [
  [1, 0, 1, 0],
  [0, 1, 0, 0],
  [1, 1, 1, 0],
]

/** What people do, with what goes wrong about it. */
function actOf(world: Faulty, person: SimulatedPerson): void {
  const { chance } = world
  const oneOfTheirs = () => chance.oneOf(person.cards.slice(0, 2)).number
  const activate: Deed = { kind: 'activate', putsAtOnce: chance.happens(0.2) }
  const what = chance.whole(1, 100)
  let lastsMs = chance.whole(3, 40)
  if (chance.happens(0.02)) {
    world.counts('an act that lasts seconds')
    lastsMs = chance.whole(1_000, 4_000)
  }
  if (what <= 60) world.act(person, activate, lastsMs)
  else if (what <= 72) world.act(person, { kind: 'lose', number: oneOfTheirs() }, lastsMs)
  else if (what <= 80) {
    world.act(person, activate, lastsMs)
    world.loseSoon(oneOfTheirs(), 'lost and activated at once')
  } else if (what <= 87) world.act(person, { kind: 'leave' }, lastsMs)
  else if (what <= 90) world.act(person, { kind: 'return' }, lastsMs)
  else {
    const [controllerId] = chance.oneOf([...person.places])
    world.act(person, { kind: 'other doors', controllerId, doors: chance.oneOf(doorSets) }, lastsMs)
  }
}

/** A department takes its new cards before a window: many people switch in one batch. */
function manySwitch(world: Faulty): void {
  const { chance, time, beganMs } = world
  world.counts('many switch at once')
  const atMs = nearWindow(chance, beganMs, -50_000, -2_000)
  for (const person of world.register.people)
    if (chance.happens(0.6))
      time.at(atMs + chance.whole(0, 900), () => world.act(person, { kind: 'activate', putsAtOnce: false }))
}

/** So many milliseconds from the start of one of the three windows with faults. */
const nearWindow = (chance: Chance, beganMs: number, least: number, most: number): number =>
  beganMs + 60_000 + 240_000 * chance.whole(0, 2) + chance.whole(least, most)

/** Decides, by chance alone, who does what and what goes wrong in a world, and when. */
export function planFaults(world: Faulty): void {
  const { chance, time, beganMs, faultsEndMs } = world
  // In some worlds everything is as bad as it may be, and lost cards are those that are just being put.
  const isStorm = chance.happens(0.15)
  const share = (shares: readonly number[]) => (isStorm ? shares.at(-1)! : chance.oneOf(shares))
  world.network.weather = {
    loss: share([0, 0, 0.02, 0.1, 0.3]),
    duplicate: share([0, 0, 0.02, 0.2]),
    late: share([0, 0, 0.01, 0.05]),
    reorder: share([0, 0, 0.1]),
    stopAtSend: share([0, 0, 0.01]),
    killAtSend: share([0, 0, 0.005]),
    loseAtPut: isStorm ? 0.2 : share([0, 0.03]),
  }
  if (isStorm) for (let board = 0; board < world.stations.length; board += 1) slow(world)
  for (let faults = chance.whole(1, 8); faults > 0; faults -= 1) {
    const strike = chance.oneOf(struck)
    time.at(
      chance.happens(0.4)
        ? chance.whole(beganMs, faultsEndMs - 1)
        : nearWindow(chance, beganMs, -20_000, 10_000),
      () => strike(world),
    )
  }
  for (let acts = chance.whole(8, 18); acts > 0; acts -= 1) {
    const person = chance.oneOf(world.register.people)
    let atMs = chance.whole(beganMs, faultsEndMs - 60_000)
    if (chance.happens(0.1)) {
      // At the very start of a window, or a moment beside it.
      world.counts('decided at the stroke')
      atMs = nearWindow(chance, beganMs, -2, 4)
    } else if (chance.happens(0.4)) {
      // While windows run.
      atMs = nearWindow(chance, beganMs, 0, 8_000)
    }
    time.at(atMs, () => actOf(world, person))
  }
  if (chance.happens(0.3)) manySwitch(world)
}
