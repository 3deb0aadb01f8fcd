import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import { gate } from '../access/trial.ts'
import { applyCards, file, stockHeader, uploadCards } from '../card/trial-files.ts'
import { openTrialDesk, type TrialDesk } from '../handover/trial-desk.ts'
import type { Actor } from '../server/register.ts'
import { orderCards } from './order.ts'
import { addPhoto, addStudents, productionOf } from './trial-production.ts'

const office: Actor = { kind: 'office', id: 'office' }
const [first, second, third, fourth] = ['41147101S', '41147102S', '41147103S', '41147104S'] as const

let desk: TrialDesk
let production: ReturnType<typeof productionOf>
beforeAll(async () => {
  desk = await openTrialDesk()
  production = productionOf(desk)
  await addStudents(desk.campus, [first, second, third], { name: '=1+1' })
  await addPhoto(desk.campus, first)
}, 60_000)
afterAll(() => desk.campus.close())

const row = (chip: string, printed: number, student: string) =>
  `${chip},99000000000${printed},4k-centenary,${student},dept-csie,C-77`
async function takeIn(...rows: string[]) {
  const { body } = await uploadCards(desk.campus, file(stockHeader, ...rows))
  await applyCards(desk.campus, body)
  return body
}
const noted = async (act: string) =>
  (
    await desk.campus.owner.pool.query<{ actor: string; facts: object; student: string | null }>(
      `select actor, facts, student_number as student from journal j left join person p on p.id = j.person_id
       where act = $1 order by j.id`,
      [act],
    )
  ).rows

/** The files of a zip, by their names. */
async function filesOf(zip: Buffer): Promise<Map<string, Buffer>> {
  const opened = await fromBufferPromise(zip)
  const files = new Map<string, Buffer>()
  for await (const entry of opened.eachEntry()) {
    const parts: Buffer[] = []
    for await (const part of await opened.openReadStreamPromise(entry)) parts.push(part as Buffer)
    files.set(entry.fileName, Buffer.concat(parts))
  }
  return files
}

describe('a batch out to the card maker and back', () => {
  let batchId: number

  it('is made of those who have no card, as the list was looked at, but for whom somebody leaves out', async () => {
    expect((await production.now()).lists['none-yet']).toEqual({ people: 3, withoutPhoto: 2 })
    const people = await production.people()
    expect(people.map(each => `${each.studentNumber} ${each.because} ${each.hasPhoto}`)).toEqual([
      `${first} none-yet true`,
      `${second} none-yet false`,
      `${third} none-yet false`,
    ])
    expect(await production.people('?entryYear=2021')).toEqual([])
    expect(await production.collect(first)).toBe('card-not-ordered')

    const stale = await production.ask({ seen: 2 })
    expect([stale.statusCode, stale.json().refusal]).toEqual([409, 'list-changed'])
    const nobody = await production.ask({ seen: 0, department: 'math' })
    expect(nobody.json()).toMatchObject({ refusal: 'nobody-to-order-for' })

    const ordered = await production.order({ except: [people[2]!.personId], maker: '示例製卡廠' })
    expect(ordered).toMatchObject({ cards: 2, left: 0 })
    batchId = ordered.batchId
    expect(await production.batch(batchId)).toMatchObject({ maker: '示例製卡廠', cards: 2, out: 2, back: 0 })
    expect(await Promise.all([first, second, third].map(number => production.collect(number)))).toEqual([
      'card-in-production',
      'card-in-production',
      'card-not-ordered',
    ])
    expect((await noted('card ordered')).map(({ student }) => student)).toEqual([first, second])
  })

  it('is downloaded as one zip: a list that no spreadsheet runs, and photos by item; written down for each', async () => {
    const reply = await desk.send('office', `/production/batches/${batchId}/for-maker`)
    expect(reply.headers['content-type']).toBe('application/zip')
    const files = await filesOf(reply.rawPayload)
    expect([...files.keys()]).toEqual(['list.xlsx', 'list.csv', `photos/${batchId}-0001.jpg`])
    expect(files.get('list.csv')!.toString()).toBe(
      [
        '\uFEFFitem,student_number,name_zh,name_en,department,department_zh,department_en,edition,photo',
        `${batchId}-0001,${first},"'=1+1","'=1+1",csie,資訊工程學系,Department of Computer Science and Information Engineering,4k-centenary,${batchId}-0001.jpg`,
        `${batchId}-0002,${second},"'=1+1","'=1+1",csie,資訊工程學系,Department of Computer Science and Information Engineering,4k-centenary,`,
        '',
      ].join('\r\n'),
    )
    expect(files.get(`photos/${batchId}-0001.jpg`)!.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]))
    expect((await noted('data taken out for the card maker')).map(({ student }) => student)).toEqual([
      first,
      second,
    ])
    expect(await noted('list for the card maker taken out')).toMatchObject([
      { actor: 'office:office', facts: { batch: batchId, cards: 2, photos: 1 } },
    ])
    expect((await production.batch(batchId)).takenAt).not.toBeNull()
  })

  it('comes back with the maker’s file: what was not ordered is named, what is missing is counted', async () => {
    const body = await takeIn(row('C1000001', 10001, first), row('C1000003', 10003, third))
    expect(body.notOrdered).toEqual({ people: 1, first: [third] })
    expect(await production.batch(batchId)).toMatchObject({ out: 1, back: 1 })
    expect(await production.collect(first)).toBe('yes dept-csie')
    expect((await production.now()).lists['none-yet'].people).toBe(0)
    expect(await noted('ordered cards came back')).toMatchObject([{ facts: { batch: batchId, cards: 1 } }])
  })

  it('a card that is found misprinted counts against its batch, and is to be made again', async () => {
    const { rows } = await desk.campus.owner.pool.query(`select id from card where chip = '\\xC1000001'`)
    await desk.send('office', `/cards/${rows[0].id}/retirement`, { reason: 'misprint' })
    expect(await production.batch(batchId)).toMatchObject({ misprinted: 1, misprintedPercent: 100 })
    expect(await production.collect(first)).toBe('card-misprinted')
    expect(await production.people('?list=faulty')).toMatchObject([
      { studentNumber: first, because: 'faulty' },
    ])
    const again = await production.order({ list: 'faulty' })
    expect(again.cards).toBe(1)
    expect(await production.collect(first)).toBe('card-in-production')
    await takeIn(row('C1000004', 10004, first))
    expect(await production.batch(again.batchId)).toMatchObject({ out: 0, back: 1, misprinted: 0 })
    expect(await production.collect(first)).toBe('yes dept-csie')
  })

  it('a card that does not come is cancelled with a reason, for good or to be made again', async () => {
    const items = (await production.batch(batchId)).items
    const [back, out] = [items[0]!, items[1]!]
    const said = { because: '廠商遺失', makeAgain: false }
    for (const [body, refusal] of [
      [{ ...said, items: [back.id] }, 'back-already'],
      [{ ...said, items: [out.id + 999] }, 'not-of-this-batch'],
    ] as const)
      expect((await production.cancel(batchId, body)).json().refusal).toBe(refusal)
    expect((await production.cancel(999, { ...said, items: null })).json().refusal).toBe('no-such-batch')
    expect((await production.cancel(batchId, { ...said, because: ' ', items: null })).statusCode).toBe(400)

    expect((await production.cancel(batchId, { ...said, items: null })).json()).toEqual({ cancelled: 1 })
    expect((await production.cancel(batchId, { ...said, items: null })).json().refusal).toBe('none-out')
    expect(await production.batch(batchId)).toMatchObject({ out: 0, cancelled: 1 })
    expect(await production.collect(second)).toBe('card-not-ordered')
    expect((await production.now()).lists).toMatchObject({
      'none-yet': { people: 0 },
      'left-out': { people: 1 },
    })
    const again = await production.order({ list: 'left-out' })
    expect(
      (await production.cancel(again.batchId, { ...said, items: null, makeAgain: true })).statusCode,
    ).toBe(200)
    expect((await production.now()).lists).toMatchObject({
      'none-yet': { people: 1 },
      'left-out': { people: 0 },
    })
  })
})

describe('who orders', () => {
  it('at the same time as somebody else orders nobody twice: the second sees a list that has changed', async () => {
    await addStudents(desk.campus, [fourth], { department: 'math' })
    const asked = {
      reasons: ['none-yet'] as const,
      department: 'math',
      kind: null,
      entryYear: null,
      seen: 1,
      except: [],
      leaveOutWithoutPhoto: false,
      maker: null,
    }
    const ordered = gate()
    const mayCommit = gate()
    const ordering = desk.campus.gatehouse.register.aside(office, async act => {
      const done = await orderCards(act, asked)
      ordered.open()
      await mayCommit.opened
      return done
    })
    await ordered.opened
    const other = production.ask({ list: 'none-yet', department: 'math', seen: 1 })
    try {
      await desk.campus.someoneWaits()
    } finally {
      mayCommit.open()
    }
    expect(await ordering).toMatchObject({ ok: true, cards: 1 })
    expect((await other).json()).toMatchObject({ refusal: 'list-changed' })
  })

  it('is of the office alone', async () => {
    for (const who of [null, 'desk-csie', first] as const)
      for (const path of ['/production', '/production/to-make', '/production/batches/1/for-maker'])
        expect([401, 404]).toContain((await desk.send(who, path)).statusCode)
    expect((await desk.send('office', '/production/batches/999')).statusCode).toBe(404)
    expect((await desk.send('office', '/production/batches/999/for-maker')).statusCode).toBe(404)
    expect(await text((await desk.send('office', '/production?kind=x')).stream())).toContain('kind')
  })
})
