import { sayFault } from '../lib/say-fault.ts'
import type { Act, Clock, Register } from '../server/register.ts'
import { type Repeated, repeat } from '../server/repeat.ts'
import { askSurvey } from './ask-survey.ts'
import { type Shared, shortTransaction } from './short-transaction.ts'

/** How much of what the controllers confirmed long ago is looked at again, and how often. */
export interface Budget {
  /** Card lists that are read at the same time on a round, by all processes together. */
  listsAtOnce: number
  /** Each controller's list is read whole once in so many hours. */
  listEveryHours: number
  /** Removed numbers are looked for again for so many days. */
  absentForDays: number
  /** Removed numbers that one look asks for. */
  absentAtOnce: number
}

/** A list a day and two at a time: a thousand controllers of 20,000 cards need some 230 answers a second for it. */
export const usualBudget: Budget = {
  listsAtOnce: 2,
  listEveryHours: 24,
  absentForDays: 30,
  absentAtOnce: 500,
}

/** A list that must be read before its controller is let go is tried again after so many minutes. */
const soonMinutes = 10

const absentSql = `
  with due as (
    select controller_id, number from held
    where doors = '{0,0,0,0}' and verify_after is null
      and coalesce(verified_at, confirmed_at) < $1::timestamptz - interval '1 day'
      and confirmed_at > $1::timestamptz - make_interval(days => $2)
    order by coalesce(verified_at, confirmed_at) limit $3 for update skip locked)
  update held h set verify_after = raw_now() from due
  where h.controller_id = due.controller_id and h.number = due.number
  returning h.number`

/**
 * Has numbers that were removed within the last days looked for again, a day after they were last seen to be gone:
 * of all that may drift, a card that opens again what it must not matters most. The lanes read them back; one that is
 * there is removed again. Says how many.
 */
export const lookForRemoved = (
  shared: Shared & { clock: Clock },
  { absentForDays, absentAtOnce }: Budget,
): Promise<number> =>
  shortTransaction(shared, async trx => {
    const now = await shared.clock.now(trx)
    return (await trx.statement('must_be_absent', absentSql, [now, absentForDays, absentAtOnce])).length
  })

// Before its list was read, a controller that waits after a restore is let go by nobody: it is tried again soon.
const waitsUnread = `exists (
  select from restored_controller r where r.controller_id = c.id and r.released_at is null
    and not exists (select from controller_survey s where s.controller_id = c.id and s.outcome = 'complete'
                    and s.began_at >= r.noticed_at))`

// A list that could not be read is not asked for again before the others had their turn.
const oldestSql = `
  select c.id from controller c
  left join lateral (
    select max(asked_at) as asked_at, bool_or(ended_at is null) as reading from controller_survey s
    where s.controller_id = c.id) last on true
  where last.reading is not true
    and (last.asked_at is null or last.asked_at < $1::timestamptz - make_interval(hours => $2)
         or last.asked_at < $1::timestamptz - interval '${soonMinutes} minutes' and ${waitsUnread})
  order by last.asked_at nulls first, c.id
  limit greatest(0, $3 - (select count(*) from controller_survey where ended_at is null))`

/** Asks for the card lists that were not read for the longest time, as far as the budget goes. Says how many. */
export async function askForOldestLists(act: Act, { listsAtOnce, listEveryHours }: Budget): Promise<number> {
  const rows = await act.statement<{ id: number }>('oldest_lists', oldestSql, [
    act.now,
    listEveryHours,
    listsAtOnce,
  ])
  if (rows.length === 0) return 0
  const asked = await askSurvey(
    act,
    rows.map(({ id }) => id),
  )
  return asked.ok ? asked.asked : 0
}

/**
 * Goes its rounds: what the controllers confirmed is looked at again within a budget, so that what somebody else
 * changed on one comes to light without being asked for.
 */
export function goRounds(
  shared: Shared & { clock: Clock },
  register: Register,
  {
    budget = usualBudget,
    everyMs,
    log,
  }: { budget?: Budget; everyMs?: number | undefined; log: (line: string) => void },
): Repeated {
  const look = async () => {
    await lookForRemoved(shared, budget)
    await register.aside({ kind: 'system', id: 'update' }, act => askForOldestLists(act, budget))
  }
  return repeat(look, { everyMs, onFault: error => log(`rounds: ${sayFault(error)}`) })
}
