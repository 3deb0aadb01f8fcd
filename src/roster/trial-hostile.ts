import iconv from 'iconv-lite'
import { file, header, one, other, person, utf8, zhHeader, zhPerson } from './trial-rosters.ts'

/** A hostile or broken file: what it is called, its bytes, and on one line what becomes of it. */
export type HostileFile = readonly [name: string, bytes: Uint8Array | (() => Uint8Array), verdict: string]

const utf16 = (text: string, mark: number[], big: boolean) => {
  const bytes = Buffer.from(text, 'utf16le')
  return Uint8Array.from([...mark, ...(big ? bytes.swap16() : bytes)])
}

/** CSV rosters of which the whole is odd. */
export const hostileTexts: readonly HostileFile[] = [
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
  ['UTF-16 with a lone surrogate', utf16(`${header}\n\ud800x`, [0xff, 0xfe], false), 'refused: damaged-text'],
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
  ['xlsx in CSV clothing, cut short', Uint8Array.of(0x50, 0x4b, 3, 4, 1, 2, 3), 'refused: damaged-workbook'],
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
  ['a field of 10 MB', file(header, person.replace('One', 'x'.repeat(10_000_000))), 'refused: row-too-long'],
  ['100,000 columns', file('x,'.repeat(100_000)), 'refused: row-too-long'],
  ['a row of 20 million commas', file(header, ','.repeat(20_000_000)), 'refused: row-too-long'],
  [
    'a row of as many commas, over many lines',
    file(header, `${','.repeat(16_000)}"\n"`.repeat(1200)),
    'refused: too-many-cells',
  ],
  ['101 columns', file(header + ',x'.repeat(91)), 'refused: too-many-columns'],
  ['no header', file(person, other), 'refused: no-header'],
  ['a title above the header', file('112學年度在學名冊', zhHeader, zhPerson), 'refused: header-further-down'],
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
]

/** Cells that make a row bad: the story, the field, what stands there, why. */
const hostileCells: readonly (readonly [string, string, string, string])[] = [
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
]

const fieldOf: Readonly<Record<string, string>> = {
  student_number: 'studentNumber',
  name_zh: 'nameZh',
  name_en: 'nameEn',
  entry_year: 'entryYear',
}

/** The same as files of one row. */
export const hostileRows: readonly HostileFile[] = hostileCells.map(([name, field, cell, refusal]) => [
  `a row with ${name}`,
  one(field, cell),
  `utf-8, 0 good; line 2: ${fieldOf[field] ?? field} ${refusal}`,
])
