import { isOpen } from '../access/open-rows.ts'
import { recomputeAccess } from '../access/recompute.ts'
import type { Database } from '../server/database.ts'
import { type Act, openRegister, type Register } from '../server/register.ts'
import { type CampusFiles, oldCardsInParts, rowsOf } from './campus-files.ts'
import { campusClock } from './clock.ts'
import { bringFreshmenCards, bringOldCards, bringStock, foundCampus, setUp } from './load-campus.ts'

/** One part of setting the campus to try up. */
type Step = (act: Act, files: CampusFiles) => Promise<void>

const done = 'demo campus: part done'

/** Does a part in one act: what an interruption left undone is done at the next start. */
async function bring(register: Register, name: string, step: Step, files: CampusFiles): Promise<void> {
  await register.act(setUp, async act => {
    const known = await act.db
      .selectFrom('journal')
      .select('facts')
      .where('act', '=', done)
      .where('actor', '=', 'system:set-up')
      .execute()
    if (known.some(({ facts }) => (facts as { step?: string }).step === name)) return
    await step(act, files)
    await act.note({ act: done, facts: { step: name } })
  })
}

/** Old cards in one file: while a file is brought, the people of the file before it are worked out. */
const usualCardsAFile = 3_500

/** People whose doors one act works out: others of the set-up go on beside it. */
const atATime = 1_000

const peopleSql = 'select id from person where student_number = any($1::text[]) order by id'

const ledgerSql = `
  insert into held (controller_id, number, doors, valid_from, valid_to, confirmed_at, verified_at)
  select controller_id, number, doors, valid_from, valid_to, decided_at, decided_at
  from wanted w where person_id = any($1::bigint[]) and not at_once and doors <> '{0,0,0,0}'
    and not ${isOpen('w')}
  on conflict do nothing`

/**
 * Works out what stands at the doors for everybody with an old card in these files: the system before Gatehouse had put
 * it there, and the ledger says so. While some people are worked out, those before them come into the ledger.
 */
async function workOut(
  { register, owner, goOn }: { register: Register; owner: Database; goOn: () => void },
  files: CampusFiles,
): Promise<void> {
  const numbers = rowsOf(files.tables['old-cards']).map(row => row.student_number!)
  const people = await owner.transaction(trx =>
    trx.statement<{ id: number }>('demo_people', peopleSql, [numbers]),
  )
  const ids = people.map(({ id }) => id)
  let ledger: Promise<unknown> = Promise.resolve()
  for (let from = 0; from < ids.length; from += atATime) {
    goOn()
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
  /** Old cards in one file; tests have fewer. */
  cardsAFile?: number
  log: (line: string) => void
  /** Throws where somebody wants this process to end: asked between two parts. */
  goOn: () => void
}): Promise<{ tidied: Promise<unknown> }> {
  const { owner, database, files, cardsAFile = usualCardsAFile, log, goOn } = making
  const [people, doors] = [
    files.tables.roster.toString().trimEnd().split('\n').length - 1,
    files.doors.controllers.reduce((sum, controller) => sum + controller.doors.length, 0),
  ]
  log(
    `setting up the campus to try: ${people.toLocaleString('en')} made-up students, their cards, ${doors} doors`,
  )
  // Nobody follows: nobody is told of what was before, and the doors are worked out for all together.
  const register = openRegister(database, campusClock, async () => {})
  const part = async (name: string, step: Step, of: CampusFiles) => {
    goOn()
    await bring(register, name, step, of)
  }
  await part('found', foundCampus, files)
  let working: Promise<unknown> = Promise.resolve()
  try {
    for (const [at, some] of oldCardsInParts(files, cardsAFile).entries()) {
      await part(`old ${at + 1}`, bringOldCards, some)
      // The tables were empty until now, and the database plans by what it believes of them.
      if (at === 0)
        await owner.pool.query('analyze person, card, card_number, handover, card_use, individual_grant')
      working = working.then(() => workOut({ register, owner, goOn }, some))
      // Awaited in the end; a failure meanwhile is told then.
      working.catch(() => {})
    }
    await part('freshmen', bringFreshmenCards, files)
    await part('stock', bringStock, files)
  } finally {
    // Nobody else sets the campus up before this one has stopped.
    await working.catch(() => {})
  }
  await working
  // Others may go on meanwhile; whoever goes on awaits it in the end.
  const tidied = owner.transaction(trx => {
    // From a look at fewer rows than usual: everything is new, and nothing has been told yet that could be slow.
    const few = trx.statement('demo_few', 'set local default_statistics_target = 20', [])
    return Promise.all([few, trx.statement('demo_tidy', 'analyze', [])])
  })
  tidied.catch(() => {})
  return { tidied }
}
