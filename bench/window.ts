import type { Doors } from '../src/access/shape.ts'
import { activateCard } from '../src/activation/activate.ts'
import { campusClock, monotonicMs } from '../src/app/clock.ts'
import { follow } from '../src/app/followers.ts'
import { windowPlan } from '../src/app/gatehouse.ts'
import { row } from '../src/controller/emulator/settings.ts'
import { type Emulator, startEmulator } from '../src/controller/emulator/start.ts'
import { openUhppoteDriver } from '../src/controller/uhppote/driver.ts'
import { type Database, openDatabase } from '../src/server/database.ts'
import { openRegister, type Register } from '../src/server/register.ts'
import type { ControllerDriver } from '../src/update/driver.ts'
import { keepUpdating } from '../src/update/loop.ts'
import { overDatabase } from '../src/update/over-database.ts'
import { type Ground, openGround } from './ground.ts'
import { lastDigitsAt, newNumbersFrom, personAt, settle } from './population.ts'
import { type Measured, median, type Row, spread } from './report.ts'

/** One campus whose window is timed: every student's card is on every controller. */
interface Size {
  controllers: number
  /** Time that each emulated controller takes for one datagram. */
  serviceMs: number
  /** Students who switched cards and are due in each window. */
  switched: number
  windows: number
}

const sizes: readonly Size[] = [
  { controllers: 12, serviceMs: 5, switched: 200, windows: 3 },
  { controllers: 60, serviceMs: 5, switched: 100, windows: 1 },
]

/** When the windows begin that are timed: the first three of the notice's timetable after 11:00. */
const starts = ['2023-10-18T15:00', '2023-10-19T01:00', '2023-10-19T10:00'] as const

type Controllers = ReturnType<typeof row>

/** A campus where everybody enrolled may go everywhere: the hardest case for an update. */
function doorsOf(controllers: Controllers): Doors {
  const both = { 'zh-TW': '樓', en: 'Building' }
  const doorOf = (serial: number) => ({ id: `door-${serial}`, number: 1, name: both })
  return {
    controllers: controllers.map(({ serial, host, port }) => ({
      serial,
      host,
      port,
      capacity: 20_000,
      numberFormat: 'w34-reversed-last4',
      building: both,
      doors: [doorOf(serial)],
    })),
    groups: [
      {
        id: 'campus',
        members: 'campus',
        name: both,
        doors: controllers.map(({ serial }) => doorOf(serial).id),
      },
    ],
  }
}

interface OldCard {
  controller: number
  number: number
  from: string
  to: string
}

/** The old cards are on the controllers, and our ledger knows it: as an update has left it. */
async function plantOldCards({ owner }: Ground, emulator: Emulator): Promise<void> {
  await owner.pool.query(
    `insert into held (controller_id, number, doors, valid_from, valid_to, confirmed_at, verified_at)
     select controller_id, number, doors, valid_from, valid_to, carried_by, carried_by from wanted`,
  )
  const { rows } = await owner.pool.query<OldCard>(
    `select controller_id as controller, number, valid_from::text as from, valid_to::text as to from wanted`,
  )
  for (const [serial, cards] of Map.groupBy(rows, card => card.controller))
    await emulator.plant(
      serial,
      cards.map(({ number, from, to }) => ({ number, from, to, doors: [1, 0, 0, 0], pin: 0 })),
    )
}

/** Numbers of controllers to ask of, and how often each. */
const plainAsks = 200

/** How long one datagram and its reply take when nothing but the wire is in the way, in milliseconds: the mean. */
async function plainAsk(driver: ControllerDriver, controllers: Controllers): Promise<number> {
  const beganMs = monotonicMs()
  await Promise.all(
    controllers.map(async ({ serial, host, port }) => {
      for (let time = 0; time < plainAsks; time++)
        await driver.get({ serial, host, port, capacity: 20_000 }, 1n)
    }),
  )
  return (monotonicMs() - beganMs) / plainAsks
}

interface Timed {
  tookMs: number
  /** Datagrams that the busiest controller got, and all together. */
  busiest: number
  datagrams: number
  /** A plain question's time on one idle controller, and on each when all are asked at once. */
  oneMs: number
  allMs: number
  engineSeconds: number
}

/** Everything that windows of one size run on. */
interface Campus {
  size: Size
  ground: Ground
  controllers: Controllers
  emulator: Emulator
  register: Register
  doors: Database
  driver: ControllerDriver
}

/** These students switch their cards on; the next window owes them to the doors. */
async function switchOn({ register }: Campus, first: number, count: number): Promise<void> {
  for (let place = first; place < first + count; place++) {
    const personId = personAt(place)
    const done = await register.act({ kind: 'student', id: String(personId), personId }, act =>
      activateCard(act, { personId, lastDigits: lastDigitsAt(place) }),
    )
    if (!done.ok) throw new Error(`student ${place} was refused: ${done.refusal}`)
  }
}

/** Opens the window whose start has come and times it to the moment at which it is finished. */
async function timeWindow(campus: Campus): Promise<Timed> {
  const { controllers, emulator, doors, driver } = campus
  const oneMs = await plainAsk(driver, controllers.slice(0, 1))
  const allMs = await plainAsk(driver, controllers)
  await emulator.resetLog()
  let finishedMs = Number.NaN
  const updates = keepUpdating(
    {
      ...overDatabase({ database: doors, clock: campusClock, owner: 'bench', monotonicMs, leaseSeconds: 10 }),
      driver,
      // The verifying pass is another one; it does not belong to the window.
      quietSeconds: 600,
      log: console.error,
    },
    {
      plan: () => windowPlan(doors),
      onFinished: async () => {
        finishedMs = monotonicMs()
      },
    },
  )
  const cpu = process.cpuUsage()
  const beganMs = monotonicMs()
  await updates.settle()
  const used = process.cpuUsage(cpu)
  await updates.stop()
  const counts = await emulator.counts()
  const totals = Object.values(counts.controllers).map(codes =>
    Object.values(codes).reduce((sum, count) => sum + count, 0),
  )
  return {
    tookMs: finishedMs - beganMs,
    busiest: Math.max(...totals),
    datagrams: counts.datagrams,
    oneMs,
    allMs,
    engineSeconds: (used.user + used.system) / 1e6,
  }
}

/** Every controller holds the new card of whoever switched, and the old card of nobody but the rest. */
async function proveSwitched({ controllers, emulator, size }: Campus, switched: number): Promise<void> {
  for (const { serial } of controllers) {
    const held = await emulator.cards(serial)
    const newCards = held.filter(card => card.number > newNumbersFrom).length
    if (held.length !== size.switched * size.windows || newCards !== switched)
      throw new Error(`controller ${serial} holds ${held.length} cards, ${newCards} of them new`)
  }
}

/** Window after window of one size on one campus, each with students of its own. */
async function windowsOf(size: Size): Promise<Timed[]> {
  const controllers = row(size.controllers, '127.66.0.1', 60_000, { serviceMs: size.serviceMs })
  const ground = await openGround({ doors: doorsOf(controllers), at: '2023-10-18T09:30' })
  const emulator = await startEmulator({ clock: '2023-10-18T09:30', controllers })
  const app = openDatabase(ground.url, 'app', { connections: 2 })
  const doors = openDatabase(ground.url, 'doors', { connections: 16 })
  const driver = await openUhppoteDriver({ monotonicMs })
  const register = openRegister(app, campusClock, follow)
  const campus: Campus = { size, ground, controllers, emulator, register, doors, driver }
  try {
    await settle(ground, size.switched * size.windows)
    await plantOldCards(ground, emulator)
    await ground.moveTo('2023-10-18T11:00')
    const timed: Timed[] = []
    for (const startsAt of starts.slice(0, size.windows)) {
      await switchOn(campus, timed.length * size.switched + 1, size.switched)
      await ground.moveTo(startsAt)
      await emulator.setClock(startsAt)
      timed.push(await timeWindow(campus))
      await proveSwitched(campus, timed.length * size.switched)
    }
    return timed
  } finally {
    await driver.close()
    await Promise.all([app.close(), doors.close()])
    await emulator.stop()
    await ground.close()
  }
}

/** Windows of each size, from opening to finished_at, against what the wire alone would take. */
export async function window(): Promise<Measured> {
  const rows: Row[] = []
  const figures: Record<string, number> = {}
  for (const size of sizes) {
    const timed = await windowsOf(size)
    const of = (value: (one: Timed) => number) => timed.map(value)
    const ratios = of(one => one.tookMs / (one.busiest * one.oneMs))
    const ratiosToAll = of(one => one.tookMs / (one.busiest * one.allMs))
    const nominal = of(one => one.tookMs / (one.busiest * size.serviceMs))
    const rates = of(one => (one.datagrams * 1000) / one.tookMs)
    const name = `${size.controllers} controllers, ${size.switched} switched, windows timed: ${timed.length}`
    rows.push(
      [`**${name}: ratio** to the service time measured on one controller`, `**${spread(ratios, 2)}**`],
      ['ratio to the time of plain questions to all controllers at once', spread(ratiosToAll, 2)],
      [`ratio to the nominal ${size.serviceMs} ms`, spread(nominal, 2)],
      ['from opening to finished', `${spread(of(one => one.tookMs))} ms`],
      ['datagrams on the busiest controller; on all', `${timed[0]!.busiest}; ${timed[0]!.datagrams}`],
      [
        'a plain question on one controller; on all at once',
        `${spread(
          of(one => one.oneMs),
          2,
        )}; ${spread(
          of(one => one.allMs),
          2,
        )} ms`,
      ],
      ['datagrams a second', spread(rates)],
      [
        'processor time of the engine',
        `${spread(
          of(one => one.engineSeconds),
          1,
        )} s`,
      ],
    )
    figures[`ratio${size.controllers}`] = median(ratios)
    figures[`ratioToAll${size.controllers}`] = median(ratiosToAll)
    figures[`nominalRatio${size.controllers}`] = median(nominal)
    figures[`tookMs${size.controllers}`] = median(of(one => one.tookMs))
  }
  return {
    title: 'A window against the wire’s own floor (busiest controller’s datagrams × service time)',
    rows,
    figures,
  }
}
