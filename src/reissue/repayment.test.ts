import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, someoneWaitsIn, type TestCampus } from '../../test/campus.ts'
import { employ } from '../../test/staff.ts'
import { beginDate } from '../app/boundaries.ts'
import type { Act, Actor } from '../server/register.ts'
import { beginSession } from '../server/sessions.ts'
import { handBackReceipt } from './office-receipts.ts'
import { payBack } from './repay.ts'
import { answerRepayment, askToPayBack } from './repayment.ts'
import type { RepaymentsReply } from './repayment-routes.ts'
import { applied, as, begin, callback, freshNumber, moved, office, post, receipt } from './trial-reissue.ts'

/* Money that is more than one person pays back alone: one asks, another lets it go, never the same, nor who receives it. */

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
  await limits({ aloneAtMost: 300, aloneAtMostADay: 5000 })
  // The same person is a cashier, too.
  await employ(campus.owner.db, { id: 'office', nameZh: '卡務承辦', nameEn: 'Officer', role: 'cashier' })
}, 60_000)
afterAll(() => campus.close())

/** A new version of the programme, with these limits. */
const limits = (says: { aloneAtMost?: number; aloneAtMostADay?: number }) =>
  campus.owner.pool.query(
    `insert into programme_version (programme_id, document, source, published_at, published_by, replaces, replaced_asks)
     select programme_id, jsonb_set(document, '{repayments}', $1), source, published_at, 'set-up', version, asks_second_person
     from programme_version order by version desc limit 1`,
    [{ ...says, waitsDays: 7 }],
  )

/** Somebody whose payment came as often as this, of which one was for the fee: the rest is owed back. */
async function owedTo(times: number) {
  const holder = await applied(campus, freshNumber())
  const tries: string[] = []
  for (let at = 0; at <= times; at += 1) tries.push(await begin(campus, holder))
  for (const id of tries) await callback(campus, { id })
  return { ...holder, owed: times * 200 }
}

const pay = (reissueId: number, who = 'office') =>
  post(campus, `/api/v1/reissues/${reissueId}/repayment`, { reason: 'came twice' }, { who })
const ask = (reissueId: number, who = 'office') =>
  post(campus, `/api/v1/reissues/${reissueId}/repayment/question`, { reason: 'came twice' }, { who })
/** The question's id. */
const askedId = async (reissueId: number): Promise<number> => Number((await ask(reissueId)).body.id)
const answer = (id: number, who: string, body: object = { letGo: true, reason: '' }) =>
  post(campus, `/api/v1/repayments/${id}/answer`, body, { who })
const takeBack = (id: number, who: string) =>
  post(campus, `/api/v1/repayments/${id}/withdrawal`, undefined, { who })
const refusal = ({ status, body }: { status: number; body: Record<string, unknown> }): string =>
  status === 409 ? String(body.refusal) : String(status)
async function listed(who: string): Promise<RepaymentsReply> {
  const reply = await campus.gatehouse.server.inject({
    url: '/api/v1/repayments',
    headers: { cookie: await campus.signIn(who) },
  })
  expect(reply.statusCode).toBe(200)
  return reply.json<RepaymentsReply>()
}
const second: Actor = { kind: 'office', id: 'office-2' }

describe('more than one person pays back alone', () => {
  it('is not paid by one, waits where everybody sees it, and is paid when another lets it go', async () => {
    const { reissueId, owed } = await owedTo(2)
    let id = 0
    const before = await moved(campus, async () => {
      const alone = await pay(reissueId)
      expect(refusal(alone)).toBe('second-person-pays-back')
      expect(alone.body.message).toContain('NT$300')
      expect(refusal(await ask(reissueId, 'desk-csie'))).toBe('404')
      const asked = await ask(reissueId)
      expect(asked.body).toMatchObject({ amount: owed, lastDay: '2023-10-24' })
      id = Number(asked.body.id)
      expect(refusal(await ask(reissueId, 'office-2'))).toBe('second-person-asked')
      expect(refusal(await pay(reissueId, 'cashier'))).toBe('second-person-asked')
    })
    expect(before).toEqual({})
    const waits = (reply: RepaymentsReply) => reply.waiting.find(each => each.id === id)
    expect(waits(await listed('office'))).toMatchObject({ mine: true, amount: owed, reason: 'came twice' })
    expect(waits(await listed('cashier'))).toMatchObject({ mine: false, lastDay: '2023-10-24', most: 300 })
    const sums = await moved(campus, async () => {
      expect((await answer(id, 'cashier')).body).toEqual({ amount: owed, letGo: true })
      expect(refusal(await answer(id, 'office-2'))).toBe('no-repayment-waits')
    })
    expect(sums).toEqual({ 'owed-back': owed, 'paid-back': -owed })
    expect((await listed('office')).ended[0]).toMatchObject({ id, answer: 'let-go' })
    const { rows } = await campus.owner.pool.query(
      `select act, actor, facts from journal where facts ->> 'question' = $1::text order by id`,
      [String(id)],
    )
    const facts = { reissue: reissueId, amount: owed, question: id }
    expect(rows).toEqual([
      { act: 'repayment asked', actor: 'office:office', facts },
      { act: 'repayment let go', actor: 'cashier:cashier', facts },
      { act: 'reissue money paid back', actor: 'cashier:cashier', facts },
    ])
  })

  it('who asked answers in no session and no role; declined with a reason, nothing is paid and it stays owed', async () => {
    const { reissueId, owed } = await owedTo(2)
    const id = await askedId(reissueId)
    // Each request has a session of its own.
    expect(refusal(await answer(id, 'office'))).toBe('asked-by-yourself')
    const { rows } = await campus.owner.pool.query<{ id: number }>(
      `select id from staff_role where staff_id = 'office' and role = 'cashier'`,
    )
    const session = await beginSession(campus.gatehouse.database, {
      staffId: 'office',
      roleId: rows[0]!.id,
    })
    const asCashier = await campus.gatehouse.server.inject({
      method: 'POST',
      url: `/api/v1/repayments/${id}/answer`,
      headers: { cookie: `session=${session}` },
      payload: { letGo: true, reason: '' },
    })
    expect([asCashier.statusCode, asCashier.json<{ refusal: string }>().refusal]).toEqual([
      409,
      'asked-by-yourself',
    ])
    expect(refusal(await takeBack(id, 'office-2'))).toBe('asked-by-another')
    const declined = { letGo: false, reason: ' ' }
    expect(refusal(await answer(id, 'office-2', declined))).toBe('reason-missing')
    const sums = await moved(campus, async () => {
      expect((await answer(id, 'office-2', { letGo: false, reason: 'not the payer' })).status).toBe(200)
    })
    expect(sums).toEqual({})
    expect((await listed('office')).ended[0]).toMatchObject({ id, answerReason: 'not the payer' })
    const again = await ask(reissueId)
    expect(again.body).toMatchObject({ amount: owed })
    expect((await takeBack(Number(again.body.id), 'office')).status).toBe(200)
    expect(refusal(await answer(Number(again.body.id), 'office-2'))).toBe('no-repayment-waits')
  })

  it('does not pass in parts: what the same person paid back today counts, in whatever role', async () => {
    const holder = await owedTo(1)
    expect((await pay(holder.reissueId)).status).toBe(200)
    await callback(campus, { id: await tried(holder) })
    expect(refusal(await pay(holder.reissueId))).toBe('second-person-pays-back')
    const cashier: Actor = { kind: 'cashier', id: 'office' }
    const about = { reissueId: holder.reissueId, reason: '' }
    expect(await as(campus, cashier, act => payBack(act, about))).toMatchObject({
      refusal: 'second-person-pays-back',
    })
    // Kiosk money of nobody is one person's.
    const numbers = await Promise.all(['KY000001', 'KY000002'].map(nobodys))
    const handBack = (number: string) =>
      as(campus, second, act => handBackReceipt(act, { typed: number, reason: 'mistyped' }))
    expect(await handBack(numbers[0]!)).toMatchObject({ ok: true })
    expect(await handBack(numbers[1]!)).toMatchObject({ refusal: 'second-person-pays-back' })
    const question = { number: numbers[1], reason: 'mistyped' }
    const asked = await post(campus, '/api/v1/kiosk/receipts/repayment/question', question, {
      who: 'office-2',
    })
    expect(asked.body).toMatchObject({ amount: 200 })
    const theirs = { number: numbers[1], reissueId: holder.reissueId, reason: 'theirs' }
    const assigned = await post(campus, '/api/v1/kiosk/receipts/assignment', theirs, { who: 'office' })
    expect(refusal(assigned)).toBe('second-person-asked')
    const sums = await moved(campus, async () => {
      expect((await answer(Number(asked.body.id), 'office')).status).toBe(200)
    })
    expect(sums).toEqual({ unmatched: 200, 'paid-back': -200 })
    // Another one may alone what the first one may no more.
    expect(refusal(await pay(holder.reissueId, 'cashier'))).toBe('200')
  })

  const tried = async (holder: Awaited<ReturnType<typeof owedTo>>) => {
    const { rows } = await campus.owner.pool.query<{ id: string }>(
      `insert into payment_try (id, reissue_id, amount, currency, started_at)
       values (substr(md5(random()::text), 1, 22), $1, 200, 'TWD', campus_now()) returning id`,
      [holder.reissueId],
    )
    return rows[0]!.id
  }
  async function nobodys(number: string): Promise<string> {
    const told = await receipt(campus, { number, studentNumber: '41999999X' })
    await post(campus, '/api/v1/kiosk/receipts', told)
    return number
  }
})

it('nobody pays themselves back, at any amount, nor asks, nor answers; nor lets their own fee go', async () => {
  const holder = await owedTo(2)
  await campus.owner.pool.query(`update staff set person_id = $1 where id = 'office-2'`, [holder.personId])
  const sums = await moved(campus, async () => {
    expect(refusal(await pay(holder.reissueId, 'office-2'))).toBe('own-money')
    expect(refusal(await ask(holder.reissueId, 'office-2'))).toBe('own-money')
    const id = await askedId(holder.reissueId)
    expect(refusal(await answer(id, 'office-2'))).toBe('own-money')
    const url = `/api/v1/reissues/${holder.reissueId}/waiver`
    expect(refusal(await post(campus, url, { reason: 'mine' }, { who: 'office-2' }))).toBe('own-money')
    const own = await receipt(campus, { number: 'KX000001', amount: 150, studentNumber: holder.number })
    await post(campus, '/api/v1/kiosk/receipts', own)
    const handBack = { number: 'KX000001', reason: 'mine' }
    expect(
      refusal(await post(campus, '/api/v1/kiosk/receipts/repayment', handBack, { who: 'office-2' })),
    ).toBe('own-money')
    expect((await answer(id, 'cashier')).status).toBe(200)
  })
  expect(sums).toEqual({ kiosk: 150, unmatched: -150, 'owed-back': 400, 'paid-back': -400 })
  await campus.owner.pool.query(`update staff set person_id = null where id = 'office-2'`)
})

it('of two who answer at once one pays, and two payments of one person never pass beside each other', async () => {
  const one = await owedTo(2)
  const id = await askedId(one.reissueId)
  const sums = await moved(campus, async () => {
    const answers = await Promise.all([answer(id, 'office-2'), answer(id, 'cashier')])
    expect(answers.map(refusal).toSorted()).toEqual(['200', 'no-repayment-waits'])
  })
  expect(sums).toEqual({ 'owed-back': 400, 'paid-back': -400 })

  const numbers = ['KW000001', 'KW000002']
  for (const number of numbers)
    await post(
      campus,
      '/api/v1/kiosk/receipts',
      await receipt(campus, { number, studentNumber: '41999999X' }),
    )
  const cashier: Actor = { kind: 'cashier', id: 'cashier' }
  const handBack = (act: Act, number: string) => handBackReceipt(act, { typed: number, reason: 'mistyped' })
  const { promise: mayEnd, resolve: letEnd } = Promise.withResolvers<void>()
  const { promise: hasPaid, resolve: sayPaid } = Promise.withResolvers<void>()
  const first = as(campus, cashier, async act => {
    const done = await handBack(act, numbers[0]!)
    sayPaid()
    await mayEnd
    return done
  })
  await hasPaid
  const other = as(campus, cashier, act => handBack(act, numbers[1]!))
  await someoneWaitsIn(campus.owner)
  letEnd()
  expect(await first).toMatchObject({ ok: true })
  expect(await other).toMatchObject({ refusal: 'second-person-pays-back' })
})

it('a limit that is changed while it waits changes nothing of what was asked', async () => {
  const [raised, lowered] = [await owedTo(2), await owedTo(1)]
  const id = await askedId(raised.reissueId)
  await limits({ aloneAtMost: 1000 })
  expect(refusal(await pay(raised.reissueId, 'office-2'))).toBe('second-person-asked')
  expect(refusal(await answer(id, 'office'))).toBe('asked-by-yourself')
  expect(refusal(await ask(lowered.reissueId))).toBe('no-second-person-needed')
  await limits({ aloneAtMost: 0 })
  expect((await answer(id, 'office-2')).status).toBe(200)
  expect(refusal(await pay(lowered.reissueId, 'cashier'))).toBe('second-person-pays-back')
  await limits({ aloneAtMostADay: 100 })
  expect(refusal(await pay(lowered.reissueId, 'cashier'))).toBe('second-person-pays-back-today')
  await limits({})
  expect(refusal(await pay(lowered.reissueId, 'cashier'))).toBe('200')
  await limits({ aloneAtMost: 300, aloneAtMostADay: 5000 })
})

it('another amount than was asked about is not paid; what nobody answers ends by itself', async () => {
  const holder = await owedTo(2)
  const { reissueId } = holder
  const id = await askedId(reissueId)
  await campus.owner.pool.query(
    `insert into payment_try values ('moreMoreMoreMoreMore12', $1, 200, 'TWD', campus_now())`,
    [reissueId],
  )
  await callback(campus, { id: 'moreMoreMoreMoreMore12' })
  const other = await answer(id, 'office-2')
  expect(refusal(other)).toBe('another-amount-owed')
  expect(other.body.message).toContain('NT$400, and NT$600')
  expect((await takeBack(id, 'office')).status).toBe(200)
  const asked = await as(campus, office, act => askToPayBack(act, { reissueId, reason: 'came often' }))
  if (!asked.ok) throw new Error(asked.refusal)
  const zone = 'Asia/Taipei'
  const letGo = { id: asked.id, letGo: true, reason: '' }
  await moveOn('6 days')
  await beginDate(campus.gatehouse.register, zone)
  expect((await listed('office')).waiting.map(each => each.id)).toContain(asked.id)
  await moveOn('1 day')
  // The day has come, and nobody has looked at the calendar yet.
  expect(await as(campus, second, act => answerRepayment(act, letGo))).toMatchObject({
    refusal: 'repayment-lapsed',
  })
  const sums = await moved(campus, () => beginDate(campus.gatehouse.register, zone))
  expect(sums['paid-back']).toBeUndefined()
  const { waiting, ended } = await listed('office')
  expect(waiting.map(each => each.id)).not.toContain(asked.id)
  expect(ended[0]).toMatchObject({ id: asked.id, answer: 'lapsed' })
  expect(await as(campus, second, act => answerRepayment(act, letGo))).toMatchObject({
    refusal: 'no-repayment-waits',
  })
  expect(await as(campus, office, act => askToPayBack(act, { reissueId, reason: 'again' }))).toMatchObject({
    ok: true,
    amount: 600,
  })
})
const moveOn = (by: string) =>
  campus.owner.pool.query('update campus_clock set ahead_by = ahead_by + $1::interval', [by])
