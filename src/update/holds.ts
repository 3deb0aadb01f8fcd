import { type Decision, no, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import { nextWindow } from '../programme/timetable.ts'
import { type Act, actorName } from '../server/register.ts'
import { isOnHold } from './due-sql.ts'
import { type HoldRefusal, mayHold, mayRunNow } from './hold-rules.ts'
import { givenNow, numbersToGive } from './run-now.ts'

const unknownSql = `
  select c as id from unnest($1::bigint[]) c where not exists (select from controller where id = c) order by c`

const unknownOf = async (act: Act, controllers: readonly number[] | null): Promise<number[]> =>
  controllers === null
    ? []
    : (await act.statement<{ id: number }>('unknown_controllers', unknownSql, [controllers])).map(
        row => row.id,
      )

// One hold of all stands beside those of single controllers: each is lifted by itself.
const holdSql = `
  insert into update_hold (controller_id, held_at, held_by, reason)
  select c, $2, $3, $4 from unnest($1::bigint[]) c
  on conflict (controller_id) where lifted_at is null do nothing
  returning id`

/** Holds ordinary updates of some controllers, or of all (null), from now until somebody lifts that. */
export async function holdUpdates(
  act: Act,
  { controllers, reason }: { controllers: readonly number[] | null; reason: string },
): Promise<Decision<{ held: number }, HoldRefusal>> {
  const unknown = await unknownOf(act, controllers)
  const first = mayHold({ unknown, toHold: 1, reason })
  if (!first.ok) return first
  const values = [controllers ?? [null], act.now, actorName(act.actor), reason.trim()]
  const held = (await act.statement('hold_updates', holdSql, values)).length
  const decision = mayHold({ unknown, toHold: held, reason })
  if (!decision.ok) return decision
  await act.note({
    act: 'updates held',
    facts: { controllers: controllers === null ? 'all' : controllers.join(' '), held },
  })
  return yes({ held })
}

const liftSql = `
  update update_hold set lifted_at = $2, lifted_by = $3
  where id = any($1::bigint[]) and lifted_at is null returning id`

/** Lifts holds: what waited is due at once. */
export async function liftHolds(
  act: Act,
  ids: readonly number[],
): Promise<Decision<{ lifted: number }, HoldRefusal>> {
  const rows = await act.statement<{ id: number }>('lift_holds', liftSql, [
    ids,
    act.now,
    actorName(act.actor),
  ])
  if (rows.length === 0) return no('no-such-hold')
  await act.note({ act: 'holds lifted', facts: { holds: rows.map(row => row.id).join(' ') } })
  return yes({ lifted: rows.length })
}

/** A hold that nobody has lifted. */
export interface Hold {
  id: number
  /** Null: all controllers. */
  controllerId: number | null
  buildingZh: string | null
  buildingEn: string | null
  heldAt: Temporal.Instant
  heldBy: string
  reason: string
}

const holdsSql = `
  select h.id, h.controller_id as "controllerId", c.building_zh as "buildingZh", c.building_en as "buildingEn",
         h.held_at as "heldAt", h.held_by as "heldBy", h.reason
  from update_hold h left join controller c on c.id = h.controller_id
  where h.lifted_at is null order by h.controller_id nulls first`

/** The holds in force, that of all controllers first. */
export const holdsNow = (act: Act): Promise<Hold[]> => act.statement<Hold>('holds_now', holdsSql, [])

const stateSql = `
  select exists (select from run_now where taken_by is null) as asked,
         coalesce((select finished_at is null from update_window
                   where starts_at = (select max(starts_at) from update_window)), false) as "underWay",
         not exists (
           select from controller c where ($1::bigint[] is null or c.id = any($1))
             and not ${isOnHold('c.id')}) as "allHeld"`

interface RunNowState {
  asked: boolean
  underWay: boolean
  allHeld: boolean
}

const runSql = `
  insert into run_now (controllers, asked_at, asked_by, reason) values ($1, $2, $3, $4)`

/** What "run now" would do everywhere as things stand, and what keeps it from being asked for; reads only. */
export async function rehearseRunNow(act: Act, startsAt: Temporal.Instant) {
  const given = await givenNow(act, startsAt, act.now)
  const [state] = await act.statement<RunNowState>('run_now_state', stateSql, [null])
  const numbers = given.reduce((sum, each) => sum + each.numbers, 0)
  const may = mayRunNow({ unknown: [], reason: 'a rehearsal', ...state!, numbers })
  return { given, refusal: may.ok ? null : may.refusal }
}

/**
 * Lets what the next window would give on some controllers, or on all (null), go now. It begins in a moment, as a window
 * of its own; what takes cards away stays for the next window, because their holders were told that they work until then.
 */
export async function askRunNow(
  act: Act,
  { controllers, reason }: { controllers: readonly number[] | null; reason: string },
): Promise<Decision<{ numbers: number }, HoldRefusal>> {
  const unknown = await unknownOf(act, controllers)
  const { timetable, campus } = await programmeInForce(act)
  const { startsAt } = nextWindow(timetable, campus.zone, act.now)
  const [state] = await act.statement<RunNowState>('run_now_state', stateSql, [controllers])
  const numbers = await numbersToGive(act, startsAt, { now: act.now, controllers })
  const decision = mayRunNow({ unknown, reason, ...state!, numbers })
  if (!decision.ok) return decision
  await act.statement('ask_run_now', runSql, [controllers, act.now, actorName(act.actor), reason.trim()])
  await act.note({
    act: 'update let go now',
    facts: { controllers: controllers === null ? 'all' : controllers.join(' '), numbers },
  })
  return yes({ numbers })
}
