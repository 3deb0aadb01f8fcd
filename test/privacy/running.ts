import { campusClock } from '../../src/app/clock.ts'
import { readConfig } from '../../src/app/config.ts'
import { makeGatehouse } from '../../src/app/gatehouse.ts'
import { listenAt } from '../../src/app/listen.ts'
import { startDelivery } from '../../src/message/deliver.ts'
import { startPushing } from '../../src/message/push.ts'
import { newPushSecret, openPushKey } from '../../src/message/push-seal.ts'
import { ensureBundles } from '../../src/server/bundles.ts'
import { projectFolder, proofKeys } from '../campus.ts'

/*
 * A process of Gatehouse as it is run, over a database that a test made (and that may lose what it has confirmed, which
 * `npm start` refuses): pages, windows, chores, mail and pushes, and a log on the console. Says its address; ends when told.
 */
const config = readConfig(process.env, projectFolder)
const databaseUrl = config.databaseUrl!
const log = (line: string): void => console.log(line)
const push = { key: openPushKey(newPushSecret(), config.push!.contact), hosts: config.push!.hosts }
const gatehouse = await makeGatehouse({
  databaseUrl,
  bundles: await ensureBundles({ projectFolder, log }),
  proofKeys,
  demo: false,
  mails: true,
  push,
  filesFolder: config.filesFolder,
  dataFolder: config.dataFolder ?? null,
  pages: config.pages,
  owner: 'canary',
  everyMs: 200,
  log,
})
const delivery = await startDelivery({
  databaseUrl,
  smtp: config.smtp,
  clock: campusClock,
  codeKeys: proofKeys,
  log,
})
const pushing = startPushing({ databaseUrl, push, clock: campusClock, log })
log(`Gatehouse is ready: ${await listenAt(gatehouse.server, config)}`)
async function end(): Promise<void> {
  await Promise.all([pushing.stop(), delivery.stop()])
  await gatehouse.close()
  process.exit(0)
}
process.once('SIGTERM', () => void end())
