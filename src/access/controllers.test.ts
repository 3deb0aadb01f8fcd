import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { doorNumber } from '../card/formats.ts'
import { parseChipNumber } from '../card/numbers.ts'
import { type NewCard, takeIntoStock } from '../card/store.ts'
import { addController } from './controllers.ts'
import { usualNetworks } from './networks.ts'
import type { DoorsList } from './replies.ts'
import { call, gate } from './trial.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

const both = (text: string) => ({ 'zh-TW': text, en: text })
let serial = 423100200
/** A controller that nobody could mistake for another one. */
function board(change: object = {}) {
  serial += 1
  return {
    serial,
    host: `10.3.0.${serial - 423100200}`,
    port: 60000,
    capacity: 2000,
    numberFormat: 'w34-reversed-last4',
    building: both('Music'),
    doors: [{ id: `music-${serial}`, number: 1, name: both('Entrance') }],
    ...change,
  }
}
const add = (said: object, asking?: Parameters<typeof call>[4]) =>
  call(campus, 'POST', '/controllers', said, asking)
const change = (of: number, said: object) => call(campus, 'PATCH', `/controllers/${of}`, said)
const listed = async (of: number) =>
  ((await call(campus, 'GET', '/doors')).body as DoorsList).controllers.find(each => each.serial === of)

async function numbersIn(format: string): Promise<number> {
  const rows = await campus.owner.db
    .selectFrom('card_number')
    .select('card_id')
    .where('format', '=', format)
    .execute()
  return rows.length
}
async function liveCards(): Promise<number> {
  const rows = await campus.owner.db.selectFrom('card').select('id').where('retired_at', 'is', null).execute()
  return rows.length
}

describe('a controller', () => {
  it('is recorded with its doors, which nothing opens yet, and is written down', async () => {
    const said = board()
    expect(await add(said)).toMatchObject({ status: 200, body: { cards: 0 } })
    expect(await listed(said.serial)).toEqual({
      ...said,
      driver: 'uhppote',
      held: 0,
      doors: [{ ...said.doors[0], groups: [], grants: 0 }],
    })
    const noted = await campus.owner.db
      .selectFrom('journal')
      .select(['actor', 'facts'])
      .where('act', '=', 'controller added')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    expect(noted).toMatchObject({ actor: 'access:access', facts: { controller: said.serial, doors: 1 } })
  })

  it.each<[string, object, string, RegExp]>([
    ['serial 0', { serial: 0 }, 'serial-zero', /board’s label/],
    ['a known one', { serial: 423100001 }, 'serial-known', /423100001 is recorded already/],
    ['a keyboard’s format', { numberFormat: 'be-hex' }, 'format-unknown', /be-hex/],
    ['a host name', { host: 'door.example' }, 'host-not-an-address', /door\.example.*no IPv4/],
    ['the world', { host: '8.8.8.8' }, 'host-not-allowed', /10\.0\.0\.0\/8.*GATEHOUSE_DOOR_NETWORKS/],
    ['somebody’s address', { host: '127.60.0.1' }, 'address-taken', /controller 423100001/],
    [
      'a door of another',
      { doors: [{ id: 'gate-main', number: 1, name: both('x') }] },
      'door-elsewhere',
      /gate-main.*423100001/,
    ],
  ])('%s is refused with words, and nothing is recorded', async (_, wrong, refusal, sentence) => {
    const said = board(wrong)
    const { status, body } = await add(said)
    expect({ status, refusal: body.refusal }).toEqual({ status: 409, refusal })
    expect(body.message).toMatch(sentence)
    const controllers = await campus.owner.db
      .selectFrom('controller')
      .select('id')
      .where('host', '=', said.host)
      .execute()
    expect(controllers.length).toBe(refusal === 'address-taken' ? 1 : 0)
  })

  it('what has not the shape of one is malformed', async () => {
    for (const wrong of [
      { port: 0 },
      { serial: -1 },
      { capacity: 0 },
      { building: { en: 'x' } },
      { more: 1 },
    ])
      expect((await add(board(wrong))).status, JSON.stringify(wrong)).toBe(400)
  })

  it('is recorded once, however often the request comes', async () => {
    const said = board()
    expect(await add(said, { key: 'add-1' })).toMatchObject({ status: 200 })
    expect(await add(said, { key: 'add-1' })).toMatchObject({ status: 200 })
    expect(await add(said)).toMatchObject({ status: 409, body: { refusal: 'serial-known' } })
  })

  it.each([
    ['the office', 'office', 404],
    ['a clerk', 'desk-csie', 404],
    ['a student', '41047001S', 404],
    ['nobody', null, 401],
  ])('%s records none', async (_, who, status) => {
    expect((await add(board(), { who })).status).toBe(status)
  })

  it('the office reads the list, a clerk does not', async () => {
    expect((await call(campus, 'GET', '/doors', undefined, { who: 'office' })).status).toBe(200)
    expect((await call(campus, 'GET', '/doors', undefined, { who: 'desk-csie' })).status).toBe(404)
  })
})

describe('a change of a controller', () => {
  it('is kept where it says something else, and is nothing where it says the same', async () => {
    const said = board()
    await add(said)
    const renamed = { ...said.doors[0]!, name: both('Stage door') }
    const done = await change(said.serial, { host: '10.4.0.1', building: both('Arts'), doors: [renamed] })
    expect(done).toMatchObject({ status: 200, body: { changed: ['host', 'building', 'doors'] } })
    expect(await listed(said.serial)).toMatchObject({
      host: '10.4.0.1',
      port: 60000,
      building: both('Arts'),
      doors: [{ name: both('Stage door') }],
    })
    expect(await change(said.serial, { host: '10.4.0.1' })).toMatchObject({ body: { changed: [] } })
  })

  it('of its number format is refused with words', async () => {
    const { status, body } = await change(423100001, { numberFormat: 'w26-3-5' })
    expect({ status, refusal: body.refusal }).toEqual({ status: 409, refusal: 'format-fixed' })
    expect(body.message).toMatch(/w34-reversed-last4.*cannot become w26-3-5/)
  })

  it('to less than it holds is refused; numbers that it was told to forget do not count', async () => {
    const { pool } = campus.owner
    await pool.query(`
      insert into held (controller_id, number, doors, valid_from, valid_to, confirmed_at)
      select 423100002, n, case when n <= 30 then '{1,0,0,0}'::smallint[] else '{0,0,0,0}' end,
             '2023-09-01', '2024-02-29', '2023-10-18' from generate_series(1, 40) n`)
    expect(await change(423100002, { capacity: 29 })).toMatchObject({
      status: 409,
      body: { refusal: 'capacity-below-held', facts: { capacity: 29, held: 30 } },
    })
    expect(await change(423100002, { capacity: 30 })).toMatchObject({ status: 200 })
    expect(await listed(423100002)).toMatchObject({ held: 30, capacity: 30 })
  })

  it('of one that there is not is 404, and an empty one is malformed', async () => {
    expect((await change(1, { capacity: 30 })).status).toBe(404)
    expect((await change(423100001, {})).status).toBe(400)
  })
})

function cardOf(chip: string, printedNumber: string | null = null): NewCard {
  const parsed = parseChipNumber(chip)
  if (!parsed.ok) throw new Error(parsed.refusal)
  const nothing = { madeFor: null, counter: null, box: null }
  return { edition: '4k-centenary', chip: parsed.chip, printedNumber, ...nothing }
}
const office = { kind: 'office', id: 'office' } as const
const take = (...cards: NewCard[]) => campus.gatehouse.register.act(office, act => takeIntoStock(act, cards))

describe('readers of a number format that was not in use', () => {
  it('every live card gets its number in the same act, also one that comes into stock meanwhile', async () => {
    await campus.owner.pool.query(
      `update card set retired_at = '2023-10-18', retired_for = 'misprint' where id = (select max(id) from card)`,
    )
    const live = await liveCards()
    expect(await numbersIn('w26-24bit')).toBe(0)
    const recorded = gate()
    const mayCommit = gate()
    const keeper = { kind: 'access', id: 'access' } as const
    const adding = campus.gatehouse.register.act(keeper, async act => {
      const done = await addController(act, board({ numberFormat: 'w26-24bit' }), usualNetworks)
      recorded.open()
      await mayCommit.opened
      return done
    })
    await recorded.opened
    const taking = take(cardOf('C1D2E3F4'))
    try {
      await campus.someoneWaits()
    } finally {
      mayCommit.open()
    }
    expect(await adding).toMatchObject({ ok: true, cards: live })
    expect(await taking).toMatchObject({ ok: true })
    expect(await numbersIn('w26-24bit')).toBe(live + 1)
    const { rows } = await campus.owner.pool.query<{ chip: Buffer; number: number }>(
      `select c.chip, n.number::float8 as number
       from card c join card_number n on n.card_id = c.id and n.format = 'w26-24bit'`,
    )
    for (const { chip, number } of rows) {
      const told = doorNumber(chip, 'w26-24bit')
      expect(told.ok && Number(told.number)).toBe(number)
    }
    expect(await add(board({ numberFormat: 'w26-24bit' }))).toMatchObject({ body: { cards: 0 } })
  })

  it('cards that such readers cannot tell are counted and named, masked, and nothing is recorded', async () => {
    const said = board({ numberFormat: 'w34-straight' })
    const { status, body } = await add(said)
    expect({ status, refusal: body.refusal }).toEqual({ status: 409, refusal: 'cards-unreadable' })
    const { rows } = await campus.owner.pool.query<{ sevens: number }>(
      'select count(*)::int as sevens from card where octet_length(chip) = 7 and retired_at is null',
    )
    expect(body.facts).toMatchObject({ cards: rows[0]!.sevens, format: 'w34-straight', bytes: 7 })
    expect(body.message).toMatch(/\d{5}\*{6}\d{5}/)
    expect(body.message).toMatch(/7-byte chip numbers/)
    expect((await add(board({ numberFormat: 'w34-straight' }), { language: 'zh-TW' })).body.message).toMatch(
      /張使用中的卡無法.*7 位元組/,
    )
    expect(await listed(said.serial)).toBeUndefined()
    expect(await numbersIn('w34-straight')).toBe(0)
  })

  it('two live cards that would share a number are both named, masked, with the number', async () => {
    const { status, body } = await add(board({ numberFormat: 'w26-reversed-cascade' }))
    expect({ status, refusal: body.refusal }).toEqual({ status: 409, refusal: 'cards-share-number' })
    expect(body.message).toMatch(/\d{5}\*{6}\d{5} and \d{5}\*{6}\d{5} would both be number \d+ /)
    const { rows } = await campus.owner.pool.query<{ chip: Buffer; printed: string }>(
      'select chip, printed_number as printed from card where retired_at is null and printed_number is not null',
    )
    const alike = rows.filter(({ chip }) => {
      const told = doorNumber(chip, 'w26-reversed-cascade')
      return told.ok && Number(told.number) === body.facts!.number
    })
    expect(alike.length).toBeGreaterThan(1)
    const shown = alike.map(({ printed }) => `${printed.slice(0, 5)}******${printed.slice(11)}`)
    expect(shown).toEqual(expect.arrayContaining([body.facts!.one, body.facts!.other]))
    expect(await numbersIn('w26-reversed-cascade')).toBe(0)
  })
})
