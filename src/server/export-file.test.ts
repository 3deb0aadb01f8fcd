import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { readXlsx } from 'hucre/xlsx'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { unguarded } from '../lib/spreadsheet-guard.ts'
import type { ExportColumn, ExportLook } from './export-columns.ts'
import { damagedBy, type ExportFormat, mostExported, writeExport } from './export-file.ts'

interface Row {
  number: string
  name: string
  fee: number | null
  on: Temporal.PlainDate | null
  at: Temporal.Instant | null
  paid: boolean
  times: number
}

const columns: ExportColumn<Row>[] = [
  { header: 'student_number', text: row => row.number },
  { header: { 'zh-TW': '姓名', en: 'Name' }, text: row => row.name },
  { header: { 'zh-TW': '費用', en: 'Fee' }, money: row => row.fee },
  { header: { 'zh-TW': '日期', en: 'Day' }, day: row => row.on },
  { header: { 'zh-TW': '時間', en: 'Time' }, moment: row => row.at },
  { header: { 'zh-TW': '已繳', en: 'Paid' }, yes: row => row.paid },
  { header: { 'zh-TW': '次數', en: 'Times' }, count: row => row.times },
]
const taipei: ExportLook = {
  language: 'zh-TW',
  zone: 'Asia/Taipei',
  currency: { code: 'TWD', minorDigits: 0 },
}
const abroad: ExportLook = {
  language: 'en',
  zone: 'Europe/Lisbon',
  currency: { code: 'EUR', minorDigits: 2 },
}

const one: Row = {
  number: '0047001',
  name: '王小明',
  fee: 1250,
  on: Temporal.PlainDate.from('2024-02-29'),
  at: Temporal.Instant.from('2023-10-18T02:40:07Z'),
  paid: true,
  times: 2,
}

async function fileOf(rows: Iterable<Row>, format: ExportFormat, look = taipei): Promise<Buffer> {
  const written = await writeExport({ columns, rows, look, title: '清單' }, format)
  if (!written.ok) throw new Error(written.refusal)
  return Buffer.concat(written.file.chunks)
}

const csvOf = async (rows: Iterable<Row>, format: 'csv' | 'big5', look = taipei) => {
  const file = await fileOf(rows, format, look)
  return format === 'csv' ? file.toString('utf8') : iconv.decode(file, 'cp950')
}

describe('a list as a spreadsheet', () => {
  it('has text for numbers that are names, real dates and amounts, a header that stays, and columns that Chinese fits in', async () => {
    const file = await fileOf([{ ...one, name: '一個相當長的中文姓名' }], 'xlsx')
    const { sheets } = await readXlsx(file, { readStyles: true })
    const [sheet] = sheets
    expect(sheet!.rows[0]).toEqual(['student_number', '姓名', '費用 (TWD)', '日期', '時間', '已繳', '次數'])
    expect(sheet!.rows[1]).toEqual([
      '0047001',
      '一個相當長的中文姓名',
      1250,
      new Date('2024-02-29T00:00:00Z'),
      new Date('2023-10-18T10:40:07Z'),
      '是',
      2,
    ])
    expect(sheet!.freezePane).toMatchObject({ rows: 1 })
    expect(sheet!.columns![1]!.width).toBe(22)
    expect(sheet!.name).toBe('清單')
  })

  it('has amounts with their minor digits, in the reader’s language', async () => {
    const { sheets } = await readXlsx(await fileOf([one], 'xlsx', abroad))
    expect(sheets[0]!.rows[0]).toContain('Fee (EUR)')
    expect(sheets[0]!.rows[1]![2]).toBe(12.5)
  })
})

describe('a list as CSV', () => {
  it('has its mark, plain dates and amounts', async () => {
    expect(await csvOf([one, { ...one, fee: -5, on: null, at: null }], 'csv', abroad)).toBe(
      '\uFEFFstudent_number,Name,Fee (EUR),Day,Time,Paid,Times\r\n' +
        '0047001,王小明,12.50,2024-02-29,2023-10-18 03:40:07,yes,2\r\n' +
        '0047001,王小明,-0.05,,,yes,2\r\n',
    )
  })

  it('says which names an old system’s file would damage, before it does', async () => {
    const names = ['游錫堃', '陶喆', '林峯', '王小煊', '陳珉', '王小明']
    const rows = names.map((name, at) => ({ ...one, number: `00${at}`, name }))
    expect(await damagedBy({ columns, rows, look: taipei, title: '清單' })).toMatchObject({
      rows: 6,
      cells: 5,
      named: [
        { row: '000', column: '姓名', text: '游錫堃', characters: ['堃'] },
        { row: '001', characters: ['喆'] },
        { row: '002', characters: ['峯'] },
        { row: '003', characters: ['煊'] },
        { row: '004', characters: ['珉'] },
      ],
    })
    const text = await csvOf(rows, 'big5')
    expect(text).toContain('游錫?')
    expect(text).toContain('王小明')
  })
})

it('whatever stands in a text, no cell is a formula, and it is read back as it was', async () => {
  const nasty = fc.constantFrom(
    '=',
    '+',
    '-',
    '@',
    '\t',
    '\r',
    '\n',
    '＝',
    "'",
    '"',
    ',',
    ' ',
    '_x0041_',
    'a',
    '堃',
  )
  const texts = fc.oneof(
    fc.array(nasty, { maxLength: 8 }).map(parts => parts.join('')),
    fc.string({ unit: 'grapheme' }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 5 }), async names => {
      const rows = names.map(name => ({ ...one, name }))
      const { sheets } = await readXlsx(await fileOf(rows, 'xlsx'))
      const inSheet = sheets[0]!.rows.slice(1).map(row => row[1] ?? '')
      expect(
        sheets[0]!.cells === undefined || [...sheets[0]!.cells.values()].every(cell => !cell.formula),
      ).toBe(true)
      const table = parse(await csvOf(rows, 'csv'), { bom: true, record_delimiter: '\r\n' })
      const inCsv = table.slice(1).map(row => row[1]!)
      for (const cell of [...inSheet, ...inCsv]) expect(cell).not.toMatch(/^[=+\-@\t\r\n\0＝＋－＠]/)
      expect(inCsv.map(unguarded)).toEqual(names)
      expect(inSheet.map(cell => unguarded(String(cell)))).toEqual(names)
    }),
    { numRuns: 60 },
  )
}, 60_000)

it('a list that is too long is refused, not cut', async () => {
  function* many() {
    for (let at = 0; at <= mostExported; at++) yield one
  }
  const refused = await writeExport(
    { columns: columns.slice(0, 1), rows: many(), look: taipei, title: 'x' },
    'csv',
  )
  expect(refused).toMatchObject({ ok: false, refusal: 'list-too-long' })
})
