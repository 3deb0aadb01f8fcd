import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { campusClock } from '../../src/app/clock.ts'
import { sayWhoActs } from '../../src/server/acting.ts'
import { type Database, openDatabase } from '../../src/server/database.ts'
import { type Act, type Actor, openRegister, type Register } from '../../src/server/register.ts'
import { type FreshDatabase, freshDatabase } from '../database.ts'

/* One connection is used by a thousand people after each other; what broke off in between leaves nothing to the next. */

const many = 1_000
let fresh: FreshDatabase
let superuser: Client
let database: Database
let register: Register

beforeAll(async () => {
  fresh = await freshDatabase()
  superuser = new Client(fresh.url)
  await superuser.connect()
  await superuser.query(
    `insert into person (id, student_number, name_zh, name_en, department, entry_year, status, kind, degree, site, language)
     overriding system value
     select id, 'S' || id, '示例生', 'Sample', 'csie', 2021, 'enrolled', 'regular', 'bachelor', 'main', 'en'
     from generate_series(1, $1::int) id`,
    [many],
  )
  await superuser.query('analyze person')
  database = openDatabase(fresh.url, 'app', { connections: 1 })
  register = openRegister(database, campusClock, async () => {})
})
afterAll(async () => {
  await database.close()
  await superuser.end()
  await fresh.drop()
})

const student = (personId: number): Actor => ({ kind: 'student', id: String(personId), personId })

/** The ids of everybody whom a statement without any condition finds. */
const everybody = async (act: Pick<Act, 'statement'>): Promise<number[]> =>
  (await act.statement<{ id: number }>('everybody', 'select id from person limit 3', [])).map(({ id }) => id)

const settingsSql = `
  select string_agg(coalesce(current_setting('gatehouse.' || what, true), ''), '') as said
  from unnest(array['actor', 'role', 'account', 'person', 'counter', 'buildings', 'doors', 'scopes', 'cards']) what`

/** What the connection still says of who acts, and whom it shows, when nobody does. */
async function leftBehind(): Promise<{ said: string; seen: number }> {
  const settings = await database.pool.query<{ said: string }>(settingsSql)
  const people = await database.pool.query('select from person limit 3')
  return { said: settings.rows[0]!.said, seen: people.rowCount ?? 0 }
}
const nothing = { said: '', seen: 0 }

/** Ways in which what somebody does breaks off. */
const breaking: readonly ((act: Act) => Promise<unknown>)[] = [
  act => act.statement('broken', 'select 1 / 0', []),
  async () => {
    throw new Error('thrown')
  },
  // Ended by the server in the middle of the statement, as whoever gives up on it would have it ended.
  act => act.statement('cancelled', 'select pg_cancel_backend(pg_backend_pid()), pg_sleep(10)', []),
  act => Promise.all([act.statement('broken', 'select 1 / 0', []), everybody(act)]),
  act => act.asItself(() => act.statement('broken', 'select 1 / 0', [])),
]

describe('a connection that many use', () => {
  it(`shows each of ${many} people themselves alone, and nobody anything of whoever was there before`, {
    timeout: 120_000,
  }, async () => {
    let broke = 0
    for (let person = 1; person <= many; person += 1) {
      expect(await register.look(student(person), everybody)).toEqual([person])
      if (person % 4 === 0) {
        await expect(register.look(student(person), breaking[broke % breaking.length]!)).rejects.toThrow()
        broke += 1
      }
      if (person % 10 === 0) expect(await leftBehind()).toEqual(nothing)
    }
    expect(broke).toBe(many / 4)
  })

  it('keeps apart those who ask at the same moment, each of whom asks several things at once', {
    timeout: 120_000,
  }, async () => {
    const two = openDatabase(fresh.url, 'app', { connections: 2 })
    const together = openRegister(two, campusClock, async () => {})
    try {
      for (let first = 1; first <= many / 4; first += 20) {
        const group = Array.from({ length: 20 }, (_, at) => first + at)
        const seen = await Promise.all(
          group.map(person =>
            together.look(student(person), async act => {
              const [before, , after] = await Promise.all([everybody(act), wait(0), everybody(act)])
              return [...before, ...after, ...(await everybody(act))]
            }),
          ),
        )
        expect(seen).toEqual(group.map(person => [person, person, person]))
      }
    } finally {
      await two.close()
    }
  })

  it('is Gatehouse itself for as long as that lasts, also within it, and then whoever acts', async () => {
    const seen = await register.look(student(7), async act => [
      await act.asItself(async () => {
        await act.asItself(() => everybody(act))
        return (await everybody(act)).length
      }),
      (await everybody(act)).length,
    ])
    expect(seen).toEqual([3, 1])
    expect(await leftBehind()).toEqual(nothing)
  })

  it('would be found out if who acts were said to the connection and not to the transaction', async () => {
    await database.transaction(async trx => {
      const lasting: typeof trx.statement = (name, text, values) =>
        trx.statement(`lasting_${name}`, text.replaceAll(', true)', ', false)'), values)
      await sayWhoActs({ ...trx, statement: lasting }, student(12))
    })
    expect(await leftBehind()).toEqual({ said: 'student:12student12', seen: 1 })
    await database.pool.query('reset all')
  })
})

it('what the server tells of running statements has no value in it that somebody asked for', async () => {
  await register.look({ kind: 'office', id: 'office' }, async act => {
    await act.statement('by_number', 'select id from person where student_number = $1', ['S417'])
    const { rows } = await superuser.query<{ query: string }>(
      `select query from pg_stat_activity where application_name = 'gatehouse app' and state = 'idle in transaction'`,
    )
    expect(rows.map(({ query }) => query)).toEqual(['select id from person where student_number = $1'])
  })
})
