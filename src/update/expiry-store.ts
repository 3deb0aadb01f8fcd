import type { Act } from '../server/register.ts'
import type {
  EndingOn,
  EndingThere,
  ExpiryFacts,
  WarnedRole,
  WarningDue,
  WarningStage,
} from './expiry-rules.ts'

interface CountRow {
  controllerId: number | null
  on: Temporal.PlainDate | null
  cards: number
  people: number
  left: number
}

// What counts is the newest decision of each number, planned ones included. Read in the order of the primary key, backwards,
// so that nothing is sorted; of a card that ends on different days at different doors the last one counts.
const countsSql = `
  with live as materialized (
    select controller_id, card_id, person_id, valid_to
    from (select distinct on (controller_id, number) controller_id, number, card_id, person_id, doors, valid_to
          from wanted order by controller_id desc, number desc, carried_by desc) newest
    where doors <> '{0,0,0,0}' and valid_to >= $1),
  cards as materialized (select card_id, person_id, max(valid_to) as last from live group by 1, 2),
  people as (select person_id, max(last) as last from cards group by 1)
  select null::bigint as "controllerId", null::date as "on", count(*)::int as cards, 0 as people, 0 as left from cards
  union all
  select null, c.last, count(*)::int, count(distinct c.person_id)::int,
         (count(distinct c.person_id) filter (where p.last = c.last))::int
  from cards c join people p using (person_id) where c.last <= $2 group by c.last
  union all
  select controller_id, null, count(*)::int, 0, 0 from live group by 1
  union all
  select controller_id, valid_to, count(*)::int, 0, 0 from live where valid_to <= $2 group by 1, 2`

/** What ends on which day, from today up to a day, of everything that opens doors. */
export async function expiryFacts(
  act: Act,
  today: Temporal.PlainDate,
  upTo: Temporal.PlainDate,
): Promise<ExpiryFacts> {
  const livePerController = new Map<number, number>()
  const days: EndingOn[] = []
  const there: EndingThere[] = []
  let liveCards = 0
  for (const row of await act.statement<CountRow>('expiry_counts', countsSql, [today, upTo])) {
    const { controllerId, on, cards, people, left } = row
    if (controllerId === null && on === null) liveCards = cards
    else if (controllerId === null) days.push({ on: on!, cards, people, left })
    else if (on === null) livePerController.set(controllerId, cards)
    else there.push({ controllerId, on, cards })
  }
  return { today, liveCards, livePerController, days, there }
}

/** A warning as it was raised for one role. Counts are those of then. */
export interface Warning {
  on: Temporal.PlainDate
  stage: WarningStage
  role: WarnedRole
  raisedAt: Temporal.Instant
  cards: number
  liveCards: number
  people: number
  controllers: number
  acknowledgedAt: Temporal.Instant | null
  acknowledgedBy: string | null
}

const warningsSql = `
  select last_day as "on", stage, role, raised_at as "raisedAt", cards, live_cards as "liveCards", people,
         controllers, acknowledged_at as "acknowledgedAt", acknowledged_by as "acknowledgedBy"
  from expiry_warning where last_day >= $1 order by last_day, stage, role`

/** The warnings of days that are not over. */
export const warningsFrom = (act: Act, today: Temporal.PlainDate): Promise<Warning[]> =>
  act.statement<Warning>('expiry_warnings', warningsSql, [today])

const raiseSql = `
  insert into expiry_warning (last_day, stage, role, raised_at, cards, live_cards, people, controllers)
  select $1, $2, role, $3, $4, $5, $6, $7 from unnest($8::text[]) role
  on conflict do nothing returning role`

/** Keeps a warning for each of these roles; false where another process raised it meanwhile. */
export async function keepWarning(
  act: Act,
  { day, stage }: WarningDue,
  liveCards: number,
  roles: readonly WarnedRole[],
): Promise<boolean> {
  const rows = await act.statement('raise_expiry', raiseSql, [
    day.on,
    stage,
    act.now,
    day.cards,
    liveCards,
    day.people,
    day.controllers.length,
    roles,
  ])
  return rows.length > 0
}

/** A role's warning, locked until the act ends; null where there is none. */
export async function lockedWarning(
  act: Act,
  warning: { on: string; stage: number; role: string },
): Promise<{ acknowledgedAt: Temporal.Instant | null } | null> {
  const sql = `select acknowledged_at as "acknowledgedAt" from expiry_warning
    where last_day = $1::date and stage = $2 and role = $3 for update`
  const values = [warning.on, warning.stage, warning.role]
  const [row] = await act.statement<{ acknowledgedAt: Temporal.Instant | null }>('lock_expiry', sql, values)
  return row ?? null
}

/** Keeps who of a role has read its warning. */
export async function keepAcknowledgement(
  act: Act,
  warning: { on: string; stage: number; role: string },
): Promise<void> {
  const sql = `update expiry_warning set acknowledged_at = $4, acknowledged_by = $5
    where last_day = $1::date and stage = $2 and role = $3`
  await act.statement('acknowledge_expiry', sql, [
    warning.on,
    warning.stage,
    warning.role,
    act.now,
    act.actor.id,
  ])
}
