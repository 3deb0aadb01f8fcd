import { describe, expect, it } from 'vitest'
import { spellingsOf } from './fields.ts'
import {
  file,
  header,
  one,
  other,
  person,
  readRoster,
  settings,
  verdict,
  zhHeader,
  zhPerson,
} from './trial-rosters.ts'
import { words } from './words.ts'

describe('a file', () => {
  it('names the columns that are missing, in both languages of the office', () => {
    const answer = readRoster(file('學號,姓名,系所', '1,2,3'))
    expect(answer.ok ? '' : words['zh-TW'].file[answer.refusal](answer.facts)).toBe(
      '缺少欄位：英文姓名 (name_en), 入學學年度 (entry_year), 學制 (degree), 身分別 (kind), 學籍狀態 (status), 校區 (site)。',
    )
  })
})

describe('a campus elsewhere', () => {
  const german = { ...settings, language: 'en' as const }
  it.each([
    ['', 'en'],
    ['zh-TW', 'zh-TW'],
  ])('writes in its own language to whom the file says "%s"', (cell, expected) => {
    const answer = readRoster(file(`${header},language`, `${person},${cell}`), german)
    expect(answer.ok && [...answer.roster.rows][0]?.person?.language).toBe(expected)
  })

  it('writes in its own language to everybody where the file has no such column', () => {
    const answer = readRoster(file(header, person), german)
    expect(answer.ok && [...answer.roster.rows][0]?.person?.language).toBe('en')
  })
})

it('tells in English the words that are known in English, and the campuses there are', () => {
  const said = (field: string, value: string) => {
    const answer = readRoster(one(field, value))
    const fault = answer.ok ? answer.roster.bad[0]?.faults[0] : undefined
    return fault && words.en.row[fault.refusal](fault.facts)
  }
  expect(said('status', 'beurlaubt')).toBe(
    'This value is not known. Use one of: enrolled, on-leave, graduated, withdrawn, not-registered.',
  )
  expect(said('site', 'harbor')).toBe('There is no such campus. There are: heping, gongguan.')
})

it('says where there are more campuses than it names', () => {
  const many = Array.from({ length: 13 }, (_, at) => ({ id: `site-${at + 1}`, names: [] }))
  const answer = readRoster(one('site', 'harbor'), { ...settings, sites: spellingsOf(many) })
  expect(answer.ok && answer.roster.bad[0]?.faults[0]?.facts.known).toMatch(/^site-1, .*site-12, …$/)
})

describe('a row', () => {
  it.each<[string, string, string, object]>([
    ['full-width digits', 'student_number', '４１０４７００１Ｓ', { studentNumber: '41047001S' }],
    ['the text idiom of spreadsheets', 'student_number', '"=""41047001S"""', { studentNumber: '41047001S' }],
    ['a ROC year', 'entry_year', '111', { entryYear: 2022 }],
    ['a ROC year in words', 'entry_year', '１１１學年度', { entryYear: 2022 }],
    ['a department by its name', 'department', '數學系', { department: 'math' }],
    ['a cell that begins like a formula', 'name_en', '=HYPERLINK(1)', { nameEn: '=HYPERLINK(1)' }],
    ["such a cell with a spreadsheet's guard", 'name_en', "'=HYPERLINK(1)", { nameEn: '=HYPERLINK(1)' }],
    ['quotes and markup', 'name_en', '"O\'Brien ""x"" <script>"', { nameEn: 'O\'Brien "x" <script>' }],
    ['a decomposed accent', 'name_en', 'Jose\u0301', { nameEn: 'José' }],
    ['a name of a rare character', 'name_zh', '示例𠮷', { nameZh: '示例𠮷' }],
    ['no Chinese name', 'name_zh', '', { nameZh: 'Sample One', nameEn: 'Sample One' }],
    ['no hall', 'hall', '無', { hall: null }],
    ['an address in capitals', 'email', 'One@EXAMPLE.test', { email: 'One@example.test' }],
  ])('with %s is understood', (_story, field, value, expected) => {
    const answer = readRoster(one(field, value))
    expect(answer.ok && answer.roster.rows[0]?.person).toMatchObject(expected)
  })

  it.each([
    ['112-1', ['2023-1']],
    ['2023-2、112-1 112-1', ['2023-1', '2023-2']],
    ['', []],
  ])('was on leave in %s', (cell, terms) => {
    const answer = readRoster(file(`${header},休學學期`, `${person},${cell}`))
    expect(answer.ok && answer.roster.rows[0]?.person.leaveTerms).toEqual(terms)
  })

  it.each(['112', '112-5', '2023/1', '12-1'])('was not on leave in %s', cell => {
    const bytes = file(`${header},休學學期`, `${person},${cell}`)
    expect(verdict(bytes)).toBe('utf-8, 0 good; line 2: leaveTerms not-a-term')
  })

  it.each([
    ['2024-02-19', '2024-02-19'],
    ['113/2/19', '2024-02-19'],
    ['113/02/29', '2024-02-29'],
    ['', null],
  ])('returned from leave on %s', (cell, day) => {
    const answer = readRoster(file(`${header},復學日期`, `${person},${cell}`))
    expect(answer.ok && answer.roster.rows[0]?.person.returnedOn).toBe(day)
  })

  it.each(['112/02/29', '2024-13-01', '19.2.24'])('did not return on %s', cell => {
    const bytes = file(`${header},復學日期`, `${person},${cell}`)
    expect(verdict(bytes)).toBe('utf-8, 0 good; line 2: returnedOn not-a-date')
  })

  it('is told by the line on which it begins, behind blank lines and line breaks inside cells, whatever ends a line', () => {
    const broken = [header, person.replace('示例生甲', '"示例\r\n生甲"'), other.replace('chinese', 'alchemy')]
    expect(verdict(file(...broken))).toContain('line 4: department unknown-department')
    const bad = person.replace('math', 'alchemy')
    expect(verdict(file(header, '', person.replace('示例生甲', '"示例\n生甲"'), bad))).toBe(
      'utf-8, 0 good; line 3: nameZh control-character, studentNumber duplicate-in-file; line 5: department unknown-department, studentNumber duplicate-in-file',
    )
  })

  it('is not used where a student number occurs twice, and names the other line', () => {
    const answer = readRoster(file(header, person, other, person))
    expect(answer.ok && answer.roster.rows.map(row => row.person.studentNumber)).toEqual(['41047002S'])
    expect(answer.ok && answer.roster.bad.map(({ line, faults }) => [line, faults[0]?.facts.line])).toEqual([
      [2, 4],
      [4, 2],
    ])
  })

  it.each([
    ['too few cells', '41047001S,示例生甲'],
    ['too many cells', `${person},more`],
  ])('with %s is not used', (_story, row) => {
    expect(verdict(file(header, row, other))).toBe('utf-8, 1 good; line 2: row wrong-cell-count')
  })

  it('shows hidden characters by their code and long values by their beginning', () => {
    const answer = readRoster(one('name_en', `\u202e${'x'.repeat(40)}`))
    expect(answer.ok && answer.roster.bad[0]?.faults[0]?.shown).toBe(`‹U+202E›${'x'.repeat(22)}…`)
  })

  it('counts the years that were converted', () => {
    const answer = readRoster(file(zhHeader, zhPerson))
    expect(answer.ok && answer.roster).toMatchObject({
      convertedYears: 1,
      stated: expect.not.arrayContaining(['hall']),
    })
  })

  it('of ten thousand with the same number does not take long to refuse', () => {
    const answer = readRoster(file(header, ...Array.from({ length: 10_000 }, () => person)))
    expect(answer.ok && answer.roster.bad).toHaveLength(10_000)
  })
})
