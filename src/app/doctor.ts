import { join } from 'node:path'
import { languageOf } from '../lib/words.ts'
import { openDatabase } from '../server/database.ts'
import { processNow } from './clock.ts'
import { databaseChecks } from './doctor-database.ts'
import { machineChecks } from './doctor-machine.ts'
import { officeChecks } from './doctor-office.ts'
import { examine, sayFindings } from './doctor-run.ts'
import { ofInstallation, projectFolder } from './of-installation.ts'

/*
 * `npm run doctor`: looks at an installation, changes nothing, and says of each check whether it is right, is not, or cannot
 * be told from here, with what to do. In the language of LANG; `--json` for programs. Ends with 1 where a check fails.
 */
async function run(): Promise<void> {
  await ofInstallation(
    () => {},
    async ({ config, databaseUrl }) => {
      const [app, doors] = [
        openDatabase(databaseUrl, 'app', { connections: 1 }),
        openDatabase(databaseUrl, 'doors', { connections: 1 }),
      ]
      try {
        const findings = await examine([...databaseChecks, ...machineChecks, ...officeChecks], {
          config,
          dataFolder: config.dataFolder ?? join(projectFolder, '.gatehouse'),
          app,
          doors,
          now: processNow(),
          networks: config.doorNetworks,
        })
        const language = languageOf((process.env.LANG ?? '').replace('_', '-').split('.')[0])
        const asJson = process.argv.includes('--json')
        console.log(asJson ? JSON.stringify(findings, null, 2) : sayFindings(findings, language))
        if (findings.some(({ verdict }) => verdict === 'fail')) process.exitCode = 1
      } finally {
        await Promise.all([app.close(), doors.close()])
      }
    },
  )
}

run().catch((error: Error) => {
  console.error(`This installation could not be looked at. ${error.message}`)
  process.exitCode = 1
})
