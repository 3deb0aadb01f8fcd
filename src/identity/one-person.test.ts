import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openProvided, type Provided, type Seen } from '../../test/provided.ts'
import { endVouched, whoIs } from '../server/sessions.ts'
import { changeReading } from './accounts.ts'
import { readingInForce } from './store.ts'

/* Who has two accounts at the provider: roles are had by the one that it vouched for, and one student works here by one. */

let at: Provided
beforeAll(async () => {
  at = await openProvided()
}, 240_000)
afterAll(() => at.close())

const actorOf = (token: string | undefined) => whoIs(at.campus.gatehouse.database, token ?? '')
const offered = ({ html }: Seen) => [...html.matchAll(/<button[^>]* value="(\w+)"/g)].map(([, as]) => as!)
/** The account of the staff that the student of two accounts has. */
const account = async () => {
  const { rows } = await at.campus.owner.pool.query<{ id: string }>(
    `select f.id from staff f join person p on p.id = f.person_id where p.student_number = '41047008S'`,
  )
  return rows.map(({ id }) => id)
}

beforeEach(async () => {
  await at.campus.owner.pool.query('update staff set ended_at = null')
})

it('a student who signs in by another account of theirs has no role of the staff', async () => {
  const { browser } = await at.signIn('several')
  const [role] = offered(await browser.get('/sign-in/as'))
  const asStudent = await at.signIn('s41047008s')
  expect(asStudent.location).toBe('/my-card')
  expect(offered(await asStudent.browser.get('/sign-in/as'))).toEqual(['student'])
  expect((await asStudent.browser.post('/sign-in/as', { as: role! })).status).toBe(404)
  expect(await actorOf(asStudent.browser.token())).toMatchObject({ kind: 'student' })
  // By their own account they go from one to the other and back.
  await browser.post('/sign-in/as', { as: 'student' })
  await browser.post('/sign-in/as', { as: role! })
  expect(await actorOf(browser.token())).toMatchObject({ kind: 'desk', id: 'several' })
})

it('two accounts that say the same student number are not two persons, until the first has ended', async () => {
  const first = await at.signIn('several')
  await at.provider.changePerson('officer', { student_number: '41047008S' })
  const second = await at.signIn('officer')
  expect([second.status, second.browser.token()]).toEqual([403, undefined])
  expect(second.html).toContain('Your student number belongs to another account')
  expect(await account()).toEqual(['several'])
  expect(await actorOf(first.browser.token())).toMatchObject({ id: 'several' })

  await at.campus.owner.pool.query(`update staff set ended_at = now() where id = 'several'`)
  expect((await at.signIn('officer')).status).toBe(303)
  expect(await account()).toEqual(['officer'])
  await at.provider.changePerson('officer', { student_number: undefined })
})

it('two accounts that arrive at once with one number: one works here', async () => {
  const number = '41047001S'
  await at.provider.changePerson('cashier', { student_number: number })
  await at.provider.changePerson('auditor', { student_number: number })
  const both = await Promise.all([at.signIn('cashier'), at.signIn('auditor')])
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 403])
})

it('a role that is changed does not outlive what the provider has ended', async () => {
  const { browser } = await at.signIn('lab.owner')
  await at.campus.owner.pool.query(`
    insert into staff_role (staff_id, role, given_by) values ('lab.owner', 'auditor', 'admin');
    update session set began_at = began_at - interval '10 minutes' where staff_id = 'lab.owner'`)
  const [, other] = offered(await browser.get('/sign-in/as'))
  await browser.post('/sign-in/as', { as: other! })
  expect(await actorOf(browser.token())).toMatchObject({ kind: 'auditor' })
  // The provider ended it before the role was changed, and is heard after.
  const { rows } = await at.campus.owner.pool.query<{ subject: Buffer; saidAt: Temporal.Instant }>(`
    select provider_subject as subject, raw_now() - interval '5 minutes' as "saidAt" from staff where id = 'lab.owner'`)
  const ended = await at.campus.gatehouse.register.aside({ kind: 'system', id: 'sign-in' }, act =>
    endVouched(act, { ...rows[0]!, session: null }),
  )
  expect(ended).toBe(1)
  expect(await actorOf(browser.token())).toBeNull()
})

describe('an administrator who says what claims mean', () => {
  const roles = async () =>
    (
      await at.campus.owner.db
        .selectFrom('staff_role')
        .select('role')
        .where('staff_id', '=', 'admin')
        .orderBy('id')
        .execute()
    ).map(({ role }) => role)
  const keep = (as: string) =>
    at.campus.gatehouse.register.aside({ kind: 'admin', id: as }, async act => {
      const { version, reading } = await readingInForce(act)
      const rule = { claim: 'preferred_username', value: 'admin', role: 'office' } as const
      const rules = [...reading.rules.filter(({ claim }) => claim !== rule.claim), rule]
      return changeReading(act, { version, reading: { ...reading, student: 'name', rules } })
    })

  it('gives themselves neither a role nor a student’s number; somebody else does', async () => {
    await at.provider.changePerson('admin', { name: '41047002S' })
    await at.signIn('admin')
    expect(await roles()).toEqual(['admin'])
    expect((await keep('admin')).ok).toBe(true)
    const alone = await at.signIn('admin')
    expect(await roles()).toEqual(['admin'])
    expect(offered(await alone.browser.get('/sign-in/as'))).toHaveLength(1)
    expect((await keep('admin.two')).ok).toBe(true)
    const { browser } = await at.signIn('admin')
    expect(await roles()).toEqual(['admin', 'office'])
    expect(offered(await browser.get('/sign-in/as'))).toContain('student')
  })
})
