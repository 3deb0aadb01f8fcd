import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { employ } from '../../test/staff.ts'
import { beginSession, whoIs } from '../server/sessions.ts'
import { usualReading } from './shape.ts'

/* Who gives roles: administrators, to others and never to themselves; and only where there is such a place. */

let campus: TestCampus
let admin: string
beforeAll(async () => {
  campus = await openCampus()
  admin = await campus.signIn('admin')
  await employ(campus.owner.db, { id: 'admin-2', role: 'admin' })
})
afterAll(() => campus.close())

const call = async (method: 'GET' | 'POST', url: string, payload?: object, cookie = admin) => {
  const answer = await campus.gatehouse.server.inject({
    method,
    url: `/api/v1${url}`,
    headers: { cookie },
    ...(payload && { payload }),
  })
  const body = answer.json<{ refusal?: string; message?: string }>()
  return { status: answer.statusCode, refusal: body.refusal ?? null, body }
}
const give = (account: string, place: object) => call('POST', `/accounts/${account}/roles`, place)
const roleOf = async (account: string, role: string) =>
  (
    await campus.owner.db
      .selectFrom('staff_role')
      .select('id')
      .where('staff_id', '=', account)
      .where('role', '=', role)
      .executeTakeFirstOrThrow()
  ).id

describe('who may', () => {
  it.each(['office', 'desk-csie', 'access', 'auditor', 'cashier', 'lab-keeper', '41047001S'])(
    '%s sees no account and gives no role',
    async who => {
      const cookie = await campus.signIn(who)
      expect((await call('GET', '/accounts', undefined, cookie)).status).toBe(404)
      expect((await call('GET', '/sign-in-settings', undefined, cookie)).status).toBe(404)
      expect((await call('POST', '/accounts/office-2/roles', { role: 'admin' }, cookie)).status).toBe(404)
    },
  )

  it('nobody changes their own account', async () => {
    expect(await give('admin', { role: 'office' })).toMatchObject({ status: 409, refusal: 'own-account' })
    expect(await call('POST', '/accounts/admin/ending')).toMatchObject({ refusal: 'own-account' })
    const own = await roleOf('admin', 'admin')
    expect(await call('POST', `/accounts/admin/roles/${own}/removal`)).toMatchObject({
      refusal: 'own-account',
    })
    // Another administrator does.
    const other = await campus.signIn('admin-2')
    expect((await call('POST', '/accounts/admin/roles', { role: 'auditor' }, other)).status).toBe(200)
  })
})

describe('giving and taking', () => {
  it.each<[object, string]>([
    [{ role: 'desk' }, 'counter-needed'],
    [{ role: 'desk', counter: 'nowhere' }, 'counter-unknown'],
    [{ role: 'access', buildings: ['nowhere'] }, 'building-unknown'],
    [{ role: 'owner', doors: ['nowhere'] }, 'door-unknown'],
    [{ role: 'office' }, 'role-there'],
  ])('%j is refused: %s', async (place, refusal) => {
    expect(await give('office', place)).toMatchObject({ status: 409, refusal })
  })

  it('a role that is taken ends the sessions in it, at once', async () => {
    expect((await give('cashier', { role: 'desk', counter: 'registry' })).status).toBe(200)
    const roleId = await roleOf('cashier', 'desk')
    const token = (await beginSession(campus.gatehouse.database, { staffId: 'cashier', roleId }))!
    expect(await whoIs(campus.gatehouse.database, token)).toMatchObject({ kind: 'desk', counter: 'registry' })
    expect((await call('POST', `/accounts/cashier/roles/${roleId}/removal`)).status).toBe(200)
    expect(await whoIs(campus.gatehouse.database, token)).toBeNull()
    expect(await call('POST', `/accounts/cashier/roles/${roleId}/removal`)).toMatchObject({
      refusal: 'no-such-role',
    })
  })

  it('an account that ends is signed out, takes no role, and comes back as it was', async () => {
    const cookie = await campus.signIn('office-2')
    expect((await call('POST', '/accounts/office-2/ending')).status).toBe(200)
    expect((await call('GET', '/overview', undefined, cookie)).status).toBe(401)
    expect(await give('office-2', { role: 'auditor' })).toMatchObject({ refusal: 'account-ended' })
    expect(await call('POST', '/accounts/office-2/ending')).toMatchObject({ refusal: 'already-so' })
    expect((await call('POST', '/accounts/office-2/return')).status).toBe(200)
    expect(await roleOf('office-2', 'office')).toBeGreaterThan(0)
  })

  it.each([
    ['amy lee', 'account-id-wrong'],
    ['break-glass', 'emergency-account'],
    ['office', 'account-there'],
  ])('an account %j is not recorded: %s', async (id, refusal) => {
    expect(await call('POST', '/accounts', { id, nameZh: '甲', nameEn: 'A' })).toMatchObject({ refusal })
  })

  it('an account is found by a part of its name, and nothing in it is read as a pattern', async () => {
    const found = async (named: string) =>
      (await call('GET', `/accounts?named=${encodeURIComponent(named)}`)).body as unknown as {
        accounts: { id: string; mayChange: boolean }[]
      }
    expect((await found('櫃檯乙')).accounts).toMatchObject([{ id: 'desk-math', mayChange: true }])
    expect((await found('%')).accounts).toEqual([])
    expect((await found('admin')).accounts.map(({ id, mayChange }) => [id, mayChange])).toEqual([
      ['admin', false],
      ['admin-2', true],
    ])
  })
})

describe('what groups mean', () => {
  it('of two who looked at the same settings one saves theirs; the other one is told', async () => {
    const { body } = await call('GET', '/sign-in-settings')
    const { version } = body as unknown as { version: number }
    const rules = [{ claim: 'groups', value: 'card-office', role: 'office' }]
    const asked = { version, reading: { ...usualReading, rules } }
    const answers = await Promise.all([
      call('POST', '/sign-in-settings', asked),
      call('POST', '/sign-in-settings', asked),
    ])
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '409'])
    expect(answers.find(({ status }) => status === 409)).toMatchObject({ refusal: 'changed-meanwhile' })
  })

  it('a rule for a counter that is not there is refused, and says which', async () => {
    const { body } = await call('GET', '/sign-in-settings')
    const rules = [{ claim: 'groups', value: 'desk', role: 'desk', counter: 'nowhere' }]
    const asked = {
      version: (body as unknown as { version: number }).version,
      reading: { ...usualReading, rules },
    }
    const refused = await call('POST', '/sign-in-settings', asked)
    expect(refused).toMatchObject({ status: 409, refusal: 'counter-unknown' })
    expect(refused.body.message).toContain('1')
  })

  it('can be tried, and nothing is changed by it', async () => {
    const rules = [{ claim: 'groups', value: 'card-office', role: 'office' }]
    const tried = await call('POST', '/sign-in-settings/trial', {
      reading: { ...usualReading, rules },
      claims: { preferred_username: 'amy', groups: ['card-office'] },
    })
    expect(tried.body).toMatchObject({ account: 'amy', places: [{ role: 'office' }], matched: [0] })
    expect(await campus.owner.db.selectFrom('staff').select('id').where('id', '=', 'amy').execute()).toEqual(
      [],
    )
  })
})
