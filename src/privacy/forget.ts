import { publishedInForce } from '../programme/store.ts'
import type { Database, Transaction } from '../server/database.ts'
import type { Clock } from '../server/register.ts'
import { isTime } from '../update/retention-rules.ts'
import { plans as allPlans, type Plan } from './plans.ts'
import { forgottenBefore, type Term } from './rules.ts'

/** Something outside of the database that is forgotten by the same terms: files in a folder. */
export interface FolderPlan {
  what: string
  term: Term
  /** Forgets what is older; says how much. */
  forget: (before: Temporal.Instant) => Promise<number>
}

/** With what a night's forgetting is done; app hands it in. */
export interface ForgettingPeople {
  /** A database opened as the role for chores. */
  database: Database
  clock: Clock
  folders?: readonly FolderPlan[]
  /** Rows that one transaction forgets: whoever needs them waits for no longer than that takes. */
  rowsAtATime?: number
  /** In place of all of them, where a test takes one away. */
  plans?: readonly Plan[]
}

const usualRowsAtATime = 500

/** Transactions of one night for each plan; what is left is the next night's. */
const mostANight = 10_000

const beginSql = `
  insert into forgetting (on_date, what, before, began_at)
  select $1, t.what, t.before, $4 from unnest($2::text[], $3::timestamptz[]) as t(what, before) on conflict do nothing`
// One process at a time, until its transaction ends.
const takeSql = `
  select before from forgetting where on_date = $1 and what = $2 and ended_at is null for update`
const wentSql = 'update forgetting set gone = gone + $3 where on_date = $1 and what = $2'
const endSql = 'update forgetting set ended_at = greatest($3, began_at) where on_date = $1 and what = $2'
// How much, and of nobody.
const noteSql = `
  insert into journal (at, actor, act, facts)
  select $3, 'system:retention', 'old data forgotten', jsonb_build_object('what', what, 'gone', gone)
  from forgetting where on_date = $1 and what = $2 and gone > 0`

/** What is being forgotten of one plan on one day. */
interface Step {
  on: Temporal.PlainDate
  what: string
}

/** Takes a day's plan and works on it; false where it is over, or another process has it to its end. */
const taken = (
  { database }: ForgettingPeople,
  { on, what }: Step,
  work: (trx: Transaction, before: Temporal.Instant) => Promise<boolean>,
): Promise<boolean> =>
  database.transaction(async trx => {
    const [row] = await trx.statement<{ before: Temporal.Instant }>('forgetting_take', takeSql, [on, what])
    return row === undefined ? false : work(trx, row.before)
  })

/** The values that a plan's statement names: all of them, or the first two. */
const valuesFor = (sql: string, values: readonly unknown[]): readonly unknown[] =>
  sql.includes('$3') ? values : values.slice(0, 2)

async function forgetRows(forgetting: ForgettingPeople, step: Step, { what, sql }: Plan): Promise<void> {
  const { clock, rowsAtATime = usualRowsAtATime } = forgetting
  for (let steps = 0; steps < mostANight; steps += 1) {
    const more = await taken(forgetting, step, async (trx, before) => {
      const values = valuesFor(sql, [before, rowsAtATime, await clock.now(trx)])
      const [row] = await trx.statement<{ gone: number }>(`forget_${what}`, sql, values)
      const { gone } = row!
      if (gone > 0) await trx.statement('forgetting_went', wentSql, [step.on, what, gone])
      return gone >= rowsAtATime
    })
    if (!more) return
  }
}

const openSql = `
  select what from forgetting where on_date = $1 and what = any($2::text[]) and ended_at is null`

/** Begins the day of all plans, once for all processes; says the date, and of which something is left to do. */
const begin = ({ database, clock }: ForgettingPeople, plans: readonly { what: string; term: Term }[]) =>
  database.transaction(async (trx): Promise<{ on: Temporal.PlainDate; open: ReadonlySet<string> } | null> => {
    const inForce = await publishedInForce(trx)
    if (inForce === null) return null
    const { programme } = inForce
    const now = await clock.now(trx)
    const local = now.toZonedDateTimeISO(programme.campus.zone)
    if (!isTime(local.toPlainTime())) return null
    const on = local.toPlainDate()
    const whats = plans.map(({ what }) => what)
    const befores = plans.map(({ term }) => forgottenBefore(now, programme, term).toString())
    await trx.statement('forgetting_begin', beginSql, [on, whats, befores, now])
    const open = await trx.statement<{ what: string }>('forgetting_open', openSql, [on, whats])
    return { on, open: new Set(open.map(({ what }) => what)) }
  })

/** Ends a plan's day; where something was forgotten, the journal says how much. */
const end = (forgetting: ForgettingPeople, step: Step) =>
  taken(forgetting, step, async trx => {
    const values = [step.on, step.what, await forgetting.clock.now(trx)]
    await trx.statement('forgetting_end', endSql, values)
    await trx.statement('forgetting_note', noteSql, values)
    return false
  })

async function forgetFolder(forgetting: ForgettingPeople, step: Step, { forget }: FolderPlan): Promise<void> {
  await taken(forgetting, step, async (trx, before) => {
    const gone = await forget(before)
    if (gone > 0) await trx.statement('forgetting_went', wentSql, [step.on, step.what, gone])
    return false
  })
}

/**
 * Once a night: forgets what is kept of people for longer than the programme in force says, some rows a transaction. Broken
 * off, or in two processes at once, it goes on where it was and forgets nothing twice; what a restore brings back is forgotten in
 * the first night after it. Where one plan fails the others go on, and the first failure is thrown at the end.
 */
export async function forgetPeople(forgetting: ForgettingPeople): Promise<void> {
  const { plans = allPlans, folders = [] } = forgetting
  const begun = await begin(forgetting, [...plans, ...folders])
  if (begun === null) return
  let failed: unknown = null
  const night = async ({ what }: { what: string }, work: (step: Step) => Promise<void>) => {
    if (!begun.open.has(what)) return
    const step = { on: begun.on, what }
    try {
      await work(step)
      await end(forgetting, step)
    } catch (error) {
      failed ??= error
    }
  }
  for (const plan of plans) await night(plan, step => forgetRows(forgetting, step, plan))
  for (const plan of folders) await night(plan, step => forgetFolder(forgetting, step, plan))
  if (failed !== null) throw failed
}
