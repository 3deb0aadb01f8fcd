import { parseArgs } from 'node:util'
import { emergencyHours, emergencyLimits, makeEmergencyCodes } from '../identity/break-glass.ts'
import { openDatabase } from '../server/database.ts'
import { openRegister } from '../server/register.ts'
import { campusClock } from './clock.ts'
import { follow } from './followers.ts'
import { ofInstallation } from './of-installation.ts'

/*
 * `npm run break-glass`: an operator makes codes by which an administrator gets in while the university's sign-in cannot be
 * used, or before anybody has an account. They are printed once; those that were made before are void from then on.
 */
const log = (line: string): void => console.error(line)

function whole(name: 'codes' | 'days', said: string): number {
  const [number, most] = [Number(said), emergencyLimits[name]]
  if (Number.isInteger(number) && number >= 1 && number <= most) return number
  throw new Error(`--${name} is "${said}"; it must be a whole number from 1 to ${most}.`)
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: { codes: { type: 'string', default: '8' }, days: { type: 'string', default: '30' } },
  })
  const wanted = { codes: whole('codes', values.codes), days: whole('days', values.days) }
  await ofInstallation(log, async ({ databaseUrl }) => {
    const database = openDatabase(databaseUrl, 'app', { connections: 2 })
    try {
      const register = openRegister(database, campusClock, follow)
      const made = await register.aside({ kind: 'system', id: 'operator' }, act =>
        makeEmergencyCodes(act, wanted),
      )
      const end = made.endsAt.toZonedDateTimeISO('UTC').toPlainDateTime()
      console.log(
        [
          '',
          ...made.codes.map(code => `  ${code}`),
          '',
          `Each lets one administrator in, once, for ${emergencyHours} hour, at /sign-in/break-glass, until ${end.toString({ smallestUnit: 'minute' })} UTC.`,
          'They are not shown again, and codes that were made before are void: print these and lock them away.',
        ].join('\n'),
      )
    } finally {
      await database.close()
    }
  })
}

run().catch((error: Error) => {
  console.error(`No codes were made. ${error.message}`)
  process.exitCode = 1
})
