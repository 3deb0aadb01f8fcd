import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../../test/database.ts'
import { hashOf, lineSql } from './form.ts'
import { openJournal, type TrialJournal } from './trial-journal.ts'

/* Entries are sealed, none is passed over, and whatever is done to them afterwards is found (reliability.md D5). */

let fresh: FreshDatabase
let journal: TrialJournal
beforeAll(async () => {
  fresh = await freshDatabase()
  journal = await openJournal(fresh.url)
})
afterAll(async () => {
  await journal.close()
  await fresh.drop()
})
beforeEach(() => journal.empty())

const whole = (entries: number, seals: number, waiting = 0) => ({ whole: true, entries, seals, waiting })

describe('sealing', () => {
  it('covers every entry once, in seals that follow each other', async () => {
    await journal.write(25)
    expect(await journal.verify()).toEqual(whole(0, 0, 25))
    expect(await journal.seal(10)).toBe(25)
    expect(await journal.seal(10)).toBe(0)
    await journal.write(1)
    expect(await journal.seal()).toBe(1)
    expect(await journal.verify()).toEqual(whole(26, 4))
  })

  it('passes over no entry of a transaction that was still open', async () => {
    const slow = await journal.app.pool.connect()
    await slow.query(`begin; set local gatehouse.role = 'system'`)
    await slow.query(
      `insert into journal (at, actor, act) values ('2023-10-18', 'desk:slow', 'card handed over')`,
    )
    await journal.write(3)
    expect(await journal.seal()).toBe(3)
    await journal.write(2)
    expect(await journal.seal()).toBe(2)
    await slow.query('commit')
    slow.release()
    expect(await journal.seal()).toBe(1)
    const { rows } = await journal.intruder.query('select ids::text from journal_seal order by number')
    expect(rows.map(row => row.ids)).toEqual(['{[2,5)}', '{[5,7)}', '{[1,2)}'])
    expect(await journal.verify()).toEqual(whole(6, 3))
  })

  it('does without the entries that were never committed', async () => {
    const given = await journal.app.pool.connect()
    await given.query(`begin; set local gatehouse.role = 'system'`)
    await given.query(
      `insert into journal (at, actor, act) values ('2023-10-18', 'desk:x', 'card handed over')`,
    )
    await given.query('rollback')
    given.release()
    await journal.write(2)
    await journal.seal()
    expect(await journal.verify()).toEqual(whole(2, 1))
  })

  it('is done once by ten at a time, while acts go on', async () => {
    const acts = Array.from({ length: 40 }, () => journal.write(5))
    const seals = Array.from({ length: 10 }, () => journal.seal(7))
    await Promise.all([...acts, ...seals])
    await journal.seal()
    expect(await journal.verify()).toMatchObject({ whole: true, entries: 200, waiting: 0 })
  })

  it('has one form of an entry, whatever its words are', async () => {
    await journal.write(1, {
      said: 'line\nnext "quoted" 學生證 \u2028',
      deep: { b: 1.5, a: [null, 12345678901234567890n.toString()] },
    })
    await journal.seal()
    expect(await journal.verify()).toEqual(whole(1, 1))
  })
})

describe('what is done to sealed entries is found', () => {
  beforeEach(async () => {
    await journal.write(30)
    await journal.seal(10)
  })
  const changed = (entry: number, seal: number) => ({ whole: false, what: 'changed', entry, seal })
  const swap = `update journal a set person_id = b.person_id, facts = b.facts, at = b.at from journal b
    where (a.id, b.id) in ((14, 17), (17, 14))`

  it.each<[string, string[], object]>([
    ['nothing at all', [], whole(30, 3)],
    ['one byte of its facts', [`update journal set facts = '{"n": 16}' where id = 15`], changed(15, 2)],
    ['a microsecond', [`update journal set at = at + interval '1 microsecond' where id = 1`], changed(1, 1)],
    ['whose it was', ['update journal set person_id = 3 where id = 30'], changed(30, 3)],
    ['who did it', [`update journal set actor = 'desk:other' where id = 11`], changed(11, 2)],
    [
      'a row gone',
      ['delete from journal where id = 12'],
      { whole: false, what: 'removed', entry: 12, seal: 2 },
    ],
    [
      'the last row gone',
      ['delete from journal where id = 30'],
      { whole: false, what: 'removed', entry: 30, seal: 3 },
    ],
    ['two swapped', [swap], changed(14, 2)],
    [
      'a row added past the trigger',
      [`insert into journal (at, actor, act) values ('2023-10-18', 'desk:x', 'card handed over')`],
      { whole: false, what: 'added', entry: 31, seal: null },
    ],
    [
      'a row added in the place of one that was never committed',
      [
        `insert into journal (id, at, actor, act) overriding system value values (-5, '2023-10-18', 'desk:x', 'x')`,
      ],
      { whole: false, what: 'added', entry: -5, seal: null },
    ],
    [
      'a seal in the middle gone',
      ['delete from journal_seal where number = 2'],
      { whole: false, what: 'seal', seal: 2 },
    ],
    [
      'the hash before it',
      [`update journal_seal set previous = hash where number = 2`],
      { whole: false, what: 'seal', seal: 2 },
    ],
    [
      'which entries it has',
      [
        `update journal_seal set ids = '{[21,30)}', entries = 9, marks = substring(marks for 36) where number = 3`,
      ],
      { whole: false, what: 'seal', seal: 3 },
    ],
  ])('%s', async (_, done, found) => {
    await journal.tamper(...done)
    expect(await journal.verify()).toEqual(found)
  })

  it('every one of 30 entries, each changed alone and put back', async () => {
    for (let id = 1; id <= 30; id++) {
      await journal.tamper(`update journal set facts = facts || '{"x": 0}' where id = ${id}`)
      expect(await journal.verify()).toEqual(changed(id, Math.ceil(id / 10)))
      await journal.tamper(`update journal set facts = facts - 'x' where id = ${id}`)
    }
    expect(await journal.verify()).toEqual(whole(30, 3))
  })

  it('an entry whose seal was made anew to fit it: the next seal does not follow', async () => {
    await journal.tamper(`update journal set facts = '{}' where id = 15`)
    const { rows } = await journal.intruder.query<{ line: string }>(
      `select ${lineSql} as line from journal j where id between 11 and 20 order by id`,
    )
    const { rows: before } = await journal.intruder.query('select hash from journal_seal where number = 1')
    const forged = hashOf(
      before[0].hash,
      rows.map(({ line }) => line),
    )
    await journal.tamper(
      `update journal_seal set hash = decode('${forged.toString('hex')}', 'hex') where number = 2`,
    )
    expect(await journal.verify()).toEqual({ whole: false, what: 'seal', seal: 3 })
  })

  it('a removal before the seal, too', async () => {
    await journal.write(2)
    await journal.tamper('delete from journal where id = 32')
    expect(await journal.verify()).toEqual({ whole: false, what: 'removed', entry: 32, seal: null })
    expect(await journal.seal()).toBe(1)
    expect(await journal.verify()).toEqual({ whole: false, what: 'removed', entry: 32, seal: null })
  })
})

describe('who may write', () => {
  const seal = `insert into journal_seal (number, sealed_at, first_id, last_id, entries, ids, marks, previous, hash)
    values (99, '2023-10-18', 1, 1, 1, '{[1,2)}', 'abcd', sha256(''), sha256('x'))`
  it.each(['app', 'doors', 'chores', 'reports', 'owner'])('%s changes and removes nothing', async role => {
    await journal.write(2)
    await journal.seal()
    const client = journal.intruder
    const attempts = ['journal', 'journal_seal'].flatMap(table => [
      `update ${table} set ${table === 'journal' ? `act = 'x'` : 'number = 9'}`,
      `delete from ${table}`,
      `truncate ${table} cascade`,
    ])
    await client.query(`set role gatehouse_${role}`)
    onTestFinished(async () => void (await client.query('reset role')))
    for (const attempt of attempts)
      await expect(client.query(attempt), attempt).rejects.toThrow(/permission denied|only ever added to/)
    if (role !== 'chores' && role !== 'owner') {
      await expect(client.query('delete from journal_unsealed')).rejects.toThrow('permission denied')
      await expect(client.query('insert into journal_unsealed values (7)')).rejects.toThrow(
        'permission denied',
      )
      await expect(client.query(seal)).rejects.toThrow('permission denied')
    }
  })

  it('by the catalogue: update, delete and truncate are nobody’s', async () => {
    const { rows } = await journal.intruder.query(`
      select r.rolname as role, t as table, p as may
      from pg_roles r, unnest(array['journal', 'journal_seal']) t, unnest(array['update', 'delete', 'truncate']) p
      where r.rolname like 'gatehouse\\_%' and r.rolname <> 'gatehouse_owner'
        and (has_table_privilege(r.oid, t, p) or p = 'update' and has_any_column_privilege(r.oid, t, p))`)
    expect(rows).toEqual([])
  })

  it('adds to the journal, and it waits for its seal though they may not touch what waits', async () => {
    await journal.write(1)
    expect(await journal.seal()).toBe(1)
  })
})
