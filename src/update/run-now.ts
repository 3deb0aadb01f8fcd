import { nextWindow, type Window } from '../programme/timetable.ts'
import type { Transaction } from '../server/database.ts'
import { beginWindow, cutOff, type Opening, oneAtATime, oweLanes } from './beginning.ts'
import { isOnHold } from './due-sql.ts'
import { longTransaction, shortTransaction } from './short-transaction.ts'
import type { WindowPlan } from './windows.ts'

const askedSql = 'select id, controllers from run_now where taken_by is null'

const newestSql = `
  select starts_at as "startsAt", finished_at is not null as finished from update_window
  where starts_at = (select max(starts_at) from update_window)`

// What gives: a card that is put, or one that keeps every door and day it has. Only what was decided before the cut-off,
// and only while the row still is what was judged: an act that changed it since has it wait for its window.
const givesSql = `
  select w.controller_id, w.number, w.carried_by
  from wanted_open o join wanted w using (controller_id, number, carried_by)
  left join held h on h.controller_id = w.controller_id and h.number = w.number
  where not w.at_once and w.doors <> '{0,0,0,0}'
    and w.carried_by = $1 and w.decided_at < $2 and ($3::bigint[] is null or w.controller_id = any($3))
    and not ${isOnHold('w.controller_id')}
    and (h.doors is null or h.doors = '{0,0,0,0}'
         or (h.valid_from >= w.valid_from and h.valid_to <= w.valid_to
             and not exists (select from unnest(h.doors, w.doors) as d(has, gets) where d.has > d.gets)))
    and not exists (select from wanted p where p.controller_id = w.controller_id and p.number = w.number
                    and p.guarded_by is not null)`

const moveSql = `
  with gives as (${givesSql})
  update wanted w set carried_by = $2 from gives g
  where w.controller_id = g.controller_id and w.number = g.number and w.carried_by = g.carried_by
    and w.decided_at < $2 and w.doors <> '{0,0,0,0}'`

const takenSql = 'update run_now set taken_by = $2 where id = $1 and taken_by is null'

/** How many card numbers the next window would give on some controllers, or on all (null), if it ran now. */
export async function numbersToGive(
  trx: Transaction,
  carriedBy: Temporal.Instant,
  { now, controllers }: { now: Temporal.Instant; controllers: readonly number[] | null },
): Promise<number> {
  const sql = `select count(*)::int as numbers from (${givesSql}) g`
  const [row] = await trx.statement<{ numbers: number }>('run_now_numbers', sql, [
    carriedBy,
    now,
    controllers,
  ])
  return row!.numbers
}

/** What a controller would get if the next window's giving part ran now. */
export interface Given {
  controllerId: number
  people: number
  /** Card numbers. */
  numbers: number
}

const givenSql = `
  select g.controller_id as "controllerId", count(*)::int as numbers, count(distinct w.person_id)::int as people
  from (${givesSql}) g
  join wanted w on w.controller_id = g.controller_id and w.number = g.number and w.carried_by = g.carried_by
  group by g.controller_id`

/** What "run now" would give everywhere, controller by controller; those that get nothing are left out. */
export const givenNow = (
  trx: Transaction,
  carriedBy: Temporal.Instant,
  now: Temporal.Instant,
): Promise<Given[]> => trx.statement<Given>('run_now_given', givenSql, [carriedBy, now, null])

/**
 * Opens the extra window that somebody asked for: with a cut-off like every other, and with only what gives something.
 * What takes a card away stays for the window that its holder was told of. Where a regular window began meanwhile, it has
 * taken everything on, and there is no extra one. Null where nobody asked.
 */
export async function openRunNow(opening: Opening, plan: WindowPlan): Promise<Window | null> {
  const asked = await shortTransaction(opening, trx => trx.statement('run_now_asked', askedSql, []))
  if (asked.length === 0) return null
  const startsAt = await cutOff(opening)
  return longTransaction(opening, async trx => {
    await oneAtATime(trx)
    const [run] = await trx.statement<{ id: number; controllers: number[] | null }>(
      'run_now_asked',
      askedSql,
      [],
    )
    const [newest] = await trx.statement<{ startsAt: Temporal.Instant; finished: boolean }>(
      'run_now_newest',
      newestSql,
      [],
    )
    if (run === undefined || newest === undefined) return null
    if (!newest.finished || Temporal.Instant.compare(newest.startsAt, startsAt) >= 0) {
      await trx.statement('run_now_taken', takenSql, [run.id, newest.startsAt])
      return null
    }
    const next = nextWindow(plan.timetable, plan.zone, startsAt)
    const local = startsAt.toZonedDateTimeISO(plan.zone)
    const window: Window = {
      on: local.toPlainDate(),
      at: local.toPlainTime(),
      startsAt,
      usuallyEndsAt: startsAt.add(next.startsAt.until(next.usuallyEndsAt)),
      endsBy: startsAt.add(next.startsAt.until(next.endsBy)),
    }
    await trx.statement('run_now_move', moveSql, [next.startsAt, startsAt, run.controllers])
    const now = await opening.clock.now(trx)
    await beginWindow(trx, plan.campus, { ...window, extra: true }, { before: newest.startsAt, now })
    await oweLanes(trx, startsAt)
    await trx.statement('run_now_taken', takenSql, [run.id, startsAt])
    return window
  })
}
