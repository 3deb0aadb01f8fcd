import { Client } from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { type FreshDatabase, freshDatabase } from './database.ts'
import { answerOf } from './violations.ts'

let fresh: FreshDatabase
let client: Client

/** A database with the whole schema for a test file, and a connection of its superuser. */
export function openSchema(): void {
  beforeAll(async () => {
    fresh = await freshDatabase()
    client = new Client(fresh.url)
    await client.connect()
  })
  afterAll(async () => {
    await client.end()
    await fresh.drop()
  })
}

/** The superuser's connection to that database. */
export const asSuperuser = (): Client => client

/** What PostgreSQL says to a statement where two students are, as one of the roles. */
export const answerTo = (text: string, as?: string): Promise<string> =>
  answerOf(client, { before: people, text, as })

/** Two students with an old card each in use, a new card of the first in custody, and one still in its box. */
const people = `
  set local role gatehouse_owner;
  insert into person overriding system value
  select id, 'S' || id, '示例生', 'Sample', 'csie', 2021, 'enrolled', 'regular', 'bachelor', 'gongguan', null, null, 'en'
  from generate_series(1, 2) id;
  insert into card (id, edition, chip, stocked_at) overriding system value values
    (11, 'old', '\\x00000001', '2023-09-01'), (12, 'old', '\\x00000002', '2023-09-01'),
    (21, 'new', '\\x00000003', '2023-09-01'), (22, 'new', '\\x00000004', '2023-09-01');
  insert into card_number values (11, 'low-first', 1), (12, 'low-first', 2), (21, 'low-first', 3);
  insert into handover (card_id, person_id, edition, at, how, held) values
    (11, 1, 'old', '2021-09-01', 'before-gatehouse', '[2021-09-01,)'),
    (12, 2, 'old', '2021-09-01', 'before-gatehouse', '[2021-09-01,)'),
    (21, 1, 'new', '2023-10-18', 'health-check', '[2023-10-18,)');
  insert into card_use values
    (11, 1, 'student', '[2021-09-01,)'), (12, 2, 'student', '[2021-09-01,2023-10-18)');
  insert into journal (at, actor, act) values ('2023-10-18', 'system:test', 'test');
  insert into controller values (1, '127.0.0.1', 60000, 100, 'low-first', '館', 'Building');
  insert into wanted (controller_id, number, carried_by, person_id, card_id, doors, valid_from, valid_to, decided_at)
  values (1, 3, '2023-10-18 07:00+0', 1, 21, '{1,0,0,0}', '2023-10-18', '2028-10-18', '2023-10-18 03:00+0');`
