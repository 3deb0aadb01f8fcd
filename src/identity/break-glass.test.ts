import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { whoIs } from '../server/sessions.ts'
import { makeEmergencyCodes, plainCode, tryLimits } from './break-glass.ts'

/* The way in for when nothing else is: each code once, and nobody is shut out by somebody else's guesses. */

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus()
})
afterAll(() => campus.close())
beforeEach(async () => {
  await campus.owner.pool.query('delete from break_glass_try')
})

const make = (codes = 3, days = 30) =>
  campus.gatehouse.register.aside({ kind: 'system', id: 'operator' }, act =>
    makeEmergencyCodes(act, { codes, days }),
  )
const enter = (code: string, remoteAddress = '10.0.0.1') =>
  campus.gatehouse.server.inject({
    url: '/sign-in/break-glass',
    method: 'POST',
    remoteAddress,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
    payload: new URLSearchParams({ code }).toString(),
  })
const tokenOf = (answer: Awaited<ReturnType<typeof enter>>) =>
  answer.cookies.find(({ name }) => name === 'session')?.value

describe('a code', () => {
  it('has at least 60 bits, and is kept as a hash alone', async () => {
    const { codes } = await make(8)
    expect(new Set(codes).size).toBe(8)
    expect(Math.log2(32 ** plainCode(codes[0]!).length)).toBeGreaterThanOrEqual(60)
    const { rows } = await campus.owner.pool.query('select * from break_glass_code')
    const kept = JSON.stringify(rows)
    expect(codes.filter(code => kept.includes(code) || kept.includes(plainCode(code)))).toEqual([])
  })

  it('lets one administrator in, for an hour, who sees no cardholder; typed in whatever way', async () => {
    const [code] = (await make()).codes
    const answer = await enter(` ${code!.toLowerCase().replaceAll('-', ' ')} `)
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/staff'])
    const token = tokenOf(answer)!
    expect(await whoIs(campus.gatehouse.database, token)).toEqual({ kind: 'admin', id: 'break-glass' })
    const { rows } = await campus.owner.pool.query(
      `select extract(epoch from ends_at - began_at)::int as lasts from session where staff_id = 'break-glass'`,
    )
    expect(rows).toEqual([{ lasts: 3600 }])
    const people = await campus.gatehouse.server.inject({
      url: '/api/v1/overview',
      headers: { cookie: `session=${token}` },
    })
    expect(people.statusCode).toBe(404)
  })

  it('is used once, also by two at the same time', async () => {
    const [code] = (await make()).codes
    const answers = await Promise.all([enter(code!), enter(code!), enter(code!)])
    expect(answers.map(({ statusCode }) => String(statusCode)).toSorted()).toEqual(['303', '403', '403'])
  })

  it.each([
    ['is over', `update break_glass_code set made_at = made_at - interval '2 days', ends_at = now()`],
    ['was replaced by newer ones', null],
  ])('that %s lets nobody in', async (_, statement) => {
    const [code] = (await make()).codes
    if (statement) await campus.owner.pool.query(`${statement} where used_at is null and void_at is null`)
    else await make()
    const answer = await enter(code!)
    expect([answer.statusCode, tokenOf(answer)]).toEqual([403, undefined])
  })
})

describe('wrong codes', () => {
  it('are counted by address, in the database; a right one is let in whatever was tried before', async () => {
    const [code] = (await make()).codes
    for (let tried = 0; tried < tryLimits.ofAddress; tried += 1)
      expect((await enter(`WRONG${tried}`)).statusCode).toBe(403)
    expect((await enter('WRONG')).statusCode).toBe(429)
    // Nobody else is concerned, and neither is the administrator behind the same address.
    expect((await enter('WRONG', '10.0.0.2')).statusCode).toBe(403)
    expect((await enter(code!)).statusCode).toBe(303)
  })

  it('are not kept beyond the limit, and never what was typed', async () => {
    for (let tried = 0; tried < tryLimits.ofAddress + 15; tried += 1) await enter('SECRET-GUESS')
    const { rows } = await campus.owner.pool.query('select * from break_glass_try')
    expect(rows).toHaveLength(tryLimits.ofAddress)
    expect(JSON.stringify(rows)).not.toContain('GUESS')
  })

  const told = async () => {
    const { rows } = await campus.owner.pool.query<{ times: number }>(
      `select count(*)::int as times from journal where act = 'emergency codes guessed'`,
    )
    return rows[0]!.times
  }
  it.each([
    ['at once, by one address', 40, () => '10.0.0.1'],
    [
      'by more addresses than one limit',
      tryLimits.ofAll + 5,
      (nth: number) => `10.1.${nth >> 7}.${nth & 127}`,
    ],
  ])('are told of once, %s', async (_, many, address) => {
    const before = await told()
    for (let sent = 0; sent < many; sent += 20)
      await Promise.all(Array.from({ length: 20 }, (_each, at) => enter('WRONG', address(sent + at))))
    const { rowCount } = await campus.owner.pool.query('select from break_glass_try')
    expect([await told(), rowCount]).toEqual([
      before + 1,
      Math.min(many < tryLimits.ofAll ? tryLimits.ofAddress : tryLimits.ofAll, many),
    ])
  })
})

it('every use is in the journal, and told to all staff', async () => {
  const [code] = (await make()).codes
  await enter(code!)
  const { rows } = await campus.owner.pool.query(
    `select actor, act from journal where act like 'emergency%' order by id desc limit 2`,
  )
  expect(rows).toEqual([
    { actor: 'system:break-glass', act: 'emergency code used' },
    { actor: 'system:operator', act: 'emergency codes made' },
  ])
  for (const who of ['office', 'desk-csie', 'admin']) {
    const answer = await campus.gatehouse.server.inject({
      url: '/api/v1/break-glass',
      headers: { cookie: await campus.signIn(who) },
    })
    expect(answer.json()).toMatchObject({ left: 2 })
    expect(answer.json<{ usedAt: string[] }>().usedAt.length).toBeGreaterThan(0)
  }
})
