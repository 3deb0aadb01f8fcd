import type { Transaction } from '../server/database.ts'
import type { DoorEvent, LostEvents } from './driver.ts'
import { hasStranger } from './due-sql.ts'
import type { ControllerRow } from './ledger.ts'

/** Up to where a controller's events are stored. */
export interface EventCursor {
  epoch: number
  lastIndex: number
  /** What the event of that index says; null before the first, and where it was lost. */
  lastEvent: string | null
}

/** A controller whose events this process reads now. */
export interface EventTurn extends ControllerRow, EventCursor {}

// Who was asked the longest ago comes first; a lane that is at work, or silent, is left alone, and a strange board is not
// heard. What another process
// has set out to read meanwhile is not read by this one.
const turnSql = `
  with due as (
    select c.id from controller c
    left join controller_events e on e.controller_id = c.id left join lane l on l.controller_id = c.id
    where c.driver <> 'file' and l.owner is null and l.silent_since is null
      and not ${hasStranger('c.id')}
      and (e.asked_at is null or e.asked_at <= $1::timestamptz - make_interval(secs => $3))
    order by e.asked_at nulls first, c.id limit $2),
  asked as (
    insert into controller_events as e (controller_id, asked_at) select id, $1 from due order by id
    on conflict (controller_id) do update set asked_at = excluded.asked_at
    where e.asked_at <= $1::timestamptz - make_interval(secs => $3)
    returning controller_id, epoch, last_index, last_event)
  select c.id, coalesce(c.board, c.id) as serial, c.host, c.port, c.capacity, c.driver, c.settings, a.epoch, a.last_index as "lastIndex", a.last_event as "lastEvent"
  from asked a join controller c on c.id = a.controller_id order by c.id`

/** Takes the next controllers' turns: at most so many, none within so many seconds of its last. */
export const takeTurns = (
  trx: Transaction,
  now: Temporal.Instant,
  { most, restSeconds }: { most: number; restSeconds: number },
): Promise<EventTurn[]> => trx.statement<EventTurn>('event_turns', turnSql, [now, most, restSeconds])

const monthsSql = 'select make_tap_months($1)'
const moveOnSql = `
  update controller_events set epoch = $4, last_index = $5, last_event = $6
  where controller_id = $1 and epoch = $2 and last_index = $3 returning controller_id`
const storeSql = `
  insert into tap (controller_id, epoch, event_index, stored_at, lost, happened_at, type, reason, granted, door, direction, number)
  select $1, $2, e.index, $3, e.lost, e.at, e.type, e.reason, e.granted, e.door, e.direction, e.card
  from jsonb_to_recordset($4::jsonb) as e (index bigint, lost bigint, at timestamp, type smallint, reason smallint,
    granted boolean, door smallint, direction smallint, card bigint)`

const rowOf = (event: DoorEvent | LostEvents) =>
  'lost' in event
    ? event
    : { ...event, at: event.at?.toString() ?? null, card: event.card === 0n ? null : Number(event.card) }

/**
 * Stores what follows a cursor, and moves the cursor on. False where another process did so meanwhile: then nothing
 * is stored.
 */
export async function storeEvents(
  trx: Transaction,
  now: Temporal.Instant,
  turn: EventTurn,
  to: EventCursor,
  events: readonly (DoorEvent | LostEvents)[],
): Promise<boolean> {
  const { epoch, lastIndex, lastEvent } = to
  const moved = await trx.statement('events_moved', moveOnSql, [
    turn.id,
    turn.epoch,
    turn.lastIndex,
    epoch,
    lastIndex,
    lastEvent,
  ])
  if (moved.length === 0) return false
  if (events.length === 0) return true
  await trx.statement('tap_months', monthsSql, [now])
  await trx.statement('tap_stored', storeSql, [turn.id, epoch, now, JSON.stringify(events.map(rowOf))])
  return true
}

const journalSql = `insert into journal (at, actor, act, facts) values ($1, 'system:events', $2, $3)`

/** Notes in the journal what became of a controller, by its number. */
export const noteOf = async (
  trx: Transaction,
  now: Temporal.Instant,
  act: string,
  facts: { controller: number; [fact: string]: number },
): Promise<void> => {
  await trx.statement('events_noted', journalSql, [now, act, JSON.stringify(facts)])
}

// A minute more: the controller's clock may be a little ahead. Before that, the card was still right to open.
const revokedSql = `
  select h.number from held h
  join unnest($2::bigint[], $3::timestamp[]) e (number, at) on e.number = h.number
  where h.controller_id = $1 and h.doors = '{0,0,0,0}'
    and e.at at time zone $4 > h.confirmed_at + interval '1 minute'`

/** Cards that a controller let in after it had confirmed that it holds them no more. */
export async function letInThoughRemoved(
  trx: Transaction,
  controllerId: number,
  zone: string,
  events: readonly DoorEvent[],
): Promise<number[]> {
  const letIn = events.filter(event => event.granted && event.card > 0n && event.at !== null)
  if (letIn.length === 0) return []
  const values = [letIn.map(({ card }) => Number(card)), letIn.map(({ at }) => at!.toString())]
  const rows = await trx.statement<{ number: number }>('let_in_removed', revokedSql, [
    controllerId,
    ...values,
    zone,
  ])
  return [...new Set(rows.map(({ number }) => number))]
}
