import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProvided, type Provided } from '../../test/provided.ts'
import { whoIs } from '../server/sessions.ts'

/* Signing in at a real provider: who somebody is, what their groups give, and how it ends. */

let at: Provided
beforeAll(async () => {
  at = await openProvided()
}, 240_000)
afterAll(() => at.close())

const actorOf = (token: string | undefined) => whoIs(at.campus.gatehouse.database, token ?? '')

describe('who comes back from the provider', () => {
  it.each([
    { who: 's41047001s', actor: { kind: 'student' }, leads: '/my-card' },
    { who: 'clerk.csie', actor: { kind: 'desk', id: 'clerk.csie', counter: 'dept-csie' }, leads: '/staff' },
    { who: 'officer', actor: { kind: 'office', id: 'officer' }, leads: '/staff' },
    {
      who: 'keeper.library',
      actor: { kind: 'access', id: 'keeper.library', buildings: ['圖書館總館'] },
      leads: '/staff',
    },
    {
      who: 'lab.owner',
      actor: { kind: 'owner', id: 'lab.owner', doors: ['csie-systems-lab'] },
      leads: '/staff',
    },
    { who: 'admin', actor: { kind: 'admin', id: 'admin' }, leads: '/staff' },
  ])('$who is $actor.kind and is led to $leads', async ({ who, actor, leads }) => {
    const seen = await at.signIn(who)
    expect([seen.status, seen.location]).toEqual([303, leads])
    expect(await actorOf(seen.browser.token())).toMatchObject(actor)
  })
})

describe('who has several roles', () => {
  it('is asked which, acts in one, and each change is a new session in the place of the old one', async () => {
    const seen = await at.signIn('several')
    expect(seen.location).toMatch(/^\/sign-in\/as/)
    const { browser } = seen
    const first = browser.token()
    expect(await actorOf(first)).toMatchObject({ kind: 'desk', counter: 'dept-csie' })
    const page = await browser.get('/sign-in/as')
    const roles = [...page.html.matchAll(/<button[^>]* value="(\w+)"/g)].map(([, as]) => as!)
    expect(roles).toHaveLength(4)
    expect(roles.at(-1)).toBe('student')
    const changed = await browser.post('/sign-in/as', { as: roles[2]! })
    expect([changed.status, changed.location]).toEqual([303, '/staff'])
    expect(browser.token()).not.toBe(first)
    expect(await actorOf(first)).toBeNull()
    expect(await actorOf(browser.token())).toMatchObject({ kind: 'owner', id: 'several' })
    expect((await browser.post('/sign-in/as', { as: 'student' })).location).toBe('/my-card')
    expect(await actorOf(browser.token())).toMatchObject({ kind: 'student' })
    // And back to the staff, from being a student.
    await browser.post('/sign-in/as', { as: roles[1]! })
    expect(await actorOf(browser.token())).toMatchObject({ kind: 'desk', counter: 'dept-math' })
  })

  it('begins with the last one on that device', async () => {
    const { browser } = await at.signIn('several')
    const page = await browser.get('/sign-in/as')
    const [, second] = [...page.html.matchAll(/<button[^>]* value="(\w+)"/g)].map(([, as]) => as!)
    await browser.post('/sign-in/as', { as: second! })
    await at.signIn('several', browser)
    expect(await actorOf(browser.token())).toMatchObject({ counter: 'dept-math' })
  })

  it('cannot act in a role of somebody else', async () => {
    const { id } = await at.campus.owner.db
      .selectFrom('staff_role')
      .select('id')
      .where('role', '=', 'admin')
      .executeTakeFirstOrThrow()
    const { browser } = await at.signIn('clerk.csie')
    const before = browser.token()
    for (const as of [String(id), 'student', '999999', 'x', '']) {
      expect((await browser.post('/sign-in/as', { as })).status).toBeOneOf([400, 404])
    }
    expect(browser.token()).toBe(before)
    expect(await actorOf(before)).toMatchObject({ kind: 'desk' })
  })
})

describe('whom nobody knows here', () => {
  it.each([
    ['guest', 'no role here'],
    ['gardener', 'no role here'],
    ['s49999999z', 'no role here'],
  ])('%s is told what to do, and has no session', async (who, said) => {
    const seen = await at.signIn(who)
    expect(seen.status).toBe(403)
    expect(seen.html).toContain(said)
    expect(seen.browser.token()).toBeUndefined()
    expect(await at.campus.owner.db.selectFrom('staff').select('id').where('id', '=', who).execute()).toEqual(
      [],
    )
  })

  it('an account that has ended stays so', async () => {
    await at.signIn('auditor')
    await at.campus.owner.pool.query(`update staff set ended_at = now() where id = 'auditor'`)
    const seen = await at.signIn('auditor')
    expect([seen.status, seen.browser.token()]).toEqual([403, undefined])
    expect(seen.html).toContain('Your account here has ended')
  })

  it('an account name that comes again as somebody else is not let in', async () => {
    await at.signIn('cashier')
    await at.campus.owner.pool.query(
      `update staff set provider_subject = sha256('another') where id = 'cashier'`,
    )
    const seen = await at.signIn('cashier')
    expect([seen.status, seen.browser.token()]).toEqual([403, undefined])
    expect(seen.html).toContain('belongs to somebody else')
  })
})

describe('roles follow what the provider says', () => {
  const rolesOf = async (account: string) =>
    (
      await at.campus.owner.db
        .selectFrom('staff_role')
        .select(['role', 'from_provider'])
        .where('staff_id', '=', account)
        .orderBy('id')
        .execute()
    ).map(({ role, from_provider }) => `${role}${from_provider ? '' : ' by hand'}`)

  it('a group that is gone takes its role at the next sign-in, and the sessions in it', async () => {
    const { browser } = await at.signIn('keeper')
    const before = browser.token()
    await at.campus.owner.pool.query(
      `insert into staff_role (staff_id, role, given_by) values ('keeper', 'auditor', 'admin')`,
    )
    await at.provider.changePerson('keeper', { groups: ['card-office'] })
    expect(await actorOf(before)).toMatchObject({ kind: 'access' })
    await at.signIn('keeper')
    expect(await rolesOf('keeper')).toEqual(['auditor by hand', 'office'])
    expect(await actorOf(before)).toBeNull()
    await at.provider.changePerson('keeper', { groups: [] })
    const seen = await at.signIn('keeper')
    expect(await rolesOf('keeper')).toEqual(['auditor by hand'])
    expect(await actorOf(seen.browser.token())).toMatchObject({ kind: 'auditor' })
  })

  it('is in the journal, account by account', async () => {
    const { rows } = await at.campus.owner.pool.query<{ act: string; role: string | null }>(
      `select act, facts->>'role' as role from journal where facts->>'account' = 'keeper' order by id`,
    )
    expect(rows.map(({ act, role }) => [act, role].filter(Boolean).join(' '))).toEqual([
      'account added',
      'role given access',
      'signed in',
      'role taken access',
      'role given office',
      'signed in',
      'role taken office',
      'signed in',
    ])
  })

  it('a place that is no longer there gives nothing', async () => {
    await at.campus.owner.pool.query(
      `insert into claim_reading (reading, kept_at, kept_by)
       select jsonb_set(reading, '{rules,0,counter}', '"closed-counter"'), kept_at, kept_by
       from claim_reading order by version desc limit 1`,
    )
    const seen = await at.signIn('clerk.csie')
    expect([seen.status, seen.browser.token()]).toEqual([403, undefined])
    await at.campus.owner.pool.query(
      'delete from claim_reading where version = (select max(version) from claim_reading)',
    )
  })
})

describe('signing out', () => {
  it('ends the session, and leads to the provider, which ends its own and leads back', async () => {
    const { browser } = await at.signIn('officer')
    const token = browser.token()
    const left = await browser.post('/sign-out')
    expect(left.status).toBe(200)
    expect(await actorOf(token)).toBeNull()
    const [, url] = /href="([^"]+session\/end[^"]*)"/.exec(left.html)!
    expect(await at.provider.signOut(browser.atProvider, url!.replaceAll('&amp;', '&'))).toBe(`${at.origin}/`)
    // Whoever comes to this computer next is asked for a password again.
    const next = await at.signIn('officer.two', browser)
    expect(await actorOf(next.browser.token())).toMatchObject({ id: 'officer.two' })
  })

  it('the provider ends the sessions here when somebody signs out there', async () => {
    const { browser } = await at.signIn('officer')
    const elsewhere = await at.signIn('officer')
    await at.provider.signOut(browser.atProvider)
    expect(await actorOf(browser.token())).toBeNull()
    // That sign-in alone: on another computer they go on.
    expect(await actorOf(elsewhere.browser.token())).toMatchObject({ id: 'officer' })
  })
})
