import { join } from 'node:path'
import { parseDocument } from 'yaml'
import type { Keys } from '../lib/keys.ts'
import { type Database, openDatabase } from '../server/database.ts'
import { openRegister } from '../server/register.ts'
import { type CampusFiles, readCampus } from './campus-files.ts'
import { campusClock, moveCampusTo } from './clock.ts'
import type { Config } from './config.ts'
import { type DemoDoors, openDemoDoors } from './demo-doors.ts'
import { drawPhotos } from './demo-photos.ts'
import { tellStories } from './demo-stories.ts'
import { follow } from './followers.ts'
import { largeCampus } from './large-campus.ts'
import { recordStaff } from './staff-accounts.ts'
import { takeOver } from './take-over.ts'

/** The zone of the campus to try, as its programme says. */
const zone = 'Asia/Taipei'

/** A moment as the clocks of the campus to try show it: `2023-10-18T10:40`. */
export const demoTime = (local: string): Temporal.Instant =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant()

/** When the campus is set up, on a Monday; and when a visitor first sees it, that Wednesday. */
const setUpAt = demoTime('2023-10-16T08:30')
const beginsAt = demoTime('2023-10-18T10:40')

const began = 'demo campus begun'

/** Whether a database holds the campus to try, nothing yet, or a campus of somebody's own. */
async function contentOf(owner: Database): Promise<'nothing' | 'demo' | 'own'> {
  const first = await owner.db.selectFrom('journal').select('act').orderBy('id').limit(1).executeTakeFirst()
  if (first === undefined) return 'nothing'
  return first.act === began ? 'demo' : 'own'
}

/** Keeps the demo away from a campus of somebody's own, where it would let anybody be anybody; and the other way round. */
export async function refuseMixing(owner: Database, demo: boolean): Promise<void> {
  const content = await contentOf(owner)
  if (demo && content === 'own')
    throw new Error(
      'This database holds a campus of your own, and the demo would let anybody in: set GATEHOUSE_DEMO=0, or give ' +
        'the demo another database.',
    )
  if (!demo && content === 'demo')
    throw new Error(
      'This database holds the demo campus: leave GATEHOUSE_DEMO unset, or point DATABASE_URL to another database.',
    )
}

/** Held while the campus to try is set up, so that of processes that start together one does it. */
const settingUp = 7270005

/** What the campus to try is made with. */
interface Making {
  owner: Database
  projectFolder: string
  proofKeys: Keys
  campus: Config['campus']
  /** Made already, while the database was made; null where that was not worth while. */
  files: Promise<CampusFiles> | null
  log: (line: string) => void
  /** Throws where somebody wants this process to end. */
  goOn: () => void
}

/**
 * Brings the campus to try to its beginning: loaded on Monday, 16 October 2023, with two days of work behind it,
 * shown from Wednesday 10:40 on; and starts its door controllers. Where the first was interrupted it goes on; where it
 * is done only the controllers are started.
 */
export async function beginDemo(making: Making & { databaseUrl: string }): Promise<DemoDoors> {
  const { owner } = making
  const lock = await owner.pool.connect()
  // What a crash takes back is gone on with at the next start; the last commit of the set-up, the owner's, waits for all.
  const database = openDatabase(making.databaseUrl, 'app', { connections: 2, lax: true })
  try {
    await lock.query('select pg_advisory_lock($1)', [settingUp])
    const now = await owner.transaction(trx => campusClock.now(trx))
    if ((await contentOf(owner)) === 'demo' && Temporal.Instant.compare(now, beginsAt) >= 0)
      return await openDemoDoors(making)
    return await setUp({ ...making, database })
  } finally {
    await database.close()
    lock.release(true)
  }
}

const folderOf = (projectFolder: string): string => join(projectFolder, 'examples/campus')

/** The notice says nothing of class representatives; the campus to try lets them fetch, so that a desk can see how that is. */
function withClassBatches(programme: string): string {
  const document = parseDocument(programme)
  document.setIn(['pickup', 'batches'], document.createNode({ mostCards: 30, backWithinDays: 3 }))
  document.addIn(['invented'], '/pickup/batches')
  return document.toString({ lineWidth: 0 })
}

/** The files of the campus to try, of that size. */
export async function campusFiles(projectFolder: string, size: Config['campus']): Promise<CampusFiles> {
  const read = await readCampus(folderOf(projectFolder), join(projectFolder, 'programmes/ntnu-2023.yaml'))
  const small = { ...read, programme: withClassBatches(read.programme) }
  return size === 'small' ? small : largeCampus(small)
}

async function setUp(making: Making & { database: Database }): Promise<DemoDoors> {
  const { owner, database, projectFolder, proofKeys, campus, log, goOn } = making
  if ((await contentOf(owner)) === 'nothing')
    await owner.transaction(async trx => {
      await moveCampusTo(trx, setUpAt)
      await trx.statement(
        'begin_demo',
        `insert into journal (at, actor, act, facts) values ($2, 'system:set-up', $1, $3)`,
        [began, setUpAt, JSON.stringify({ campus })],
      )
    })
  const folder = folderOf(projectFolder)
  const size = await campusBegun(owner)
  const files = await ((size === campus && making.files) || campusFiles(projectFolder, size))
  const { tidied } = await takeOver({ owner, database, files, log, goOn })
  // What stands on the controllers is known, and stays as it is until the first update.
  const opening = openDemoDoors(making)
  opening.catch(() => {})
  try {
    const register = openRegister(database, campusClock, follow)
    await recordStaff(register)
    await drawPhotos(register)
    await tellStories({ owner, register, proofKeys, folder, time: demoTime })
    await tidied
    await owner.transaction(trx => moveCampusTo(trx, beginsAt))
    const doors = await opening
    await doors.setClocks()
    return doors
  } catch (error) {
    await opening.then(
      doors => doors.stop(),
      () => {},
    )
    throw error
  }
}

/** Which campus a database was begun with: what was broken off is gone on with as it was begun. */
async function campusBegun(owner: Database): Promise<Config['campus']> {
  const first = await owner.db.selectFrom('journal').select('facts').orderBy('id').limit(1).executeTakeFirst()
  return (first?.facts as { campus?: string } | null)?.campus === 'small' ? 'small' : 'large'
}
