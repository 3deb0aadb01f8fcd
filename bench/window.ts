import type { Doors } from '../src/access/doors.ts'
import { activateCard } from '../src/activation/activate.ts'
import { campusClock, monotonicMs } from '../src/app/clock.ts'
import { follow } from '../src/app/followers.ts'
import { windowPlan } from '../src/app/gatehouse.ts'
import { row } from '../src/controller/emulator/settings.ts'
import { type Emulator, startEmulator } from '../src/controller/emulator/start.ts'
import { openUhppoteDriver } from '../src/controller/uhppote/driver.ts'
import { openDatabase } from '../src/server/database.ts'
import { openRegister } from '../src/server/register.ts'
import type { ControllerDriver } from '../src/update/driver.ts'
import { keepUpdating } from '../src/update/loop.ts'
import { type Ground, openGround } from './ground.ts'
import { lastDigitsAt, personAt, settle } from './population.ts'
import { type Measured, median, type Row, say } from './report.ts'

/** One campus whose window is timed: every student's card is on every controller. */
interface Size {
  controllers: number
  /** Time that each emulated controller takes for one datagram. */
  serviceMs: number
  /** Students who switched cards and are due in the window. */
  switched: number
}

const sizes: readonly Size[] = [
  { controllers: 12, serviceMs: 5, switched: 200 },
  { controllers: 60, serviceMs: 5, switched: 100 },
]

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

/** How long one datagram and its reply really take on an idle controller, in milliseconds: a timer is never early. */
async function measuredService(
  driver: ControllerDriver,
  { serial, host, port }: Controllers[number],
): Promise<number> {
  const tookMs: number[] = []
  for (let time = 0; time < 200; time++) {
    const beganMs = monotonicMs()
    await driver.get({ serial, host, port, capacity: 20_000 }, 1n)
    tookMs.push(monotonicMs() - beganMs)
  }
  return median(tookMs)
}

interface Timed {
  tookMs: number
  /** Datagrams that the busiest controller got. */
  busiest: number
  datagrams: number
  serviceMs: number
  engineSeconds: number
}

/** Opens one window with so many switched students due and times it to the moment at which it is finished. */
async function oneWindow({ controllers: count, serviceMs, switched }: Size): Promise<Timed> {
  const controllers = row(count, '127.66.0.1', 60_000, { serviceMs })
  const ground = await openGround({ doors: doorsOf(controllers), at: '2023-10-18T09:30' })
  const emulator = await startEmulator({ clock: '2023-10-18T09:30', controllers })
  const app = openDatabase(ground.url, 'app', { connections: 2 })
  const doors = openDatabase(ground.url, 'doors', { connections: 16 })
  const driver = await openUhppoteDriver({ monotonicMs })
  try {
    await settle(ground, switched)
    await plantOldCards(ground, emulator)
    await ground.moveTo('2023-10-18T11:00')
    const register = openRegister(app, campusClock, follow)
    for (let place = 1; place <= switched; place++) {
      const personId = personAt(place)
      const done = await register.act({ kind: 'student', id: String(personId), personId }, act =>
        activateCard(act, { personId, lastDigits: lastDigitsAt(place) }),
      )
      if (!done.ok) throw new Error(`student ${place} was refused: ${done.refusal}`)
    }
    await ground.moveTo('2023-10-18T15:00')
    await emulator.setClock('2023-10-18T15:00')
    const service = await measuredService(driver, controllers[0]!)
    await emulator.resetLog()

    let finishedMs = Number.NaN
    const updates = keepUpdating(
      {
        database: doors,
        clock: campusClock,
        driver,
        owner: 'bench',
        monotonicMs,
        leaseSeconds: 10,
        quietSeconds: 35,
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
      Object.values(codes).reduce((sum, n) => sum + n, 0),
    )
    for (const { serial } of controllers) {
      const held = await emulator.cards(serial)
      if (held.length !== switched || held.some(card => card.number < 2_200_000_000))
        throw new Error(`controller ${serial} does not hold just the new cards after the window`)
    }
    return {
      tookMs: finishedMs - beganMs,
      busiest: Math.max(...totals),
      datagrams: counts.datagrams,
      serviceMs: service,
      engineSeconds: (used.user + used.system) / 1e6,
    }
  } finally {
    await driver.close()
    await Promise.all([app.close(), doors.close()])
    await emulator.stop()
    await ground.close()
  }
}

/** One window of each size, from its opening to its finished_at, against what the wire alone would take. */
export async function window(): Promise<Measured> {
  const rows: Row[] = []
  const figures: Record<string, number> = {}
  for (const size of sizes) {
    const { tookMs, busiest, datagrams, serviceMs, engineSeconds } = await oneWindow(size)
    const measured = tookMs / (busiest * serviceMs)
    const nominal = tookMs / (busiest * size.serviceMs)
    const name = `${size.controllers} controllers, ${size.switched} switched`
    rows.push(
      [`**${name}: ratio** to the measured service time`, `**${say(measured, 2)}**`],
      [`${name}: ratio to the nominal ${size.serviceMs} ms`, say(nominal, 2)],
      [`${name}: from opening to finished`, `${say(tookMs)} ms`],
      [`${name}: datagrams on the busiest controller, on all`, `${busiest}, ${datagrams}`],
      [`${name}: service time measured in the same run`, `${say(serviceMs, 2)} ms`],
      [
        `${name}: datagrams a second; processor time of the engine`,
        `${say((datagrams * 1000) / tookMs)}; ${say(engineSeconds, 1)} s`,
      ],
    )
    figures[`ratio${size.controllers}`] = measured
    figures[`nominalRatio${size.controllers}`] = nominal
    figures[`tookMs${size.controllers}`] = tookMs
  }
  return {
    title: 'A window against the wire’s own floor (busiest controller’s datagrams × service time)',
    rows,
    figures,
  }
}
