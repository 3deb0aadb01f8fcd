import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '../server/database.ts'
import type { Attempt } from './provider.ts'

/** How long somebody may take at the provider, in minutes of the raw clock. */
export const attemptMinutes = 10

/** So many may be on their way at once; beyond that the oldest are forgotten. */
const mostAttempts = 50_000

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()
const secret = (): string => randomBytes(32).toString('base64url')

const beginSql = `
  with old as (
    delete from sign_in_attempt where ends_at <= raw_now() or ends_at <= (
      select ends_at from sign_in_attempt order by ends_at desc offset $6 limit 1))
  insert into sign_in_attempt (state_hash, browser_hash, nonce, verifier, return_to, ends_at)
  values ($1, $2, $3, $4, $5, raw_now() + make_interval(mins => $7))`

/**
 * Begins an attempt to sign in: what goes to the provider, and what only the browser holds. Of the state and of the
 * browser's part the database keeps hashes. A browser that is on its way already (two tabs) keeps its part: `before`.
 */
export async function beginAttempt(
  database: Database,
  returnTo: string,
  before: string | undefined,
): Promise<{ attempt: Attempt; browser: string }> {
  const attempt = { state: secret(), nonce: secret(), verifier: secret() }
  const browser = before !== undefined && /^[\w-]{43}$/.test(before) ? before : secret()
  const { state, nonce, verifier } = attempt
  const values = [hashOf(state), hashOf(browser), nonce, verifier, returnTo, mostAttempts, attemptMinutes]
  await database.transaction(trx => trx.statement('begin_attempt', beginSql, values))
  return { attempt, browser }
}

const takeSql = `
  delete from sign_in_attempt where state_hash = $1 and browser_hash = $2
  returning nonce, verifier, return_to as "returnTo", ends_at > raw_now() as "inTime"`

/**
 * The attempt that somebody comes back with, once: null where it is unknown, over, or was begun in another browser (which
 * keeps it).
 */
export async function takeAttempt(
  database: Database,
  { state, browser }: { state: string; browser: string },
): Promise<{ attempt: Attempt; returnTo: string } | null> {
  const [row] = await database.transaction(trx =>
    trx.statement<{ nonce: string; verifier: string; returnTo: string; inTime: boolean }>(
      'take_attempt',
      takeSql,
      [hashOf(state), hashOf(browser)],
    ),
  )
  if (!row?.inTime) return null
  const { nonce, verifier, returnTo } = row
  return { attempt: { state, nonce, verifier }, returnTo }
}
