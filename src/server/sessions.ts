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

// Nobody acts yet: what a token may ask for is a function each (db/schema.sql).
const beginSql = 'select begin_session($1, $2, $3, $4, $5, $6, $7) as begun'

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
  const values = [hashOf(token), staffId, personId, hours, roleId, ...by]
  const [row] = await database.transaction(trx =>
    trx.statement<{ begun: boolean }>('begin_session', beginSql, values),
  )
  return row!.begun ? token : null
}

const whoSql = `
  select staff_id as "staffId", person_id as "personId", tablet_clerk as "tabletClerk", role, counter, buildings, doors,
    seen_long_ago as "seenLongAgo"
  from session_of($1, $2)`

/** After how many minutes without anything done a session of the staff ends, by role; a role that is not named has none. */
export type IdleMinutes = Readonly<Partial<Record<StaffRole, number>>>

const seenSql = 'select session_seen($1)'

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

const endSql = 'select end_session($1) as vouched'

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
  select role_id as "roleId", role, counter, buildings, doors, is_now as now from session_may_be($1)`

/** Who the holder of a session may be: the roles of their account in the order in which they were given, then a student. */
export async function whoMayBe(database: Database, token: string): Promise<MayBe[]> {
  // One statement, on every page: no begin and commit around it.
  const asked = { name: 'who_may_be', text: mayBeSql, values: [hashOf(token)] }
  return (await database.pool.query<MayBe>(asked)).rows
}

const changeSql = 'select change_session($1, $2, $3) as changed'

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
  const [row] = await database.transaction(trx =>
    trx.statement<{ changed: boolean }>('change_role', changeSql, values),
  )
  return row!.changed ? next : null
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
