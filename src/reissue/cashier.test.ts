import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import type { CashierReply } from './cashier-routes.ts'
import { dayOf, type MoneyLine, mayCount, moneyWays } from './cashier-rules.ts'
import { applied, begin, callback, freshNumber, ledgerSums, post, receipt } from './trial-reissue.ts'
import { typedMoney } from './typed-money.ts'

describe('a day is added up', () => {
  it('so that every unit is in one sum, one total, and a counter’s in its drawer', () => {
    const line = fc.record<MoneyLine>({
      way: fc.constantFrom(...moneyWays),
      place: fc.constantFrom('', 'a', 'b'),
      by: fc.constantFrom('desk:x', 'office:y'),
      reason: fc.constantFrom('lost', 'damaged', null),
      amount: fc.integer({ min: -500, max: 500 }),
    })
    fc.assert(
      fc.property(fc.array(line), lines => {
        const day = dayOf(lines)
        const sum = (of: readonly { amount: number }[]) => of.reduce((all, { amount }) => all + amount, 0)
        expect(sum(day.sums)).toBe(sum(lines))
        expect(day.sums.reduce((all, { payments }) => all + payments, 0)).toBe(lines.length)
        for (const way of moneyWays) expect(day.totals[way]).toBe(sum(lines.filter(each => each.way === way)))
        const drawers = day.counters.reduce((all, { expected }) => all + expected, 0)
        expect(drawers).toBe(day.totals.counter)
      }),
    )
  })
})

describe('a count is taken down', () => {
  const today = Temporal.PlainDate.from('2023-10-18')
  const facts = { day: today, today, taken: { payments: 2, expected: 400 }, last: null as number | null }
  const counting = { counted: 400, payments: 2, note: '' }
  it.each([
    ['when it is equal', {}, {}, { ok: true, difference: 0, correction: false }],
    [
      'with a note where it differs',
      { counted: 300, note: 'one note short' },
      {},
      { ok: true, difference: -100 },
    ],
    ['again after a later payment', {}, { last: 1 }, { ok: true, correction: true }],
    [
      'not without a note where it differs',
      { counted: 300, note: ' ' },
      {},
      { refusal: 'difference-needs-note' },
    ],
    ['not a second time', {}, { last: 2 }, { refusal: 'counted-already' }],
    ['not of what has changed', { payments: 1 }, {}, { refusal: 'takings-changed' }],
    ['not where nothing was taken', {}, { taken: null }, { refusal: 'nothing-taken' }],
    ['not of a day to come', {}, { day: today.add({ days: 1 }) }, { refusal: 'day-to-come' }],
  ])('%s', (_, said, known, expected) => {
    expect(mayCount({ ...counting, ...said }, { ...facts, ...known })).toMatchObject(expected)
  })
})

it.each([
  ['1200', 0, 1200],
  ['１，２００', 0, 1200],
  ['12.5', 2, 1250],
  ['12.505', 2, null],
  ['12.5', 0, null],
  ['-1', 0, null],
  ['', 0, null],
])('%j is %j minor digits: %j', (text, minorDigits, amount) => {
  expect(typedMoney(text, minorDigits)).toBe(amount)
})

describe('over HTTP', () => {
  let campus: TestCampus
  beforeAll(async () => {
    campus = await openCampus({ from: '2023-10-18T11:00' })
  }, 60_000)
  afterAll(() => campus.close())

  const day = async (who = 'office') => {
    const reply = await campus.gatehouse.server.inject({
      method: 'GET',
      url: '/api/v1/cashier/2023-10-18',
      headers: { 'accept-language': 'en', cookie: await campus.signIn(who) },
    })
    return { status: reply.statusCode, body: reply.json<CashierReply>() }
  }
  const count = (body: object, who = 'office') =>
    post(campus, '/api/v1/cashier/2023-10-18/counts', body, { who })
  async function payAtCounter() {
    const { reissueId, personId } = await applied(campus, freshNumber())
    await campus.owner.pool.query(`update person set kind = 'exchange' where id = $1`, [personId])
    const paid = await post(campus, `/api/v1/reissues/${reissueId}/payment`, undefined, {
      who: 'desk-registry',
    })
    expect(paid.status).toBe(200)
  }

  it('the day says what the ledger says, a count stays as it is, and a later payment asks for another', async () => {
    await payAtCounter()
    await callback(campus, { id: await begin(campus, await applied(campus, freshNumber())) })
    await post(campus, '/api/v1/kiosk/receipts', await receipt(campus, { number: 'AB123456' }))
    const first = (await day()).body
    const sums = await ledgerSums(campus)
    expect(first.totals).toEqual({
      counter: sums.counter,
      kiosk: sums.kiosk,
      online: sums.online,
      'paid-back': 0,
    })
    expect(first.counters).toMatchObject([
      { counter: 'registry', payments: 1, expected: 200, counted: false },
    ])
    const body = { counter: 'registry', payments: 1, counted: 150, note: '' }
    expect(await count(body)).toMatchObject({ status: 409, body: { refusal: 'difference-needs-note' } })
    expect(await count({ ...body, note: 'A note of 50 is missing' })).toMatchObject({
      status: 200,
      body: { difference: -50, correction: false },
    })
    expect(await count({ ...body, counted: 200 })).toMatchObject({ body: { refusal: 'counted-already' } })
    await payAtCounter()
    expect((await day()).body.counters).toMatchObject([
      { payments: 2, counted: false, counts: [{ counted: 150 }] },
    ])
    expect(await count({ ...body, counted: 400 })).toMatchObject({ body: { refusal: 'takings-changed' } })
    expect(await count({ ...body, payments: 2, counted: 400 })).toMatchObject({ body: { correction: true } })
    expect((await day()).body.counters).toMatchObject([
      {
        counted: true,
        counts: [
          { counted: 150, note: 'A note of 50 is missing' },
          { counted: 400, note: null },
        ],
      },
    ])
    for (const change of ['update cashier_count set counted = 1', 'delete from cashier_count'])
      await expect(campus.owner.pool.query(change)).rejects.toThrow('stays as it was counted')
  })

  it('what was taken at a counter stays of that counter, wherever its clerk sits later', async () => {
    const fees = async () => {
      const reply = await campus.gatehouse.server.inject({
        url: '/api/v1/shift?counter=registry',
        headers: { cookie: await campus.signIn('office') },
      })
      return reply.json()
    }
    const before = await fees()
    expect(before).toMatchObject({ fees: { taken: 2 } })
    await campus.owner.pool.query(
      `update staff_role set counter = 'dept-math' where staff_id = 'desk-registry'`,
    )
    expect(await fees()).toMatchObject({ fees: before.fees })
  })

  it('a desk sees no day and counts none', async () => {
    expect((await day('desk-registry')).status).toBe(404)
    expect(
      (await count({ counter: 'registry', payments: 1, counted: 1, note: '' }, 'desk-registry')).status,
    ).toBe(404)
  })
})
