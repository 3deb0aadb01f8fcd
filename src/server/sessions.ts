import { createHash, randomBytes } from 'node:crypto'
import type { Database } from './database.ts'
import type { Act, Actor } from './register.ts'

/** How long somebody stays signed in, in hours of the raw clock. */
const sessionHours = 12

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

const beginSql = `
  insert into session (token_hash, staff_id, person_id, began_at, ends_at)
  values ($1, $2, $3, raw_now(), raw_now() + make_interval(hours => $4))`

/** Begins a session for somebody of the staff or a person; the token goes into the cookie and nowhere else. */
export async function beginSession(
  database: Database,
  who: { staffId: string } | { personId: number },
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const staffId = 'staffId' in who ? who.staffId : null
  const personId = 'personId' in who ? who.personId : null
  await database.transaction(trx =>
    trx.statement('begin_session', beginSql, [hashOf(token), staffId, personId, sessionHours]),
  )
  return token
}

const whoSql = `
  select f.id as "staffId", s.person_id as "personId", s.tablet_since is not null as "isTablet", f.role, f.counter
  from session s left join staff f on f.id = coalesce(s.tablet_clerk, s.staff_id)
  where s.token_hash = $1 and s.ends_at > raw_now()`

interface SessionRow {
  staffId: string | null
  personId: number | null
  role: 'desk' | 'office' | 'access' | 'auditor' | null
  counter: string | null
  isTablet: boolean
}

/** The actor behind a session's token, or null when it is unknown or over. */
export async function whoIs(database: Database, token: string): Promise<Actor | null> {
  const { rows } = await database.pool.query<SessionRow>({
    name: 'who_is',
    text: whoSql,
    values: [hashOf(token)],
  })
  const row = rows[0]
  if (row?.personId) return { kind: 'student', id: String(row.personId), personId: row.personId }
  if (row?.isTablet) return { kind: 'tablet', id: row.staffId!, counter: row.counter ?? '' }
  if (row?.role) return { kind: row.role, id: row.staffId!, ...(row.counter ? { counter: row.counter } : {}) }
  return null
}

/** Ends a session; a token that is none changes nothing. */
export async function endSession(database: Database, token: string): Promise<void> {
  await database.transaction(trx =>
    trx.statement('end_session', 'delete from session where token_hash = $1', [hashOf(token)]),
  )
}

const tabletSql = `
  update session s set tablet_since = raw_now(), tablet_clerk = c.id from staff c, staff laying
  where s.token_hash = $1 and laying.id = s.staff_id and s.tablet_since is null
    and c.id = $2 and c.role = 'desk' and c.counter = laying.counter
  returning 1`

/**
 * From now on the session is that of a tablet which lies before students at a clerk's desk: it reaches nothing but what that
 * clerk asks to be signed. False where that is no clerk of the counter of who lays it.
 */
export async function becomeTablet(act: Act, token: string, clerk: string): Promise<boolean> {
  return (await act.statement('become_tablet', tabletSql, [hashOf(token), clerk])).length > 0
}
