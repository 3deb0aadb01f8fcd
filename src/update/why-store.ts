import type { Doors } from '../access/rules.ts'
import type { Act } from '../server/register.ts'
import { isClockUnset, isDue } from './due-sql.ts'
import type { DoorAsked } from './history-store.ts'
import type { Answer } from './outcome.ts'

/** A card that was handed to a person, with all that concerns one door. Instants in campus time. */
export interface CardRow {
  cardId: number
  edition: string
  chip: Buffer
  lostAt: Temporal.Instant | null
  retiredAt: Temporal.Instant | null
  replacedAt: Temporal.Instant | null
  pausedAt: Temporal.Instant | null
  everUsed: boolean
  usedUntil: Temporal.Instant | null
  number: number | null
  doors: Doors | null
  from: Temporal.PlainDate | null
  to: Temporal.PlainDate | null
  carriedBy: Temporal.Instant | null
  atOnce: boolean | null
  due: boolean | null
  decidedAt: Temporal.Instant | null
  because: string[] | null
  heldDoors: Doors | null
  heldFrom: Temporal.PlainDate | null
  heldTo: Temporal.PlainDate | null
  confirmedAt: Temporal.Instant | null
  verifiedAt: Temporal.Instant | null
  /** The last answer that confirmed nothing, since the decision was due, and since when it is the same. */
  answer: Answer | null
  answeredSince: Temporal.Instant | null
  /** Its number in every format in use, as it was taken into the register. */
  numbers: { format: string; number: number }[]
}

// A number may have been another card's before, or may be since this one was retired: what is decided and held under it
// is this card's only where the newest decision names it.
const cardsSql = `
  select c.id as "cardId", c.edition, c.chip, l.at as "lostAt", c.retired_at as "retiredAt",
         (select min(a.at) from activation a where a.replaces = c.id) as "replacedAt",
         (select lower(z.during) from access_pause z where z.card_id = c.id and upper_inf(z.during)) as "pausedAt",
         u.during is not null as "everUsed", upper(u.during) as "usedUntil", n.number,
         w.doors, w.valid_from as "from", w.valid_to as "to", w.carried_by as "carriedBy", w.at_once as "atOnce",
         w.decided_at as "decidedAt", w.because,
         (w.carried_by <= $4 and ${isDue('w')}) is true as due,
         d.doors as "heldDoors", d.valid_from as "heldFrom", d.valid_to as "heldTo", d.confirmed_at as "confirmedAt",
         d.verified_at as "verifiedAt", s.answer,
         (select min(o.at) from sent o
          where o.controller_id = $2 and o.number = n.number and o.doors is null and o.at >= w.carried_by
            and o.id > coalesce((select max(x.id) from sent x
                                 where x.controller_id = $2 and x.number = n.number and x.doors is null
                                   and x.answer <> s.answer), 0)) as "answeredSince",
         coalesce((select jsonb_agg(jsonb_build_object('format', o.format, 'number', o.number) order by o.format)
                   from card_number o where o.card_id = c.id), '[]') as numbers
  from handover h
  join card c on c.id = h.card_id
  left join card_lost l on l.card_id = c.id
  left join lateral (select during from card_use where card_id = c.id order by lower(during) desc limit 1) u on true
  left join card_number n on n.card_id = c.id and n.format = $3
  left join lateral (
    select * from wanted where controller_id = $2 and number = n.number order by carried_by desc limit 1) newest on true
  left join wanted w on w.controller_id = $2 and w.number = n.number and w.carried_by = newest.carried_by and w.card_id = c.id
  left join held d on d.controller_id = $2 and d.number = n.number and (newest.card_id is null or newest.card_id = c.id)
  left join lateral (
    select answer from sent
    where controller_id = $2 and number = n.number and doors is null and at >= w.carried_by
    order by id desc limit 1) s on true
  where h.person_id = $1 order by h.at desc, c.id desc`

/** The cards that were handed to a person, the newest first, as they stand at a door. */
export const cardsAtDoor = (act: Act, personId: number, door: DoorAsked): Promise<CardRow[]> =>
  act.statement<CardRow>('why_cards', cardsSql, [personId, door.controllerId, door.numberFormat, act.now])

/** Who opens a door: its groups, and the grants to a person's cards. */
export interface Opens {
  groups: { id: string; members: 'campus' | 'faculty' | 'hall'; key: string | null; zh: string; en: string }[]
  grants: { id: number; cardId: number; zh: string; en: string }[]
}

const groupsSql = `
  select g.id, g.members, g.member_key as key, g.name_zh as zh, g.name_en as en
  from access_group g join access_group_door d on d.group_id = g.id where d.door_id = $1 order by g.id`
const grantsSql = `
  select i.id, i.card_id as "cardId", i.owner_zh as zh, i.owner_en as en
  from individual_grant i join handover h on h.card_id = i.card_id
  where i.door_id = $1 and h.person_id = $2 and i.ended_at is null order by i.id`

/** What opens a door now, and what of it was granted to this person's cards. */
export async function opensDoor(act: Act, doorId: string, personId: number): Promise<Opens> {
  const [groups, grants] = await Promise.all([
    act.statement<Opens['groups'][number]>('why_groups', groupsSql, [doorId]),
    act.statement<Opens['grants'][number]>('why_grants', grantsSql, [doorId, personId]),
  ])
  return { groups, grants }
}

/** A controller as it concerns one of its doors now. */
export interface ControllerNow {
  silentSince: Temporal.Instant | null
  runningSince: Temporal.Instant | null
  /** Since when the office holds its changes back. */
  heldBackSince: Temporal.Instant | null
  clockSetAt: Temporal.Instant | null
  clockUnset: boolean
}

const controllerSql = `
  select l.silent_since as "silentSince", k.set_at as "clockSetAt",
         ${isClockUnset} as "clockUnset",
         (select min(u.held_at) from update_hold u
          where u.lifted_at is null and (u.controller_id is null or u.controller_id = c.id)) as "heldBackSince",
         (select w.starts_at from update_window w join window_lane o on o.starts_at = w.starts_at and o.controller_id = c.id
          where w.finished_at is null and w.covered_by is null and o.finished_at is null
          order by w.starts_at desc limit 1) as "runningSince"
  from controller c
  left join lane l on l.controller_id = c.id
  left join controller_clock k on k.controller_id = c.id
  where c.id = $1`

/** Since when a controller is silent, which update has not finished it, and whether its clock was set. */
export async function controllerNow(act: Act, controllerId: number): Promise<ControllerNow> {
  const [row] = await act.statement<ControllerNow>('why_controller', controllerSql, [controllerId])
  return row!
}
