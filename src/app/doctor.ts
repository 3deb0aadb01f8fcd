import { join } from 'node:path'
import { languageOf } from '../lib/words.ts'
import { openDatabase } from '../server/database.ts'
import { processNow } from './clock.ts'
import { databaseChecks } from './doctor-database.ts'
import { machineChecks } from './doctor-machine.ts'
import { officeChecks } from './doctor-office.ts'
import { examine, sayFindings } from './doctor-run.ts'
import { trustChecks } from './doctor-trust.ts'
import { ofInstallation, projectFolder } from './of-installation.ts'
import { withSecrets } from './secret-files.ts'

/*
 * `npm run doctor`: looks at an installation, changes nothing, and says of each check whether it is right, is not, or cannot
 * be told from here, with what to do. In the language of LANG; `--json` for programs. Ends with 1 where a check fails.
 */
async function run(): Promise<void> {
  await ofInstallation(
    () => {},
    async ({ config, databaseUrl }) => {
      const opened = (role: 'app' | 'doors' | 'chores') => openDatabase(databaseUrl, role, { connections: 1 })
      const [app, doors, chores] = [opened('app'), opened('doors'), opened('chores')]
      try {
        const findings = await examine(
          [...databaseChecks, ...machineChecks, ...officeChecks, ...trustChecks],
          {
            config,
            dataFolder: config.dataFolder ?? join(projectFolder, '.gatehouse'),
            environment: withSecrets(process.env),
            app,
            doors,
            chores,
            now: processNow(),
            networks: config.doorNetworks,
          },
        )
        const language = languageOf((process.env.LANG ?? '').replace('_', '-').split('.')[0])
        const asJson = process.argv.includes('--json')
        console.log(asJson ? JSON.stringify(findings, null, 2) : sayFindings(findings, language))
        if (findings.some(({ verdict }) => verdict === 'fail')) process.exitCode = 1
      } finally {
        await Promise.all([app.close(), doors.close(), chores.close()])
      }
    },
  )
}

run().catch((error: Error) => {
  console.error(`This installation could not be looked at. ${error.message}`)
  process.exitCode = 1
})
