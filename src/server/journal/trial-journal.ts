import pg from 'pg'
import { campusClock } from '../../app/clock.ts'
import { sayWhoActs } from '../acting.ts'
import { openDatabase } from '../database.ts'
import { sealJournal } from './seal.ts'
import { type Verified, verifyJournal } from './verify.ts'

const writeSql = `
  insert into journal (at, actor, act, person_id, facts)
  select '2023-10-18T11:00Z'::timestamptz + n * interval '1 second', 'desk:test', 'card handed over', n,
         jsonb_build_object('n', n) || $2 from generate_series(1, $1::int) n`

/** A journal of a test's own, with somebody beside it who may do whatever a superuser may. */
export async function openJournal(url: string) {
  const app = openDatabase(url, 'app', { connections: 4 })
  const chores = openDatabase(url, 'chores', { connections: 3 })
  const intruder = new pg.Client(url)
  await intruder.connect()
  async function tamper(...statements: string[]): Promise<void> {
    await intruder.query('set session_replication_role = replica')
    for (const statement of statements) await intruder.query(statement)
    await intruder.query('set session_replication_role = default')
  }
  return {
    url,
    app,
    chores,
    intruder,
    /** Writes so many entries as acts do. */
    write: (many: number, facts: object = {}) =>
      app.transaction(async trx => {
        await sayWhoActs(trx, { kind: 'system', id: 'test' })
        await trx.statement('write_entries_of_test', writeSql, [many, facts])
      }),
    /** Does something to the tables past every trigger, as somebody with the database's own powers would. */
    tamper,
    /** Begins anew, from the first entry. */
    empty: () =>
      tamper(
        'truncate journal, journal_unsealed, journal_seal cascade',
        'alter sequence journal_id_seq restart',
      ),
    seal: (most?: number) =>
      sealJournal({ database: chores, clock: campusClock }, most === undefined ? {} : { most }),
    verify: (): Promise<Verified> => verifyJournal(chores),
    async close() {
      await Promise.all([app.close(), chores.close(), intruder.end()])
    },
  }
}
export type TrialJournal = Awaited<ReturnType<typeof openJournal>>
