import { fileURLToPath } from 'node:url'
import { openDatabase } from '../server/database.ts'
import { launchPostgres } from '../server/postgres/launch.ts'
import { openRegister } from '../server/register.ts'
import { noticeRestore } from '../update/restored.ts'
import { campusClock } from './clock.ts'
import { readConfig } from './config.ts'
import { follow } from './followers.ts'
import { withSecrets } from './secret-files.ts'

/*
 * `npm run restored`: an operator says that the database was brought back from an older copy, before Gatehouse is started
 * on it. From then on nothing is sent to any controller until its list was read and somebody has let it go.
 */
const projectFolder = fileURLToPath(new URL('../..', import.meta.url))
const log = (line: string): void => console.log(line)

async function run(): Promise<void> {
  const { databaseUrl, dataFolder } = readConfig(withSecrets(process.env), projectFolder)
  const postgres = databaseUrl ? null : await launchPostgres({ projectFolder, dataFolder, log })
  const database = openDatabase(databaseUrl ?? postgres!.url, 'app', { connections: 2 })
  try {
    const register = openRegister(database, campusClock, follow)
    const noticed = await register.act({ kind: 'system', id: 'operator' }, act => noticeRestore(act, 'said'))
    log(
      noticed.ok
        ? `Nothing is sent to ${noticed.controllers} controllers until their lists were read and somebody has let them go at /staff/controllers.`
        : noticed.refusal === 'no-controllers'
          ? 'No controller is recorded in this database; nothing was done.'
          : 'Every controller waits already.',
    )
  } finally {
    await database.close()
    await postgres?.stop()
  }
}

run().catch((error: Error) => {
  console.error(`This could not be kept. ${error.message}`)
  process.exitCode = 1
})
