import { openDatabase } from '../server/database.ts'
import { openRegister } from '../server/register.ts'
import { noticeRestore } from '../update/restored.ts'
import { campusClock } from './clock.ts'
import { follow } from './followers.ts'
import { ofInstallation } from './of-installation.ts'

/*
 * `npm run restored`: an operator says that the database was brought back from an older copy, before Gatehouse is started
 * on it. From then on nothing is sent to any controller until its list was read and somebody has let it go.
 */
const log = (line: string): void => console.log(line)

async function run(): Promise<void> {
  await ofInstallation(log, async ({ databaseUrl }) => {
    const database = openDatabase(databaseUrl, 'app', { connections: 2 })
    try {
      const register = openRegister(database, campusClock, follow)
      const noticed = await register.act({ kind: 'system', id: 'operator' }, act =>
        noticeRestore(act, 'said'),
      )
      log(
        noticed.ok
          ? `Nothing is sent to ${noticed.controllers} controllers until their lists were read and somebody has let them go at /staff/controllers.`
          : noticed.refusal === 'no-controllers'
            ? 'No controller is recorded in this database; nothing was done.'
            : 'Every controller waits already.',
      )
    } finally {
      await database.close()
    }
  })
}

run().catch((error: Error) => {
  console.error(`This could not be kept. ${error.message}`)
  process.exitCode = 1
})
