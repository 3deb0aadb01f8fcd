import { Client, DatabaseError } from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { type FreshDatabase, freshDatabase } from './database.ts'

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

/** What PostgreSQL says to a statement: `fine`, or the kind of its refusal with the constraint. Nothing is kept. */
export async function answerTo(text: string, as = 'gatehouse_owner'): Promise<string> {
  await client.query('begin')
  try {
    await client.query(people)
    await client.query(`set local role ${as}`)
    await client.query(text)
    return 'fine'
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    return [kinds[error.code ?? ''] ?? error.code, error.constraint].filter(Boolean).join(' ')
  } finally {
    await client.query('rollback')
  }
}

const kinds: Record<string, string> = {
  '23503': 'foreign key',
  '23505': 'unique',
  '23514': 'check',
  '23P01': 'exclusion',
  '42501': 'not allowed',
  P0001: 'refused',
}

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
  insert into staff values ('a', '甲', 'A', 'desk', 'here'), ('b', '乙', 'B', 'desk', 'here');
  insert into identity_confirmation (id, person_id, counter, documents, asked_by, asked_at, good_until, confirmed,
    answered_by, answered_at, reason) overriding system value values
    (31, 2, 'here', '{"id":"passport"}', 'a', '2023-10-18 11:00', '2023-10-18 11:15', true, 'b', '2023-10-18 11:05', null),
    (32, 2, 'here', '{"id":"passport"}', 'a', '2023-10-18 12:00', '2023-10-18 12:15', null, null, null, null);
  insert into journal (at, actor, act) values ('2023-10-18', 'system:test', 'test');
  insert into controller values (1, '127.0.0.1', 60000, 100, 'low-first', '館', 'Building');
  insert into wanted (controller_id, number, carried_by, person_id, card_id, doors, valid_from, valid_to, decided_at)
  values (1, 3, '2023-10-18 07:00+0', 1, 21, '{1,0,0,0}', '2023-10-18', '2028-10-18', '2023-10-18 03:00+0');`
