import { setTimeout as wait } from 'node:timers/promises'
import { makeCluster } from './cluster.ts'
import { addressOf } from './keeper.ts'
import { choosePlace } from './place.ts'
import { stopPostmaster } from './postmaster.ts'
import { ensureRunning, findRunning, type Running } from './running.ts'

/** How the embedded PostgreSQL is to be run. */
export interface LaunchOptions {
  /** The clone: where the npm packages are, and `.gatehouse`, unless the data go elsewhere. */
  projectFolder: string
  /** The setting GATEHOUSE_DATA: the folder for the data, always honoured. */
  dataFolder?: string | undefined
  /** False: commits may be lost in a crash, which only a test may want. */
  durable?: boolean | undefined
  /** Hears, a line at a time, what a person who runs Gatehouse should know. */
  log?: ((line: string) => void) | undefined
  /** Called when a program of PostgreSQL has begun to work, and there is time for something else. */
  meanwhile?: (() => void) | undefined
}

/** An embedded PostgreSQL in use by this app. */
export interface LaunchedPostgres {
  /** The address of its database `gatehouse`, with its password; it stays the same until `stop`. */
  url: string
  /** True when it was already running: an app that was killed left it, or another app uses it too. */
  adopted: boolean
  /** Ends our use of it; the last app to do so stops it and waits until it has ended. To be called after the pools. */
  stop(): Promise<void>
}

/**
 * Runs the private PostgreSQL of a Gatehouse without a DATABASE_URL: makes it the first time, adopts the one that
 * outlived a killed app, starts it otherwise, and starts it again at the same address if it dies under us.
 */
export async function launchPostgres(options: LaunchOptions): Promise<LaunchedPostgres> {
  const { durable = true, log = () => undefined, meanwhile = () => undefined } = options
  const place = await choosePlace(options.projectFolder, options.dataFolder)
  await makeCluster(place, { durable, log, meanwhile })

  const ending = new AbortController()
  let revival: Promise<void> = Promise.resolve()
  const onLost = () => {
    if (!ending.signal.aborted) revival = revive()
  }
  let running: Running = await ensureRunning(place, { durable, onLost, log, meanwhile })
  const adopted = running.child === undefined
  log(
    `PostgreSQL ${adopted ? 'was running and is used' : 'runs'} on 127.0.0.1:${running.port}, data in ${place.data}`,
  )

  async function revive(): Promise<void> {
    log('The connection to PostgreSQL was lost: looking after it')
    const { port } = running
    for (let attempt = 0; attempt < revivals && !ending.signal.aborted; attempt++) {
      try {
        running = await ensureRunning(place, { durable, port, onLost, log })
        return log(`PostgreSQL answers again on 127.0.0.1:${port}`)
      } catch (fault) {
        log(`PostgreSQL is not back: ${(fault as Error).message}`)
        await wait(revivalMs)
      }
    }
    if (!ending.signal.aborted)
      log('PostgreSQL could not be brought back: stop Gatehouse and look into its server.log')
  }

  async function stop(): Promise<void> {
    ending.abort()
    await revival
    let last: boolean
    try {
      last = await running.keeper.leave()
    } catch {
      // It died at this very moment, or only our connection did: look once more at what is there.
      await running.keeper.end()
      const found = await findRunning(place, () => undefined)
      if (typeof found === 'string') return
      running = { ...found, child: running.child?.pid === found.pid ? running.child : undefined }
      last = await running.keeper.leave()
    }
    if (last) await stopPostmaster(place, running.pid, running.child)
    else log('PostgreSQL is left running: another Gatehouse uses it')
    await running.keeper.end()
  }

  let stopped: Promise<void> | undefined
  return {
    url: await addressOf(place, running.port),
    adopted,
    stop: () => {
      stopped ??= stop()
      return stopped
    },
  }
}

/** Stops the server that a killed app left on these data, if there is one; the data stay. */
export async function stopLeftBehind({ projectFolder, dataFolder }: LaunchOptions): Promise<void> {
  const place = await choosePlace(projectFolder, dataFolder)
  const found = await findRunning(place, () => undefined)
  if (typeof found === 'string') return
  // PostgreSQL takes a moment to notice that the app is gone; somebody else's use lasts longer than that.
  for (let asked = 0; asked < 20; asked += 1) {
    if (await found.keeper.leave()) {
      await stopPostmaster(place, found.pid)
      break
    }
    await wait(100)
  }
  await found.keeper.end()
}

const revivals = 10
const revivalMs = 1_000
