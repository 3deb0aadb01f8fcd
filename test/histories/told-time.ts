import type { Database } from '../../src/server/database.ts'

/** Minutes and hours in milliseconds. */
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** The campus is eight hours ahead of UTC, in summer and winter. */
export const aheadMs = 8 * hour

/** A moment as the campus's clocks show it: "2023-10-18 11:00:00.000". */
export const localText = (atMs: number): string =>
  new Date(atMs + aheadMs).toISOString().replace('T', ' ').slice(0, 23)

/** The moment at which the campus's clocks show this: "2023-10-18T11:00". */
export const momentOf = (local: string): number => Date.parse(`${local}Z`) - aheadMs

/**
 * Makes a database's clocks, the campus's and the raw one, stand still: they say what is stored and nothing else, so that
 * every act, lease and quiet time goes by told time.
 */
export async function stopClocks(owner: Database): Promise<void> {
  await owner.pool.query(`
    create or replace function raw_now() returns timestamptz language sql volatile
      return (select timestamptz 'epoch' + ahead_by from campus_clock);
    create or replace function campus_now() returns timestamptz language sql volatile return raw_now();`)
}

/** Time that stands still until it is told to go on, in PostgreSQL as in this process. */
export class ToldTime {
  nowMs: number
  readonly #owner: Database

  constructor(owner: Database, nowMs: number) {
    this.#owner = owner
    this.nowMs = nowMs
  }

  async moveTo(atMs: number): Promise<void> {
    if (atMs < this.nowMs) throw new RangeError('told time does not go back')
    this.nowMs = atMs
    await this.#owner.pool.query('update campus_clock set ahead_by = make_interval(secs => $1)', [
      atMs / 1000,
    ])
  }
}
