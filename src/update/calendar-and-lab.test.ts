import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { people } from '../../test/people.ts'
import { call } from '../access/trial.ts'
import { beginDate } from '../app/boundaries.ts'
import type { Expiry, ExpiryWarnings } from './expiry-shapes.ts'
import type { Lab } from './number-lab-shapes.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus()
})
afterAll(() => campus.close())

const calendar = async () => (await call(campus, 'GET', '/expiry')).body as unknown as Expiry
const waitsFor = async (who: string) =>
  ((await call(campus, 'GET', '/expiry/warnings', undefined, { who })).body as unknown as ExpiryWarnings)
    .warnings
/** The campus's date becomes this one, and Gatehouse looks. */
async function dateBecomes(day: string) {
  await campus.moveTo(`${day}T00:05`)
  await beginDate(campus.gatehouse.register, 'Asia/Taipei')
}

describe('a campus whose old cards all end on one day', () => {
  it('has that day in its calendar only when it is near enough, with nearly everybody', async () => {
    expect(await calendar()).toMatchObject({ today: '2023-10-11', days: [], warnings: [] })
    const { rows } = await campus.owner.pool.query(
      `select count(distinct card_id)::int as cards from wanted where doors <> '{0,0,0,0}' and valid_to = '2024-02-29'`,
    )
    await dateBecomes('2023-12-30')
    expect(await waitsFor('access')).toEqual([])
    await dateBecomes('2023-12-31')
    const warnings = await waitsFor('access')
    expect(warnings).toMatchObject([
      { lastDay: '2024-02-29', stage: 60, role: 'access', cards: rows[0].cards },
    ])
    expect(warnings[0]!.cards / warnings[0]!.liveCards).toBeGreaterThan(0.9)
    expect(warnings[0]!.controllers).toBe(12)
  })

  it('is in the calendar with its people, who have no other card, and the controllers', async () => {
    const { days, warnings, liveCards } = await calendar()
    const [day] = days
    expect(day).toMatchObject({ lastDay: '2024-02-29', daysAhead: 60, cliff: true })
    expect(day!.left).toBe(day!.people)
    expect(day!.percent).toBeCloseTo((day!.cards * 100) / liveCards)
    expect(day!.controllers[0]!.percent).toBeGreaterThan(90)
    expect(warnings).toHaveLength(2)
  })

  it('is warned of once a stage, for both roles, and caught up with after days on which nothing ran', async () => {
    for (const day of ['2024-01-01', '2024-02-25', '2024-02-26', '2024-02-29']) await dateBecomes(day)
    expect((await waitsFor('office')).map(({ stage }) => stage)).toEqual([7, 60])
    const { rows } = await campus.owner.pool.query<{ facts: object }>(
      `select facts from journal where act = 'expiry warning raised' order by id`,
    )
    expect(rows.map(row => row.facts)).toMatchObject([
      { lastDay: '2024-02-29', stage: 60 },
      { lastDay: '2024-02-29', stage: 7 },
    ])
  })

  it('is acknowledged by each role for itself, once, and that is in the journal', async () => {
    const read = { lastDay: '2024-02-29', stage: 60 }
    const say = (who: string, body: object = read) =>
      call(campus, 'POST', '/expiry/acknowledgements', body, { who })
    expect((await say('access')).status).toBe(200)
    expect((await waitsFor('access')).map(({ stage }) => stage)).toEqual([7])
    expect((await waitsFor('office')).map(({ stage }) => stage)).toEqual([7, 60])
    expect((await say('access')).body).toMatchObject({ refusal: 'acknowledged-already' })
    expect((await say('access', { ...read, stage: 30 })).body).toMatchObject({ refusal: 'no-such-warning' })
    expect((await say('access', { ...read, lastDay: '2024-02-30' })).status).toBe(400)
    expect((await say('desk-csie')).status).toBe(404)
    const { rows } = await campus.owner.pool.query(
      `select actor from journal where act = 'expiry warning acknowledged'`,
    )
    expect(rows).toEqual([{ actor: 'access:access' }])
  })
})

describe('the number lab', () => {
  const look = async (number: string) => {
    const { status, body } = await call(campus, 'POST', '/numbers/readings', { number })
    expect(status, JSON.stringify(body)).toBe(200)
    return body as unknown as Lab
  }
  const { old, number: student } = people.aEarly

  it('finds a card by its chip number, with what every reader here would send', async () => {
    const lab = await look(old.toLowerCase().replace(/(..)(?=.)/g, '$1:'))
    expect(lab.taken).toMatchObject([
      { as: 'hexadecimal', hex: old, decimal: String(Number.parseInt(old, 16)) },
    ])
    expect(lab.cards).toMatchObject([{ chip: old, person: { studentNumber: student } }])
    expect(lab.cards[0]!.sends.every(({ number, controllers }) => number !== null && controllers > 0)).toBe(
      true,
    )
    expect(lab.readings).toContainEqual(
      expect.objectContaining({ format: 'be-hex', patterns: [old], cards: 1 }),
    )
  })

  it('finds it by what a reader typed in any of the formats, and says in which', async () => {
    const reversed = Number.parseInt(old.match(/../g)!.toReversed().join(''), 16)
    const lab = await look(String(reversed))
    expect(lab.cards.map(({ chip }) => chip)).toEqual([old])
    expect(lab.cards[0]!.readAs.map(({ format }) => format)).toEqual(
      expect.arrayContaining(['le-dec-10', 'w34-reversed', 'w34-reversed-last4']),
    )
    const last24 = Number.parseInt(old.slice(2), 16)
    const byWiegand = await look(String(last24))
    expect(byWiegand.cards.map(({ chip }) => chip)).toEqual([old])
    expect(byWiegand.readings).toContainEqual(
      expect.objectContaining({
        format: 'w26-24bit',
        whole: false,
        cards: 1,
        patterns: [`??${old.slice(2)}`, `????????${old.slice(2)}`],
      }),
    )
    expect(byWiegand.taken[0]).toMatchObject({ facility: last24 >> 16, inFacility: last24 & 0xffff })
  })

  it('names the card that a Wiegand-26 reader cannot tell from it', async () => {
    const [twin] = (
      await campus.owner.pool.query<{ id: number }>(
        `insert into card (edition, chip, stocked_at) values ('4k-centenary', decode($1, 'hex'), '2023-10-11') returning id`,
        [`AA${old.slice(2)}`],
      )
    ).rows
    const [card] = (await look(old)).cards
    expect(card!.shares24Bits).toMatchObject([{ cardId: twin!.id, chip: `AA${old.slice(2)}`, person: null }])
  })

  it('says what controllers hold under the number, as they confirmed it', async () => {
    const { sends } = (await look(old)).cards[0]!
    const { number } = sends[0]!
    await campus.owner.pool.query(
      `insert into held (controller_id, number, doors, valid_from, valid_to, confirmed_at)
       values (423100001, $1, '{1,1,0,0}', '2021-09-13', '2024-02-29', '2023-10-11')`,
      [number],
    )
    expect((await look(String(number))).onControllers).toMatchObject([
      { controllerId: 423_100_001, by: 'confirmed', doors: [1, 1, 0, 0], number },
    ])
  })

  it.each([
    ['', 'nothing-typed'],
    ['　', 'nothing-typed'],
    ['gate', 'no-number'],
    ['99999999999999999999999999', 'no-number'],
  ])('refuses “%s” in words', async (number, refusal) => {
    const { status, body } = await call(campus, 'POST', '/numbers/readings', { number })
    expect([status, body.refusal]).toEqual([409, refusal])
  })

  it('is the keepers’ alone; nothing that was typed is kept, and whose card was seen is in the journal', async () => {
    expect((await call(campus, 'POST', '/numbers/readings', { number: old }, { who: student })).status).toBe(
      404,
    )
    const { rows } = await campus.owner.pool.query<{ said: string; person: number }>(
      `select row_to_json(j)::text as said, person_id as person from journal j where act = 'number looked up'`,
    )
    expect(rows.map(({ person }) => person)).toContain(await campus.personId(student))
    expect(rows.some(({ said }) => said.includes(old))).toBe(false)
  })
})
