import { sayFault } from '../lib/say-fault.ts'
import { publishedInForce } from '../programme/store.ts'
import type { Database, Transaction } from '../server/database.ts'
import type { Clock } from '../server/register.ts'
import { type Repeated, repeat } from '../server/repeat.ts'
import { isTime, limitsOn } from './retention-rules.ts'
import {
  beginRun,
  dropMonths,
  endRun,
  forgetOthers,
  forgetSent,
  forgetWanted,
  type Run,
  takeRun,
} from './retention-store.ts'

/** What a process needs to forget what is old; app hands it in. */
export interface Forgetting {
  /** A database opened as the role for chores. */
  database: Database
  clock: Clock
  log(line: string): void
  /** Rows that one transaction looks at and forgets: whoever needs them waits for no longer than that takes. */
  rowsAtATime?: number
}

const usualRowsAtATime = 5_000

/** Transactions of one night for each kind of row; what is left is the next night's. */
const mostANight = 1_000

/** Works on the day's run in a transaction of its own, one process after the other; false when there is nothing more to do. */
const step = (
  { database }: Forgetting,
  on: Temporal.PlainDate,
  work: (trx: Transaction, run: Run) => Promise<boolean>,
): Promise<boolean> =>
  database.transaction(async trx => {
    const run = await takeRun(trx, on)
    return run === null ? false : work(trx, run)
  })

/**
 * Once a night: forgets what is older than the programme in force says. Events go by whole months; of what was wanted,
 * and of what the controllers answered, only what something newer had taken the place of by then, so that no wish changes
 * and every moment since can still be asked about. Broken off, it goes on at the next look. Answers with the day on which it
 * is done, or null where it is too early, or there is no programme.
 */
export async function forgetOld(forgetting: Forgetting): Promise<Temporal.PlainDate | null> {
  const { database, clock, rowsAtATime = usualRowsAtATime } = forgetting
  const on = await database.transaction(async trx => {
    const inForce = await publishedInForce(trx)
    if (inForce === null) return null
    const now = await clock.now(trx)
    const local = now.toZonedDateTimeISO(inForce.programme.campus.zone)
    if (!isTime(local.toPlainTime())) return null
    const today = local.toPlainDate()
    await beginRun(trx, today, now, limitsOn(today, inForce.programme))
    return today
  })
  if (on === null) return null
  await step(forgetting, on, async (trx, run) => {
    await dropMonths(trx, run)
    return false
  })
  for (const forget of [forgetWanted, forgetSent, forgetOthers])
    for (let steps = 0; steps < mostANight; steps += 1) {
      const more = await step(forgetting, on, (trx, run) => forget(trx, run, rowsAtATime))
      if (!more) break
    }
  await step(forgetting, on, async trx => {
    await endRun(trx, on, await clock.now(trx))
    return false
  })
  return on
}

/** The nightly forgetting of one process. */
export interface KeptForgetting extends Repeated {
  look(): Promise<void>
}

/**
 * Forgets what is old, once a night; the first look also catches up with a night that passed while nothing ran. `also` is
 * what else is forgotten at night (of people, by a later room), whether or not this went well.
 */
export function keepForgetting(
  forgetting: Forgetting,
  { everyMs, also = async () => {} }: { everyMs: number | undefined; also?: () => Promise<void> },
): KeptForgetting {
  const look = async (): Promise<void> => {
    try {
      await forgetOld(forgetting)
    } finally {
      await also()
    }
  }
  return {
    look,
    ...repeat(look, { everyMs, onFault: error => forgetting.log(`retention: ${sayFault(error)}`) }),
  }
}
