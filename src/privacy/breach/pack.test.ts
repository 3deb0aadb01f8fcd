import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../../test/campus.ts'
import { campusClock } from '../../app/clock.ts'
import { follow } from '../../app/followers.ts'
import { programmeInForce } from '../../programme/store.ts'
import { type Database, openDatabase } from '../../server/database.ts'
import { openRegister, type Register } from '../../server/register.ts'
import { readDataMap } from '../data-map.ts'
import { heldIn } from './links.ts'
import { makeBreachPack, operator } from './pack.ts'
import type { BreachQuestion } from './question.ts'

/* A pack names exactly those whom an account was shown or acted on, whole or one of many; or everybody, by what is kept of them. */

const map = await readDataMap()
const [from, to] = [
  Temporal.Instant.from('2023-10-02T00:00:00Z'),
  Temporal.Instant.from('2023-10-03T00:00:00Z'),
]
const asked: BreachQuestion = { from, to, account: 'mallory', role: null, tables: [], out: '', why: null }

let campus: TestCampus
let database: Database
let register: Register
let folder: string
let made = 0
beforeAll(async () => {
  campus = await openCampus()
  database = openDatabase(campus.url, 'app', { connections: 2 })
  register = openRegister(database, campusClock, follow)
  folder = await mkdtemp(join(tmpdir(), 'breach-'))
  await plant()
}, 120_000)
afterAll(async () => {
  await database.close()
  await campus.close()
  await rm(folder, { recursive: true })
})

async function look(at: string, actor: string, shown: string, people: number[]): Promise<void> {
  await campus.owner.pool.query(
    `with l as (insert into look (at, actor, purpose, shown, people) values ($1, $2, 'question', $3, $4) returning id)
     insert into looked_at (look_id, person_id) select l.id, p from l, unnest($5::bigint[]) p`,
    [at, actor, shown, people.length, people],
  )
}

async function noted(at: string, actor: string, act: string, person: number): Promise<void> {
  await campus.owner.pool.query('insert into journal (at, actor, act, person_id) values ($1, $2, $3, $4)', [
    at,
    actor,
    act,
    person,
  ])
}

/** Looks and acts of one account in two roles, of others, at both ends of the day and beyond them, alone and in bulk. */
async function plant(): Promise<void> {
  await look('2023-10-02T00:00:00Z', 'office:mallory', 'photo', [1])
  await look('2023-10-02T09:00:00Z', 'desk:mallory', 'card', [1])
  await look('2023-10-02T23:59:59.999Z', 'office:mallory', 'file', [2, 3, 4])
  await look('2023-10-01T23:59:59.999Z', 'office:mallory', 'file', [5, 6])
  await look('2023-10-03T00:00:00Z', 'office:mallory', 'file', [7])
  await look('2023-10-02T09:00:00Z', 'office:alice', 'file', [8, 9])
  await look('2023-10-02T09:00:00Z', 'office:mallory-two', 'card', [10])
  await noted('2023-10-02T10:00:00Z', 'office:mallory', 'card handed over', 11)
  await noted('2023-10-02T10:00:00Z', 'office:alice', 'card handed over', 12)
  await noted('2023-10-03T00:00:00Z', 'office:mallory', 'card handed over', 13)
  await campus.owner.pool.query(
    `insert into journal (at, actor, act, facts) values ('2023-10-01T20:00:00Z', 'public:', 'signed in', '{"account": "mallory"}')`,
  )
}

async function pack(changed: Partial<BreachQuestion> = {}) {
  made += 1
  const out = join(folder, `pack-${made}`)
  const programme = await register.look(operator, programmeInForce)
  const journal = { said: 'whole', whole: true }
  const decision = await makeBreachPack(
    { database, register, clock: campusClock, map, programme, journal },
    { ...asked, out, ...changed },
  )
  return { decision, out }
}

type Row = Record<string, string>
async function table(out: string, name: string): Promise<Row[]> {
  return parse(await readFile(join(out, name), 'utf8'), { columns: true, bom: true })
}
const ids = (rows: readonly Row[]): number[] => rows.map(row => Number(row['Register id']))

describe('a pack about an account', () => {
  it('names exactly whom it was shown or acted on in that time, with what, how often, and when', async () => {
    const { decision, out } = await pack()
    expect(decision).toEqual({ ok: true, people: 5 })
    const rows = await table(out, 'affected.csv')
    expect(ids(rows)).toEqual([1, 2, 3, 4, 11])
    expect(rows[0]).toMatchObject({
      Times: '2',
      First: '2023-10-02T08:00:00+08:00',
      Last: '2023-10-02T17:00:00+08:00',
      By: 'desk:mallory; office:mallory',
      資料類別: '身分與學籍、照片、卡片、領卡、掛失與暫停、補發與工本費',
    })
    expect(rows[4]).toMatchObject({ Times: '1', Categories: 'Who you are, Your cards, Collecting a card' })
  })

  it('would miss whom a look showed that is not kept', async () => {
    const client = await campus.owner.pool.connect()
    await client.query('begin')
    await client.query(`delete from look where actor = 'office:mallory' and people = 3`)
    await client.query('commit')
    try {
      expect(ids(await table((await pack()).out, 'affected.csv'))).toEqual([1, 11])
    } finally {
      client.release()
      await look('2023-10-02T23:59:59.999Z', 'office:mallory', 'file', [2, 3, 4])
    }
  })

  it('is narrower by a role, and may be of a role alone', async () => {
    expect(ids(await table((await pack({ role: 'desk' })).out, 'affected.csv'))).toEqual([1])
    const office = await table((await pack({ account: null, role: 'office' })).out, 'affected.csv')
    expect(ids(office)).toEqual([1, 2, 3, 4, 8, 9, 10, 11, 12])
  })

  it('has every account that looked or acted then with its sign-ins, and the journal and looks as they stand', async () => {
    const { out } = await pack()
    const accounts = await table(out, 'accounts.csv')
    expect(accounts.map(({ Role, Account }) => `${Role}:${Account}`)).toEqual([
      'desk:mallory',
      'office:alice',
      'office:mallory',
      'office:mallory-two',
    ])
    expect(accounts[2]).toMatchObject({
      Looks: '2',
      'People shown': '4',
      Acts: '1',
      'Sign-ins (UTC)': '2023-10-01T20:00:00Z',
    })
    const journal = (await readFile(join(out, 'journal.jsonl'), 'utf8')).trim().split('\n')
    expect(journal.map(line => JSON.parse(line))).toMatchObject([{ actor: 'office:mallory', person: 11 }])
    const looks = (await readFile(join(out, 'looks.jsonl'), 'utf8')).trim().split('\n')
    expect(looks.map(line => JSON.parse(line).people)).toEqual(expect.arrayContaining([[1], [1], [2, 3, 4]]))
    expect(looks).toHaveLength(3)
  })

  it('says what was asked, what it does not know, and leaves blanks for what no software knows', async () => {
    const { out } = await pack()
    const readme = await readFile(join(out, 'README.md'), 'utf8')
    expect(readme).toContain('the account mallory')
    expect(readme).toContain('people who may be concerned: **5**')
    expect(readme).toContain('2023-10-02T08:00:00+08:00 – 2023-10-03T08:00:00+08:00')
    for (const name of ['people', 'authority'])
      for (const [language, mark] of [
        ['zh-TW', '【待填：'],
        ['en', '[TO FILL IN: '],
      ] as const) {
        const draft = await readFile(join(out, `notice-to-${name}.${language}.md`), 'utf8')
        expect(draft).toContain(mark)
        expect(draft).toContain('privacy@campus.example')
        expect(draft).not.toMatch(/undefined|null|\[object/)
      }
    expect(await readFile(join(out, 'notice-to-authority.zh-TW.md'), 'utf8')).toContain('5 人')
  })

  it('can be read by its owner alone, and is never written over', async () => {
    const { out } = await pack()
    for (const name of await readdir(out))
      expect((await stat(join(out, name))).mode & 0o777, name).toBe(0o600)
    expect((await stat(out)).mode & 0o777).toBe(0o700)
    const before = await readFile(join(out, 'README.md'), 'utf8')
    expect((await pack({ out })).decision).toMatchObject({ ok: false, refusal: 'folder-not-empty' })
    expect(await readFile(join(out, 'README.md'), 'utf8')).toBe(before)
    const file = join(folder, 'a-file')
    await writeFile(file, 'ours')
    expect((await pack({ out: file })).decision).toMatchObject({ ok: false, refusal: 'folder-not-empty' })
  })

  it('of an account that there is not is refused, and nothing is written', async () => {
    const { decision, out } = await pack({ account: 'malory' })
    expect(decision).toMatchObject({ ok: false, refusal: 'unknown-account' })
    await expect(stat(out)).rejects.toThrow('ENOENT')
  })

  it('guards cells that a spreadsheet would take for a formula', async () => {
    await campus.owner.pool.query(`update person set name_en = '=HYPERLINK("x")' where id = 1`)
    const text = await readFile(join((await pack()).out, 'affected.csv'), 'utf8')
    expect(text).toContain(`"'=HYPERLINK(""x"")"`)
  })
})

describe('making a pack', () => {
  it('counts as a look at each of its people and stands in the journal, before a file is there', async () => {
    const since = await campus.owner.pool.query('select coalesce(max(id), 0) as id from look')
    // A link that leads nowhere: nothing can be written there, and that is found only in the end.
    const nowhere = join(folder, 'nowhere')
    await symlink(join(folder, 'not', 'there'), nowhere)
    await expect(pack({ out: nowhere, why: 'ticket 12' })).rejects.toThrow()
    const { rows } = await campus.owner.pool.query(
      `select l.actor, l.purpose, l.shown, l.reason, array_agg(s.person_id::int order by s.person_id) as who
       from look l join looked_at s on s.look_id = l.id where l.id > $1 group by l.id`,
      [since.rows[0].id],
    )
    expect(rows).toEqual([
      {
        actor: 'system:operator',
        purpose: 'breach',
        shown: 'file',
        reason: 'ticket 12',
        who: [1, 2, 3, 4, 11],
      },
    ])
    const noted = await campus.owner.pool.query(
      `select actor, facts from journal where act = 'breach pack made' order by id desc limit 1`,
    )
    expect(noted.rows[0]).toMatchObject({
      actor: 'system:operator',
      facts: { account: 'mallory', people: 5 },
    })
  })

  it('writes nothing where it cannot be kept', async () => {
    const { pool } = campus.owner
    await pool.query(`alter table look add constraint full_disk check (purpose <> 'breach') not valid`)
    made += 1
    const out = join(folder, `pack-${made}`)
    await expect(pack({ out })).rejects.toThrow('full_disk')
    await pool.query('alter table look drop constraint full_disk')
    await expect(stat(out)).rejects.toThrow('ENOENT')
  })
})

describe('a pack about a copy of the database', () => {
  it('names everybody, each with what is kept of them', async () => {
    const { rows } = await campus.owner.pool.query(
      `select p.id::int, exists (select from photo f where f.person_id = p.id) as photo, p.health_check is not null as health
       from person p where forgotten_at is null order by id`,
    )
    const found = await table((await pack({ account: null })).out, 'affected.csv')
    expect(ids(found)).toEqual(rows.map(({ id }) => id))
    for (const [at, { Categories }] of found.entries()) {
      expect(Categories!.includes('Your photo')).toBe(rows[at].photo)
      expect(Categories!.includes('Whether the health check is done')).toBe(rows[at].health)
      expect(Categories).toContain('Who you are')
    }
  })

  it('of one table names those in it, with its category alone', async () => {
    await campus.owner.pool.query(
      `insert into extra_mark (person_id, item, mark, at) select 3, 'commuter-pass', 'done', '2023-10-01T00:00:00Z'`,
    )
    const found = await table((await pack({ account: null, tables: ['extra_mark'] })).out, 'affected.csv')
    expect(found.map(row => [row['Register id'], row.Categories])).toEqual([['3', 'Your cards']])
  })

  it.each(heldIn(map, []).map(({ table: name, category, people }) => [name, category, people]))(
    'can ask %s of whom it says something (%s)',
    async (_name, _category, people) => {
      await campus.owner.pool.query(
        `explain select count(*) from (${people}) x(id) join person p on p.id = x.id`,
      )
    },
  )
})
