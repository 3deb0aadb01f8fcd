import type { StaffRole } from '../lib/roles.ts'
import { programmeOrNull } from '../programme/store.ts'
import type { Transaction } from '../server/database.ts'
import type { Act } from '../server/register.ts'
import type { Places } from './rules.ts'
import { type ClaimReading, type Place, usualReading } from './shape.ts'

/** How claims are read now, and since which version; version 0 where nobody has said anything yet. */
export async function readingInForce(act: Act): Promise<{ version: number; reading: ClaimReading }> {
  const [row] = await act.statement<{ version: number; reading: ClaimReading }>(
    'reading_in_force',
    'select version, reading from claim_reading order by version desc limit 1',
    [],
  )
  return row ?? { version: 0, reading: usualReading }
}

const forSql = `
  select reading from claim_reading
  where (select kept_by from claim_reading order by version desc limit 1) is distinct from $1 or kept_by <> $1
  order by version desc limit 1`

/**
 * How the claims of an account's holder are read: as they are now, or, where the holder said so themselves, as the last other
 * person had it. So nobody gives themselves a role by a rule, or the number of somebody else.
 */
export async function readingFor(act: Act, account: string | null): Promise<ClaimReading> {
  const [row] = await act.statement<{ reading: ClaimReading }>('reading_for', forSql, [account])
  return row?.reading ?? usualReading
}

/** Keeps how claims are read from now on. */
export async function keepReading(act: Act, reading: ClaimReading): Promise<number> {
  const [row] = await act.statement<{ version: number }>(
    'keep_reading',
    'insert into claim_reading (reading, kept_at, kept_by) values ($1, $2, $3) returning version',
    [JSON.stringify(reading), act.now, act.actor.id],
  )
  return row!.version
}

/** A counter or a door, by its id and how people call it. */
export interface NamedPlace {
  id: string
  name: { 'zh-TW': string; en: string }
}

/** The places at which somebody can have a role. */
export interface NamedPlaces {
  counters: NamedPlace[]
  buildings: NamedPlace[]
  doors: NamedPlace[]
}

const buildingsSql = `
  select distinct on (building_zh) building_zh as id, building_zh as zh, building_en as en
  from controller order by building_zh, id`
const doorsSql = `
  select d.id, d.name_zh as zh, d.name_en as en from door d order by d.id limit 5000`

/** Every counter of the programme in force, every building and every door. */
export async function placesNow(trx: Transaction): Promise<NamedPlaces> {
  type Row = { id: string; zh: string; en: string }
  const named = (rows: Row[]): NamedPlace[] =>
    rows.map(({ id, zh, en }) => ({ id, name: { 'zh-TW': zh, en } }))
  return {
    counters: ((await programmeOrNull(trx))?.counters ?? []).map(({ id, name }) => ({ id, name })),
    buildings: named(await trx.statement<Row>('buildings_of_roles', buildingsSql, [])),
    doors: named(await trx.statement<Row>('doors_of_roles', doorsSql, [])),
  }
}

/** Their ids alone, as rules ask for them. */
export const idsOf = ({ counters, buildings, doors }: NamedPlaces): Places => ({
  counters: counters.map(({ id }) => id),
  buildings: buildings.map(({ id }) => id),
  doors: doors.map(({ id }) => id),
})

/** A role of an account, as it is kept. */
export interface KeptRole {
  id: number
  role: StaffRole
  counter: string | null
  buildings: string[] | null
  doors: string[] | null
  fromProvider: boolean
}

/** The roles of an account, in the order in which they were given. */
export const rolesOf = (act: Act, account: string): Promise<KeptRole[]> =>
  act.statement<KeptRole>(
    'roles_of_account',
    `select id, role, counter, buildings, doors, from_provider as "fromProvider"
     from staff_role where staff_id = $1 order by id`,
    [account],
  )

/** Gives an account a role; false where it has that role there already. */
export async function keepRole(
  act: Act,
  account: string,
  { role, counter, buildings, doors }: Place,
  fromProvider: boolean,
): Promise<boolean> {
  const kept = await act.statement(
    'keep_role',
    `insert into staff_role (staff_id, role, counter, buildings, doors, given_at, given_by, from_provider)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning 1`,
    [
      account,
      role,
      counter ?? null,
      buildings ?? null,
      doors ?? null,
      act.now,
      fromProvider ? 'provider' : act.actor.id,
      fromProvider,
    ],
  )
  return kept.length > 0
}

/** Takes a role from an account; its sessions end with it. */
export const takeRole = (act: Act, id: number): Promise<unknown> =>
  act.statement('take_role', 'delete from staff_role where id = $1', [id])

/** A place as the journal names it: ids, no names of people. */
export const placeFacts = ({
  role,
  counter,
  buildings,
  doors,
}: {
  role: StaffRole
  counter?: string | null
  buildings?: readonly string[] | null
  doors?: readonly string[] | null
}): Record<string, string> => ({
  role,
  ...(counter && { counter }),
  ...(buildings && { buildings: buildings.join('、') }),
  ...(doors && { doors: doors.join(', ') }),
})

/** Takes an account's row for oneself, so that two who change it do so one after the other. */
export async function lockAccount(
  act: Act,
  id: string,
): Promise<{ endedAt: Temporal.Instant | null } | null> {
  const [row] = await act.statement<{ endedAt: Temporal.Instant | null }>(
    'lock_account',
    'select ended_at as "endedAt" from staff where id = $1 for update',
    [id],
  )
  return row ?? null
}
