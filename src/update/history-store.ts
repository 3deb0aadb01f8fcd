import { doorReached, reachedBy } from '../access/reach.ts'
import type { Doors } from '../access/rules.ts'
import { isNarrowed } from '../server/acting.ts'
import type { Statements } from '../server/database.ts'
import type { Act } from '../server/register.ts'
import { rowsOf, unlimited } from '../server/rows-of.ts'

/** A door, where it is, and its names. */
export interface DoorAsked {
  id: string
  controllerId: number
  /** Which of the four. */
  door: number
  numberFormat: string
  nameZh: string
  nameEn: string
  buildingZh: string
  buildingEn: string
}

const doorSql = `
  select d.id, d.controller_id as "controllerId", d.number as door, c.number_format as "numberFormat",
         d.name_zh as "nameZh", d.name_en as "nameEn", c.building_zh as "buildingZh", c.building_en as "buildingEn"
  from door d join controller c on c.id = d.controller_id where d.id = $1 and ${doorReached('$2', '$3')}`

/** A door by its id; null where the actor reaches none. */
export async function doorAsked(act: Act, id: string): Promise<DoorAsked | null> {
  const [row] = await act.statement<DoorAsked>('door_asked', doorSql, [id, ...reachedBy(act)])
  return row ?? null
}

/** What was there of one number at a moment: as it should have been, and as the controller had confirmed it. */
export interface NumberThen {
  number: number
  personId: number | null
  studentNumber: string | null
  nameZh: string | null
  nameEn: string | null
  edition: string | null
  chip: Buffer | null
  /** Null: nothing had been decided of this number that was due. Absent records have no doors. */
  shouldDoors: Doors | null
  shouldFrom: Temporal.PlainDate | null
  shouldTo: Temporal.PlainDate | null
  decidedAt: Temporal.Instant | null
  because: string[] | null
  /** Null: the controller had confirmed nothing of this number. */
  didDoors: Doors | null
  didFrom: Temporal.PlainDate | null
  didTo: Temporal.PlainDate | null
  confirmedAt: Temporal.Instant | null
}

/** How many numbers stood in which of the two truths, over all pages. */
export interface Truths {
  both: number
  onlyShould: number
  onlyDid: number
}

// What a controller confirmed, and what was adopted there, is in its answers; what the system before Gatehouse left there is
// in the ledger alone.
// Due at a moment is what was at once by then, or what a window carries that had been frozen by then. A number's card is
// the one it was decided for; of a number that was only ever adopted, the card that has it.
const thenSql = (should: string, did: string) => `
  with should as (
    select distinct on (w.number) w.number, w.person_id, w.card_id, w.doors, w.valid_from, w.valid_to, w.decided_at, w.because
    from wanted w
    where w.controller_id = $1 and w.guarded_by is null and w.carried_by <= $2
      and (w.at_once or w.carried_by <= (select max(starts_at) from update_window where frozen_at <= $2))
    order by w.number, w.carried_by desc),
  did as (
    select distinct on (s.number) s.number, s.doors, s.valid_from, s.valid_to, s.at
    from (
      select number, doors, valid_from, valid_to, at, id
      from sent where controller_id = $1 and doors is not null and at <= $2
      union all
      select number, doors, valid_from, valid_to, confirmed_at, 0
      from held where controller_id = $1 and confirmed_at <= $2) s
    order by s.number, s.at desc, s.id desc),
  beside as (
    select number, s.person_id, s.card_id, s.doors as should_doors, s.valid_from as should_from, s.valid_to as should_to,
           s.decided_at, s.because, d.doors as did_doors, d.valid_from as did_from, d.valid_to as did_to, d.at as confirmed_at,
           coalesce(${should}, false) as is_should, coalesce(${did}, false) as is_did
    from should s full join did d using (number)),
  listed as (select * from beside where is_should or is_did)`

// Prepared by name once for each question, so the texts differ in the conditions alone.
const opensThen = (of: 's' | 'd') => `${of}.doors[$3] <> 0 and $4 between ${of}.valid_from and ${of}.valid_to`
const standsThen = (of: 's' | 'd') => `${of}.doors <> '{0,0,0,0}'`
const openersCte = thenSql(opensThen('s'), opensThen('d'))
const contentCte = thenSql(standsThen('s'), standsThen('d'))

const truthsSql = (cte: string) => `${cte}
  select (count(*) filter (where is_should and is_did))::int as both,
         (count(*) filter (where is_should and not is_did))::int as "onlyShould",
         (count(*) filter (where is_did and not is_should))::int as "onlyDid"
  from listed`

const rowsSql = (cte: string, order: string, limit: string) => `${cte}
  select l.number, p.id as "personId", p.student_number as "studentNumber", p.name_zh as "nameZh", p.name_en as "nameEn",
         c.edition, c.chip, l.should_doors as "shouldDoors", l.should_from as "shouldFrom", l.should_to as "shouldTo",
         l.decided_at as "decidedAt", l.because, l.did_doors as "didDoors", l.did_from as "didFrom", l.did_to as "didTo",
         l.confirmed_at as "confirmedAt"
  from (select l.*, coalesce(l.card_id, (
          select n.card_id from card_number n
          where n.format = (select number_format from controller where id = $1) and n.number = l.number
            and n.retired_at is null)) as its_card from listed l) l
  left join card c on c.id = l.its_card
  left join person p on p.id = coalesce(l.person_id, (select h.person_id from handover h where h.card_id = l.its_card))
  order by l.is_should and l.is_did, ${order}, l.number limit ${limit}`

/** Which page of a list, from 1 on, and how many rows a page has. */
export interface Page {
  page: number
  rows: number
}

const limits = ({ page, rows }: Page) => [rows, (page - 1) * rows]

/**
 * Reads as Gatehouse itself for who reaches some doors alone, once it is known that they reach this one: the wall would look at
 * each of thousands of people anew, and lets through the same.
 */
const inReach = (act: Act): Statements =>
  isNarrowed(act.actor)
    ? { statement: (name, text, values) => act.asItself(() => act.statement(name, text, values)) }
    : act

const openersSql = rowsSql(openersCte, 'p.student_number nulls last', '$5 offset $6')
const contentSql = rowsSql(contentCte, 'l.number', '$3 offset $4')

/** Who could open a door in reach at a moment, on a day of the campus; where the two differ first, then by student number. */
export async function openersThen(
  act: Act,
  asked: { door: DoorAsked; at: Temporal.Instant; on: Temporal.PlainDate },
  page: Page,
): Promise<{ truths: Truths; rows: NumberThen[] }> {
  const { door, at, on } = asked
  const values = [door.controllerId, at, door.door, on]
  const known = inReach(act)
  const [[truths], rows] = await Promise.all([
    known.statement<Truths>('openers_counted', truthsSql(openersCte), values),
    known.statement<NumberThen>('openers_then', openersSql, [...values, ...limits(page)]),
  ])
  return { truths: truths!, rows }
}

/** What a controller held, and should have held, at a moment; where the two differ first, then by card number, days that are over included. */
export async function contentThen(
  act: Act,
  asked: { controllerId: number; at: Temporal.Instant },
  page: Page,
): Promise<{ truths: Truths; rows: NumberThen[] }> {
  const values = [asked.controllerId, asked.at]
  const known = inReach(act)
  const [[truths], rows] = await Promise.all([
    known.statement<Truths>('content_counted', truthsSql(contentCte), values),
    known.statement<NumberThen>('content_then', contentSql, [...values, ...limits(page)]),
  ])
  return { truths: truths!, rows }
}

/** Everybody who could open a door at a moment, in the same order, a few hundred in memory at a time. */
export const everyOpener = (
  act: Act,
  { door, at, on }: { door: DoorAsked; at: Temporal.Instant; on: Temporal.PlainDate },
): AsyncGenerator<NumberThen> =>
  rowsOf<NumberThen>(inReach(act), 'export_openers', openersSql, [
    door.controllerId,
    at,
    door.door,
    on,
    unlimited,
    0,
  ])

/** Every number of a controller at a moment, in the same order, a few hundred in memory at a time. */
export const everyNumber = (
  act: Act,
  { controllerId, at }: { controllerId: number; at: Temporal.Instant },
): AsyncGenerator<NumberThen> =>
  rowsOf<NumberThen>(inReach(act), 'export_content', contentSql, [controllerId, at, unlimited, 0])

/** What may open doors, by how `wanted` names it (`group:library`, `grant:7`), as people know it. */
export type CauseNames = ReadonlyMap<string, { 'zh-TW': string; en: string }>

const namesSql = `
  select 'group:' || id as cause, name_zh as zh, name_en as en from access_group where 'group:' || id = any($1::text[])
  union all
  select 'grant:' || id, owner_zh, owner_en from individual_grant where 'grant:' || id = any($1::text[])`

/** The names of groups, and of the owners of grants; a group that is no more has none. */
export async function causeNames(act: Act, causes: readonly string[]): Promise<CauseNames> {
  if (causes.length === 0) return new Map()
  const rows = await act.statement<{ cause: string; zh: string; en: string }>('cause_names', namesSql, [
    [...new Set(causes)],
  ])
  return new Map(rows.map(({ cause, zh, en }) => [cause, { 'zh-TW': zh, en }]))
}
