import type { Logged } from '../../src/controller/emulator/log.ts'
import type { BoardCard } from '../../src/controller/emulator/settings.ts'
import type { Actor, Register } from '../../src/server/register.ts'
import { askSurvey } from '../../src/update/ask-survey.ts'
import { surveysNow } from '../../src/update/survey-report.ts'
import type { SmallCampus } from './small-campus.ts'

/** An access keeper of these tests. */
export const keeper: Actor = { kind: 'access', id: 'access' }

/** Cards of another system that stand on a controller: the staff's, with a time profile and a code. */
export const staffCards: readonly BoardCard[] = [1, 2, 3].map(n => ({
  number: 90_000_000 + n,
  from: '2020-01-01',
  to: '2029-12-31',
  doors: [1, 1, 29, 0],
  pin: 1234,
}))

/** Asks for the lists of these controllers to be read. */
export const ask = (register: Register, ...controllers: number[]): Promise<void> =>
  register.act(keeper, async act => {
    const asked = await askSurvey(act, controllers)
    if (!asked.ok) throw new Error(`not asked: ${asked.refusal}`)
  })

/** What the last complete reading of a controller found, in one line: "ours 40, different 0, …". */
export async function foundOn({ register }: SmallCampus, controller: number): Promise<string> {
  const reports = await register.look(keeper, surveysNow)
  const found = reports.find(row => row.controllerId === controller)?.found
  if (!found) return 'not read'
  const { ours, different, missing, leftOver, others } = found
  return `ours ${ours}, different ${different}, missing ${missing}, left over ${leftOver}, others ${others}`
}

/** How the newest reading of a controller ended: "silent at 33". */
export async function readingOf(campus: SmallCampus, controller: number): Promise<string> {
  const [row] = await campus.sql<{ said: string }>(
    `select coalesce(outcome, 'reading') || coalesce(' at ' || wrong_place, '') as said
     from controller_survey where controller_id = $1 order by id desc limit 1`,
    controller,
  )
  return row?.said ?? 'never asked'
}

/** How many places of a controller's list have been read by the reading under way. */
export async function placesRead(campus: SmallCampus, controller: number): Promise<number> {
  const [row] = await campus.sql<{ places: number }>(
    'select places_read as places from controller_survey where controller_id = $1 order by id desc limit 1',
    controller,
  )
  return row?.places ?? 0
}

/** The functions of the protocol that were asked of a controller, oldest first. */
export const askedOf = (log: readonly Logged[], controller: number) =>
  log.filter(entry => entry.serial === controller).map(entry => entry.code)
