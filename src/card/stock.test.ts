import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { csie, handingOverTo, people } from '../../test/people.ts'
import type { Actor } from '../server/register.ts'
import type { FoundReply } from './card-api.ts'
import { encode } from './formats.ts'
import { retireCard } from './retire-card.ts'
import { applyCards, callCards, stockHeader, uploadCards } from './trial-files.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

const office: Actor = { kind: 'office', id: 'office' }
const search = (scan: string, more: object = {}, language = 'en') =>
  callCards(campus, 'search', { body: { scan, ...more }, language })
const found = async (scan: string, more: object = {}) =>
  (await search(scan, more)).body as unknown as FoundReply
const idOf = async (scan: string) => (await found(scan)).cards[0]!.cardId
const retire = (id: number, reason = 'misprint', headers = {}) =>
  callCards(campus, `${id}/retirement`, { body: { reason }, headers })
const move = (id: number, counter: string, box: string | null) =>
  callCards(campus, `${id}/place`, { body: { counter, box } })
const mayCollect = async (studentNumber: string) => {
  const reply = await campus.gatehouse.server.inject({
    url: '/api/v1/me/eligibility',
    headers: { cookie: await campus.signIn(studentNumber), 'accept-language': 'en' },
  })
  const { refusal, counters } = reply.json<{ refusal: string | null; counters: { id: string }[] }>()
  return [refusal ?? 'yes', ...counters.map(counter => counter.id)].join(' ')
}

describe('a card is found', () => {
  const { aEarly } = people
  it.each([
    ['by its chip number in hexadecimal', '4587f160', {}],
    ['by a tap on a reader that reverses', encode(Uint8Array.fromHex('4587F160'), 'le-dec-10')!, {}],
    [
      'by a tap on a reader of another format',
      encode(Uint8Array.fromHex('4587F160'), 'be-dec-10')!,
      { readerFormat: 'be-dec-10' },
    ],
    ['by its number at doors', String(0x87 * 100_000 + 0xf160), {}],
  ])('%s', async (_, scan, more) => {
    const { cards } = await found(scan, more)
    expect(cards).toHaveLength(1)
    expect(cards[0]).toMatchObject({
      chip: aEarly.new,
      state: 'waits',
      message: 'Waits to be collected: Department of Computer Science office, box C-02.',
      person: { studentNumber: aEarly.number },
      mayRetire: true,
      mayMove: true,
    })
    expect(cards[0]!.numbers.find(each => each.format === 'w26-3-5')).toMatchObject({ number: 13561792 })
  })

  it('by its student, what waits first, and in the reader’s language', async () => {
    const { cards } = (await search(aEarly.number, {}, 'zh-TW')).body as unknown as FoundReply
    expect(cards.map(({ chip, state }) => `${chip} ${state}`)).toEqual([
      '4587F160 waits',
      '0E829B92 handed-over',
    ])
    expect(cards[1]!.message).toBe('已於 2021-09-13 12:00 交給 41047001S（系統啟用前已持有）。')
    expect(cards[1]).toMatchObject({ mayRetire: false, mayMove: false })
  })

  it('by the number printed on it; and the look is written in the journal, with no number', async () => {
    const { cards } = await found(aEarly.new)
    expect((await found(cards[0]!.printedNumber!)).cards[0]).toMatchObject({ chip: aEarly.new })
    const { rows } = await campus.owner.pool.query(
      `select actor, facts from journal where act = 'card looked up' and card_id = $1 order by id desc limit 1`,
      [cards[0]!.cardId],
    )
    expect(rows).toEqual([{ actor: 'office:office', facts: {} }])
  })

  it.each([
    ['A1B2C3D4', 'unknown-card'],
    ['49999999S', 'unknown-person'],
    ['GH1.abcdefgh.x', 'proof-is-no-card'],
    ['88C43BC2', 'cut-seven-byte'],
    ['', 'nothing-scanned'],
    ['學生證', 'not-ascii'],
  ])('"%s" finds none: %s, with words', async (scan, refusal) => {
    for (const language of ['en', 'zh-TW']) {
      const reply = await search(scan, {}, language)
      expect(reply).toMatchObject({ status: 409, body: { refusal } })
      expect(String(reply.body.message).length).toBeGreaterThan(8)
    }
  })

  it.each([
    {},
    { scan: 1 },
    { scan: 'x', readerFormat: 'w26-24bit' },
    { scan: 'x'.repeat(5000) },
    { scan: 'x', more: 1 },
  ])('%j is malformed', async body => {
    expect((await callCards(campus, 'search', { body })).status).toBe(400)
  })
})

describe('a card is retired', () => {
  it('for good: its student waits for another one, its numbers are free, and no desk gives it out', async () => {
    const { cDuringTheRun } = people
    const id = await idOf(cDuringTheRun.new)
    expect(await mayCollect(cDuringTheRun.number)).toBe('yes dept-csie')
    expect(await retire(id)).toMatchObject({ status: 200, body: { cardId: id } })
    expect(await mayCollect(cDuringTheRun.number)).toBe('card-misprinted dept-csie')
    expect((await found(cDuringTheRun.new)).cards[0]).toMatchObject({ state: 'retired', mayRetire: false })
    expect(await retire(id)).toMatchObject({ status: 409, body: { refusal: 'retired-already' } })
    expect((await retire(id)).body.message).toContain('(misprinted)')
    expect(await move(id, 'registry', null)).toMatchObject({
      status: 409,
      body: { refusal: 'retired-already' },
    })

    // The same card cannot come back; another one with the number that it had at doors can, for the same student.
    const old = (await found(cDuringTheRun.new)).cards[0]!
    const rows = [
      `${cDuringTheRun.new},${old.printedNumber},4k-centenary,${cDuringTheRun.number},dept-csie,C-09`,
      `F143BB4C,9900777700000901,4k-centenary,${cDuringTheRun.number},dept-csie,C-09`,
    ]
    const again = await uploadCards(campus, [stockHeader, rows[0]].join('\n'))
    expect(again.body.bad[0]!.faults[0]).toMatchObject({ refusal: 'card-retired' })
    const replaced = await uploadCards(campus, [stockHeader, rows[1]].join('\n'))
    expect((await applyCards(campus, replaced.body)).body).toMatchObject({ takes: 1 })
    expect(await mayCollect(cDuringTheRun.number)).toBe('yes dept-csie')
  })

  it('that nobody collected, it is as if none had been made', async () => {
    const { fNeverCame } = people
    const id = await idOf(fNeverCame.new)
    expect((await retire(id, 'uncollected', { 'idempotency-key': 'r-1' })).status).toBe(200)
    expect((await retire(id, 'uncollected', { 'idempotency-key': 'r-1' })).status).toBe(200)
    expect((await retire(id, 'damaged', { 'idempotency-key': 'r-1' })).status).toBe(422)
    expect(await mayCollect(fNeverCame.number)).toMatch(/^card-not-ordered/)
  })

  it('but not when somebody holds it, and not when there is none', async () => {
    const id = await idOf(people.aEarly.old)
    expect(await retire(id)).toMatchObject({ status: 409, body: { refusal: 'collected-already' } })
    expect(await retire(999_999)).toMatchObject({ status: 409, body: { refusal: 'no-such-card' } })
    expect((await retire(id, 'left')).status).toBe(400)
    expect((await callCards(campus, '0/retirement', { body: { reason: 'misprint' } })).status).toBe(400)
  })

  it('while a desk hands it over: the desk was first, and the office is told so', async () => {
    const { aEarly } = people
    const id = await idOf(aEarly.new)
    let letGo = () => {}
    const held = new Promise<void>(resolve => {
      letGo = resolve
    })
    const first = Promise.withResolvers<void>()
    const desk = campus.gatehouse.register.act(csie, async act => {
      const done = await handingOverTo(aEarly)(act)
      first.resolve()
      await held
      return done
    })
    await first.promise
    const retired = campus.gatehouse.register.act(office, act =>
      retireCard(act, { cardId: id, reason: 'damaged' }),
    )
    await campus.someoneWaits()
    letGo()
    expect((await desk).ok).toBe(true)
    expect(await retired).toMatchObject({
      ok: false,
      refusal: 'collected-already',
      facts: { to: aEarly.number },
    })
  })

  it('and the other way round: the desk is told that it is retired', async () => {
    const { gOnTheSecond } = people
    const id = await idOf(gOnTheSecond.new)
    let letGo = () => {}
    const held = new Promise<void>(resolve => {
      letGo = resolve
    })
    const first = Promise.withResolvers<void>()
    const retired = campus.gatehouse.register.act(office, async act => {
      const done = await retireCard(act, { cardId: id, reason: 'damaged' })
      first.resolve()
      await held
      return done
    })
    await first.promise
    const desk = campus.gatehouse.register.act(csie, handingOverTo(gOnTheSecond))
    await campus.someoneWaits()
    letGo()
    expect((await retired).ok).toBe(true)
    expect(await desk).toMatchObject({ ok: false, refusal: 'retired' })
  })
})

describe('a waiting card is put elsewhere', () => {
  it('and its student is sent there', async () => {
    const { eLastEvening } = people
    const id = await idOf(eLastEvening.new)
    expect(await move(id, 'dept-math', 'M-09')).toMatchObject({
      status: 200,
      body: { counter: 'dept-math', box: 'M-09' },
    })
    expect(await mayCollect(eLastEvening.number)).toBe('yes dept-math')
    expect((await found(eLastEvening.new)).cards[0]!.message).toContain('box M-09')
    expect((await move(id, 'dept-math', ' M-09 ')).body).toMatchObject({ refusal: 'lies-there-already' })
    expect((await move(id, 'moon', null)).body).toMatchObject({ refusal: 'unknown-counter' })
    expect((await move(id, 'dept-math', '')).status).toBe(200)
    expect((await callCards(campus, `${id}/place`, { body: { counter: 'dept-math' } })).status).toBe(400)
    expect((await move(await idOf(people.aEarly.old), 'dept-math', null)).body).toMatchObject({
      refusal: 'collected-already',
    })
  })
})

it('counters and number formats are named for the screen', async () => {
  const { body } = await callCards(campus, 'places', { language: 'zh-TW' })
  expect(body.formats).toContainEqual({ id: 'be-hex', name: '十六進位，原順序' })
  expect(body.counters).toContainEqual(expect.objectContaining({ id: 'dept-csie' }))
})
