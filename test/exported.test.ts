import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uploadCards } from '../src/card/trial-files.ts'
import { upload } from '../src/roster/trial-uploads.ts'
import { openCampus, type TestCampus } from './campus.ts'
import { employ } from './staff.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
  await employ(campus.owner.db, {
    id: 'auditor',
    nameZh: '稽核示例',
    nameEn: 'Auditor Sample',
    role: 'auditor',
  })
}, 60_000)
afterAll(() => campus.close())

async function get(
  path: string,
  { who = 'office', language = 'en' }: { who?: string | null; language?: string } = {},
) {
  const cookie = who === null ? {} : { cookie: await campus.signIn(who) }
  return campus.gatehouse.server.inject({
    method: 'GET',
    url: `/api/v1${path}`,
    headers: { 'accept-language': language, ...cookie },
  })
}

const lastNote = async () => {
  const { rows } = await campus.owner.pool.query<{ act: string; facts: object }>(
    `select act, facts from journal where act like 'list %' order by id desc limit 1`,
  )
  return rows[0]
}

describe('our own export comes back unchanged', () => {
  it('of the roster, also with names that are hostile to a spreadsheet', async () => {
    const names = [
      '=HYPERLINK("http://x")',
      "'=1+1",
      '＝１',
      "O'Brien",
      '－',
      '林峯',
      '@王, "小" 明',
      '_x0041_',
    ]
    await campus.owner.pool.query(
      `update person p set name_zh = t.name, name_en = t.name
       from (select id, row_number() over (order by student_number) as at from person) o
       join unnest($1::text[]) with ordinality t(name, place) on t.place = o.at where o.id = p.id`,
      [names],
    )
    const file = await get('/roster/export?format=csv')
    expect(file.statusCode).toBe(200)
    expect(file.headers['content-disposition']).toBe('attachment; filename="roster-2023-10-18.csv"')
    const people = file.body.split('\r\n').length - 2
    expect(await lastNote()).toEqual({
      act: 'list exported',
      facts: { list: 'roster', format: 'csv', many: people },
    })
    const again = await upload(campus, file.rawPayload)
    expect(again.body).toMatchObject({
      will: { adds: 0, changes: 0, leavesAlone: 0 },
      counts: { unchanged: people },
      bad: [],
    })
  })

  it('of the stock', async () => {
    const file = await get('/cards/stock/export?format=csv')
    const cards = file.body.split('\r\n').length - 2
    expect(cards).toBeGreaterThan(100)
    const again = await uploadCards(campus, file.rawPayload)
    expect(again.body).toMatchObject({ will: { takes: 0, bad: 0, unchanged: cards } })
  })
})

describe('a list can be had', () => {
  it('as a spreadsheet in which student numbers and card numbers are text', async () => {
    const file = await get('/cards/stock/export?format=xlsx')
    expect(file.headers['content-type']).toContain('spreadsheetml')
    const { sheets } = await readXlsx(file.rawPayload)
    const [header, ...rows] = sheets[0]!.rows
    expect(header).toEqual(['chip_number', 'printed_number', 'edition', 'student_number', 'counter', 'box'])
    for (const row of rows.slice(0, 50))
      expect(row.every(cell => cell === null || typeof cell === 'string')).toBe(true)
  })

  it('for an old system, with what it would lose named first', async () => {
    const damaged = await get('/roster/export/damaged')
    expect(damaged.json()).toMatchObject({
      named: expect.arrayContaining([expect.objectContaining({ characters: ['峯'] })]),
    })
    expect(await lastNote()).toMatchObject({ act: 'list looked through' })
    const file = await get('/roster/export?format=big5')
    expect(file.headers['content-disposition']).toBe('attachment; filename="roster-2023-10-18-big5.csv"')
    expect(file.headers['content-type']).toContain('big5')
  })

  it('and the journal says which part of it went out', async () => {
    const file = await get('/overview/list/export?format=csv&list=not-collected&by=department&value=math')
    expect(file.headers['content-disposition']).toBe('attachment; filename="not-collected-2023-10-18.csv"')
    const [header, ...lines] = file.body.trimEnd().split('\r\n')
    expect(header).toMatch(/^\uFEFF?Student number,/)
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) expect(line).toContain('Mathematics')
    expect(await lastNote()).toEqual({
      act: 'list exported',
      facts: {
        list: 'not-collected',
        of: 'list=not-collected&by=department&value=math',
        format: 'csv',
        many: lines.length,
      },
    })
  })

  it('by those alone who may read the list, and in a known form', async () => {
    for (const [who, status] of [
      [null, 401],
      ['desk-csie', 404],
      ['41047001S', 404],
    ] as const)
      expect((await get('/roster/export?format=csv', { who })).statusCode).toBe(status)
    expect((await get('/journal/export?format=csv&from=2023-10-01&to=2023-10-31')).statusCode).toBe(404)
    expect((await get('/roster/export?format=pdf')).statusCode).toBe(400)
    expect((await get('/roster/export')).statusCode).toBe(400)
    for (const nothing of ['/cards/files/999', '/people/999999/timeline', '/overview/letters/999/addressees'])
      expect((await get(`${nothing}/export?format=csv`)).statusCode).toBe(404)
    expect((await get('/people/export?format=csv&ids=1;2')).statusCode).toBe(400)
  })
})
