import { type Decision, no, yes } from '../lib/decision.ts'
import type { Act } from '../server/register.ts'
import {
  type AccountRefusal,
  accountId,
  emergencyAccount,
  mayChange,
  type PlaceRefusal,
  placeHolds,
  readingHolds,
} from './rules.ts'
import type { ClaimReading, Place } from './shape.ts'
import {
  idsOf,
  keepReading,
  keepRole,
  lockAccount,
  placeFacts,
  placesNow,
  readingInForce,
  rolesOf,
  takeRole,
} from './store.ts'
import type { ChangeRefusal } from './words.ts'

/** An administrator says what claims mean from now on; `version` is the one that they looked at. */
export async function changeReading(
  act: Act,
  { version, reading }: { version: number; reading: ClaimReading },
): Promise<Decision<{ version: number }, ChangeRefusal>> {
  // Of two who looked at the same version one keeps theirs: the lock is held until the other one's is decided.
  await act.statement('alone_with_reading', 'lock table claim_reading in share row exclusive mode', [])
  const now = await readingInForce(act)
  if (now.version !== version) return no('changed-meanwhile')
  const holds = readingHolds(reading, idsOf(await placesNow(act)))
  if (!holds.ok) return holds
  const kept = await keepReading(act, reading)
  await act.note({ act: 'sign-in settings changed', facts: { version: kept, rules: reading.rules.length } })
  return yes({ version: kept })
}

/** An administrator records an account, before its holder has signed in for the first time. */
export async function addAccount(
  act: Act,
  { id, nameZh, nameEn }: { id: string; nameZh: string; nameEn: string },
): Promise<Decision<object, ChangeRefusal>> {
  if (!accountId.test(id)) return no('account-id-wrong')
  if (id === emergencyAccount) return no('emergency-account')
  const added = await act.statement(
    'add_account',
    'insert into staff (id, name_zh, name_en) values ($1, $2, $3) on conflict do nothing returning 1',
    [id, nameZh, nameEn],
  )
  if (added.length === 0) return no('account-there', { account: id })
  await act.note({ act: 'account added', facts: { account: id } })
  return yes({})
}

/** Takes the account for a change, where its administrator may change it. */
async function accountFor(
  act: Act,
  id: string,
): Promise<Decision<{ endedAt: Temporal.Instant | null }, AccountRefusal | 'no-such-account'>> {
  const may = mayChange(act.actor.id, id)
  if (!may.ok) return may
  const account = await lockAccount(act, id)
  return account === null ? no('no-such-account', { account: id }) : yes(account)
}

/** An administrator gives somebody else a role, by hand: it stays whatever the provider says. */
export async function giveRole(act: Act, id: string, place: Place): Promise<Decision<object, ChangeRefusal>> {
  const account = await accountFor(act, id)
  if (!account.ok) return account
  if (account.endedAt !== null) return no('account-ended', { account: id })
  const holds: Decision<object, PlaceRefusal> = placeHolds(place, idsOf(await placesNow(act)))
  if (!holds.ok) return holds
  if (!(await keepRole(act, id, place, false))) return no('role-there', { role: place.role })
  await act.note({ act: 'role given', facts: { account: id, ...placeFacts(place) } })
  return yes({})
}

/** An administrator takes a role from somebody else; whoever acts in it just now is signed out. */
export async function takeRoleBack(
  act: Act,
  id: string,
  roleId: number,
): Promise<Decision<object, ChangeRefusal>> {
  const account = await accountFor(act, id)
  if (!account.ok) return account
  const role = (await rolesOf(act, id)).find(each => each.id === roleId)
  if (role === undefined) return no('no-such-role')
  if (role.fromProvider) return no('given-by-provider')
  await takeRole(act, roleId)
  await act.note({ act: 'role taken', facts: { account: id, ...placeFacts(role) } })
  return yes({})
}

/**
 * An administrator ends somebody else's account, whose sessions end at once, or takes it up again. The row stays, because what
 * it did refers to it; so do its roles.
 */
export async function endAccount(
  act: Act,
  id: string,
  ends: boolean,
): Promise<Decision<object, ChangeRefusal>> {
  const account = await accountFor(act, id)
  if (!account.ok) return account
  if ((account.endedAt !== null) === ends) return no('already-so')
  await act.statement('end_account', 'update staff set ended_at = $2 where id = $1', [
    id,
    ends ? act.now : null,
  ])
  if (ends) await act.statement('sessions_of_account', 'delete from session where staff_id = $1', [id])
  await act.note({ act: ends ? 'account ended' : 'account taken up again', facts: { account: id } })
  return yes({})
}
