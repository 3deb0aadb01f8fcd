import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../../test/campus.ts'
import { campusClock } from '../../app/clock.ts'
import { follow } from '../../app/followers.ts'
import { programmeInForce } from '../../programme/store.ts'
import { type Database, openDatabase } from '../../server/database.ts'
import { openRegister, type Register } from '../../server/register.ts'
import { readDataMap } from '../data-map.ts'
import { makeBreachPack, operator } from './pack.ts'

/* The first hour after a loss of data is not spent waiting: a pack of a whole university is made in a moment. */

const people = 20_000
const looks = 40
const longestSeconds = 120

let campus: TestCampus
let database: Database
let register: Register
let folder: string
beforeAll(async () => {
  campus = await openCampus()
  database = openDatabase(campus.url, 'app', { connections: 2 })
  register = openRegister(database, campusClock, follow)
  folder = await mkdtemp(join(tmpdir(), 'breach-'))
  const { pool } = campus.owner
  await pool.query(
    `insert into person (student_number, name_zh, name_en, department, entry_year, status, kind, degree, site, email, language)
     select 'L' || n, '測試者' || n, 'Tried ' || n, 'csie', 2022, 'enrolled', 'regular', 'bachelor', 'main', n || '@campus.example', 'en'
     from generate_series(1, $1::int) n`,
    [people],
  )
  // Lists of everybody, as an account that takes out files leaves them; and what each person has of their own.
  await pool.query(
    `with l as (
       insert into look (at, actor, purpose, shown, people)
       select '2023-10-02T00:00:00Z'::timestamptz + n * interval '1 minute', 'office:mallory', 'lists', 'file', $1
       from generate_series(1, $2::int) n returning id)
     insert into looked_at (look_id, person_id) select l.id, p.id from l, person p where p.student_number like 'L%'`,
    [people, looks],
  )
  await pool.query(
    `insert into extra_mark (person_id, item, mark, at)
     select id, 'commuter-pass', 'done', '2023-10-01T00:00:00Z' from person where student_number like 'L%'`,
  )
  await pool.query(
    `insert into journal (at, actor, act, person_id)
     select '2023-10-02T05:00:00Z', 'office:mallory', 'person changed', id from person where student_number like 'L%'`,
  )
  await pool.query('analyze')
}, 300_000)
afterAll(async () => {
  await database.close()
  await campus.close()
  await rm(folder, { recursive: true })
})

it.each([
  ['whom one account saw', 'mallory'],
  ['a copy of the database', null],
] as const)(`tells of ${people} people within ${longestSeconds} s: %s`, async (what, account) => {
  const programme = await register.look(operator, programmeInForce)
  const out = join(folder, what)
  const began = process.hrtime.bigint()
  const decision = await makeBreachPack(
    {
      database,
      register,
      clock: campusClock,
      map: await readDataMap(),
      programme,
      journal: { said: 'whole', whole: true },
    },
    {
      from: Temporal.Instant.from('2023-10-02T00:00:00Z'),
      to: Temporal.Instant.from('2023-10-03T00:00:00Z'),
      account,
      role: null,
      tables: [],
      out,
      why: null,
    },
  )
  const seconds = Number(process.hrtime.bigint() - began) / 1e9
  const lines = (await readFile(join(out, 'affected.csv'), 'utf8')).split('\r\n').length - 2
  expect(decision).toEqual({ ok: true, people: lines })
  expect(lines).toBeGreaterThanOrEqual(people)
  expect(seconds).toBeLessThan(longestSeconds)
})
