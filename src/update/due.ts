import { isOpen } from '../access/open-rows.ts'
import type { Doors } from '../access/rules.ts'
import type { Transaction } from '../server/database.ts'
import { hasBegun, isDue } from './due-sql.ts'
import type { DueNumber, OpenPerson } from './plan.ts'

// Due is a row at once, or one whose window has been opened (frozen); the newest due row of a number counts. Rows
// at once are never later than now: said so that the open rows of later windows are not even looked at. The clock
// is asked in a subquery, once, because an index cannot be searched by what may change from row to row. Of a controller
// that somebody holds only what is at once is due. Where the database was brought back from an older copy nothing is.
const byNow = (row: string) => `${row}.carried_by <= (select campus_now())
  and ${row}.controller_id not in (select controller_id from restored_controller where released_at is null)
  and (${row}.at_once or ${row}.controller_id not in (
    select c.id from controller c join update_hold h
      on h.lifted_at is null and (h.controller_id is null or h.controller_id = c.id)))`

const kinds = `
  o.person_id as "personId", bool_or(o.urgent) as urgent, bool_or(not o.removes) as puts, bool_or(o.removes) as removals`

type OpenRow = OpenPerson & { controllerId: number }

const byController = (rows: readonly OpenRow[]): Map<number, OpenPerson[]> =>
  Map.groupBy(rows, row => row.controllerId)

const openPeopleSql = `
  select a.c as "controllerId", p.* from unnest($1::bigint[]) as a(c) cross join lateral (
    select ${kinds} from wanted_open o
    where o.controller_id = a.c and ${byNow('o')} and ${hasBegun('o')} group by o.person_id) p`

/** The people who have something open, of each of these controllers. */
export const openPeople = async (trx: Transaction, controllerIds: readonly number[]) =>
  byController(await trx.statement<OpenRow>('open_people', openPeopleSql, [controllerIds]))

const newcomersSql = `
  select a.c as "controllerId", p.* from unnest($1::bigint[]) as a(c) cross join lateral (
    select ${kinds} from wanted_open o
    where o.controller_id = a.c and o.at_once and ${byNow('o')}
      and o.carried_by > coalesce((select max(starts_at) from update_window), '-infinity')
    group by o.person_id) p`

/**
 * The people with something open that was decided, at once, since the newest window began. Everything older was
 * visible when that window was opened, so a lane that listed its people then and asks this misses nobody.
 */
export const newcomers = async (trx: Transaction, controllerIds: readonly number[]) =>
  byController(await trx.statement<OpenRow>('newcomers', newcomersSql, [controllerIds]))

// A card that stands exactly as an earlier row wanted it was put by a process that died before it wrote that down; unless
// something was confirmed of that number since: what stands there after that is somebody else's.
const isAsDecided = `exists (
  select from wanted e
  where e.controller_id = w.controller_id and e.number = w.number and e.carried_by < w.carried_by
    and e.doors <> '{0,0,0,0}' and not s.with_pin
    and (e.doors, e.valid_from, e.valid_to) = (s.doors, s.valid_from, s.valid_to) and ${isDue('e')}
    and not exists (select from sent t where t.controller_id = e.controller_id and t.number = e.number
                    and t.at >= e.carried_by and t.doors is not null and t.deed <> 'read'))`

const dueNumbersSql = `
  with lists as materialized (
    select c.id,
           (select max(s.id) from controller_survey s
            where s.controller_id = c.id and s.outcome = 'complete') as survey,
           exists (select from adopted_number a where a.controller_id = c.id) as adopts
    from controller c where c.id in (select c from unnest($1::bigint[]) as u(c)))
  select distinct on (w.controller_id, w.number)
         w.controller_id as "controllerId", w.number, w.person_id as "personId", w.card_id as "cardId", w.doors,
         w.valid_from as "from", w.valid_to as "to", w.carried_by as "carriedBy", w.at_once as "atOnce", w.urgent,
         not ${isOpen('w')} as settled,
         l.survey is not null or l.adopts as "listRead",
         l.survey is not null
         and exists (select from survey_card s where s.survey_id = l.survey and s.number = w.number and not s.ours
                     and not ${isAsDecided})
         and not exists (select from adopted_number a
                         where a.controller_id = w.controller_id and a.number = w.number) as foreign
  from unnest($1::bigint[], $2::bigint[]) as a(c, p)
  join lists l on l.id = a.c
  join wanted w on w.controller_id = a.c and w.person_id = a.p
  where ${byNow('w')} and ${isDue('w')}
  order by w.controller_id, w.number, w.carried_by desc`

interface DueRow extends Omit<DueNumber, 'wanted'> {
  controllerId: number
  doors: Doors
  from: Temporal.PlainDate
  to: Temporal.PlainDate
}

/** Whom to read, on which controller. */
export interface AskedPeople {
  controllerId: number
  personIds: readonly number[]
}

/** Everything due for these people on their controllers, settled or not: by controller, then by person. */
export async function dueNumbers(trx: Transaction, asked: readonly AskedPeople[]) {
  const pairs = asked.flatMap(({ controllerId, personIds }) =>
    personIds.map(id => [controllerId, id] as const),
  )
  const rows = await trx.statement<DueRow>('due_numbers', dueNumbersSql, [
    pairs.map(([controllerId]) => controllerId),
    pairs.map(([, personId]) => personId),
  ])
  const numbers = new Map<number, Map<number, DueNumber[]>>()
  for (const { controllerId, doors, from, to, ...row } of rows) {
    const people = numbers.getOrInsertComputed(controllerId, () => new Map<number, DueNumber[]>())
    people.getOrInsertComputed(row.personId, () => []).push({ ...row, wanted: { doors, from, to } })
  }
  return numbers
}
