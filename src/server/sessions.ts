import { createHash, randomBytes } from 'node:crypto'
import type { StaffRole } from '../lib/roles.ts'
import type { Database } from './database.ts'
import type { Act, Actor } from './register.ts'

/** How long somebody stays signed in, in hours of the raw clock. */
const sessionHours = 12

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/** As whom, and in which of its sessions, a provider has vouched for somebody (sha-256); by these it ends them here, too. */
export interface VouchedBy {
  subject: Buffer
  session: Buffer | null
}

/** Whose session it is: a person's, or that of somebody of the staff in one of their roles (the first they were given). */
export type SessionOf = ({ staffId: string; roleId?: number } | { personId: number }) & {
  vouched?: VouchedBy
  /** Where it is over sooner than usual. */
  hours?: number
}

const beginSql = `
  insert into session (token_hash, staff_id, role_id, person_id, began_at, ends_at, provider_subject, provider_session)
  select $1, $2::text, r.id, $3::bigint, raw_now(), raw_now() + make_interval(hours => $4), $6::bytea, $7::bytea
  from (select 1) one left join lateral (
    select id from staff_role where staff_id = $2 and ($5::bigint is null or id = $5) order by id limit 1) r on true
  where $2 is null or (r.id is not null and exists (select from staff where id = $2 and ended_at is null))
  returning 1`

/**
 * Begins a session for a person or for somebody of the staff; the token goes into the cookie and nowhere else. Who has no
 * role here, or works here no more, gets none: null.
 */
export async function beginSession(
  database: Database,
  who: { personId: number; vouched?: VouchedBy },
): Promise<string>
export async function beginSession(database: Database, who: SessionOf): Promise<string | null>
export async function beginSession(database: Database, who: SessionOf): Promise<string | null> {
  const token = randomBytes(32).toString('base64url')
  const [staffId, roleId] = 'staffId' in who ? [who.staffId, who.roleId ?? null] : [null, null]
  const personId = 'personId' in who ? who.personId : null
  const { vouched, hours = sessionHours } = who
  const by = [vouched?.subject ?? null, vouched?.session ?? null]
  const begun = await database.transaction(trx =>
    trx.statement('begin_session', beginSql, [hashOf(token), staffId, personId, hours, roleId, ...by]),
  )
  return begun.length > 0 ? token : null
}

const whoSql = `
  select s.staff_id as "staffId", s.person_id as "personId", s.tablet_clerk as "tabletClerk",
    r.role, r.counter, r.buildings, r.doors, s.seen_at < raw_now() - interval '1 minute' as "seenLongAgo"
  from session s left join staff_role r on r.id = s.role_id left join staff f on f.id = s.staff_id
  where s.token_hash = $1 and s.ends_at > raw_now() and f.ended_at is null
    and (r.role is null or s.tablet_clerk is not null or coalesce(($2::jsonb ->> r.role)::int, 0) = 0
      or s.seen_at > raw_now() - make_interval(mins => ($2::jsonb ->> r.role)::int))`

/** After how many minutes without anything done a session of the staff ends, by role; a role that is not named has none. */
export type IdleMinutes = Readonly<Partial<Record<StaffRole, number>>>

const seenSql = `update session set seen_at = raw_now() where token_hash = $1 and seen_at < raw_now() - interval '1 minute'`

interface SessionRow {
  staffId: string | null
  personId: number | null
  tabletClerk: string | null
  role: StaffRole | null
  counter: string | null
  buildings: string[] | null
  doors: string[] | null
  seenLongAgo: boolean
}

/**
 * The actor behind a session's token, or null when it is unknown or over: after twelve hours, or after nothing was done in it
 * for as long as its role allows. `active` says that this is its reader's doing, and not a page that asks by itself; a tablet
 * that lies at a desk, and a student's own phone, are never idle.
 */
export async function whoIs(
  database: Database,
  token: string,
  { idle = {}, active = false }: { idle?: IdleMinutes; active?: boolean } = {},
): Promise<Actor | null> {
  const { rows } = await database.pool.query<SessionRow>({
    name: 'who_is',
    text: whoSql,
    values: [hashOf(token), JSON.stringify(idle)],
  })
  const row = rows[0]
  if (!row) return null
  if (active && row.seenLongAgo)
    await database.pool.query({ name: 'session_seen', text: seenSql, values: [hashOf(token)] })
  const { personId, tabletClerk, role, counter, buildings, doors } = row
  if (personId !== null) return { kind: 'student', id: String(personId), personId }
  if (tabletClerk !== null) return { kind: 'tablet', id: tabletClerk, counter: counter ?? '' }
  if (role === null) return null
  return {
    kind: role,
    id: row.staffId!,
    ...(counter !== null && { counter }),
    ...(buildings !== null && { buildings }),
    ...(doors !== null && { doors }),
  }
}

const endSql = 'delete from session where token_hash = $1 returning provider_subject is not null as vouched'

/** Ends a session; a token that is none changes nothing. Says whether a provider had vouched for it. */
export async function endSession(database: Database, token: string): Promise<boolean> {
  const [ended] = await database.transaction(trx =>
    trx.statement<{ vouched: boolean }>('end_session', endSql, [hashOf(token)]),
  )
  return ended?.vouched ?? false
}

/** Who somebody may be: a role of their account, or themselves as a student. */
export interface MayBe {
  /** A role's id; null: as a student. */
  roleId: number | null
  role: StaffRole | 'student'
  counter: string | null
  buildings: string[] | null
  doors: string[] | null
  /** Whether the session is that now. */
  now: boolean
}

const mayBeSql = `
  select r.id as "roleId", r.role, r.counter, r.buildings, r.doors, r.id = s.role_id is true as now, r.id as place
  from session s join staff f on f.id = s.staff_id or f.person_id = s.person_id join staff_role r on r.staff_id = f.id
  where s.token_hash = $1 and s.ends_at > raw_now() and s.tablet_since is null and f.ended_at is null
  union all
  select null, 'student', null, null, null, s.person_id is not null, 9007199254740991
  from session s left join staff f on f.id = s.staff_id
  where s.token_hash = $1 and s.ends_at > raw_now() and s.tablet_since is null and f.ended_at is null
    and coalesce(s.person_id, f.person_id) is not null
  order by place`

/** Who the holder of a session may be: the roles of their account in the order in which they were given, then a student. */
export async function whoMayBe(database: Database, token: string): Promise<MayBe[]> {
  // One statement, on every page: no begin and commit around it.
  const asked = { name: 'who_may_be', text: mayBeSql, values: [hashOf(token)] }
  return (await database.pool.query<MayBe>(asked)).rows
}

const changeSql = `
  with may as (
    select s.*, f.id as account, f.person_id as student from session s
    left join staff f on f.id = s.staff_id or f.person_id = s.person_id
    where s.token_hash = $1 and s.ends_at > raw_now() and s.tablet_since is null and f.ended_at is null),
  chosen as (
    select m.*, r.id as to_role from may m left join staff_role r on r.staff_id = m.account and r.id = $3::bigint
    where r.id is not null or ($3::bigint is null and coalesce(m.person_id, m.student) is not null)),
  begun as (
    insert into session (token_hash, staff_id, role_id, person_id, began_at, ends_at, provider_subject, provider_session)
    select $2, case when to_role is not null then account end, to_role,
      case when to_role is null then coalesce(person_id, student) end, raw_now(), ends_at, provider_subject, provider_session
    from chosen returning 1)
  delete from session where token_hash = $1 and exists (select from begun) returning 1`

/**
 * Somebody acts in another of their roles (null: as a student): a new session with a new token, over when the old one would
 * have been, in whose place it comes. Null where they may not.
 */
export async function changeRole(
  database: Database,
  token: string,
  roleId: number | null,
): Promise<string | null> {
  const next = randomBytes(32).toString('base64url')
  const values = [hashOf(token), hashOf(next), roleId]
  const changed = await database.transaction(trx => trx.statement('change_role', changeSql, values))
  return changed.length > 0 ? next : null
}

const endVouchedSql = `
  delete from session where began_at <= $3 and
    case when $2::bytea is not null then provider_session = $2 else provider_subject = $1::bytea end returning 1`

/** Ends what a provider has ended: the sessions of one sign-in there, or all of somebody, that began by then; says how many. */
export const endVouched = async (
  act: Act,
  { subject, session, saidAt }: { subject: Buffer | null; session: Buffer | null; saidAt: Temporal.Instant },
): Promise<number> => (await act.statement('end_vouched', endVouchedSql, [subject, session, saidAt])).length

const tabletSql = `
  update session s set tablet_since = raw_now(), tablet_clerk = c.staff_id from staff_role c, staff_role laying
  where s.token_hash = $1 and laying.id = s.role_id and s.tablet_since is null
    and c.staff_id = $2 and c.role = 'desk' and c.counter = laying.counter
  returning 1`

/**
 * From now on the session is that of a tablet which lies before students at a clerk's desk: it reaches nothing but what that
 * clerk asks to be signed. False where that is no clerk of the counter of who lays it.
 */
export async function becomeTablet(act: Act, token: string, clerk: string): Promise<boolean> {
  return (await act.statement('become_tablet', tabletSql, [hashOf(token), clerk])).length > 0
}
