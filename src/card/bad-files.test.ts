import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { people } from '../../test/people.ts'
import { applyCards, callCards, faultsOf, file, heldHeader, stockHeader, uploadCards } from './trial-files.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

describe('bad rows', () => {
  const rows = [
    `A1B2C501,9900777700000501,4k-centenary,${people.aEarly.number},registry,R-1`,
    `4587F160,9900777700000502,4k-centenary,,registry,R-1`,
    `F187F160,9900777700000503,4k-centenary,,registry,R-1`,
    `A1B2C504,9900777700000504,4k-centenary,40000000X,atlantis,=1+1`,
    `1.23E+09,9900777700000505,4k-centenary,,registry,R-1`,
  ]

  it('say line, field, what stood there, why and what to do, in both languages', async () => {
    const { body } = await uploadCards(campus, file(stockHeader, ...rows))
    expect(faultsOf(body)).toEqual([
      '2 studentNumber pack-waits',
      '3 chip chip-in-register',
      '4 chip number-taken',
      '5 counter unknown-counter, studentNumber unknown-person',
      '6 chip written-by-spreadsheet',
    ])
    expect(body.bad[0]!.faults[0]).toMatchObject({ shown: people.aEarly.number })
    expect(body.bad[2]!.faults[0]!.message).toContain(`card ${people.aEarly.new} of the register`)
    const zh = await uploadCards(campus, file(stockHeader, ...rows), { language: 'zh-TW' })
    expect(zh.body.bad[2]!.faults[0]!.message).toMatch(
      /分不出這張卡與登錄中的卡 4587F160：以「Wiegand.*」送出時都是/,
    )
  })

  it('come back as a file to correct and drop again', async () => {
    const { body } = await uploadCards(campus, file(stockHeader, ...rows))
    const bad = await callCards(campus, `files/${body.uploadId}/bad-rows`)
    const lines = bad.text.trimEnd().split('\r\n')
    expect(lines).toHaveLength(6)
    expect(lines[0]).toBe(`\uFEFF${stockHeader},line in the file,what is wrong`)
    expect(lines[4]).toContain(
      `atlantis,"'=1+1",5,"Line 5, counter: atlantis The programme has no such counter.`,
    )
    const corrected = bad.text.replace('1.23E+09', 'A1B2C506')
    expect((await uploadCards(campus, corrected)).body).toMatchObject({
      will: { takes: 1, bad: 4 },
      ignored: ['line in the file', 'what is wrong'],
    })
  })
})

it('who reads a file that was uploaded is written in the journal, and who reads the list is not', async () => {
  const { body } = await uploadCards(
    campus,
    file(stockHeader, 'A1B2C507,9900777700000507,4k-centenary,,registry,'),
  )
  const journal = () =>
    campus.owner.pool.query(`select actor, facts from journal where act = 'card file read' order by id`)
  const before = (await journal()).rows.length
  await callCards(campus, 'files')
  expect((await journal()).rows).toHaveLength(before)
  await callCards(campus, `files/${body.uploadId}`)
  await callCards(campus, `files/${body.uploadId}/bad-rows`)
  await callCards(campus, 'files/4711')
  const read = { actor: 'office:office', facts: { upload: body.uploadId } }
  expect((await journal()).rows.slice(before)).toEqual([read, read])
})

describe('a file that is refused as a whole', () => {
  it.each([
    ['nothing in it', '', 'kind=stock', 'empty-file'],
    ['no column for counters', file(heldHeader, 'x,,,,'), 'kind=stock', 'missing-columns'],
    [
      'a format that loses bytes',
      file(stockHeader, 'x,,,,,'),
      'kind=stock&numberFormat=w26-24bit',
      'format-loses-bytes',
    ],
    ['an old Excel workbook', Buffer.from('d0cf11e0', 'hex'), 'kind=stock', 'spreadsheet-file'],
  ])('%s', async (_, content, query, refusal) => {
    const { status, body } = await uploadCards(campus, content, { query })
    expect({ status, refusal: body.refusal }).toEqual({ status: 409, refusal })
    expect(body.message!.length).toBeGreaterThan(10)
  })

  it.each(['', 'kind=other', 'kind=stock&numberFormat=morse'])(
    'a query of "%s" is malformed',
    async query => {
      expect((await uploadCards(campus, 'x', { query })).status).toBe(400)
    },
  )

  it('an upload that there is not is 404 to look at, and is not applied', async () => {
    expect((await callCards(campus, 'files/4711')).status).toBe(404)
    expect((await callCards(campus, 'files/4711/bad-rows')).status).toBe(404)
    expect(await applyCards(campus, { uploadId: 4711, seal: 'x' })).toMatchObject({
      status: 409,
      body: { refusal: 'no-such-upload' },
    })
  })

  it.each([
    ['a clerk', 'desk-csie', 404],
    ['a student', people.aEarly.number, 404],
    ['nobody', null, 401],
  ])('%s neither uploads nor reads cards', async (_, who, status) => {
    expect((await uploadCards(campus, 'x', { who })).status).toBe(status)
    for (const path of ['files', 'files/1', 'files/1/bad-rows', 'places'])
      expect((await callCards(campus, path, { who })).status).toBe(status)
    for (const path of ['search', '1/retirement', '1/place', 'files/1/application'])
      expect((await callCards(campus, path, { who, body: {} })).status).toBe(status)
  })
})
