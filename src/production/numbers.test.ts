import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { people } from '../../test/people.ts'
import { applyCards, faultsOf, file, uploadCards } from '../card/trial-files.ts'
import { openTrialDesk, type TrialDesk } from '../handover/trial-desk.ts'
import { addStudents, productionOf } from './trial-production.ts'

const [first, second] = ['41147301S', '41147302S'] as const
const header = 'chip_number,printed_number,student_number,item'

let desk: TrialDesk
let production: ReturnType<typeof productionOf>
let batchId: number
beforeAll(async () => {
  desk = await openTrialDesk()
  production = productionOf(desk)
  await addStudents(desk.campus, [first, second])
  batchId = (await production.order()).batchId
}, 60_000)
afterAll(() => desk.campus.close())

const numbers = (...rows: string[]) =>
  uploadCards(desk.campus, file(header, ...rows), { query: 'kind=numbers' })
const printedOf = async (chip: string) =>
  (
    await desk.campus.owner.pool.query<{ printed: string | null }>(
      `select printed_number as printed from card where chip = decode($1, 'hex')`,
      [chip],
    )
  ).rows[0]?.printed
const { aEarly, bOnTheStroke } = people

describe('a file of numbers', () => {
  it('tells a card of the register its printed number, once, and leaves one that agrees alone', async () => {
    const before = await printedOf(aEarly.new)
    await desk.campus.owner.pool.query(
      `update card set printed_number = null where chip = decode($1, 'hex')`,
      [bOnTheStroke.new],
    )
    const rows = [`${aEarly.new},${before},,`, `${bOnTheStroke.new},9900000000077701,${bOnTheStroke.number},`]
    const { body } = await numbers(...rows)
    expect(body.will).toEqual({ takes: 1, blanks: 0, unchanged: 1, bad: 0 })
    expect(body.good).toMatchObject([
      { chip: bOnTheStroke.new, studentNumber: bOnTheStroke.number, counter: expect.any(String) },
    ])
    expect((await applyCards(desk.campus, body)).body).toMatchObject({ takes: 1 })
    expect(await printedOf(bOnTheStroke.new)).toBe('9900000000077701')
    expect((await numbers(...rows)).body.will).toMatchObject({ takes: 0, unchanged: 2 })
    const { rows: noted } = await desk.campus.owner.pool.query(
      `select student_number as student from journal j join person p on p.id = j.person_id where act = 'printed number recorded'`,
    )
    expect(noted).toEqual([{ student: bOnTheStroke.number }])
  })

  it('names both cards of a collision, in bad rows that can be downloaded, and applies none of them', async () => {
    const taken = await printedOf(aEarly.new)
    const { body } = await numbers(
      `${aEarly.old},${taken},,`,
      `${aEarly.new},9900000000077702,,`,
      `${aEarly.new.slice(0, 6)}FF,9900000000077703,,`,
      `${bOnTheStroke.new},9900000000077701,${aEarly.number},`,
    )
    expect(body.will).toMatchObject({ takes: 0, bad: 4 })
    expect(faultsOf(body)).toEqual([
      expect.stringContaining('printed-elsewhere'),
      '3 printedNumber printed-differs',
      '4 chip chip-unknown',
      '5 studentNumber student-differs',
    ])
    const [elsewhere] = body.bad[0]!.faults.filter(each => each.refusal === 'printed-elsewhere')
    expect(elsewhere!.message).toContain(aEarly.new)
    expect(elsewhere!.message).toContain(aEarly.number)
    expect(elsewhere!.message).toMatch(/Computer Science/)
    const bad = await desk.send('office', `/cards/files/${body.uploadId}/bad-rows`)
    expect(bad.body).toContain(aEarly.number)
  })

  it('with its item an ordered card comes in for its student, and is put at a counter afterwards', async () => {
    const { body } = await numbers(
      `D1000001,9900000000088801,,${batchId}-0001`,
      `D1000002,9900000000088802,${second},${batchId}-0002`,
      `D1000003,9900000000088803,,${batchId}-0003`,
    )
    expect(faultsOf(body)).toEqual(['4 item item-unknown'])
    expect((await applyCards(desk.campus, body)).body).toMatchObject({ takes: 2 })
    expect(await production.batch(batchId)).toMatchObject({ out: 0, back: 2, withoutPlace: 2 })
    expect(await production.collect(first)).toBe('card-on-its-way')

    const nowhere = await production.place(batchId, { counter: 'atlantis' })
    expect([nowhere.statusCode, nowhere.json().refusal]).toEqual([409, 'unknown-counter'])
    expect((await production.place(999, { counter: null })).json().refusal).toBe('no-such-batch')
    expect((await production.place(batchId, { counter: null, box: 'C-91' })).json()).toEqual({ cards: 2 })
    expect((await production.place(batchId, { counter: null })).json().refusal).toBe('none-without-place')
    expect(await production.collect(first)).toBe('yes dept-csie')
    expect((await production.batch(batchId)).items[0]).toMatchObject({ box: 'C-91' })
    expect(
      (await numbers(`D1000009,9900000000088809,,${batchId}-0001`)).body.bad[0]!.faults[0],
    ).toMatchObject({
      refusal: 'item-back-already',
    })
  })

  it('that was looked at before the card got a number another way is looked at again', async () => {
    await desk.campus.owner.pool.query(
      `update card set printed_number = null where chip = decode($1, 'hex')`,
      [bOnTheStroke.new],
    )
    const row = `${bOnTheStroke.new},9900000000077701,,`
    const [one, other] = [await numbers(row), await numbers(row)]
    expect((await applyCards(desk.campus, one.body)).status).toBe(200)
    expect((await applyCards(desk.campus, other.body)).body).toMatchObject({ refusal: 'register-changed' })
  })
})
