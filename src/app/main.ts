import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildApart } from '../server/bundles.ts'
import { launchPostgres } from '../server/postgres/launch.ts'
import { monotonicMs } from './clock.ts'
import { type Config, readConfig } from './config.ts'
import { refuseTakenPort } from './listen.ts'
import { withSecrets } from './secret-files.ts'

const projectFolder = fileURLToPath(new URL('../..', import.meta.url))
const log = (line: string): void => console.log(line)

/** How often it is looked whether npm is still there. */
const parentEveryMs = 500

/** What was started, in that order; it is stopped in the opposite one. */
const started: (() => Promise<unknown>)[] = []

/** A stop that was asked for while things were still being started. */
class Stopped extends Error {}
let stopAsked = false
const goOn = (): void => {
  if (stopAsked) throw new Stopped()
}

async function databaseOf(config: Config, meanwhile: () => void): Promise<string> {
  if (config.databaseUrl) return config.databaseUrl
  const { dataFolder } = config
  const postgres = await launchPostgres({ projectFolder, dataFolder, log, meanwhile })
  started.push(() => postgres.stop())
  return postgres.url
}

/** Whether the campus to try is about to be set up in a database of our own that is not there yet. */
async function isFirst({ demo, databaseUrl }: Config, dataFolder: string): Promise<boolean> {
  if (!demo || databaseUrl) return false
  return stat(join(dataFolder, 'postgres/data')).then(
    () => false,
    () => true,
  )
}

/** Everything between `npm start` and a page that answers, in its order. */
async function start(config: Config): Promise<string> {
  await refuseTakenPort(config)
  const dataFolder = config.dataFolder ?? join(projectFolder, '.gatehouse')
  const first = await isFirst(config, dataFolder)
  // While PostgreSQL makes and starts a database, the rest of Gatehouse is read, which takes longer than one would think;
  // then the campus to try is made up, and a third process builds the pages.
  const busy = Promise.withResolvers<void>()
  const making = databaseOf(config, busy.resolve)
  making.catch(() => {})
  await Promise.race([busy.promise, making])
  const [{ openGatehouse }, { campusFiles }] = await Promise.all([
    import('./opening.ts'),
    import('./demo.ts'),
  ])
  const ending = new AbortController()
  started.push(async () => ending.abort())
  const building = buildApart({ projectFolder, log }, ending.signal)
  building.catch(() => {})
  const files = first ? campusFiles(projectFolder, config.campus) : null
  files?.catch(() => {})
  const databaseUrl = await making
  goOn()
  return openGatehouse({
    config,
    databaseUrl,
    dataFolder,
    files,
    building,
    log,
    goOn,
    started: end => started.push(end),
  })
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
  }, parentEveryMs)
  looking.unref()
}

async function run(): Promise<void> {
  const starting = start(readConfig(withSecrets(process.env), projectFolder))
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
    // Where it has not started, whoever waits for the start stops what was.
    void starting.then(
      () => stop().then(() => process.exit(0)),
      () => {},
    )
  })
  const url = await starting
  log(`Gatehouse is ready in ${(monotonicMs() / 1000).toFixed(1)} s: ${url}`)
}

run().catch(async (error: Error) => {
  if (!stopAsked) console.error(`Gatehouse cannot start. ${error.message}`)
  await stop()
  process.exit(stopAsked ? 0 : 1)
})
