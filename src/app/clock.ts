import { sql } from 'kysely'
import { type Clock, OthersAtWork, type Transaction } from '../server/register.ts'

/** How long an act that runs by itself waits for others, and so lets others wait behind it. */
const aloneWaitsMs = 2_000

const setLockTimeout = (trx: Transaction, milliseconds: number) =>
  trx.statement('lock_timeout', `select set_config('lock_timeout', $1, true)`, [String(milliseconds)])

/** PostgreSQL's word for a lock that was not to be had in time. */
const isWaitGivenUp = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '55P03'

/**
 * The one place where time is read. The campus's time is the database's clock plus a stored offset (zero in
 * production), so every process agrees and a demo can be moved forward.
 */
export const campusClock: Clock = {
  async actMoment(trx: Transaction) {
    const [row] = await trx.statement<{ now: Temporal.Instant }>(
      'act_moment',
      'select act_moment() as now',
      [],
    )
    return row!.now
  },
  async aloneMoment(trx: Transaction) {
    // Sent together and run in this order: the clock is read when the lock is ours. What comes then may wait for rows.
    try {
      const [, , , now] = await Promise.all([
        setLockTimeout(trx, aloneWaitsMs),
        trx.statement('timetable_alone', 'select pg_advisory_xact_lock(7270001)', []),
        setLockTimeout(trx, 0),
        campusClock.now(trx),
      ])
      return now
    } catch (error) {
      throw isWaitGivenUp(error) ? new OthersAtWork('others are at work') : error
    }
  },
  async now(trx: Transaction) {
    const [row] = await trx.statement<{ now: Temporal.Instant }>(
      'campus_now',
      'select campus_now() as now',
      [],
    )
    return row!.now
  },
}

/** Milliseconds that only ever grow: for time-outs and how long something took, never for what time it is. */
export const monotonicMs = (): number => performance.now()

/** This machine's own clock: for whoever asks whether it is right, and for nothing that is decided. */
export const processNow = (): Temporal.Instant => Temporal.Now.instant()

/** Moves the campus forward to a moment; never back, and only a demo calls it. Needs the owner's role. */
export async function moveCampusTo(trx: Transaction, moment: Temporal.Instant): Promise<void> {
  await sql`select pg_advisory_xact_lock(7270001)`.execute(trx.db)
  await sql`
    update campus_clock set ahead_by = ${moment.toString()}::timestamptz - raw_now()
    where ${moment.toString()}::timestamptz >= campus_now() or not exists (select from journal)`.execute(
    trx.db,
  )
}
