import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import {
  file,
  header,
  one,
  other,
  person,
  readRoster,
  utf8,
  verdict,
  zhHeader,
  zhPerson,
} from './trial-rosters.ts'
import { words } from './words.ts'

const utf16 = (text: string, mark: number[], big: boolean) => {
  const bytes = Buffer.from(text, 'utf16le')
  return Uint8Array.from([...mark, ...(big ? bytes.swap16() : bytes)])
}

describe('a file', () => {
  it.each<[string, Uint8Array, string]>([
    ['UTF-8', file(header, person, other), 'utf-8, 2 good'],
    ['UTF-8 with its mark', utf8(`\uFEFF${header}\n${person}`), 'utf-8-bom, 1 good'],
    [
      'UTF-16 little-endian, tabs (Excel Unicode text)',
      utf16(`${zhHeader}\n${zhPerson}`.replaceAll(',', '\t'), [0xff, 0xfe], false),
      'utf-16le, 1 good',
    ],
    ['UTF-16 big-endian', utf16(`${zhHeader}\n${zhPerson}`, [0xfe, 0xff], true), 'utf-16be, 1 good'],
    [
      'Big5 with characters that CP950 has not',
      iconv.encode(`${zhHeader}\r\n${zhPerson}`, 'big5'),
      'big5, 1 good',
    ],
    ['Big5 under an English header', iconv.encode(`${header}\r\n${person}`, 'big5'), 'big5, 1 good'],
    [
      'CP950 that lost two characters',
      iconv.encode(`${zhHeader}\r\n${zhPerson}`, 'cp950'),
      'big5, 0 good; line 2: nameZh lost-character',
    ],
    ['GB18030', iconv.encode(`${zhHeader}\n${zhPerson}`, 'gb18030'), 'refused: simplified-chinese-encoding'],
    ['GB2312 with 学号', iconv.encode('学号,姓名\n1,示例', 'gb2312'), 'refused: simplified-chinese-encoding'],
    ['Shift-JIS', iconv.encode('学籍番号,氏名\n1,見本', 'shift_jis'), 'refused: japanese-encoding'],
    [
      'random bytes',
      Uint8Array.from({ length: 500 }, (_, at) => 1 + ((at * 167 + 91) % 255)),
      'refused: unknown-encoding',
    ],
    ['UTF-16 without its mark', utf16(`${header}\n${person}`, [], false), 'refused: utf-16-without-mark'],
    [
      'UTF-16 with an odd byte',
      utf16(`${header}\n`, [0xff, 0xfe], false).subarray(0, 51),
      'refused: damaged-text',
    ],
    [
      'UTF-16 with a lone surrogate',
      utf16(`${header}\n\ud800x`, [0xff, 0xfe], false),
      'refused: damaged-text',
    ],
    ['UTF-8 cut in a character', file(header, person).subarray(0, 103), 'refused: unknown-encoding'],
    [
      'UTF-8 with its mark, damaged',
      Uint8Array.of(0xef, 0xbb, 0xbf, 0x41, 0xff, 0x41),
      'refused: damaged-text',
    ],
    ['a NUL', file(header, person.replace('One', 'O\0ne')), 'refused: nul-characters'],
    ['empty', new Uint8Array(), 'refused: empty-file'],
    ['only blanks', utf8('\r\n \r\n'), 'refused: empty-file'],
    ['only a header', file(header), 'refused: no-rows'],
    ['xlsx in CSV clothing', Uint8Array.of(0x50, 0x4b, 3, 4, 1, 2, 3), 'refused: spreadsheet-file'],
    ['xls in CSV clothing', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1), 'refused: spreadsheet-file'],
    ['a PDF', utf8('%PDF-1.7'), 'refused: not-a-text-file'],
    ['more than 20 MB', new Uint8Array(20 * 1024 * 1024 + 1), 'refused: file-too-large'],
    ['semicolons', utf8(`${header}\n${person}`.replaceAll(',', ';')), 'utf-8, 1 good'],
    ['mixed line ends', utf8(`${header}\r${person}\n${other}\r\n`), 'utf-8, 2 good'],
    ['blank rows between', file(header, '', person, ',,,,,,,,,,', other), 'utf-8, 2 good'],
    ['trailing commas', file(`${header},,`, `${person},,`), 'utf-8, 1 good'],
    ['columns in another order, one unknown', file(`note,${header}`, `x,${person}`), 'utf-8, 1 good'],
    [
      'an unclosed quotation mark',
      file(header, person.replace('Sample', '"Sample'), other),
      'refused: unclosed-quote',
    ],
    [
      'a field of 10 MB',
      file(header, person.replace('One', 'x'.repeat(10_000_000))),
      'refused: row-too-long',
    ],
    ['100,000 columns', file('x,'.repeat(100_000)), 'refused: row-too-long'],
    ['a row of 20 million commas', file(header, ','.repeat(20_000_000)), 'refused: row-too-long'],
    [
      'a row of as many commas, over many lines',
      file(header, `${','.repeat(16_000)}"\n"`.repeat(1200)),
      'refused: too-many-cells',
    ],
    ['101 columns', file(header + ',x'.repeat(91)), 'refused: too-many-columns'],
    ['no header', file(person, other), 'refused: no-header'],
    [
      'a title above the header',
      file('112學年度在學名冊', zhHeader, zhPerson),
      'refused: header-further-down',
    ],
    [
      'UTF-8 that was opened as Latin-1 and saved',
      utf8(Buffer.from(zhHeader).toString('latin1')),
      'refused: garbled-header',
    ],
    ['the same column in both languages', file(`學號,${header}`, `x,${person}`), 'refused: doubled-columns'],
    ['a missing column', file(header.replace('kind', 'sort'), person), 'refused: missing-columns'],
    [
      'two header rows',
      file(header, header, person),
      'utf-8, 1 good; line 2: studentNumber wrong-shape, department unknown-department, entryYear not-a-year, degree unknown-word, kind unknown-word, status unknown-word, site unknown-site, hall unknown-hall, email not-an-email',
    ],
  ])('%s', (_story, bytes, expected) => {
    expect(verdict(bytes)).toBe(expected)
  })

  it('names the columns that are missing, in both languages of the office', () => {
    const answer = readRoster(file('學號,姓名,系所', '1,2,3'))
    expect(answer.ok ? '' : words['zh-TW'].file[answer.refusal](answer.facts)).toBe(
      '缺少欄位：英文姓名 (name_en), 入學學年度 (entry_year), 學制 (degree), 身分別 (kind), 學籍狀態 (status), 校區 (site)。',
    )
  })
})

describe('a row', () => {
  it.each<[string, string, string, string]>([
    ['a number whose zeros were taken', 'student_number', '1047001S', 'leading-zeros-lost'],
    ['a number made a quantity', 'student_number', '1.23E+09', 'written-by-spreadsheet'],
    ['a number with .0', 'student_number', '41047001.0', 'written-by-spreadsheet'],
    ['Arabic digits', 'student_number', '٤١٠٤٧٠٠١S', 'wrong-shape'],
    ['a Cyrillic look-alike', 'student_number', '41047001Ѕ', 'wrong-shape'],
    ['no number', 'student_number', ' ', 'empty'],
    ['right-to-left override', 'name_zh', '示例\u202e生', 'direction-character'],
    ['zero-width space', 'name_en', 'Sample\u200b One', 'invisible-character'],
    ['a byte order mark inside', 'name_en', 'Sam\ufeffple', 'invisible-character'],
    ['a bell', 'name_en', 'Sample\u0007', 'control-character'],
    ['a line break inside', 'name_zh', '"示例\n生"', 'control-character'],
    ['a self-made character', 'name_zh', '示例\ue001', 'private-use-character'],
    ['a lost character', 'name_zh', '示例\ufffd', 'lost-character'],
    ['a lost character as a question mark', 'name_zh', '示例?', 'lost-character'],
    ['a long name', 'name_en', 'x'.repeat(61), 'name-too-long'],
    ['a very long name', 'name_en', 'x'.repeat(255), 'too-long'],
    ['an unknown department', 'department', 'alchemy', 'unknown-department'],
    ['a two-digit year', 'entry_year', '99', 'two-digit-year'],
    ['a year to come', 'entry_year', '2025', 'year-out-of-range'],
    ['a birthday', 'entry_year', '2022/9/1', 'not-a-year'],
    ['an unknown status', 'status', 'active', 'unknown-word'],
    ['an unknown site', 'site', 'moon', 'unknown-site'],
    ['an unknown hall', 'hall', 'hall-9', 'unknown-hall'],
    ['two addresses', 'email', 'a@b.test@c.test', 'not-an-email'],
    ['an address without a domain', 'email', 'one@localhost', 'not-an-email'],
  ])('with %s is not used', (_story, field, value, refusal) => {
    const answer = readRoster(one(field, value))
    expect(answer.ok && answer.roster.bad.flatMap(row => row.faults.map(fault => fault.refusal))).toEqual([
      refusal,
    ])
  })

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
