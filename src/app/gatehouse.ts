import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { hostLiesIn, usualNetworks } from '../access/networks.ts'
import { openFileDriver } from '../controller/file/driver.ts'
import { forgetHanded } from '../controller/file/forget.ts'
import { openUhppoteDriver } from '../controller/uhppote/driver.ts'
import { realNetwork } from '../controller/uhppote/sockets.ts'
import { within } from '../controller/uhppote/within.ts'
import { bearerIs } from '../identity/bearer.ts'
import { openProvider } from '../identity/provider.ts'
import { sayFault } from '../lib/say-fault.ts'
import { type FolderPlan, forgetPeople } from '../privacy/forget.ts'
import { handedFilesPlan } from '../privacy/plans.ts'
import { publishedInForce } from '../programme/store.ts'
import { sealedPayments } from '../reissue/payment.ts'
import { type Database, openDatabase } from '../server/database.ts'
import { makeServer, type Server } from '../server/http.ts'
import { type KeptJournal, keepJournal } from '../server/journal/keep.ts'
import { listenFor } from '../server/listen-for.ts'
import { keepLook } from '../server/looks.ts'
import { servePages } from '../server/pages.ts'
import { openPools } from '../server/pools.ts'
import { openRegister, type Register } from '../server/register.ts'
import { repeat } from '../server/repeat.ts'
import { whoIs } from '../server/sessions.ts'
import { openSharedCounts } from '../server/shared-counts.ts'
import { setControllerClocks } from '../update/clocks.ts'
import type { ControllerDriver } from '../update/driver.ts'
import { keepReadingEvents } from '../update/events.ts'
import { keepUpdating, type Updates } from '../update/loop.ts'
import { overDatabase } from '../update/over-database.ts'
import { type KeptForgetting, keepForgetting } from '../update/retention.ts'
import { goRounds } from '../update/rounds.ts'
import { type Dates, watchDates } from './boundaries.ts'
import { driverByMake } from './by-make.ts'
import { watchCalendarMessages } from './calendar-messages.ts'
import { campusClock, monotonicMs } from './clock.ts'
import { tellWhatDoorsConfirmed } from './confirmations.ts'
import { type DemoClock, openDemoClock } from './demo-clock.ts'
import { demoPaymentPath, demoPaymentRoutes } from './demo-payment.ts'
import { demoRoutes } from './demo-routes.ts'
import { describeApi } from './describe-api.ts'
import { follow } from './followers.ts'
import { holdersOf } from './holders.ts'
import type { Making } from './making.ts'
import { addRoutes } from './routes.ts'
import { surroundingsOf } from './surroundings.ts'
import { watchRestores } from './watch-restores.ts'
import { usualIdle } from './web-config.ts'

/** One process of Gatehouse over one database: requests, windows, chores. */
export interface Gatehouse {
  server: Server
  register: Register
  /** The application's database, by students' connections; `doors` is the same one seen by the doors' role. */
  database: Database
  doors: Database
  driver: ControllerDriver
  updates: Updates
  dates: Dates
  forgetting: KeptForgetting
  journal: KeptJournal
  /** Moves the campus's time; only in the demo. */
  demoClock: DemoClock | null
  close(): Promise<void>
}

/** The timetable in force, as the update asks for it. */
export async function windowPlan(doors: Database) {
  const inForce = await doors.transaction(publishedInForce)
  if (inForce === null) return null
  const { campus, timetable, quietSeconds, guard } = inForce.programme
  const plan = { campus: campus.id, zone: campus.zone, timetable, quietSeconds, since: inForce.publishedAt }
  return { ...plan, ...(guard && { guard }) }
}

/** Files handed to other access systems, as something that is forgotten at night. */
const handedFiles = (root: string): FolderPlan => ({
  ...handedFilesPlan,
  forget: before => forgetHanded(root, before),
})
/** The university's provider, opened; the demo has none, whatever it is handed: in it everybody may be anybody. */
function providerOf({ provider = null, demo, pages, keysRestMs }: Making) {
  if (provider === null) return null
  if (demo) throw new Error('The demo has no provider: everybody may be anybody in it.')
  if (!pages) throw new Error('A provider needs to know where it sends people back to.')
  return openProvider({
    settings: provider,
    pages,
    monotonicMs,
    ...(keysRestMs !== undefined && { keysRestMs }),
  })
}

/** How long lanes that are under way may go on when a process is stopped. */
const lastWorkMs = 4_000

/** Puts one process together. Nothing listens yet; close() lets go of everything in order. */
export async function makeGatehouse(making: Making): Promise<Gatehouse> {
  const pools = openPools(making.databaseUrl)
  const database = pools.students
  const doors = openDatabase(making.databaseUrl, 'doors', { connections: 16 })
  const register = openRegister(pools.of, campusClock, follow)
  let closing = false
  const log = (line: string) => (closing ? undefined : making.log(line))
  const driver = driverByMake({
    uhppote: await openUhppoteDriver({
      monotonicMs,
      network: within(realNetwork, host => hostLiesIn(host, making.doorNetworks ?? usualNetworks)),
      ...making.patience,
    }),
    file: openFileDriver({
      root: making.filesFolder ?? null,
      log,
      monotonicMs,
      describe: (serial, numbers) => holdersOf(database, serial, numbers),
    }),
  })
  const every = making.everyMs ? { everyMs: making.everyMs } : {}
  // Before anything is sent to a controller.
  const restores = await watchRestores(register, {
    folder: making.dataFolder ?? null,
    everyMs: making.everyMs && making.everyMs * 10,
    log,
  })
  const holding = {
    database: doors,
    clock: campusClock,
    owner: making.owner,
    monotonicMs,
    leaseSeconds: making.leaseSeconds ?? 10,
  }
  const updates = keepUpdating(
    {
      ...overDatabase(holding),
      driver,
      ...(making.quietSeconds === undefined ? {} : { quietSeconds: making.quietSeconds }),
      log,
    },
    {
      plan: () => windowPlan(doors),
      // Controllers decide by their own clocks on which day a card opens; each window sets them.
      onOpened: ({ zone }) => {
        setControllerClocks({ database: doors, clock: campusClock, driver, zone, monotonicMs, log }).catch(
          (error: unknown) => log(`controllers' clocks: ${sayFault(error)}`),
        )
      },
      ...every,
    },
  )
  const rounds = goRounds(holding, register, { everyMs: making.everyMs && making.everyMs * 20, log })
  // A lost card does not wait for the next look.
  const called = listenFor(making.databaseUrl, 'gatehouse_doors', { ...every, heard: () => updates.hurry() })
  const events = keepReadingEvents(
    {
      database: doors,
      clock: campusClock,
      driver,
      leaseSeconds: making.leaseSeconds ?? 10,
      zone: async () => (await windowPlan(doors))?.zone ?? null,
      log,
    },
    { everyMs: making.everyMs && making.everyMs * 8 },
  )
  const chores = openDatabase(making.databaseUrl, 'chores', { connections: 2 })
  const folders = making.filesFolder ? [handedFiles(making.filesFolder)] : []
  const forgetting = keepForgetting(
    { database: chores, clock: campusClock, log },
    {
      everyMs: making.everyMs && making.everyMs * 60,
      also: () => forgetPeople({ database: chores, clock: campusClock, folders }),
    },
  )
  const journal = keepJournal(
    {
      database: chores,
      clock: campusClock,
      folder: making.journalFolder ?? null,
      zone: async () => (await windowPlan(doors))?.zone ?? null,
      log,
    },
    { everyMs: making.everyMs && making.everyMs * 4 },
  )
  const dates = watchDates(register, { ...every, log })
  const told = repeat(() => tellWhatDoorsConfirmed(register), {
    everyMs: making.everyMs && making.everyMs * 4,
    onFault: error => log(`messages: ${sayFault(error)}`),
  })
  const calendar = watchCalendarMessages(register, {
    pages: making.pages ?? '',
    everyMs: making.everyMs && making.everyMs * 6,
    log,
  })
  const owner = making.demo ? openDatabase(making.databaseUrl, 'owner', { connections: 2 }) : null
  const demoClock = owner && openDemoClock({ owner, doors, driver, updates, dates, log })
  const provider = providerOf(making)
  const counts = await openSharedCounts({ database: pools.knocking, monotonicMs, log })
  const server = await makeServer({
    whoIs: (token, active) => whoIs(pools.knocking, token, { idle: making.idle ?? usualIdle, active }),
    ...(provider && { bearerIs: (token: string) => bearerIs({ provider, register }, token) }),
    keepLook: (actor, look) => register.look(actor, act => keepLook(act, look)),
    demo: making.demo,
    publicUnder: '/api/docs',
    counts,
    overTls: making.pages?.startsWith('https:') ?? false,
    proxies: making.proxies ?? [],
  })
  await describeApi(server)
  const { proofKeys, demo, mails = false, push = null, doorNetworks = usualNetworks } = making
  await servePages(server, {
    bundles: making.bundles,
    surroundings: surroundingsOf(pools.of, { demo, signsIn: demo || provider !== null }),
  })
  // The campus to try pays at a page of its own, with a key that nobody else knows.
  const page =
    making.paymentPage ?? (demo ? { address: demoPaymentPath, keys: [randomBytes(32)] as const } : null)
  const payments = page && sealedPayments(page)
  const kioskKeys = making.kioskKeys ?? (demo ? ([randomBytes(32)] as const) : null)
  addRoutes(server, {
    register,
    database,
    proofKeys,
    demo,
    mails,
    push,
    doorNetworks,
    payments,
    kioskKeys,
    provider,
    log,
  })
  if (demoClock) demoRoutes(server, demoClock)
  if (demo && page?.address === demoPaymentPath) demoPaymentRoutes(server, { register, keys: page.keys })
  server.get('/api/openapi.json', { config: { policy: 'public' }, schema: { hide: true } }, async () =>
    server.swagger(),
  )
  server.get('/health', { config: { policy: 'public' }, schema: { hide: true } }, async () => {
    await sql`select 1`.execute(database.db)
    return { ok: true }
  })
  return {
    server,
    register,
    database,
    doors,
    driver,
    updates,
    dates,
    forgetting,
    journal,
    demoClock,
    async close() {
      closing = true
      await server.close()
      await counts.settled()
      await Promise.race([
        Promise.all([
          demoClock?.stop(),
          told.stop(),
          calendar.stop(),
          dates.stop(),
          forgetting.stop(),
          journal.stop(),
          called.stop(),
          rounds.stop(),
          events.stop(),
          restores.stop(),
          updates.stop(),
        ]),
        wait(lastWorkMs),
      ])
      // A lane that takes longer is cut off as a crash would: it is resumed from its committed rows.
      await Promise.all([pools.close(), doors.close(), chores.close(), owner?.close()])
      await driver.close()
    },
  }
}
