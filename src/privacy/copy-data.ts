import { type Decision, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import { lockHolder } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import { copyOf, type OwnCopy } from './own-file.ts'
import { mayCopy } from './rules.ts'

/** What the journal says of a copy: the person made it themselves, or the office for them. */
type CopyAct = 'own data read' | 'data read for its person'

/** When copies were made for a person within a day, by themselves or by the office, the newest first. */
async function madeAt(act: Act, personId: number, by: CopyAct): Promise<Temporal.Instant[]> {
  const sql = `
    select at from journal where person_id = $1 and act = $2 and at > $3::timestamptz - interval '24 hours'
    order by id desc limit 50`
  const rows = await act.statement<{ at: Temporal.Instant }>('copies_made', sql, [personId, by, act.now])
  return rows.map(({ at }) => at)
}

/**
 * Makes a copy of everything that is kept of a person, for the person: by themselves, or at a desk of the office for who has
 * no phone. Journalled; so many a day, whichever process is asked. Refuses: made often within a day.
 */
export async function copyData(
  act: Act,
  personId: number,
): Promise<Decision<{ copy: OwnCopy }, 'copied-often'>> {
  const what: CopyAct = act.actor.kind === 'student' ? 'own data read' : 'data read for its person'
  await lockHolder(act, personId)
  const { zone } = (await programmeInForce(act)).campus
  const may = mayCopy(await madeAt(act, personId, what), zone)
  if (!may.ok) return may
  await act.note({ act: what, personId })
  return yes({ copy: await copyOf(act, personId) })
}
