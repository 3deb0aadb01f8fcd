import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freshDatabase } from '../../test/database.ts'
import { readProgramme } from '../programme/read.ts'
import { publishProgramme } from '../programme/store.ts'
import { type Database, openDatabase } from '../server/database.ts'
import { type Actor, type Clock, type Follow, openRegister, type Register } from '../server/register.ts'
import { tellOf } from './tell.ts'

/** A campus of its own for a test file: NTNU's programme, two fictional students, their old and new cards. */
export interface TrialCampus {
  url: string
  register: Register
  database: Database
  /** What time it is for everybody; tests set it. */
  now: Temporal.Instant
  clock: Clock
  /** One statement as the owner of everything. */
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

/** The office's part of Gatehouse, for acts of nobody in particular. */
export const system: Actor = { kind: 'system', id: 'test' }

/** One (person 1) reads Chinese and has mail; Two (person 2) reads English and has none. Cards 1, 2 old; 3, 4 new. */
const people = `
  insert into person (student_number, name_zh, name_en, department, entry_year, status, kind, degree, site, email, language)
  values ('41047001S', '示例生 甲01', 'Sample One', 'math', 2021, 'enrolled', 'regular', 'bachelor', 'gongguan', 'one@example.org', 'zh-TW'),
         ('41047002S', '示例生 甲02', 'Sample Two', 'math', 2021, 'enrolled', 'regular', 'bachelor', 'gongguan', null, 'en');
  insert into staff (id, name_zh, name_en) values ('clerk-a', '櫃檯甲', 'Desk Clerk A');
  insert into card (edition, chip, printed_number, stocked_at)
  select case when n < 3 then 'easycard' else '4k-centenary' end, decode(lpad(to_hex(n), 8, '0'), 'hex'),
         '100000000000000' || n, '2023-09-11T00:00:00Z' from generate_series(1, 4) n;
  insert into handover (card_id, person_id, edition, at, how, held)
  select n, n, 'easycard', '2021-09-01T00:00:00Z', 'before-gatehouse', '[2021-09-01T00:00:00Z,)' from generate_series(1, 2) n;
  insert into handover (card_id, person_id, edition, at, how, evidence, evidence_card_id, counter, clerk, held)
  select n + 2, n, '4k-centenary', '2023-10-18T02:40:00Z', 'desk', '{"old-card":"read"}', n, 'dept-math', 'clerk-a',
         '[2023-10-18T02:40:00Z,)' from generate_series(1, 2) n;
  insert into card_use (card_id, person_id, during)
  select n, n, '[2021-09-01T00:00:00Z,2024-02-29T16:00:00Z)' from generate_series(1, 2) n;`

/** Makes the campus on a database of its own. Who acts is followed by the message room alone. */
export async function trialCampus(): Promise<TrialCampus> {
  const fresh = await freshDatabase()
  const database = openDatabase(fresh.url, 'app', { connections: 4 })
  const owner = openDatabase(fresh.url, 'owner', { connections: 2 })
  const follow: Follow = async (act, noted) => {
    for (const entry of noted) await tellOf(act, entry)
  }
  const clock: Clock = {
    actMoment: async () => campus.now,
    aloneMoment: async () => campus.now,
    now: async () => campus.now,
  }
  const campus: TrialCampus = {
    url: fresh.url,
    database,
    clock,
    register: openRegister(database, clock, follow),
    now: Temporal.Instant.from('2023-10-18T11:00+08:00'),
    sql: async (text, values) => (await owner.pool.query(text, values)).rows as Record<string, unknown>[],
    async close() {
      await Promise.all([database.close(), owner.close()])
      await fresh.drop()
    },
  }
  const source = await readFile(join(import.meta.dirname, '../../programmes/ntnu-2023.yaml'), 'utf8')
  const read = readProgramme(source)
  if (!read.ok) throw new Error('The sample programme is refused')
  await campus.register.act(system, act => publishProgramme(act, read.programme, source))
  await owner.pool.query(people)
  return campus
}

const activationSql = `
  insert into activation (card_id, person_id, at, replaces, carried_by, at_once, old_until, new_from)
  values ($2, $1, $3, $4, '2023-10-18T07:00:00Z', false, '2023-10-18T07:00:00Z', '2023-10-18T08:00:00Z')`

/** That person switches the new card on at 11:00: carried by the 15:00 window, over at 16:00. */
export const activate = (campus: TrialCampus, personId: number): Promise<void> =>
  campus.register.act(system, async act => {
    await act.statement('trial_activation', activationSql, [personId, personId + 2, act.now, personId])
    await act.note({ act: 'card activated', personId, cardId: personId + 2, facts: { atOnce: false } })
  })
