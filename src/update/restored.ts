import { createHash } from 'node:crypto'
import { type Decision, no, yes } from '../lib/decision.ts'
import { type Act, actorName } from '../server/register.ts'
import { askSurvey } from './ask-survey.ts'
import { mayRelease, type RestoreRefusal, type RestoreSign, signOfRestore } from './restored-rules.ts'
import {
  type Difference,
  differenceNow,
  homesOf,
  isWritten,
  keepHome,
  newestWritten,
  type WaitingController,
  type Written,
  waitingControllers,
} from './restored-store.ts'

const waitSql = `
  insert into restored_controller (controller_id, noticed_at, noticed_by, sign)
  select id, $1, $2, $3 from controller order by id
  on conflict (controller_id) where released_at is null do nothing
  returning controller_id as id`

/**
 * The database was brought back from an older copy: from now on nothing is sent to any controller, and every list is read.
 * Says how many controllers wait by it.
 */
export async function noticeRestore(
  act: Act,
  sign: RestoreSign,
): Promise<Decision<{ controllers: number }, RestoreRefusal>> {
  const rows = await act.statement<{ id: number }>('controllers_wait', waitSql, [
    act.now,
    actorName(act.actor),
    sign,
  ])
  if (rows.length === 0) {
    const [any] = await act.statement('any_controller', 'select from controller limit 1', [])
    return no(any ? 'restored-already' : 'no-controllers')
  }
  await askSurvey(
    act,
    rows.map(({ id }) => id),
  )
  await act.note({ act: 'database brought back', facts: { sign, controllers: rows.length } })
  return yes({ controllers: rows.length })
}

/** What a process knows of a database: its own id, and an entry of its journal that was there. */
export interface Remembered {
  ownId: string
  written: Written | null
}

/** What came of looking whether the database was brought back; what to remember of it from now on. */
export interface LookedAtHome {
  sign: RestoreSign | null
  /** Controllers that wait by it. */
  controllers: number
  remember: Remembered
}

/**
 * Looks whether the database was brought back from an older copy, by where it is and by what this process remembers of its
 * journal; another database than the one that is remembered tells nothing. Where it was, nothing is sent from now on.
 */
export async function lookForRestore(act: Act, remembered: Remembered | null): Promise<LookedAtHome> {
  const { was, is } = await homesOf(act)
  const known = remembered && was && remembered.ownId === was.ownId ? remembered.written : null
  const sign = signOfRestore(was, is, { lacksWritten: known !== null && !(await isWritten(act, known)) })
  const ownId = sign || was === null ? await keepHome(act, is, act.now) : was.ownId
  const noticed = sign ? await noticeRestore(act, sign) : null
  const written = await newestWritten(act)
  return { sign, controllers: noticed?.ok ? noticed.controllers : 0, remember: { ownId, written } }
}

/** The controllers that wait, what would be sent to those that were read, and the seal of exactly that. */
export interface AfterRestore {
  waiting: WaitingController[]
  difference: Difference[]
  seal: string
}

/** What is to be looked at before controllers are let go. */
export async function afterRestore(act: Act): Promise<AfterRestore> {
  const waiting = await waitingControllers(act)
  const difference = waiting.length === 0 ? [] : await differenceNow(act, act.now)
  const read = waiting.filter(each => each.read).map(({ controllerId }) => controllerId)
  const lines = difference.map(({ controllerId, number, deed }) => `${controllerId} ${number} ${deed}`)
  const seal = createHash('sha256')
    .update([read.join(' '), ...lines].join('\n'))
    .digest('hex')
  return { waiting, difference, seal }
}

// Whoever lets them go at the same time waits, and finds them gone.
const lockSql = 'select from restored_controller where released_at is null for update'
const releaseSql = `
  update restored_controller set released_at = $2, released_by = $3, reason = $4
  where released_at is null and controller_id = any($1::bigint[]) returning controller_id as id`

/**
 * Lets the controllers go whose lists were read since the database was brought back, with the difference that was looked
 * at; the others go on waiting. Says how many of each.
 */
export async function releaseRestored(
  act: Act,
  { reason, seal }: { reason: string; seal: string },
): Promise<Decision<{ released: number; waiting: number }, RestoreRefusal>> {
  await act.statement('lock_restored', lockSql, [])
  const now = await afterRestore(act)
  const read = now.waiting.filter(each => each.read).map(({ controllerId }) => controllerId)
  const decision = mayRelease({
    reason,
    waiting: now.waiting.length,
    read: read.length,
    seal: { shown: seal, now: now.seal },
  })
  if (!decision.ok) return decision
  const released = await act.statement('release_restored', releaseSql, [
    read,
    act.now,
    actorName(act.actor),
    reason.trim(),
  ])
  const waiting = now.waiting.length - released.length
  await act.note({ act: 'controllers let go', facts: { released: released.length, waiting } })
  return yes({ released: released.length, waiting })
}
