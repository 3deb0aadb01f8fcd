import { hostname } from 'node:os'
import { startDelivery } from '../message/deliver.ts'
import { startPushing } from '../message/push.ts'
import { openPushKey } from '../message/push-seal.ts'
import { ensureBundles } from '../server/bundles.ts'
import { openDatabase } from '../server/database.ts'
import type { CampusFiles } from './campus-files.ts'
import { campusClock } from './clock.ts'
import type { Config } from './config.ts'
import { beginDemo, refuseMixing } from './demo.ts'
import { stillToDo, whatIsThere } from './first-steps.ts'
import { makeGatehouse } from './gatehouse.ts'
import { proofKeysFrom, pushSecretFrom } from './keys-from.ts'
import { listenAt } from './listen.ts'
import { migrate } from './migrate.ts'
import { withSecrets } from './secret-files.ts'

/** How often windows, lanes and the date are looked for. */
const everyMs = 500

/** What an opening is given. */
interface Opening {
  config: Config
  /** A database that answers. */
  databaseUrl: string
  /** Where the private PostgreSQL and the keys are kept. */
  dataFolder: string
  /** The files of the campus to try; null where they were not made yet. */
  files: Promise<CampusFiles> | null
  /** Ends when the pages are built. */
  building: Promise<void>
  log: (line: string) => void
  /** Throws when a stop was asked for meanwhile. */
  goOn: () => void
  /** Hears what was started: it is stopped in the opposite order. */
  started: (end: () => Promise<unknown>) => void
}

/** With what is pushed, and through whom; null where push services would have nobody to turn to. */
async function pushOf({ push }: Config, dataFolder: string, environment: NodeJS.ProcessEnv) {
  if (push === null) return null
  const secret = await pushSecretFrom(environment, dataFolder)
  return { key: openPushKey(secret, push.contact), hosts: push.hosts }
}

/** Everything between a database that answers and a page that does, in its order; says its address. */
export async function openGatehouse(opening: Opening): Promise<string> {
  const { config, databaseUrl, dataFolder, files, log, goOn, started } = opening
  const { projectFolder } = config
  await migrate(databaseUrl, { projectFolder, log })
  const environment = withSecrets(process.env)
  const proofKeys = await proofKeysFrom(environment, dataFolder)
  const push = await pushOf(config, dataFolder, environment)
  const owner = openDatabase(databaseUrl, 'owner', { connections: 6 })
  started(() => owner.close())
  await refuseMixing(owner, config.demo)
  goOn()
  if (config.demo) {
    const { campus } = config
    const doors = await beginDemo({ owner, databaseUrl, projectFolder, proofKeys, campus, files, log, goOn })
    started(() => doors.stop())
  } else
    for (const said of stillToDo({ ...(await whatIsThere(owner)), provider: config.provider !== null }))
      log(said)

  await opening.building
  const bundles = await ensureBundles({ projectFolder, log })
  goOn()
  const gatehouse = await makeGatehouse({
    databaseUrl,
    bundles,
    proofKeys,
    demo: config.demo,
    mails: config.smtp !== null,
    push,
    doorNetworks: config.doorNetworks,
    filesFolder: config.filesFolder,
    journalFolder: config.journalFolder,
    dataFolder,
    paymentPage: config.paymentPage,
    kioskKeys: config.kioskKeys,
    pages: config.pages,
    proxies: config.proxies,
    idle: config.idle,
    provider: config.provider,
    owner: `${hostname()} ${process.pid}`,
    everyMs,
    log,
  })
  started(() => gatehouse.close())
  const delivery = await startDelivery({
    databaseUrl,
    smtp: config.smtp,
    clock: campusClock,
    codeKeys: proofKeys,
    log,
  })
  started(() => delivery.stop())
  const pushing = startPushing({ databaseUrl, push, clock: campusClock, log })
  started(() => pushing.stop())
  goOn()
  return listenAt(gatehouse.server, config)
}
