import { setTimeout as wait } from 'node:timers/promises'
import { readCampus } from '../src/app/campus-files.ts'
import { campusClock, moveCampusTo } from '../src/app/clock.ts'
import { follow } from '../src/app/followers.ts'
import { type Gatehouse, makeGatehouse } from '../src/app/gatehouse.ts'
import { loadCampus } from '../src/app/load-campus.ts'
import { recordStaff } from '../src/app/staff-accounts.ts'
import { type Emulator, startEmulator } from '../src/controller/emulator/start.ts'
import type { ProviderSettings } from '../src/identity/settings.ts'
import type { Keys } from '../src/lib/keys.ts'
import type { PushSettings } from '../src/message/pusher.ts'
import { ensureBundles } from '../src/server/bundles.ts'
import { type Database, openDatabase } from '../src/server/database.ts'
import { openRegister } from '../src/server/register.ts'
import { beginSession } from '../src/server/sessions.ts'
import { asBrowser } from './as-browser.ts'
import { type FreshDatabase, filledOnce, freshDatabase } from './database.ts'

export const projectFolder = new URL('..', import.meta.url).pathname
const zone = 'Asia/Taipei'
const usualStart = '2023-10-11T09:00'

/** What seals the live proofs of a test campus. */
export const proofKeys: Keys = [Buffer.alloc(32, 9)]

/** With what the payment page and the kiosks of a test campus seal what they tell. */
export const paymentKeys: Keys = [Buffer.alloc(32, 7)]
export const kioskKeys: Keys = [Buffer.alloc(32, 8)]

/** A moment as the campus's clocks show it: "2023-10-18T11:00". */
export const campusTime = (local: string): Temporal.Instant =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant()

/** The campus to try, in a database of its own, with real emulated controllers when asked for. */
export interface TestCampus {
  gatehouse: Gatehouse
  /** The owner's view, for moving the clock and for looking at everything. */
  owner: Database
  emulator: Emulator | null
  url: string
  /** Moves the campus's clock forward, and the controllers' own clocks with it. */
  moveTo(local: string): Promise<void>
  /** Runs what is due until nothing is left to do. */
  settle(): Promise<void>
  /** Waits until the campus's clock has reached a moment by itself. */
  untilCampusTime(local: string): Promise<void>
  /** Waits until somebody holds the timetable's lock, or waits for it. */
  timetable(is: 'held' | 'awaited'): Promise<void>
  /** Waits until some transaction of this campus waits for another one: PostgreSQL itself says so. */
  someoneWaits(): Promise<void>
  /** Ends the rest that is given to controllers which did not answer. */
  rested(): Promise<void>
  /** A session cookie of a student (by student number) or of somebody of the staff (by id). */
  signIn(who: string): Promise<string>
  personId(studentNumber: string): Promise<number>
  close(): Promise<void>
}

// The copy's clock goes on from the last thing that happened in it, not from when it was filled.
const goOn = 'update campus_clock set ahead_by = (select max(at) from journal) - raw_now()'

/** Loads the campus to try into an empty database, as it is set up at a moment. */
async function loadInto(url: string, start: string): Promise<void> {
  const owner = openDatabase(url, 'owner', { connections: 2 })
  const database = openDatabase(url, 'app', { connections: 4 })
  const register = openRegister(database, campusClock, follow)
  await owner.transaction(trx => moveCampusTo(trx, campusTime(start)))
  await loadCampus(
    register,
    await readCampus(`${projectFolder}examples/campus`, `${projectFolder}programmes/ntnu-2023.yaml`),
  )
  await recordStaff(register)
  await Promise.all([owner.close(), database.close()])
}

/** More than the campus to try has, put into it once for all who plant the same. */
export interface Planted {
  what: string
  plant: (url: string) => Promise<void>
}

/** A database of its own with the campus to try as it is set up at a moment, and what was planted in it; nothing runs. */
export const copyOfCampus = async (start = usualStart, planted?: Planted): Promise<FreshDatabase> =>
  freshDatabase(
    await filledOnce(`campus ${start} ${planted?.what ?? ''}`, async url => {
      await loadInto(url, start)
      await planted?.plant(url)
    }),
  )

/**
 * Opens the campus to try on 11 October 2023 at 09:00. `doors` is the loopback network of its controllers
 * ("127.62.1"), one a test file; without it nothing is sent anywhere. `files` is where files are handed over, `push` with
 * what people are told on their phones, `mails` whether messages are said to be mailed; `planted` puts more into the campus
 * before it is copied, once for all who plant the same.
 */
export async function openCampus(
  options: {
    doors?: string
    from?: string
    files?: string
    /** The folder beside the database; without it nothing is kept there. */
    data?: string
    push?: PushSettings
    mails?: boolean
    planted?: Planted
    /** Where people sign in, and where they come back to: the same campus, and no demo. */
    provider?: {
      settings: ProviderSettings
      pages: string
      keysRestMs?: number
      log?: (line: string) => void
    }
  } = {},
): Promise<TestCampus> {
  const start = options.from ?? usualStart
  const fresh = await copyOfCampus(start, options.planted)
  const owner = openDatabase(fresh.url, 'owner', { connections: 4 })
  await owner.pool.query(goOn)
  const bundles = await ensureBundles({ projectFolder, log: () => {} })
  const gatehouse = await makeGatehouse({
    databaseUrl: fresh.url,
    bundles,
    proofKeys,
    paymentPage: { address: '/demo/payment', keys: paymentKeys },
    kioskKeys,
    demo: options.provider === undefined,
    provider: options.provider?.settings ?? null,
    pages: options.provider?.pages ?? null,
    keysRestMs: options.provider?.keysRestMs ?? 0,
    push: options.push ?? null,
    mails: options.mails ?? false,
    owner: 'test',
    log: options.provider?.log ?? (() => {}),
    filesFolder: options.files ?? null,
    dataFolder: options.data ?? null,
    quietSeconds: 0,
    patience: { tries: 3, shortestWaitMs: 60 },
  })
  asBrowser(gatehouse.server)
  const emulator = options.doors ? await emulate(owner, options.doors, start) : null

  return {
    gatehouse,
    owner,
    emulator,
    url: fresh.url,
    async moveTo(local) {
      await owner.transaction(trx => moveCampusTo(trx, campusTime(local)))
      await emulator?.setClock(local)
    },
    async settle() {
      await gatehouse.updates.settle()
    },
    untilCampusTime: local =>
      until(`campus time ${local}`, async () => {
        const now = await owner.transaction(trx => campusClock.now(trx))
        return Temporal.Instant.compare(now, campusTime(local)) >= 0
      }),
    timetable: is =>
      until(`that the timetable is ${is}`, async () => {
        const { rowCount } = await owner.pool.query(
          `select from pg_locks where locktype = 'advisory' and granted = $1
             and database = (select oid from pg_database where datname = current_database())`,
          [is === 'held'],
        )
        return (rowCount ?? 0) > 0
      }),
    someoneWaits: () => someoneWaitsIn(owner),
    async rested() {
      await owner.db.updateTable('lane').set({ rest_until: null }).execute()
    },
    async signIn(who) {
      const staff = await owner.db.selectFrom('staff').select('id').where('id', '=', who).executeTakeFirst()
      const token = await beginSession(
        gatehouse.database,
        staff ? { staffId: staff.id } : { personId: await personId(owner, who) },
      )
      return `session=${token}`
    },
    personId: number => personId(owner, number),
    async close() {
      await gatehouse.close()
      await emulator?.stop()
      await owner.close()
      await fresh.drop()
    },
  }
}

/** Waits until some transaction of a database waits for another one: PostgreSQL itself says so. */
export const someoneWaitsIn = (owner: Database): Promise<void> =>
  until('that somebody waits for somebody else', async () => {
    const { rowCount } = await owner.pool.query(
      `select from pg_locks join pg_stat_activity using (pid) where not granted and datname = current_database()`,
    )
    return (rowCount ?? 0) > 0
  })

async function until(what: string, happened: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    if (await happened()) return
    await wait(20)
  }
  throw new Error(`${what} did not come within 10 s`)
}

async function personId(owner: Database, studentNumber: string): Promise<number> {
  const row = await owner.db
    .selectFrom('person')
    .select('id')
    .where('student_number', '=', studentNumber)
    .executeTakeFirstOrThrow()
  return row.id
}

async function emulate(owner: Database, network: string, local: string): Promise<Emulator> {
  const controllers = await owner.db
    .selectFrom('controller')
    .select(['id', 'port', 'capacity'])
    .where('driver', '=', 'uhppote')
    .orderBy('id')
    .execute()
  const placed = controllers.map(({ id, port, capacity }, at) => ({
    id,
    port: port!,
    capacity,
    host: `${network}.${at + 1}`,
  }))
  for (const { id, host } of placed)
    await owner.db.updateTable('controller').set({ host }).where('id', '=', id).execute()
  return startEmulator({
    clock: local,
    controllers: placed.map(({ id, host, port, capacity }) => ({ serial: id, host, port, capacity })),
  })
}
