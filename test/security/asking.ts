import { sql } from 'kysely'
import type { Database } from '../../src/server/database.ts'
import type { DeclaredRoute, Policy } from '../../src/server/http.ts'
import type { TestCampus } from '../campus.ts'
import { people } from '../people.ts'
import { employ } from '../staff.ts'

/** A session's cookie for each kind of actor; the tablet lies at a counter. */
export type Cookies = Readonly<Record<string, string>>

/** Signs in one of each kind. */
export async function everybody(campus: TestCampus): Promise<Cookies> {
  await employ(
    campus.owner.db,
    { id: 'swept-auditor', role: 'auditor' },
    { id: 'swept-cashier', role: 'cashier' },
    { id: 'swept-admin', role: 'admin' },
    { id: 'swept-owner', role: 'owner', doors: ['csie-systems-lab'] },
  )
  const tablet = await campus.signIn('desk-math')
  const laid = await campus.gatehouse.server.inject({
    method: 'POST',
    url: '/api/v1/desk/tablet',
    payload: {},
    headers: { cookie: tablet },
  })
  if (laid.statusCode !== 200) throw new Error(`The tablet does not lie there: ${laid.body}`)
  return {
    student: await campus.signIn(people.aEarly.number),
    desk: await campus.signIn('desk-csie'),
    office: await campus.signIn('office'),
    access: await campus.signIn('access'),
    auditor: await campus.signIn('swept-auditor'),
    cashier: await campus.signIn('swept-cashier'),
    admin: await campus.signIn('swept-admin'),
    owner: await campus.signIn('swept-owner'),
    tablet,
  }
}

/** The cookies of those whom a policy lets in; of what is public, of each kind. */
export function cookiesFor(policy: Policy, cookies: Cookies): string[] {
  if (policy === 'public' || policy === 'demo' || policy === 'signed-in') return Object.values(cookies)
  const kinds: readonly string[] = typeof policy === 'string' ? [policy] : policy
  return kinds.flatMap(kind => cookies[kind] ?? [])
}

/** The address of a route, each of its parameters as something that may be there. */
export const addressOf = ({ url }: DeclaredRoute, meant = '1'): string =>
  `${url.replace(/:[a-zA-Z]+(\([^)]*\))?/gu, meant).replace('*', 'nothing')}${url.endsWith('/cards/files') ? '?kind=stock' : ''}`

/** What each table holds, as one number a table; two that are alike tell that nothing was written in between. */
export async function fingerprint(owner: Database, without: readonly string[]): Promise<Map<string, string>> {
  const { rows: tables } = await sql<{ name: string }>`
    select c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    order by 1`.execute(owner.db)
  const found = new Map<string, string>()
  for (const { name } of tables.filter(each => !without.includes(each.name))) {
    // When a session was last heard of is no change.
    const { rows } = await sql<{ content: string }>`
      select concat(count(*), ' ', sum(hashtextextended((to_jsonb(t) - 'seen_at')::text, 0))) as content
      from ${sql.table(name)} t`.execute(owner.db)
    found.set(name, rows[0]!.content)
  }
  return found
}
