import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { people } from '../../test/people.ts'
import { applyCardFile } from '../handover/apply-card-file.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Actor } from '../server/register.ts'
import type { CardFileReply } from './file-api.ts'
import {
  applyCards,
  callCards,
  campusFile,
  faultsOf,
  file,
  heldHeader,
  stockHeader,
  uploadCards,
} from './trial-files.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

const office: Actor = { kind: 'office', id: 'office' }
const cardsOfChip = (chip: string) =>
  campus.owner.db.selectFrom('card').selectAll().where('chip', '=', Buffer.from(chip, 'hex')).execute()
describe('the campus’s own files, dropped again', () => {
  it.each([
    ['stock.csv', 'stock', 1005],
    ['old-cards.csv', 'old-cards', 974],
    ['freshmen-cards.csv', 'health-check', 220],
  ] as const)('%s changes nothing', async (name, kind, unchanged) => {
    const { status, body } = await uploadCards(campus, await campusFile(name), { query: `kind=${kind}` })
    expect(status).toBe(200)
    expect(faultsOf(body)).toEqual([])
    expect(body.will).toEqual({ takes: 0, blanks: 0, unchanged, bad: 0 })
  })

  it('in the encodings of Excel too', async () => {
    const text = (await campusFile('stock.csv')).toString()
    const unicode = Buffer.from(`\uFEFF${text.replaceAll(',', '\t')}`, 'utf16le')
    expect((await uploadCards(campus, unicode)).body).toMatchObject({
      encoding: 'utf-16le',
      will: { unchanged: 1005 },
    })
    const { counters } = await campus.gatehouse.register.look(office, programmeInForce)
    const registry = counters.find(each => each.id === 'registry')!.name['zh-TW']
    const named = text.replace(/^.*/, '內碼,外觀卡號,版別,學號,櫃檯,卡盒').replaceAll('registry', registry)
    expect((await uploadCards(campus, iconv.encode(named, 'big5'))).body).toMatchObject({
      encoding: 'big5',
      will: { unchanged: 1005, bad: 0 },
    })
  })

  it('as the other kind they are noticed row by row', async () => {
    const { body } = await uploadCards(campus, await campusFile('freshmen-cards.csv'), {
      query: 'kind=old-cards',
    })
    expect(body.will).toMatchObject({ takes: 0, bad: 220 })
    expect(faultsOf(body)[0]).toMatch(/how other-kind, .*edition edition-given-now$/)
  })
})

describe('new cards', () => {
  const fresh = file(
    stockHeader,
    `A1B2C301,9900777700000001,4k-centenary,${people.freshman.number},registry,R-77`,
    'A1B2C302,9900777700000002,4k-centenary,,registry,R-77',
  )

  it('are looked at, taken in, and found again as they are', async () => {
    const seen = await uploadCards(campus, fresh, { language: 'zh-TW' })
    expect(seen.body).toMatchObject({
      kind: 'stock',
      numberFormat: 'be-hex',
      will: { takes: 2, blanks: 1, unchanged: 0, bad: 0 },
    })
    expect(seen.body.good[0]).toMatchObject({
      chip: 'A1B2C301',
      box: 'R-77',
      counter: expect.stringContaining('註冊'),
    })
    expect(await cardsOfChip('A1B2C301')).toEqual([])

    const applied = await applyCards(campus, seen.body)
    expect(applied).toMatchObject({ status: 200, body: { takes: 2, blanks: 1 } })
    expect(await cardsOfChip('A1B2C301')).toMatchObject([{ counter: 'registry', retired_at: null }])
    const { rows } = await campus.owner.pool.query(
      `select act, person_id from journal where card_id = (select id from card where chip = '\\xa1b2c301')`,
    )
    const personId = await campus.personId(people.freshman.number)
    expect(rows).toEqual([{ act: 'card taken into stock', person_id: personId }])

    expect((await applyCards(campus, seen.body)).body).toMatchObject({ refusal: 'applied-already' })
    expect((await uploadCards(campus, fresh)).body.will).toMatchObject({ takes: 0, unchanged: 2 })
    const again = await callCards(campus, `files/${seen.body.uploadId}`)
    expect(again.body).toMatchObject({ appliedAt: expect.any(String), outcome: { takes: 2 } })
    const { uploads } = (await callCards(campus, 'files')).body as { uploads: CardFileReply[] }
    expect(uploads.map(each => each.uploadId)).toContain(seen.body.uploadId)
  })

  it('written in decimals are the same cards', async () => {
    const rows = fresh.replace('A1B2C301', '2712847105').replace('A1B2C302', '2712847106')
    const { body } = await uploadCards(campus, rows, { query: 'kind=stock&numberFormat=be-dec-10' })
    expect(body.will).toMatchObject({ unchanged: 2, bad: 0 })
  })

  it('every good row or none: what was not looked at is not applied', async () => {
    const rows = [
      'A1B2C311,9900777700000011,4k-centenary,,registry,',
      'A1B2C312,9900777700000012,4k-centenary,,registry,',
    ]
    const one = (await uploadCards(campus, file(stockHeader, ...rows))).body
    const other = (await uploadCards(campus, file(stockHeader, rows[0]!))).body
    expect((await applyCards(campus, other)).status).toBe(200)
    expect(await applyCards(campus, one)).toMatchObject({
      status: 409,
      body: { refusal: 'register-changed' },
    })
    expect(await cardsOfChip('A1B2C312')).toEqual([])
    const again = (await callCards(campus, `files/${one.uploadId}`)).body as { seal: string; will: object }
    expect(again.will).toMatchObject({ takes: 1, unchanged: 1 })
    expect((await applyCards(campus, { ...one, seal: again.seal })).status).toBe(200)
  })

  it('two officers at once: one takes the cards in, the other waits and is told to look again', async () => {
    const rows = file(stockHeader, 'A1B2C321,9900777700000021,4k-centenary,,registry,')
    const [one, other] = [(await uploadCards(campus, rows)).body, (await uploadCards(campus, rows)).body]
    let letGo = () => {}
    const held = new Promise<void>(resolve => {
      letGo = resolve
    })
    const first = campus.gatehouse.register.act(office, async act => {
      const done = await applyCardFile(act, one)
      await held
      return done
    })
    const second = campus.gatehouse.register.act(office, act => applyCardFile(act, other))
    letGo()
    const answers = await Promise.all([first, second])
    expect(answers.map(answer => (answer.ok ? 'taken' : answer.refusal)).toSorted()).toEqual([
      'register-changed',
      'taken',
    ])
    expect(await cardsOfChip('A1B2C321')).toHaveLength(1)
  })

  it('an upload under the same key is taken in once', async () => {
    const one = await uploadCards(campus, fresh, { key: 'cards-1' })
    const two = await uploadCards(campus, fresh, { key: 'cards-1' })
    expect(two.body.uploadId).toBe(one.body.uploadId)
    expect((await uploadCards(campus, `${fresh}\r\n`, { key: 'cards-1' })).status).toBe(422)
    expect((await uploadCards(campus, fresh, { key: 'cards-1', query: 'kind=old-cards' })).status).toBe(422)
  })
})

describe('cards that students hold', () => {
  const wantedOf = (chip: string) =>
    campus.owner.pool.query(
      `select count(*)::int as doors from wanted w join card c on c.id = w.card_id
       where c.chip = decode($1, 'hex') and w.doors <> '{0,0,0,0}'`,
      [chip],
    )

  it('an old card of before Gatehouse opens doors from then on, until the programme ends it', async () => {
    // One of the three who have no old card in the campus's file.
    const { rows } = await campus.owner.pool.query<{ number: string }>(
      `select student_number as number from person p where status = 'enrolled' and kind = 'regular' and entry_year < 2023
         and not exists (select from handover h where h.person_id = p.id) order by 1 limit 1`,
    )
    const seen = await uploadCards(
      campus,
      file(heldHeader, `A1B2C401,,easycard,${rows[0]!.number},110/09/13`),
      {
        query: 'kind=old-cards',
      },
    )
    expect(faultsOf(seen.body)).toEqual([])
    expect((await applyCards(campus, seen.body)).status).toBe(200)
    const [card] = await cardsOfChip('A1B2C401')
    const use = await campus.owner.db
      .selectFrom('card_use')
      .selectAll()
      .where('card_id', '=', card!.id)
      .execute()
    expect(use).toHaveLength(1)
    expect(use[0]!.during).toContain('2024-02-29 16:00:00+00')
    expect((await wantedOf('A1B2C401')).rows[0].doors).toBeGreaterThan(0)
  })

  it('a card of the health examination is in custody, and opens nothing before it is activated', async () => {
    const { rows } = await campus.owner.pool.query<{ number: string }>(
      `select student_number as number from person p where health_check = 'missed'
         and not exists (select from handover h where h.person_id = p.id) order by 1 limit 1`,
    )
    const { number } = rows[0]!
    const seen = await uploadCards(
      campus,
      file(heldHeader, `A1B2C402,9900777700000402,4k-centenary,${number},2023-10-18`),
      {
        query: 'kind=health-check',
      },
    )
    expect((await applyCards(campus, seen.body)).body).toMatchObject({ takes: 1 })
    expect((await wantedOf('A1B2C402')).rows[0].doors).toBe(0)
    const activated = await campus.gatehouse.server.inject({
      method: 'POST',
      url: '/api/v1/me/card/activation',
      payload: { lastDigits: '0402' },
      headers: { cookie: await campus.signIn(number) },
    })
    expect(activated.statusCode).toBe(200)
    expect(
      (
        await uploadCards(campus, file(heldHeader, `A1B2C403,,easycard,${number},2023-09-01`), {
          query: 'kind=old-cards',
        })
      ).body.bad,
    ).toMatchObject([{ faults: [{ field: 'studentNumber', refusal: 'uses-another' }] }])
  })
})
