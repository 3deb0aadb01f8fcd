import type { Facts } from '../lib/decision.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import { nextWindow } from '../programme/timetable.ts'
import type { Act } from '../server/register.ts'
import { allMembers, type RecordedGroup } from './group-store.ts'
import { recomputed } from './recompute.ts'
import { keepWanted } from './store.ts'

/** What concerned people, as the journal tells it of those whose doors change by it. */
export interface Cause {
  act: string
  facts: Facts
}

const putOffSql = `
  insert into put_off (person_id, since, cause, facts) select unnest($1::bigint[]), $2, $3, $4
  on conflict (person_id) do nothing`

/**
 * Puts off working out these people's doors: acts of their own do it right after this one, some people each, so that
 * nobody waits for all of them. Whoever is in an act of their own meanwhile is worked out there as things are then.
 */
export async function putOff(act: Act, personIds: readonly number[], cause: Cause): Promise<void> {
  const values = [personIds, act.now, cause.act, JSON.stringify(cause.facts)]
  await act.statement('put_off', putOffSql, values)
}

/** The same for everybody to whom a group opens its doors; who is, must not change until the act ends. */
export const putOffMembers = async (
  act: Act,
  programme: Programme,
  group: Pick<RecordedGroup, 'members' | 'key'>,
  cause: Cause,
): Promise<void> => putOff(act, await allMembers(act, programme, group), cause)

/** Whether anybody's doors are still to be worked out. */
export async function isAnyPutOff(act: Act): Promise<boolean> {
  const sql = 'select exists (select from put_off) as "any"'
  const [row] = await act.statement<{ any: boolean }>('any_put_off', sql, [])
  return row!.any
}

/** People whose doors one act works out: others wait for it less than a second. */
const atATime = 200

const dueSql = `
  select person_id as "personId", since, cause, facts, pg_try_advisory_xact_lock(7270020) as ours
  from put_off where since = (select min(since) from put_off) order by person_id limit $1`

const doneSql = 'delete from put_off where person_id = any($1::bigint[])'

const openedSql = 'select max(starts_at) as "startsAt" from update_window'

/** The window after a moment, while it has not begun; else the next one. */
async function windowAfter(act: Act, since: Temporal.Instant): Promise<Temporal.Instant> {
  const { timetable, campus } = await programmeInForce(act)
  const wished = nextWindow(timetable, campus.zone, since).startsAt
  const [newest] = await act.statement<{ startsAt: Temporal.Instant | null }>('newest_begun', openedSql, [])
  const begun = newest?.startsAt
  const isOpen = !begun || Temporal.Instant.compare(begun, wished) < 0
  return isOpen ? wished : nextWindow(timetable, campus.zone, act.now).startsAt
}

/**
 * Works out the doors of the next people of whom that was put off; says whether any may be left. What is carried by the
 * window after the moment that concerned them still is, as long as that has not begun: it waits for them. Of several
 * processes one does it at a time.
 */
export async function workOffSome(act: Act): Promise<boolean> {
  type Due = { personId: number; since: Temporal.Instant; cause: string; facts: Facts; ours: boolean }
  const due = await act.statement<Due>('put_off_due', dueSql, [atATime])
  const first = due[0]
  if (first === undefined || !first.ours) return false
  const personIds = due.map(row => row.personId)
  const window = await windowAfter(act, first.since)
  const { rows } = await recomputed(act, personIds, { holding: 'locked', window })
  await keepWanted(act, rows)
  await act.statement('put_off_done', doneSql, [personIds])
  const changed = new Set(rows.map(row => row.personId))
  await act.note(
    ...due
      .filter(row => changed.has(row.personId))
      .map(({ personId, cause, facts }) => ({ act: cause, personId, facts })),
  )
  return true
}
