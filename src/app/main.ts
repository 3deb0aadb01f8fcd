import { stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startDelivery } from '../message/deliver.ts'
import { ensureBundles } from '../server/bundles.ts'
import { openDatabase } from '../server/database.ts'
import { launchPostgres } from '../server/postgres/launch.ts'
import { campusClock, monotonicMs } from './clock.ts'
import { type Config, proofKeyFrom, readConfig } from './config.ts'
import { beginDemo, campusFiles, refuseMixing } from './demo.ts'
import { openDemoDoors } from './demo-doors.ts'
import { makeGatehouse } from './gatehouse.ts'
import { listenAt, refuseTakenPort } from './listen.ts'
import { migrate } from './migrate.ts'

const projectFolder = fileURLToPath(new URL('../..', import.meta.url))
const log = (line: string): void => console.log(line)

/** How often windows, lanes and the date are looked for. */
const everyMs = 500

/** What was started, in that order; it is stopped in the opposite one. */
const started: (() => Promise<unknown>)[] = []

/** A stop that was asked for while things were still being started. */
class Stopped extends Error {}
let stopAsked = false
const goOn = (): void => {
  if (stopAsked) throw new Stopped()
}

async function databaseOf(config: Config): Promise<string> {
  if (config.databaseUrl) return config.databaseUrl
  const { dataFolder } = config
  const postgres = await launchPostgres({ projectFolder, dataFolder, log })
  started.push(() => postgres.stop())
  return postgres.url
}

/** Whether the campus to try is about to be set up in a database of our own that is not there yet. */
async function isFirst({ demo, databaseUrl, dataFolder }: Config): Promise<boolean> {
  if (!demo || databaseUrl) return false
  const data = join(dataFolder ?? join(projectFolder, '.gatehouse'), 'postgres/data')
  return stat(data).then(
    () => false,
    () => true,
  )
}

/** Everything between `npm start` and a page that answers, in its order. */
async function start(config: Config): Promise<string> {
  await refuseTakenPort(config)
  // The pages are built while the database is prepared; a first start needs both.
  const bundling = ensureBundles({ projectFolder, log })
  bundling.catch(() => {})

  // While a new database is made, which takes seconds, this process has nothing else to do.
  const first = await isFirst(config)
  const making = databaseOf(config)
  const files = first ? campusFiles(projectFolder, config.campus) : null
  files?.catch(() => {})
  const databaseUrl = await making
  goOn()
  await migrate(databaseUrl, { projectFolder, log })
  const proofKey = await proofKeyFrom(process.env, config.dataFolder ?? join(projectFolder, '.gatehouse'))
  const owner = openDatabase(databaseUrl, 'owner', { connections: 3 })
  started.push(() => owner.close())
  await refuseMixing(owner, config.demo)
  goOn()
  if (config.demo) {
    await beginDemo({ owner, databaseUrl, projectFolder, proofKey, campus: config.campus, files, log })
    goOn()
    const doors = await openDemoDoors({ owner, projectFolder, log })
    started.push(() => doors.stop())
  }

  const bundles = await bundling
  goOn()
  const gatehouse = await makeGatehouse({
    databaseUrl,
    bundles,
    proofKey,
    demo: config.demo,
    mails: config.smtp !== null,
    doorNetworks: config.doorNetworks,
    filesFolder: config.filesFolder,
    dataFolder: config.dataFolder ?? join(projectFolder, '.gatehouse'),
    owner: `${hostname()} ${process.pid}`,
    everyMs,
    log,
  })
  started.push(() => gatehouse.close())
  const delivery = await startDelivery({ databaseUrl, smtp: config.smtp, clock: campusClock, log })
  started.push(() => delivery.stop())
  goOn()
  return listenAt(gatehouse.server, config)
}

/** Stops what was started, the last first; what cannot be stopped is said and does not keep the rest running. */
async function stop(): Promise<void> {
  for (const end of started.splice(0).reverse())
    await end().catch((error: Error) => log(`while stopping: ${error.message}`))
}

/**
 * Calls when somebody wants this process to end: by a signal, or by ending npm, whose shell does not pass SIGTERM on
 * and leaves us behind.
 */
function onStopAsked(asked: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, asked)
  if (!process.env.npm_lifecycle_event) return
  const { ppid } = process
  const looking = setInterval(() => {
    if (process.ppid === ppid) return
    clearInterval(looking)
    if (!stopAsked) asked()
  }, everyMs)
  looking.unref()
}

async function run(): Promise<void> {
  const starting = start(readConfig(process.env, projectFolder))
  let askedAtMs = 0
  onStopAsked(() => {
    if (stopAsked) {
      // Asked again, somebody does not want to wait, and the data are safe either way; but one Ctrl-C may come twice,
      // from the terminal and from npm.
      if (monotonicMs() - askedAtMs > 1_000) process.exit(1)
      return
    }
    stopAsked = true
    askedAtMs = monotonicMs()
    log('Gatehouse is stopping')
    void starting
      .catch(() => {})
      .then(stop)
      .then(() => process.exit(0))
  })
  const url = await starting
  log(`Gatehouse is ready in ${(monotonicMs() / 1000).toFixed(1)} s: ${url}`)
}

run().catch(async (error: Error) => {
  if (!stopAsked) console.error(`Gatehouse cannot start. ${error.message}`)
  await stop()
  process.exit(stopAsked ? 0 : 1)
})
