import type { Database, Transaction } from '../server/database.ts'

/** A database, and how long a process that keeps controllers may be silent before others take its place. */
export interface Shared {
  /** A database opened as the doors' role. */
  database: Database
  /** How long a lane belongs to a process that stopped renewing it. Raw clock. */
  leaseSeconds: number
}

const lockTimeoutMs = 2_000
const statementTimeoutMs = 30_000
/** For what may touch everybody's rows: a window that would take access from a whole campus. */
const longStatementTimeoutMs = 600_000

const boundsSql = `
  select set_config('lock_timeout', $1, true), set_config('statement_timeout', $2, true),
         set_config('idle_in_transaction_session_timeout', $3, true)`

const bounded = <T>(
  shared: Shared,
  statementMs: number,
  work: (trx: Transaction) => Promise<T>,
): Promise<T> =>
  shared.database.transaction(
    trx => work(trx),
    trx =>
      trx.statement('short_transaction', boundsSql, [
        String(lockTimeoutMs),
        String(statementMs),
        String(Math.max(500, Math.round(shared.leaseSeconds * 1000))),
      ]),
  )

/**
 * A transaction that cannot hold anybody up: it waits for a lock two seconds at most, and where the process is
 * paused in the middle of it, PostgreSQL ends it when the lane's lease would have run out. Without that a paused
 * process would keep its row locks, or the timetable's lock, and every act of the campus would wait for it.
 */
export const shortTransaction = <T>(shared: Shared, work: (trx: Transaction) => Promise<T>): Promise<T> =>
  bounded(shared, statementTimeoutMs, work)

/** The same for work for which nobody waits, and whose statements may take long. */
export const longTransaction = <T>(shared: Shared, work: (trx: Transaction) => Promise<T>): Promise<T> =>
  bounded(shared, longStatementTimeoutMs, work)
