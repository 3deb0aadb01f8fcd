import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { sql } from 'kysely'
import { type Network, usualNetworks } from '../access/networks.ts'
import { openFileDriver } from '../controller/file/driver.ts'
import { forgetHanded } from '../controller/file/forget.ts'
import { openUhppoteDriver } from '../controller/uhppote/driver.ts'
import { openProvider } from '../identity/provider.ts'
import type { ProviderSettings } from '../identity/settings.ts'
import { sayFault } from '../lib/say-fault.ts'
import type { PushSettings } from '../message/pusher.ts'
import { type FolderPlan, forgetPeople } from '../privacy/forget.ts'
import { handedFilesPlan } from '../privacy/plans.ts'
import { publishedInForce } from '../programme/store.ts'
import { sealedPayments } from '../reissue/payment.ts'
import type { Bundles } from '../server/bundles.ts'
import { type Database, openDatabase } from '../server/database.ts'
import { makeServer, type Server } from '../server/http.ts'
import { type KeptJournal, keepJournal } from '../server/journal/keep.ts'
import { listenFor } from '../server/listen-for.ts'
import { keepLook } from '../server/looks.ts'
import { servePages } from '../server/pages.ts'
import { openPools } from '../server/pools.ts'
import { openRegister, type Register } from '../server/register.ts'
import { repeat } from '../server/repeat.ts'
import { type IdleMinutes, whoIs } from '../server/sessions.ts'
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
import { follow } from './followers.ts'
import { holdersOf } from './holders.ts'
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

/** What one process is made with. */
export interface Making {
  databaseUrl: string
  bundles: Bundles
  proofKey: Buffer
  demo: boolean
  /** Whether a mail server is configured; without one messages stay in the outbox. */
  mails?: boolean
  /** With what people are told on their phones; without it nobody is. */
  push?: PushSettings | null
  /** Where door controllers may be; this machine and private ranges where nothing is said. */
  doorNetworks?: readonly Network[]
  /** The folder in which files for other access systems lie; without it none can be handed over. */
  filesFolder?: string | null
  /** The folder into which the sealed journal is shipped; without it it is in the database alone. */
  journalFolder?: string | null
  /** Where it is kept, outside of the database, what was last seen of it; without one only its server is asked. */
  dataFolder?: string | null
  /** The campus's payment page and the key shared with it; without one nobody pays online, but in the demo. */
  paymentPage?: { address: string; key: Buffer } | null
  /** The key shared with the kiosks; without one they are not listened to, but in the demo. */
  kioskKey?: Buffer | null
  /** The address of Gatehouse's own pages, as people outside of it write it; without one mail names paths alone. */
  pages?: string | null
  /** What stands before it, whose word is taken for whom they forward. */
  proxies?: readonly string[]
  /** After how many minutes without anything done a session of the staff ends. */
  idle?: IdleMinutes
  /** The university's OpenID provider; without one people sign in by emergency codes alone, but in the demo. */
  provider?: ProviderSettings | null
  /** How often its keys are asked for at most; tests do not wait. */
  keysRestMs?: number
  /** This process's own name among those that share the database. */
  owner: string
  log(line: string): void
  /** How often windows and lanes are looked for; without it only when asked (tests). */
  everyMs?: number
  /** How patient the driver is with silent controllers; tests are less so. */
  patience?: { tries?: number; shortestWaitMs?: number }
  /** In place of the programme's; tests are less patient. */
  quietSeconds?: number
  leaseSeconds?: number
}

/** The timetable in force, as the update asks for it. */
export async function windowPlan(doors: Database) {
  const inForce = await doors.transaction(publishedInForce)
  if (inForce === null) return null
  const { campus, timetable, quietSeconds, guard } = inForce.programme
  const plan = { campus: campus.id, zone: campus.zone, timetable, quietSeconds, since: inForce.publishedAt }
  return { ...plan, ...(guard && { guard }) }
}

/** The hash of the style element in Swagger UI's page, as browsers name it when they refuse it. */
const swaggerStyle = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='"

async function describe(server: Server): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Gatehouse',
        version: '1',
        description:
          'The card office as an API: what the pages do, a university’s own app can do. Unsafe calls take an ' +
          'Idempotency-Key: the same key and body get the same answer and nothing happens twice. A refusal is ' +
          '409 application/problem+json with a code (`refusal`) and a sentence (`message`) in the language asked ' +
          'for. A record that is somebody else’s is 404, like one that does not exist.',
      },
    },
  })
  await server.register(swaggerUi, {
    routePrefix: '/api/docs',
    // The pages' own policy, but for the one style that Swagger UI writes into its page: named by its hash.
    transformStaticCSP: policy => policy.replace('style-src', `style-src ${swaggerStyle}`),
    theme: { title: 'Gatehouse API' },
  })
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
    uhppote: await openUhppoteDriver({ monotonicMs, ...making.patience }),
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
  const counts = await openSharedCounts({ database: pools.knocking, monotonicMs, log })
  const server = await makeServer({
    whoIs: (token, active) => whoIs(pools.knocking, token, { idle: making.idle ?? usualIdle, active }),
    keepLook: (actor, look) => register.look(actor, act => keepLook(act, look)),
    demo: making.demo,
    publicUnder: '/api/docs',
    counts,
    overTls: making.pages?.startsWith('https:') ?? false,
    proxies: making.proxies ?? [],
  })
  await describe(server)
  const { proofKey, demo, mails = false, push = null, doorNetworks = usualNetworks } = making
  const provider = providerOf(making)
  await servePages(server, {
    bundles: making.bundles,
    surroundings: surroundingsOf(pools.of, { demo, signsIn: demo || provider !== null }),
  })
  // The campus to try pays at a page of its own, with a key that nobody else knows.
  const page = making.paymentPage ?? (demo ? { address: demoPaymentPath, key: randomBytes(32) } : null)
  const payments = page && sealedPayments(page)
  const kioskKey = making.kioskKey ?? (demo ? randomBytes(32) : null)
  addRoutes(server, {
    register,
    database,
    proofKey,
    demo,
    mails,
    push,
    doorNetworks,
    payments,
    kioskKey,
    provider,
    log,
  })
  if (demoClock) demoRoutes(server, demoClock)
  if (demo && page?.address === demoPaymentPath) demoPaymentRoutes(server, { register, key: page.key })
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
