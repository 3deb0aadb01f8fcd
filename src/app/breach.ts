import { parseArgs } from 'node:util'
import type { Refused } from '../lib/decision.ts'
import { makeBreachPack, operator } from '../privacy/breach/pack.ts'
import {
  type BreachQuestion,
  type BreachRefusal,
  type BreachSaid,
  readBreachQuestion,
} from '../privacy/breach/question.ts'
import { readDataMap } from '../privacy/data-map.ts'
import { breachRefusalWords } from '../privacy/words.ts'
import { programmeInForce } from '../programme/store.ts'
import { openDatabase } from '../server/database.ts'
import { sayVerified } from '../server/journal/say.ts'
import { verifyJournal } from '../server/journal/verify.ts'
import { openRegister } from '../server/register.ts'
import { campusClock } from './clock.ts'
import { follow } from './followers.ts'
import { ofInstallation } from './of-installation.ts'

/*
 * `npm run breach -- --from … --to … [--account … | --role … | --table …] --out FOLDER`: who may be concerned where data may have
 * been lost, what shows it, and drafts for the people and the authority (docs/operating.md). Without an account, a role or a
 * table it asks of everybody: the whole database was copied. That it was made is kept, always.
 */
const log = (line: string): void => console.error(line)

function said(): BreachSaid {
  const one = { type: 'string' } as const
  const options = { from: one, to: one, account: one, role: one, out: one, why: one }
  return parseArgs({ options: { ...options, table: { ...one, multiple: true } } }).values
}

function sayRefused({ refusal, facts }: Refused<BreachRefusal>): void {
  for (const language of ['zh-TW', 'en'] as const) log(breachRefusalWords[language][refusal](facts))
  process.exitCode = 1
}

/** The journal's chain, followed with the rights that do so at night. */
async function verified(databaseUrl: string): Promise<{ said: string; whole: boolean }> {
  const chores = openDatabase(databaseUrl, 'chores', { connections: 1 })
  try {
    const found = await verifyJournal(chores)
    return { said: sayVerified(found), whole: found.whole }
  } finally {
    await chores.close()
  }
}

async function make(databaseUrl: string, given: BreachSaid): Promise<void> {
  const database = openDatabase(databaseUrl, 'app', { connections: 2 })
  try {
    const register = openRegister(database, campusClock, follow)
    const map = await readDataMap()
    const { programme, now } = await register.look(operator, async act => ({
      programme: await programmeInForce(act),
      now: act.now,
    }))
    const read = readBreachQuestion(given, { zone: programme.campus.zone, now, map })
    if (!read.ok) return sayRefused(read)
    const question: BreachQuestion = read.question
    const journal = await verified(databaseUrl)
    const made = await makeBreachPack(
      { database, register, clock: campusClock, map, programme, journal },
      question,
    )
    if (!made.ok) return sayRefused(made)
    console.log(`${made.people} people. Read ${question.out}/README.md first. 請先閱讀 README.md。`)
    if (!journal.whole) log(journal.said)
  } finally {
    await database.close()
  }
}

async function run(): Promise<void> {
  const given = said()
  await ofInstallation(log, ({ databaseUrl }) => make(databaseUrl, given))
}

run().catch((error: Error) => {
  log(`The pack could not be made. ${error.message}`)
  process.exitCode = 1
})
