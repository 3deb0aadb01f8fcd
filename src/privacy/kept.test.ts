import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { campusTime, openCampus, type TestCampus } from '../../test/campus.ts'
import { people } from '../../test/people.ts'
import { employ } from '../../test/staff.ts'
import { campusClock } from '../app/clock.ts'
import { type Database, openDatabase } from '../server/database.ts'
import { forgetOld } from '../update/retention.ts'
import { forgetPeople } from './forget.ts'
import type { KeptOfPeople } from './routes.ts'

/* What is kept and for how long, as the office, the auditor and the administrator read it: after nights that came, and did not. */

let campus: TestCampus
let chores: Database

beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T05:00' })
  chores = openDatabase(campus.url, 'chores', { connections: 1 })
  await employ(campus.owner.db, { id: 'auditor', role: 'auditor' })
  await employ(campus.owner.db, { id: 'admin', role: 'admin' })
}, 120_000)
afterAll(async () => {
  await chores.close()
  await campus.close()
})

const ask = async (who: string) =>
  campus.gatehouse.server.inject({
    url: '/api/v1/retention/people',
    headers: { cookie: await campus.signIn(who) },
  })

async function kept(what: string, who = 'auditor') {
  const reply = (await ask(who)).json<KeptOfPeople>()
  return { due: reply.due, ...reply.kept.find(each => each.what === what)! }
}

/** The forgetting of a night, at a moment of the campus. */
async function night(local: string): Promise<void> {
  const clock = { ...campusClock, now: async () => campusTime(local) }
  await forgetPeople({ database: chores, clock })
  await forgetOld({ database: chores, clock, log: () => {} })
}

describe('what is kept, and for how long', () => {
  it('is said before the first night, too, by the programme in force', async () => {
    expect(await kept('looks')).toMatchObject({
      due: '2023-10-18',
      setting: 'lookMonths',
      length: 12,
      unit: 'months',
      state: 'never',
      last: null,
    })
    expect(await kept('photoDays')).toMatchObject({ unit: 'days', state: 'by-date', last: null })
    expect(await kept('eventMonths')).toMatchObject({ unit: 'months', state: 'never', last: null })
  })

  it('says how much the night forgot, and from before when', async () => {
    await campus.owner.pool.query(
      `insert into wrong_try (person_id, what, at) select $1, 'activation', timestamptz '2023-09-01 12:00+8' + i * interval '1 minute'
       from generate_series(1, 3) i`,
      [await campus.personId(people.aEarly.number)],
    )
    await night('2023-10-18T04:00')
    expect(await kept('wrong-tries')).toMatchObject({
      state: 'done',
      last: {
        on: '2023-10-18',
        gone: 3,
        counted: 'rows',
        before: expect.stringMatching(/^2023-09-17T16:00/),
      },
    })
    expect(await kept('historyMonths')).toMatchObject({ state: 'done', last: { on: '2023-10-18' } })
    expect(await kept('eventMonths')).toMatchObject({ state: 'done', last: { counted: 'months' } })
  })

  it('is late where the night broke off, for that thing alone', async () => {
    await campus.owner.pool.query(`update forgetting set ended_at = null where what = 'wrong-tries'`)
    expect((await kept('wrong-tries')).state).toBe('late')
    expect((await kept('messages')).state).toBe('done')
    await night('2023-10-18T04:10')
    expect((await kept('wrong-tries')).state).toBe('done')
  })

  it('is late where the next night did not come, and no sooner than an hour after its beginning', async () => {
    await campus.moveTo('2023-10-19T04:20')
    expect(await kept('messages')).toMatchObject({ due: '2023-10-18', state: 'done' })
    await campus.moveTo('2023-10-19T04:40')
    expect(await kept('messages')).toMatchObject({ due: '2023-10-19', state: 'late' })
    expect((await kept('historyMonths')).state).toBe('late')
    await night('2023-10-19T04:41')
    expect((await kept('messages')).state).toBe('done')
  })

  it('of what goes with its date says the newest day, with all of that day', async () => {
    await campus.owner.pool.query(`
      insert into journal (at, actor, act, facts) values
        ('2023-10-17 00:01+8', 'system:calendar', 'photos forgotten', '{"forgotten": 9}'),
        ('2023-10-18 00:01+8', 'system:calendar', 'photos forgotten', '{"forgotten": 500}'),
        ('2023-10-18 00:02+8', 'system:calendar', 'photos forgotten', '{"forgotten": 20}'),
        ('2023-10-18 00:02+8', 'system:calendar', 'signatures forgotten', '{"signatures": 4}'),
        ('2023-10-18 00:03+8', 'system:calendar', 'batch signatures forgotten', '{"forgotten": 2}')`)
    expect(await kept('photoDays')).toMatchObject({
      state: 'by-date',
      last: {
        on: '2023-10-18',
        gone: 520,
        before: null,
        endedAt: expect.stringMatching(/^2023-10-17T16:02/),
      },
    })
    expect(await kept('signatureDays')).toMatchObject({ last: { gone: 6 } })
    // The administrator reads no journal, and these numbers are of nobody.
    expect(await kept('photoDays', 'admin')).toMatchObject({ last: { gone: 520 } })
  })

  it('is the same for the office, and for nobody else of the staff', async () => {
    const asAuditor = (await ask('auditor')).body
    for (const who of ['office', 'admin']) expect((await ask(who)).body).toBe(asAuditor)
    for (const who of ['desk-registry', 'access', people.aEarly.number])
      expect((await ask(who)).statusCode, who).toBe(404)
  })
})
