import type { Transaction } from '../server/database.ts'
import { type GuardLimits, type TooMany, usualLimits } from './guard-rules.ts'
import { foreseenPeopleSql, foreseenSql, stopSql, tooManySql } from './losing.ts'
import { raiseNotice } from './notices.ts'

/** A window as the guard looks at it. */
export interface Guarded {
  startsAt: Temporal.Instant
  /** The newest window that was opened before it; null: none. */
  before: Temporal.Instant | null
  /** Its date at the campus: a card whose last day lies before it opens nothing any more. */
  on: Temporal.PlainDate
  limits: GuardLimits | undefined
}

/** A window as the statements about losing are given it. */
export const valuesOf = ({ before, startsAt, on, limits = usualLimits }: Guarded): unknown[] => [
  before,
  startsAt,
  on,
  limits.people,
  limits.percent,
]

// Where so few people are concerned at all, nobody needs to be looked at.
const concernedSql = `
  select count(distinct person_id)::int as people from wanted_open
  where carried_by > coalesce($1::timestamptz, '-infinity') and carried_by <= $2 and not at_once`

async function isSmall(trx: Transaction, { before, startsAt, limits = usualLimits }: Guarded) {
  const [row] = await trx.statement<{ people: number }>('guard_concerned', concernedSql, [before, startsAt])
  return row!.people <= limits.people
}

/**
 * Looks at whom a window that begins would take access from. Where they are more than the programme lets pass, on a
 * controller or at the campus, those rows wait for a second person; everything else goes on. It runs after the cut-off,
 * when what is due changes no more, and before the lanes are told.
 */
export async function guardWindow(
  trx: Transaction,
  { now, ...window }: Guarded & { now: Temporal.Instant },
): Promise<void> {
  if (await isSmall(trx, window)) return
  const tooMany = await trx.statement<TooMany>('guard_too_many', tooManySql, valuesOf(window))
  if (tooMany.length === 0) return
  const values = [...valuesOf(window), now, JSON.stringify(tooMany)]
  const [guard] = await trx.statement<{ id: number; people: number }>('guard_stop', stopSql, values)
  if (guard === undefined) return
  await raiseNotice(trx, 'guard-waits', window.startsAt, { now, facts: { people: guard.people } })
}

/** What the guard would stop if a window began as things stand now. */
export interface Foreseen {
  people: number
  /** Names exactly who would lose access where; null where nothing would be stopped. */
  seal: string | null
  causedBy: string[]
  tooMany: TooMany[]
}

/** What the guard would stop if the window began now; nothing is written. */
export async function foresee(trx: Transaction, window: Guarded): Promise<Foreseen> {
  const [row] = await trx.statement<Foreseen>('guard_foreseen', foreseenSql, valuesOf(window))
  return row!
}

/** Those whom it would stop, by controller: ids of people. */
export const foreseenPeople = (trx: Transaction, window: Guarded) =>
  trx.statement<{ controllerId: number; people: number[] }>(
    'guard_foreseen_people',
    foreseenPeopleSql,
    valuesOf(window),
  )
