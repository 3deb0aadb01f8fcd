import { type Decision, yes } from '../lib/decision.ts'
import { lockHolder } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import type { Vouched } from './provider.ts'
import {
  type Arrival,
  type ArrivalRefusal,
  arriveAs,
  type Given,
  idsOfPlace,
  type KnownAccount,
  placeHolds,
  whatClaimsGive,
} from './rules.ts'
import type { Place } from './shape.ts'
import {
  idsOf,
  keepRole,
  placeFacts,
  placesNow,
  readingFor,
  readingInForce,
  rolesOf,
  takeRole,
} from './store.ts'

const knownSql = `
  select id, ended_at is not null as ended,
    case when provider_subject is null then 'to-nobody' when provider_subject = $2 then 'to-them' else 'to-another' end as tied
  from staff where provider_subject = $2 or id = $1
  order by provider_subject = $2 desc nulls last limit 1 for update`

const keepAccountSql = `
  insert into staff as s (id, name_zh, name_en, email, provider_subject, person_id) values ($1, $2, $3, $4, $5, $6)
  on conflict (id) do update set name_zh = excluded.name_zh, name_en = excluded.name_en,
    email = coalesce(excluded.email, s.email), provider_subject = excluded.provider_subject, person_id = excluded.person_id
  returning xmax::text = '0' as added`

/**
 * Gives an account the roles that the provider's word gives now, and takes those that it gave before; what was given by
 * hand stays.
 */
async function followProvider(act: Act, account: string, given: readonly Place[]): Promise<void> {
  const before = await rolesOf(act, account)
  const same = new Set(given.map(idsOfPlace))
  const taken = before.filter(role => role.fromProvider && !same.has(idsOfPlace(role)))
  for (const role of taken) {
    await takeRole(act, role.id)
    await act.note({ act: 'role taken', facts: { account, ...placeFacts(role), by: 'provider' } })
  }
  const has = new Set(before.filter(role => !taken.includes(role)).map(idsOfPlace))
  for (const place of given) {
    if (has.has(idsOfPlace(place)) || !(await keepRole(act, account, place, true))) continue
    await act.note({ act: 'role given', facts: { account, ...placeFacts(place), by: 'provider' } })
  }
}

/** The register's person whom claims name as a student; null where they name nobody, or nobody of the register. */
export async function personOf(act: Act, { student }: Pick<Given, 'student'>): Promise<number | null> {
  if (student === null) return null
  const sql = 'select id from person where student_number = $1'
  const [row] = await act.statement<{ id: number }>('person_who_arrives', sql, [student])
  return row?.id ?? null
}

const anotherSql = `
  select exists (select from staff s where s.person_id = $1 and s.id is distinct from $2 and s.ended_at is null
    and exists (select from staff_role r where r.staff_id = s.id)) as another`

/** Whether a student, who is locked, works here by another account than this one. */
async function worksByAnother(act: Act, personId: number, account: string | null): Promise<boolean> {
  await lockHolder(act, personId)
  const [row] = await act.statement<{ another: boolean }>('works_by_another', anotherSql, [personId, account])
  return row!.another
}

/**
 * Somebody whom the provider vouched for arrives: their account and their roles become what it says of them now, in one
 * transaction, and each change is in the journal.
 */
export async function arrive(
  act: Act,
  { claims, subject }: Vouched,
): Promise<Decision<Arrival, ArrivalRefusal>> {
  const named = whatClaimsGive((await readingInForce(act)).reading, claims).account
  const values = [named, subject]
  const [found] = await act.statement<KnownAccount & { id: string }>('account_who_arrives', knownSql, values)
  const known = found ?? null
  const hasRoles = known !== null && (await rolesOf(act, known.id)).some(role => !role.fromProvider)
  const account = known?.tied === 'to-them' ? known.id : named
  const said = whatClaimsGive(await readingFor(act, account), claims)
  const there = idsOf(await placesNow(act))
  // A counter that is closed by now, or a door that is gone, gives nobody a role.
  const given = { ...said, places: said.places.filter(place => placeHolds(place, there).ok) }
  const personId = await personOf(act, given)
  const hasAnother = personId !== null && (await worksByAnother(act, personId, account))
  const decision = arriveAs({ ...given, account }, { known, hasRoles, personId, hasAnother })
  if (!decision.ok || decision.account === null) {
    // Whom no group speaks for any more keeps nothing of what groups gave.
    if (known?.tied === 'to-them') await followProvider(act, known.id, [])
    return decision
  }
  // An account that has ended, or has no role any more, gives the number up.
  await act.statement(
    'person_of_one_account',
    'update staff set person_id = null where person_id = $1 and id <> $2',
    [personId, decision.account],
  )
  const { nameZh, nameEn, email } = given
  const kept = [decision.account, nameZh, nameEn, email, subject, personId]
  const [row] = await act.statement<{ added: boolean }>('keep_account_who_arrives', keepAccountSql, kept)
  if (row!.added)
    await act.note({ act: 'account added', facts: { account: decision.account, by: 'provider' } })
  await followProvider(act, decision.account, given.places)
  await act.note({ act: 'signed in', facts: { account: decision.account } })
  return yes({ account: decision.account, personId })
}
