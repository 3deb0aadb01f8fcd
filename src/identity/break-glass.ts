import { createHash, randomInt } from 'node:crypto'
import type { Act } from '../server/register.ts'
import { emergencyAccount } from './rules.ts'

/** How long a session lasts that was begun with an emergency code, in hours. */
export const emergencyHours = 1

/** How many codes are made at once, and for how many days they are good. */
export const emergencyLimits = { codes: 20, days: 90 } as const

/** Crockford's base 32: no letter that is read as a digit, none that is read as another. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const [groups, perGroup] = [4, 4]

/** What somebody typed as it is compared: small letters, blanks and dashes do not matter, O is 0, I and L are 1. */
export const plainCode = (typed: string): string =>
  typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')

const hashOf = (code: string): Buffer =>
  createHash('sha256')
    .update(`gatehouse break-glass ${plainCode(code)}`)
    .digest()

/** A new code: 16 characters of 32, 80 bits. */
const newCode = (): string =>
  Array.from({ length: groups }, () =>
    Array.from({ length: perGroup }, () => letters[randomInt(letters.length)]).join(''),
  ).join('-')

const keepSql = `
  insert into break_glass_code (code_hash, made_at, ends_at)
  select hash, raw_now(), raw_now() + make_interval(days => $2) from unnest($1::bytea[]) hash
  returning ends_at as "endsAt"`

/**
 * Makes emergency codes; those that were made before are void. They are returned once and kept as hashes alone. An account
 * that is an administrator, and nothing else, is there for who uses one.
 */
export async function makeEmergencyCodes(
  act: Act,
  { codes, days }: { codes: number; days: number },
): Promise<{ codes: string[]; endsAt: Temporal.Instant }> {
  await act.statement('alone_with_codes', 'lock table break_glass_code in share row exclusive mode', [])
  await act.statement(
    'void_codes',
    'update break_glass_code set void_at = raw_now() where used_at is null and void_at is null',
    [],
  )
  await act.statement(
    'emergency_account',
    `insert into staff (id, name_zh, name_en) values ($1, '緊急登入', 'Emergency sign-in') on conflict do nothing`,
    [emergencyAccount],
  )
  await act.statement(
    'emergency_role',
    `insert into staff_role (staff_id, role, given_by) values ($1, 'admin', 'operator') on conflict do nothing`,
    [emergencyAccount],
  )
  const made = Array.from({ length: codes }, newCode)
  const [row] = await act.statement<{ endsAt: Temporal.Instant }>('keep_codes', keepSql, [
    made.map(hashOf),
    days,
  ])
  await act.note({ act: 'emergency codes made', facts: { codes, until: row!.endsAt.toString() } })
  return { codes: made, endsAt: row!.endsAt }
}

const useSql = `
  update break_glass_code set used_at = raw_now()
  where code_hash = $1 and used_at is null and void_at is null and ends_at > raw_now() returning 1`

/** Uses a code, once: whether it was one. Of two who try the same at the same time one is let in. */
export async function useEmergencyCode(act: Act, code: string): Promise<boolean> {
  const used = await act.statement('use_code', useSql, [hashOf(code)])
  if (used.length === 0) return false
  await act.note({ act: 'emergency code used', facts: { account: emergencyAccount } })
  return true
}

/** Wrong codes of one address that are still counted, and those of everybody beyond which each answer waits. */
export const tryLimits = { ofAddress: 10, ofAll: 200, withinMinutes: 10, slowMs: 2_000 } as const

const triesSql = `
  select count(*) filter (where address = $1)::int as "ofAddress", count(*)::int as "ofAll"
  from break_glass_try where at > raw_now() - make_interval(mins => $2)`
const forgetSql = `delete from break_glass_try where at <= raw_now() - interval '1 day'`

/** Wrong codes are counted one after the other, or of many at once each would be the first. */
const oneByOneSql = 'select pg_advisory_xact_lock(7270068, 0)'

async function triesOf(act: Act, address: string): Promise<{ ofAddress: number; ofAll: number }> {
  const values = [address, tryLimits.withinMinutes]
  const [row] = await act.statement<{ ofAddress: number; ofAll: number }>('wrong_codes', triesSql, values)
  return row!
}

const hadEnough = ({ ofAddress, ofAll }: { ofAddress: number; ofAll: number }) => ({
  enough: ofAddress >= tryLimits.ofAddress,
  slow: ofAll >= tryLimits.ofAll,
})

/**
 * Counts a wrong code. What is limited are wrong codes alone: a right one is let in whatever others have tried, so that
 * nobody shuts the administrator out by guessing; 80 random bits are what keeps guesses from being right. Says whether this
 * address has had enough, and whether everybody's answers wait. The staff are told of either.
 */
export async function countWrongCode(act: Act, address: string): Promise<{ enough: boolean; slow: boolean }> {
  // Beyond either limit nothing more is written, and nobody waits: neither the table nor the queue grows with who guesses.
  const before = hadEnough(await triesOf(act, address))
  if (before.enough || before.slow) return before
  await act.statement('wrong_codes_one_by_one', oneByOneSql, [])
  const tries = await triesOf(act, address)
  const now = hadEnough(tries)
  if (now.enough || now.slow) return now
  await act.statement('forget_wrong_codes', forgetSql, [])
  await act.statement('keep_wrong_code', 'insert into break_glass_try (address, at) values ($1, raw_now())', [
    address.slice(0, 60),
  ])
  // The last one of an address, and the last one of many addresses: who guesses from everywhere is told of, too.
  if (tries.ofAddress === tryLimits.ofAddress - 1 || tries.ofAll === tryLimits.ofAll - 1)
    await act.note({ act: 'emergency codes guessed', facts: {} })
  return { enough: false, slow: false }
}

/** How the emergency way in stands, for who must know. */
export interface EmergencyStanding {
  /** When codes were used within the last week, the newest first. */
  usedAt: Temporal.Instant[]
  /** Codes that can still be used, and until when. */
  left: number
  until: Temporal.Instant | null
  /** Whether somebody has guessed within the last day. */
  guessed: boolean
}

const standingSql = `
  select coalesce((select array_agg(at order by at desc) from (
      select at from journal where act = 'emergency code used' and at > $1::timestamptz - interval '7 days'
      order by at desc limit 20) u), '{}') as "usedAt",
    (select count(*)::int from break_glass_code
     where used_at is null and void_at is null and ends_at > raw_now()) as left,
    (select max(ends_at) from break_glass_code where used_at is null and void_at is null and ends_at > raw_now()) as until,
    exists (select from journal where act = 'emergency codes guessed' and at > $1::timestamptz - interval '1 day') as guessed`

/** When emergency codes were used lately, how many are left, and whether somebody guesses. */
export async function emergencyStanding(act: Act): Promise<EmergencyStanding> {
  const ask = () => act.statement<EmergencyStanding>('emergency_standing', standingSql, [act.now])
  // The administrator sees no journal, but whether this was used.
  const [row] = await act.asItself(ask)
  return row!
}
