import type { Act } from '../server/register.ts'
import { openRows } from './open-rows.ts'
import type { AccessGroup, DoorPlace, NewestRow, WantedRow } from './rules.ts'

const groupsSql = `
  select g.id, g.members, g.member_key as key, d.controller_id as "controllerId",
         c.number_format as "numberFormat", d.number as door
  from access_group g
  join access_group_door gd on gd.group_id = g.id
  join door d on d.id = gd.door_id
  join controller c on c.id = d.controller_id`

/** Every access group with its doors. */
export async function accessGroups(act: Act): Promise<AccessGroup[]> {
  type Row = Omit<AccessGroup, 'doors'> & DoorPlace
  const rows = await act.statement<Row>('access_groups', groupsSql, [])
  return [...Map.groupBy(rows, row => row.id).values()].map(doors => ({
    id: doors[0]!.id,
    members: doors[0]!.members,
    key: doors[0]!.key,
    doors,
  }))
}

/** A person as the register has them, before the programme says what that means for access. */
export interface RegisteredPerson {
  personId: number
  status: string
  department: string
  hall: string | null
  /** What the registrar has said beforehand: the status from that day on; null where nothing is planned. */
  nextStatus: string | null
  nextStatusOn: Temporal.PlainDate | null
}

// Locked, in the order of their ids: of two acts on one person the later must see what the earlier wrote, or it
// would bring back a card that the other has just ended. (This lock lets foreign keys point at the person meanwhile.)
const peopleSql = `
  select id as "personId", status, department, hall, next_status as "nextStatus", next_status_on as "nextStatusOn"
  from person where id = any($1::bigint[]) order by id`
const lockedPeopleSql = `${peopleSql} for no key update`

/**
 * SQL: whether the card use `u` has campus access. It is asked of the campus's time as it is once the person is locked,
 * not of the act's moment: what a loss report or an activation ended between the two, while the act waited for the
 * person, is not in use any more. A card whose campus access is paused opens nothing until it is resumed.
 */
export const inUse = `(
  (upper_inf(u.during) or upper(u.during) > (select campus_now()))
  and not exists (select from access_pause z where z.card_id = u.card_id and upper_inf(z.during)))`

/**
 * The campus's time, asked while people are locked: later than whatever was decided of them before. What is at once is
 * decided by it, and not by the act's moment, which may be older than what another act did while this one waited.
 */
export async function lockedMoment(act: Act): Promise<Temporal.Instant> {
  const [row] = await act.statement<{ now: Temporal.Instant }>(
    'locked_moment',
    'select campus_now() as now',
    [],
  )
  return row!.now
}

const cardsSql = `
  select u.person_id as "personId", u.card_id as "cardId", lower(u.during) as "from", upper(u.during) as "until",
         array_agg(n.format) as formats, array_agg(n.number::float8) as numbers
  from card_use u join card_number n on n.card_id = u.card_id
  where u.person_id = any($1::bigint[]) and ${inUse}
  group by u.person_id, u.card_id, u.during`

const grantsSql = `
  select u.person_id as "personId", g.card_id as "cardId", g.id as "grantId", d.controller_id as "controllerId",
         c.number_format as "numberFormat", d.number as door
  from card_use u
  join individual_grant g on g.card_id = u.card_id and g.ended_at is null
  join door d on d.id = g.door_id
  join controller c on c.id = d.controller_id
  where u.person_id = any($1::bigint[]) and ${inUse}`

const newestSql = `
  select distinct on (controller_id, number) controller_id as "controllerId", number, person_id as "personId",
         card_id as "cardId", doors, valid_from as "from", valid_to as "to", urgent
  from wanted where person_id = any($1::bigint[]) and ($2::bigint[] is null or controller_id = any($2))
  order by controller_id, number, carried_by desc`

const elsewhereSql = `
  select distinct person_id as id from (
    select distinct on (controller_id, number) person_id, doors from wanted
    where person_id = any($1::bigint[]) and controller_id <> all($2::bigint[])
    order by controller_id, number, carried_by desc) newest
  where doors <> '{0,0,0,0}'`

/** Which of some people open a door on other controllers than these. */
export async function whoOpensElsewhere(
  act: Act,
  personIds: readonly number[],
  controllerIds: readonly number[],
): Promise<Set<number>> {
  if (personIds.length === 0) return new Set()
  const values = [personIds, controllerIds]
  const rows = await act.statement<{ id: number }>('opens_elsewhere', elsewhereSql, values)
  return new Set(rows.map(({ id }) => id))
}

/** Whose card has campus access that no date ends. */
export async function peopleWithoutEnd(act: Act): Promise<number[]> {
  const sql = 'select distinct person_id as id from card_use u where upper_inf(u.during)'
  return (await act.statement<{ id: number }>('people_without_end', sql, [])).map(({ id }) => id)
}

export interface CardRow {
  personId: number
  cardId: number
  from: Temporal.Instant
  until: Temporal.Instant | null
  numbers: Map<string, number>
}

/** Whether people are locked until the act ends, or only looked at. */
export type Holding = 'locked' | 'looked at'

/**
 * The people concerned, their cards with campus access, their cards' own doors, and what is wanted until now; `on` says
 * on which controllers, where only those can differ.
 */
export async function accessOf(
  act: Act,
  personIds: readonly number[],
  holding: Holding,
  on: readonly number[] | null = null,
) {
  type NumbersRow = Omit<CardRow, 'numbers'> & { formats: string[]; numbers: number[] }
  type GrantRow = DoorPlace & { personId: number; cardId: number; grantId: number }
  // One round trip; the database runs them in this order, so that all see what the lock on the people waited for.
  const [people, lockedAt, numbers, grants, newest] = await Promise.all([
    holding === 'locked'
      ? act.statement<RegisteredPerson>('access_people', lockedPeopleSql, [personIds])
      : act.statement<RegisteredPerson>('access_people_seen', peopleSql, [personIds]),
    lockedMoment(act),
    act.statement<NumbersRow>('access_cards', cardsSql, [personIds]),
    act.statement<GrantRow>('access_grants', grantsSql, [personIds]),
    act.statement<NewestRow>('wanted_newest', newestSql, [personIds, on]),
  ])
  const cards = numbers.map(
    ({ formats, numbers: sent, ...card }): CardRow => ({
      ...card,
      numbers: new Map(formats.map((format, at) => [format, sent[at]!])),
    }),
  )
  return {
    people,
    lockedAt,
    cards: Map.groupBy(cards, row => row.personId),
    grants: Map.groupBy(grants, row => row.personId),
    newest: Map.groupBy(newest, row => row.personId),
  }
}

const keepSql = `
  insert into wanted (controller_id, number, carried_by, at_once, urgent, person_id, card_id, doors,
                      valid_from, valid_to, decided_at, because)
  select c, n, b, o, u, p, k, d::smallint[], f, t, case when o then b else $11 end, y::text[]
  from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::bool[], $5::bool[], $6::bigint[], $7::bigint[],
              $8::text[], $9::date[], $10::date[], $12::text[]) as r(c, n, b, o, u, p, k, d, f, t, y)
  on conflict (controller_id, number, carried_by) do update
  set at_once = excluded.at_once, urgent = excluded.urgent, person_id = excluded.person_id,
      card_id = excluded.card_id, doors = excluded.doors, valid_from = excluded.valid_from,
      valid_to = excluded.valid_to, decided_at = excluded.decided_at, because = excluded.because`

const keepOpenSql = `with kept as (${keepSql} returning *) ${openRows('kept')}`

const keepStandingSql = `
  with kept as (${keepSql} returning controller_id, number, carried_by)
  delete from wanted_open o using kept
  where o.controller_id = kept.controller_id and o.number = kept.number and o.carried_by = kept.carried_by`

const withdrawSql = `
  delete from wanted w using unnest($1::bigint[], $2::bigint[], $3::timestamptz[]) as r(c, n, b)
  where w.controller_id = r.c and w.number = r.n and w.carried_by > r.b`

/** Rows that one statement writes: more of them the database would lay aside on its disk. */
const rowsAtATime = 5_000

/**
 * Writes the changed rows; one at once also withdraws whatever was planned for its number after it. The moment of one
 * at once must have been read while its person was locked: rows are put into their order by it, and a row that was
 * decided first must not come after one that was written, and perhaps sent, meanwhile. `standing`: they stand there
 * already, as somebody has confirmed, so that nothing is owed.
 */
export async function keepWanted(act: Act, rows: readonly WantedRow[], standing = false): Promise<void> {
  const atOnce = rows.filter(row => row.atOnce)
  if (atOnce.length > 0)
    await act.statement('withdraw_wanted', withdrawSql, [
      atOnce.map(row => row.controllerId),
      atOnce.map(row => row.number),
      atOnce.map(row => row.carriedBy),
    ])
  // Called out when this commits; whoever misses it sees the rows at the next look.
  if (atOnce.length > 0) await act.statement('call_doors', `select pg_notify('gatehouse_doors', '')`, [])
  for (let from = 0; from < rows.length; from += rowsAtATime)
    await keepSome(act, rows.slice(from, from + rowsAtATime), standing)
}

async function keepSome(act: Act, rows: readonly WantedRow[], standing: boolean): Promise<void> {
  const [name, sql] = standing ? ['keep_standing', keepStandingSql] : ['keep_wanted', keepOpenSql]
  await act.statement(name, sql, [
    rows.map(row => row.controllerId),
    rows.map(row => row.number),
    rows.map(row => row.carriedBy),
    rows.map(row => row.atOnce),
    rows.map(row => row.urgent),
    rows.map(row => row.personId),
    rows.map(row => row.cardId),
    rows.map(row => `{${row.doors.join(',')}}`),
    rows.map(row => row.from),
    rows.map(row => row.to),
    act.now,
    // An id has neither quotes nor commas in it.
    rows.map(row => `{${row.because.map(cause => `"${cause}"`).join(',')}}`),
  ])
}
