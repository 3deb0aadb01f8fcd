import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { Doors } from '../../test/doors.ts'
import { csie, people } from '../../test/people.ts'
import type { Bridge } from './bridge.ts'
import { lendCard, returnCard } from './lend.ts'
import type { LoansReply } from './routes.ts'
import { pool, stockPool, typed } from './trial-pool.ts'

const { aEarly, bOnTheStroke, dLosesCard, fNeverCame } = people
const gate = 'gate-main'
const lab = 'csie-systems-lab'

let campus: TestCampus
let doors: Doors
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T09:00', doors: '127.62.81' })
  doors = await Doors.of(campus.owner, campus.emulator!)
  await stockPool(campus)
  await campus.moveTo('2023-10-18T10:00')
  await campus.settle()
}, 90_000)
afterAll(() => campus.close())

async function send(who: string, method: 'GET' | 'POST', path: string, payload?: object, key?: string) {
  const reply = await campus.gatehouse.server.inject({
    method,
    url: `/api/v1${path}`,
    ...(payload ? { payload } : {}),
    headers: {
      'accept-language': 'en',
      cookie: await campus.signIn(who),
      ...(key ? { 'idempotency-key': key } : {}),
    },
  })
  return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() }
}

type Somebody = { number: string; old: string }
const asked = ({ number, old }: Somebody, chip: string, change: object = {}) => ({
  studentNumber: number,
  scan: typed(chip),
  reason: 'door-refuses',
  evidence: [{ kind: 'old-card', chip: old }],
  ...change,
})
const lend = (somebody: Somebody, chip: string, change: object = {}, key?: string) =>
  send(csie.id, 'POST', '/desk/loans', asked(somebody, chip, change), key)
const takeBack = (chip: string, who: string = csie.id) =>
  send(who, 'POST', '/desk/loans/return', { scan: typed(chip) })
const mine = async ({ number }: Somebody) =>
  (await send(number, 'GET', '/me/temporary-card')).body.temporaryCard as Bridge
const loans = async (who = csie.id, query = '') =>
  (await send(who, 'GET', `/desk/loans${query}`)).body as unknown as LoansReply

describe('a temporary card', () => {
  it('opens at once what the person’s groups open, and no door granted one by one', async () => {
    expect(await doors.opens(lab, aEarly.old)).toBe(true)
    const lent = await lend(aEarly, pool[0], {}, 'lend-1')
    expect(lent).toEqual({
      status: 200,
      body: { loan: lent.body.loan, lastDay: '2023-10-24', opensUntil: '2023-10-24T16:00:00Z' },
    })
    expect(await lend(aEarly, pool[0], {}, 'lend-1')).toEqual(lent)
    await campus.settle()
    expect([await doors.opens(gate, pool[0]), await doors.opens(lab, pool[0])]).toEqual([true, false])
    // The own card goes on as before.
    expect([await doors.opens(gate, aEarly.old), await doors.opens(lab, aEarly.old)]).toEqual([true, true])
    expect(await mine(aEarly)).toMatchObject({
      reason: 'door-refuses',
      lastDay: '2023-10-24',
      state: 'in-use',
      ending: '0010',
      returnTo: [{ id: 'registry' }, { id: 'gongguan-academic' }, { id: 'dept-csie' }],
    })
    const told = await campus.owner.db
      .selectFrom('message')
      .select(['kind', 'body'])
      .where('kind', '=', 'temporary-card-lent')
      .execute()
    expect(told).toHaveLength(1)
    expect(told[0]!.body).toContain('10月25日（三）00:00')
  })

  it('is one a person, and one person a card', async () => {
    expect((await lend(aEarly, pool[1])).body).toMatchObject({ refusal: 'has-one-already' })
    const { body } = await lend(bOnTheStroke, pool[0])
    expect(body).toMatchObject({ refusal: 'card-still-lent' })
    expect(body.message).toMatch(/lent on 2023-10-18 \(until 2023-10-24\).*as returned first/)
  })

  it('taken back, opens nothing at once, is told, and opens doors for the next person right away', async () => {
    expect(await takeBack(pool[0])).toMatchObject({ status: 200 })
    expect((await takeBack(pool[0])).body).toMatchObject({ refusal: 'not-lent' })
    expect(await mine(aEarly)).toBeNull()
    expect(await lend(bOnTheStroke, pool[0], { reason: 'forgotten', lastDay: '2023-10-18' })).toMatchObject({
      status: 200,
      body: { lastDay: '2023-10-18' },
    })
    // Whatever concerns the one who had it before leaves it alone.
    await campus.gatehouse.register.act({ kind: 'system', id: 'test' }, async act =>
      act.note({ act: 'person changed', personId: await campus.personId(aEarly.number) }),
    )
    await campus.settle()
    expect([await doors.opens(gate, pool[0]), await doors.opens(gate, aEarly.old)]).toEqual([true, true])
    await campus.moveTo('2023-10-18T15:00')
    await campus.settle()
    expect(await doors.opens(gate, pool[0])).toBe(true)
    expect(await takeBack(pool[0])).toMatchObject({ status: 200 })
    await campus.settle()
    expect(await doors.opens(gate, pool[0])).toBe(false)
  })

  it('lost, opens nothing at once, and is not lent again before it is back', async () => {
    const { body } = await lend(dLosesCard, pool[1], { reason: 'lost' })
    await campus.settle()
    expect(await doors.opens(gate, pool[1])).toBe(true)
    const { card_id: cardId } = await campus.owner.db
      .selectFrom('card_loan')
      .select('card_id')
      .where('id', '=', Number(body.loan))
      .executeTakeFirstOrThrow()
    const retired = await send('office', 'POST', `/cards/${cardId}/retirement`, { reason: 'damaged' })
    expect(retired.body).toMatchObject({ refusal: 'lent-out' })
    expect(await send(csie.id, 'POST', `/desk/loans/${Number(body.loan)}/lost`)).toMatchObject({
      body: { again: false },
    })
    expect(await send(csie.id, 'POST', `/desk/loans/${Number(body.loan)}/lost`)).toMatchObject({
      body: { again: true },
    })
    await campus.settle()
    expect(await doors.opens(gate, pool[1])).toBe(false)
    expect(await mine(dLosesCard)).toMatchObject({ state: 'lost' })
    expect((await lend(bOnTheStroke, pool[1])).body).toMatchObject({ refusal: 'card-still-lent' })
    expect(await lend(dLosesCard, pool[2])).toMatchObject({ status: 200 })
    expect(await takeBack(pool[1])).toMatchObject({ status: 200 })
    expect((await send(csie.id, 'POST', `/desk/loans/${Number(body.loan)}/lost`)).body).toMatchObject({
      refusal: 'returned-already',
    })
  })

  it('ends by itself on its last day, also where no update comes any more; what is not back is listed', async () => {
    const { loans: open } = await loans()
    expect(open.map(({ studentNumber, overdue }) => [studentNumber, overdue])).toEqual([
      [dLosesCard.number, false],
    ])
    const read = await campus.owner.db
      .selectFrom('journal')
      .selectAll()
      .where('act', '=', 'loan read')
      .execute()
    expect(read).toHaveLength(1)
    expect(await doors.opens(gate, pool[2])).toBe(false)
    await campus.settle()
    expect(await doors.opens(gate, pool[2])).toBe(true)
    // The controllers' own clocks decide: nothing is sent.
    await campus.moveTo('2023-10-25T00:00')
    expect(await doors.opens(gate, pool[2])).toBe(false)
    expect((await loans(csie.id, '?overdue=true')).loans).toMatchObject([{ ending: '0030', overdue: true }])
    expect((await loans('office', '?overdue=true')).loans).toHaveLength(1)
    expect((await loans('desk-math')).loans).toEqual([])
    expect(await mine(dLosesCard)).toMatchObject({ state: 'ended' })
    expect((await lend(dLosesCard, pool[0])).body).toMatchObject({ refusal: 'has-one-already' })
    expect(await takeBack(pool[2])).toMatchObject({ status: 200 })
  })
})

describe('who gets none, with words', () => {
  it.each<[string, () => Promise<{ status: number; body: Record<string, unknown> }>, string, RegExp]>([
    ['a student’s own card', () => lend(fNeverCame, fNeverCame.new), 'not-temporary', /no temporary card/],
    ['a card nobody knows', () => lend(fNeverCame, '01020304'), 'unknown-card', /does not know this card/],
    [
      'nobody’s number',
      () => lend({ ...fNeverCame, number: '99999999Z' }, pool[0]),
      'unknown-person',
      /no such student/,
    ],
    [
      'nothing shown',
      () => lend(fNeverCame, pool[0], { evidence: [] }),
      'evidence-missing',
      /not proved yet/,
    ],
    [
      'somebody else’s old card',
      () => lend(fNeverCame, pool[0], { evidence: [{ kind: 'old-card', chip: aEarly.old }] }),
      'old-card-of-somebody-else',
      /somebody else/,
    ],
    [
      'too long',
      () => lend(fNeverCame, pool[0], { lastDay: '2024-06-30' }),
      'ends-too-late',
      /7 days at most/,
    ],
    [
      'a day that has passed',
      () => lend(fNeverCame, pool[0], { lastDay: '2023-10-01' }),
      'ends-before-today',
      /has passed/,
    ],
    [
      'at a counter that has none',
      () => send('desk-math', 'POST', '/desk/loans', asked(fNeverCame, pool[0])),
      'lent-elsewhere',
      /Send the student to/,
    ],
  ])('%s: refused', async (_, what, refusal, sentence) => {
    const { status, body } = await what()
    expect({ status, refusal: body.refusal }).toEqual({ status: 409, refusal })
    expect(body.message).toMatch(sentence)
  })

  it('a document is enough on the clerk’s own word; nobody but a desk lends', async () => {
    const document = { evidence: [{ kind: 'document', evidence: 'id-document', documentKind: 'passport' }] }
    expect((await send('office', 'POST', '/desk/loans', asked(fNeverCame, pool[0], document))).status).toBe(
      404,
    )
    expect(await lend(fNeverCame, pool[0], document)).toMatchObject({ status: 200 })
    expect(await takeBack(pool[0])).toMatchObject({ status: 200 })
  })
})

describe('two counters at once', () => {
  const lending = (somebody: Somebody, chip: string) =>
    campus.gatehouse.register.act(csie, act =>
      lendCard(
        act,
        {
          studentNumber: somebody.number,
          scan: chip,
          readerFormat: 'be-hex',
          reason: 'forgotten',
          evidence: [{ kind: 'old-card', chip: somebody.old }],
          lastDay: null,
        },
        [Buffer.alloc(32, 9)],
      ),
    )
  const said = (answers: { ok: boolean }[]) =>
    answers.map(({ ok }) => ok).toSorted((a, b) => Number(a) - Number(b))

  it('lend one card to two people, or two cards to one: one of them is refused', async () => {
    expect(said(await Promise.all([lending(aEarly, pool[0]), lending(bOnTheStroke, pool[0])]))).toEqual([
      false,
      true,
    ])
    await takeBack(pool[0])
    expect(said(await Promise.all([lending(aEarly, pool[0]), lending(aEarly, pool[1])]))).toEqual([
      false,
      true,
    ])
  })

  it('take one card back twice while it is asked for again: once each, and nobody waits for ever', async () => {
    const lent = (await loans()).loans[0]!
    const chip = lent.ending === '0010' ? pool[0] : pool[1]
    const back = () =>
      campus.gatehouse.register.act(csie, act => returnCard(act, { scan: chip, readerFormat: 'be-hex' }))
    const [one, other] = await Promise.all([back(), back(), lending(aEarly, chip)])
    expect(said([one, other])).toContain(true)
    const open = await campus.owner.db
      .selectFrom('card_loan')
      .select('id')
      .where('returned_at', 'is', null)
      .execute()
    expect(open.length).toBeLessThanOrEqual(1)
  })
})
