import { isOpen } from '../access/open-rows.ts'
import { recomputeAccess } from '../access/recompute.ts'
import type { Database } from '../server/database.ts'
import { type Act, openRegister, type Register } from '../server/register.ts'
import type { CampusFiles } from './campus-files.ts'
import { campusClock } from './clock.ts'
import { bringFreshmenCards, bringOldCards, bringStock, foundCampus, setUp } from './load-campus.ts'

/** The parts of setting the campus to try up, each one act: what an interruption left undone is done at the next start. */
const steps = { found: foundCampus, old: bringOldCards, freshmen: bringFreshmenCards, stock: bringStock }
type Step = keyof typeof steps

const done = 'demo campus: part done'

async function bring(register: Register, step: Step, files: CampusFiles): Promise<void> {
  await register.act(setUp, async (act: Act) => {
    const known = await act.db
      .selectFrom('journal')
      .select('facts')
      .where('act', '=', done)
      .where('actor', '=', 'system:set-up')
      .execute()
    if (known.some(({ facts }) => (facts as { step?: string }).step === step)) return
    await steps[step](act, files)
    await act.note({ act: done, facts: { step } })
  })
}

/** People whose doors one act works out: others of the set-up go on beside it. */
const atATime = 1_000

const ledgerSql = `
  insert into held (controller_id, number, doors, valid_from, valid_to, confirmed_at, verified_at)
  select controller_id, number, doors, valid_from, valid_to, decided_at, decided_at
  from wanted w where person_id = any($1::bigint[]) and not at_once and doors <> '{0,0,0,0}'
    and not ${isOpen('w')}
  on conflict do nothing`

/**
 * Works out what stands at the doors for everybody with an old card: the system before Gatehouse had put it there, and
 * the ledger says so. While some people are worked out, those before them come into the ledger.
 */
async function workOut(register: Register, owner: Database, database: Database): Promise<void> {
  const people = await database.db
    .selectFrom('card_use')
    .select('person_id')
    .distinct()
    .orderBy('person_id')
    .execute()
  const ids = people.map(({ person_id }) => person_id)
  let ledger: Promise<unknown> = Promise.resolve()
  for (let from = 0; from < ids.length; from += atATime) {
    const some = ids.slice(from, from + atATime)
    await register.act(setUp, act => recomputeAccess(act, some, { standing: true }))
    await ledger
    ledger = owner.transaction(trx => trx.statement('demo_ledger', ledgerSql, [some]))
    // Awaited in its turn; a failure meanwhile is told then.
    ledger.catch(() => {})
  }
  await ledger
}

/**
 * Takes a campus over as it is before its first day with Gatehouse: through the acts that an office uses, each part
 * its own. What the system before had put on the controllers is in the ledger, so that the first update sends only what
 * people have changed since. Broken off, it is gone on with.
 */
export async function takeOver(making: {
  owner: Database
  database: Database
  files: CampusFiles
  log: (line: string) => void
}): Promise<{ tidied: Promise<unknown> }> {
  const { owner, database, files, log } = making
  const [people, doors] = [
    files.tables.roster.toString().trimEnd().split('\n').length - 1,
    files.doors.controllers.reduce((sum, controller) => sum + controller.doors.length, 0),
  ]
  log(
    `setting up the campus to try: ${people.toLocaleString('en')} made-up students, their cards, ${doors} doors`,
  )
  // Nobody follows: nobody is told of what was before, and the doors are worked out for all together.
  const register = openRegister(database, campusClock, async () => {})
  await bring(register, 'found', files)
  await bring(register, 'old', files)
  // The tables were empty until now, and the database plans by what it believes of them.
  await owner.pool.query('analyze person, card, card_number, handover, card_use, individual_grant')
  const cards = async () => {
    await bring(register, 'freshmen', files)
    await bring(register, 'stock', files)
  }
  await Promise.all([workOut(register, owner, database), cards()])
  // Others may go on meanwhile; whoever goes on awaits it in the end.
  const tidied = owner.pool.query('analyze')
  tidied.catch(() => {})
  return { tidied }
}
