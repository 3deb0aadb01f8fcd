import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parse as parseCsv } from 'csv-parse/sync'
import { sql } from 'kysely'
import type { BoardCard } from '../controller/emulator/settings.ts'
import { type Emulator, startEmulator } from '../controller/emulator/start.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Database } from '../server/database.ts'
import { campusClock } from './clock.ts'

/** The doors of the campus to try, run by this process, or by another one that shares its database. */
export interface DemoDoors {
  /** Null where another process runs them. */
  emulator: Emulator | null
  /** Sets every controller's clock to the campus's time, which was moved while they were started. */
  setClocks(): Promise<void>
  stop(): Promise<void>
}

/** Held by the process that runs the emulated controllers. */
const runsDoors = 7270006

/** How long the doors of a killed process may take to let go of their lock and their addresses. */
const patience = { tries: 8, waitMs: 250 }

/** What one request costs a controller; no board's true time is known, and with this a large update can be watched. */
const serviceMs = 10

interface Placed {
  serial: number
  capacity: number
  host: string
  port: number
}

/** Where the controllers are looked for: as recorded, then in other loopback networks, for another demo may run here. */
function* places(recorded: readonly Placed[]): Generator<Placed[]> {
  const oneAddress = process.platform === 'darwin'
  // A loopback of one address, as on macOS, tells controllers apart by their port.
  if (!oneAddress) for (let again = 0; again < patience.tries; again += 1) yield [...recorded]
  for (let network = 1; network < 32; network += 1)
    yield recorded.map((each, at) =>
      oneAddress
        ? { ...each, host: '127.0.0.1', port: 60_000 + network * 100 + at }
        : { ...each, host: `127.60.${network}.${at + 1}` },
    )
}

async function startSomewhere(recorded: readonly Placed[], clock: string) {
  for (const placed of places(recorded)) {
    try {
      return { placed, emulator: await startEmulator({ clock, controllers: placed.map(asSetup) }) }
    } catch (error) {
      if (!String(error).includes('EADDRINUSE')) throw error
      await wait(patience.waitMs)
    }
  }
  throw new Error(
    'The demo finds no free loopback addresses for its door controllers: stop another demo first.',
  )
}

const asSetup = ({ serial, capacity, host, port }: Placed) => ({ serial, capacity, host, port, serviceMs })

// A real controller keeps its cards without power; the emulator forgets them with its process. So it is given back
// what the ledger says that each controller confirmed, and of what no update has touched yet the old cards, which
// the system before Gatehouse had put there.
const memorySql = `
  select controller_id as serial, number, doors, valid_from::text as "from", valid_to::text as "to"
  from held where doors <> '{0,0,0,0}'
  union all
  select * from (
    select distinct on (w.controller_id, w.number) w.controller_id, w.number, w.doors, w.valid_from::text, w.valid_to::text
    from wanted w join handover h on h.card_id = w.card_id and h.how = 'before-gatehouse'
    where not exists (select from held where controller_id = w.controller_id and number = w.number)
    order by w.controller_id, w.number, w.carried_by) before_us
  where doors <> '{0,0,0,0}'`

type Remembered = BoardCard & { serial: number }

async function foreignCards(projectFolder: string): Promise<Remembered[]> {
  const file = await readFile(join(projectFolder, 'examples/campus/foreign-cards.csv'), 'utf8')
  const rows = parseCsv(file, { columns: true }) as Record<string, string>[]
  return rows.map(row => ({
    serial: Number(row.controller),
    number: Number(row.number),
    from: row.from!,
    to: row.to!,
    doors: [row.door_1, row.door_2, row.door_3, row.door_4].map(Number) as BoardCard['doors'],
    pin: 0,
  }))
}

async function giveMemory(owner: Database, emulator: Emulator, projectFolder: string): Promise<void> {
  const ours = await owner.transaction(trx =>
    trx.statement<Omit<Remembered, 'pin'>>('demo_memory', memorySql, []),
  )
  const all = [...(await foreignCards(projectFolder)), ...ours.map(card => ({ ...card, pin: 0 }))]
  for (const [serial, cards] of Map.groupBy(all, card => card.serial))
    await emulator.plant(
      serial,
      cards.map(({ number, from, to, doors, pin }) => ({ number, from, to, doors, pin })),
    )
}

/** What the clocks of the campus to try show. */
async function wallTime(owner: Database): Promise<string> {
  const { now, zone } = await owner.transaction(async trx => ({
    now: await campusClock.now(trx),
    zone: (await programmeInForce(trx)).campus.zone,
  }))
  return now.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'millisecond' })
}

async function run(owner: Database, projectFolder: string): Promise<Emulator> {
  const rows = await owner.db
    .selectFrom('controller')
    .select(['id', 'capacity', 'host', 'port'])
    .where('driver', '=', 'uhppote')
    .orderBy('id')
    .execute()
  const clock = await wallTime(owner)
  const recorded = rows.map(({ id, capacity, host, port }) => ({
    serial: id,
    capacity,
    host: host!,
    port: port!,
  }))
  const { placed, emulator } = await startSomewhere(recorded, clock)
  try {
    // All at once: one may get the port that another one had in the last run.
    await owner.transaction(async ({ db }) => {
      await sql`set constraints all deferred`.execute(db)
      for (const { serial, host, port } of placed)
        await db.updateTable('controller').set({ host, port }).where('id', '=', serial).execute()
    })
    await giveMemory(owner, emulator, projectFolder)
    return emulator
  } catch (error) {
    await emulator.stop()
    throw error
  }
}

/** Takes the lock on a connection of its own; null when another process keeps it. */
async function takeLock(owner: Database) {
  const lock = await owner.pool.connect()
  for (let attempt = 0; attempt < patience.tries; attempt += 1) {
    const { rows } = await lock.query('select pg_try_advisory_lock($1) as taken', [runsDoors])
    if (rows[0].taken) return lock
    await wait(patience.waitMs)
  }
  lock.release()
  return null
}

/**
 * Starts the door controllers of the campus to try: our emulator, a process of its own, spoken to over UDP like real
 * ones. Of several processes that share the database one runs them.
 */
export async function openDemoDoors(making: {
  owner: Database
  projectFolder: string
  log: (line: string) => void
}): Promise<DemoDoors> {
  const { owner, projectFolder, log } = making
  const lock = await takeLock(owner)
  if (lock === null) {
    log('the doors of the campus to try are run by another process that shares this database')
    return { emulator: null, setClocks: async () => {}, stop: async () => {} }
  }
  try {
    const emulator = await run(owner, projectFolder)
    return {
      emulator,
      setClocks: async () => emulator.setClock(await wallTime(owner)),
      async stop() {
        await emulator.stop()
        lock.release(true)
      },
    }
  } catch (error) {
    lock.release(true)
    throw error
  }
}
