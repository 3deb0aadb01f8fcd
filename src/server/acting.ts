import type { Transaction } from './database.ts'
import type { Actor } from './register.ts'

/** The actor as the journal and the database's row-level rules name it, for example "desk:clerk-a". */
export const nameOfActor = (actor: Actor): string => `${actor.kind}:${actor.id}`

const actsSql = `
  select set_config('gatehouse.actor', $1, true), set_config('gatehouse.role', $2, true),
    set_config('gatehouse.account', $3, true), set_config('gatehouse.person', $4, true),
    set_config('gatehouse.counter', $5, true), set_config('gatehouse.buildings', $6, true),
    set_config('gatehouse.doors', $7, true), set_config('gatehouse.scopes', $8, true),
    set_config('plan_cache_mode', $9, true)`

const roleSql = `select set_config('gatehouse.role', $1, true)`

const withoutAccount: readonly Actor['kind'][] = ['public', 'student', 'system']

/** Whether somebody reaches only some doors of the campus: an owner's, or those of an access administrator's buildings. */
export const isNarrowed = (actor: Actor): boolean =>
  actor.buildings !== undefined || actor.doors !== undefined

/** Whether what follows from somebody's act is of people and doors whom they do not reach themselves. */
export const reachesLess = (actor: Actor): boolean => isNarrowed(actor) || actor.kind === 'integrator'

const roleOf = (actor: Actor): string =>
  actor.kind === 'access' && actor.buildings !== undefined ? 'access-in-buildings' : actor.kind

/**
 * Tells PostgreSQL who acts, in one statement and until the transaction ends: by it row-level security keeps back what is
 * not theirs (db/schema.sql, "Whose rows"). Before it, and without it, nobody acts and no person's row comes.
 */
export const sayWhoActs = (trx: Transaction, actor: Actor): Promise<unknown> =>
  trx.statement('who_acts', actsSql, [
    nameOfActor(actor),
    roleOf(actor),
    withoutAccount.includes(actor.kind) ? null : actor.id,
    actor.personId ?? null,
    // A tablet lies at a counter and is none of its clerks.
    actor.kind === 'desk' ? (actor.counter ?? null) : null,
    actor.buildings ?? null,
    actor.doors ?? null,
    // Of a student's own token the wall goes by the student.
    actor.kind === 'integrator' ? (actor.scopes ?? null) : null,
    // A student's statements are about one person: one plan serves them all, and policies are not planned anew each time.
    actor.kind === 'student' ? 'force_generic_plan' : 'auto',
  ])

/**
 * Makes how a transaction's work is done by Gatehouse itself for a while, for what is decided by more than who acts may see:
 * the journal says who acted all the same. Whoever calls it answers for what comes of it, so its callers are few, and
 * test/security/rls.test.ts names them.
 */
export function actingItself(trx: Transaction, actor: Actor): <T>(work: () => Promise<T>) => Promise<T> {
  let within = 0
  const become = (role: string) => trx.statement('acting_role', roleSql, [role])
  return async work => {
    within += 1
    if (within === 1) await become('system')
    try {
      return await work()
    } finally {
      within -= 1
      // After a failed statement nothing of the transaction is kept, and nothing more is asked of it.
      if (within === 0) await become(roleOf(actor)).catch(() => {})
    }
  }
}
