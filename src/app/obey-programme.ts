import { putOff } from '../access/put-off.ts'
import { recomputeAccess, yearsOf } from '../access/recompute.ts'
import { peopleWithoutEnd } from '../access/store.ts'
import { moveUse } from '../handover/store.ts'
import { deadlineMoves, departmentsMoved } from '../programme/deadline.ts'
import { programmeOfVersion } from '../programme/store.ts'
import { peopleOfDepartments } from '../roster/store.ts'
import type { Act } from '../server/register.ts'

/** People whose doors are worked out while everybody else waits for the publication; of more, in acts of their own. */
const mostAtOnce = 1_000

/**
 * What a newly published programme brings with it: campus access ends on the new day where the deadline moved, and
 * people whose department has another faculty get that faculty's doors; where the years of a card without an end are others, those cards get
 * another last day. Only those are looked at; many of them right
 * after the publication, some people an act. The doors follow with the next window.
 */
export async function obeyProgramme(
  act: Act,
  { version, replaces }: { version: number; replaces: number | null },
): Promise<void> {
  if (replaces === null) return
  const [before, after] = await Promise.all([
    programmeOfVersion(act, replaces),
    programmeOfVersion(act, version),
  ])
  const moved = await moveUse(act, deadlineMoves(before, after))
  const changed = await peopleOfDepartments(act, departmentsMoved(before, after))
  const renewed = yearsOf(before) === yearsOf(after) ? [] : await peopleWithoutEnd(act)
  const concerned = [...new Set([...moved, ...changed, ...renewed])].toSorted((a, b) => a - b)
  if (concerned.length <= mostAtOnce) return recomputeAccess(act, concerned)
  await putOff(act, concerned, { act: 'programme concerns doors', facts: { version } })
}
