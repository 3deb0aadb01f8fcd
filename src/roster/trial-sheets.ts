import type { HostileFile } from './trial-hostile.ts'
import { header, other, person } from './trial-rosters.ts'
import {
  type Part,
  rowsXml,
  sheetEnd,
  sheetHead,
  type TrialCell,
  workbookOf,
  workbookParts,
  workbookWith,
  zipOf,
} from './trial-workbooks.ts'

const head = header.split(',')
const cells: readonly TrialCell[] = person.split(',')
const at = (field: string) => head.indexOf(field)
/** A workbook with one person, of whom one cell is something else. */
const oneCell = (field: string, cell: TrialCell) => workbookOf(head, cells.with(at(field), cell))
const good = rowsXml([head, cells])
const returned = (cell: TrialCell) => workbookOf([...head, '復學日期'], [...cells, cell])
const withoutPart = (name: string) =>
  zipOf(workbookParts([{ name: 'A', xml: good }]).filter(part => part.name !== name))
const sheets = (...list: { name: string; xml: string; state?: string }[]) => zipOf(workbookParts(list))
const sheet = 'xl/worksheets/sheet1.xml'
const inSheet = (xml: string) => workbookWith(sheet, { content: `${sheetHead}${xml}${sheetEnd}` })

const bad = (field: string, refusal: string) => `xlsx, 0 good; line 2: ${field} ${refusal}`

const lying = (name: string, change: (part: Part) => Part): Buffer =>
  zipOf(workbookParts([{ name: 'A', xml: good }]).map(part => (part.name === name ? change(part) : part)))

/** Rosters as workbooks: what a clerk's spreadsheet makes of cells, and what is no workbook at all. */
export const hostileWorkbooks: readonly HostileFile[] = [
  ['a workbook', () => workbookOf(head, cells, other.split(',')), 'xlsx, 2 good'],
  [
    'blank rows between, and blank cells behind',
    () => workbookOf(head, [null, ' '], [...cells, null, '']),
    'xlsx, 1 good',
  ],
  [
    'a last column that is blank in a row',
    () => workbookOf([...head, '語言', '備註'], cells, [...other.split(','), 'en']),
    'xlsx, 2 good',
  ],
  [
    'shared and rich texts',
    () =>
      zipOf(
        workbookParts([{ name: 'A', xml: rowsXml([head, cells.with(at('name_en'), { t: 's', v: '0' })]) }], {
          strings: '<si><r><t>Sample </t></r><r><rPr><b/></rPr><t>One</t></r></si>',
        }),
      ),
    'xlsx, 1 good',
  ],
  [
    'elements with a prefix, as some programs write them',
    () =>
      inSheet(good).length > 0
        ? workbookWith(sheet, {
            content: `${sheetHead}${good}${sheetEnd}`
              .replaceAll(/<(\/?)(worksheet|sheetData|row|c|is|t)\b/g, '<$1x:$2')
              .replace('xmlns=', 'xmlns:x='),
          })
        : Buffer.alloc(0),
    'xlsx, 1 good',
  ],
  [
    'several sheets: the first that can be seen is read',
    () =>
      sheets(
        { name: '隱藏', xml: rowsXml([['x']]), state: 'hidden' },
        { name: '名冊', xml: good },
        { name: '其他', xml: rowsXml([['y']]) },
      ),
    'xlsx, 1 good',
  ],
  [
    'sheets of which none can be seen',
    () => sheets({ name: 'A', xml: good, state: 'veryHidden' }),
    'refused: no-such-sheet',
  ],
  ['an empty sheet', () => workbookOf(), 'refused: empty-file'],
  ['only a header', () => workbookOf(head), 'refused: no-rows'],
  [
    'a header of merged cells',
    () => workbookOf(['名冊', null, null], head, cells),
    'refused: header-further-down',
  ],
  ['a header cell lost to a merge', () => workbookOf(head.with(2, ''), cells), 'refused: missing-columns'],
  [
    'a row with cells beyond the header',
    () => workbookOf(head, [...cells, 'more']),
    'xlsx, 0 good; line 2: row wrong-cell-count',
  ],
  [
    'a hidden row is read like the others',
    () => inSheet(good.replace('<row r="2"', '<row r="2" hidden="1"')),
    'xlsx, 1 good',
  ],
  ['a row that says no place', () => inSheet(good.replaceAll(/ r="[A-Z]*\d+"/g, '')), 'xlsx, 1 good'],
  ['a year as a number', () => oneCell('entry_year', { v: '2022' }), 'xlsx, 1 good'],
  ['a year as a day', () => oneCell('entry_year', { s: 1, v: '44805' }), bad('entryYear', 'not-a-year')],
  [
    'a number made a quantity',
    () => oneCell('student_number', { v: '1.23E+09' }),
    bad('studentNumber', 'wrong-shape'),
  ],
  [
    'a quantity of sixteen figures',
    () => oneCell('student_number', { v: '9900000000000011' }),
    bad('studentNumber', 'written-by-spreadsheet'),
  ],
  [
    'a text that lost its zeros',
    () => oneCell('student_number', '1047001S'),
    bad('studentNumber', 'leading-zeros-lost'),
  ],
  ['a name that is a number', () => oneCell('name_en', { v: '4711' }), 'xlsx, 1 good'],
  ['a name that is TRUE', () => oneCell('name_en', { t: 'b', v: '1' }), 'xlsx, 1 good'],
  [
    'a formula and its value',
    () => oneCell('name_en', { t: 'str', f: 'A1&amp;B1', v: 'Sample One' }),
    'xlsx, 1 good',
  ],
  [
    'a formula without a value',
    () => oneCell('entry_year', { f: '2000+22' }),
    'refused: formulas-without-values',
  ],
  [
    'a formula whose text is empty',
    () => oneCell('hall', { t: 'str', f: 'IF(1,"","x")', v: '' }),
    'xlsx, 1 good',
  ],
  [
    'a formula that failed',
    () => oneCell('department', { t: 'e', f: 'VLOOKUP(1,A:B,2)', v: '#N/A' }),
    bad('department', 'formula-error'),
  ],
  [
    'a reference that is gone',
    () => oneCell('name_zh', { t: 'e', v: '#REF!' }),
    bad('nameZh', 'formula-error'),
  ],
  ['a day', () => returned({ s: 1, v: '45341' }), 'xlsx, 1 good'],
  ['a day with a time', () => returned({ s: 2, v: '45341.5' }), bad('returnedOn', 'not-a-date')],
  ['a day as a plain number', () => returned({ v: '45341' }), bad('returnedOn', 'not-a-date')],
  ['a day that no calendar has', () => returned({ s: 1, v: '1E+300' }), bad('returnedOn', 'formula-error')],
  ['a day written as text in the ROC calendar', () => returned('113/02/19'), 'xlsx, 1 good'],
  ['a line break in a cell', () => oneCell('name_zh', '示例\n生'), bad('nameZh', 'control-character')],
  [
    'an escaped control character',
    () => oneCell('name_zh', '示例_x0007_生'),
    bad('nameZh', 'control-character'),
  ],
  [
    'a right-to-left override',
    () => oneCell('name_zh', '示例\u202e生'),
    bad('nameZh', 'direction-character'),
  ],
  ['a cell that looks like a formula', () => oneCell('name_en', '=HYPERLINK(1)'), 'xlsx, 1 good'],
  ['a cell of 32,767 characters', () => oneCell('name_en', 'x'.repeat(32_767)), bad('nameEn', 'too-long')],
  [
    '102 columns',
    () => workbookOf([...head, ...Array.from({ length: 91 }, () => 'x')], cells),
    'refused: too-many-columns',
  ],
  [
    'a cell at XFD1048576',
    () => inSheet(`${good}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`),
    'refused: cells-far-right',
  ],
  ['a shared text that there is not', () => oneCell('name_en', { t: 's', v: '99' }), 'xlsx, 1 good'],
  ['a workbook cut short', () => workbookOf(head, cells).subarray(0, 900), 'refused: damaged-workbook'],
  [
    'a workbook with something behind it',
    () => Buffer.concat([workbookOf(head, cells), Buffer.from('x')]),
    'refused: damaged-workbook',
  ],
  [
    'a remark behind the directory',
    () => zipOf(workbookParts([{ name: 'A', xml: good }]), { comment: 'x' }),
    'refused: damaged-workbook',
  ],
  [
    'the same part twice',
    () => {
      const parts = workbookParts([{ name: 'A', xml: good }])
      return zipOf([...parts, parts.at(-1)!])
    },
    'refused: damaged-workbook',
  ],
  [
    'a part whose bytes are no deflate',
    () => lying(sheet, part => ({ ...part, deflated: { bytes: Buffer.from('no deflate'), size: 400 } })),
    'refused: damaged-workbook',
  ],
  [
    'a part behind a password',
    () => lying(sheet, part => ({ ...part, flags: 1 })),
    'refused: encrypted-workbook',
  ],
  [
    'a path out of the archive',
    () => zipOf([...workbookParts([{ name: 'A', xml: good }]), { name: '../../etc/passwd', content: 'x' }]),
    'refused: damaged-workbook',
  ],
  ['no workbook part', () => withoutPart('xl/workbook.xml'), 'refused: damaged-workbook'],
  ['no sheet part', () => withoutPart(sheet), 'refused: damaged-workbook'],
  [
    'a sheet that lies elsewhere',
    () =>
      lying('xl/_rels/workbook.xml.rels', part => ({
        ...part,
        content: String(part.content).replace('worksheets/sheet1.xml', 'styles.xml'),
      })),
    'refused: damaged-workbook',
  ],
  [
    '2,100 parts',
    () =>
      zipOf([
        ...workbookParts([{ name: 'A', xml: good }]),
        ...Array.from({ length: 2_100 }, (_, n) => ({ name: `x${n}`, content: '' })),
      ]),
    'refused: workbook-too-large',
  ],
  [
    'an ods',
    () =>
      zipOf([
        { name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet' },
        { name: 'content.xml', content: '<x/>' },
      ]),
    'refused: spreadsheet-file',
  ],
  [
    'an xlsb',
    () =>
      zipOf([
        { name: '[Content_Types].xml', content: '<x/>' },
        { name: 'xl/workbook.bin', content: 'x' },
      ]),
    'refused: spreadsheet-file',
  ],
  [
    'a docx',
    () =>
      zipOf([
        { name: '[Content_Types].xml', content: '<x/>' },
        { name: 'word/document.xml', content: '<x/>' },
      ]),
    'refused: not-a-text-file',
  ],
  ['a plain zip', () => zipOf([{ name: 'roster.csv', content: header }]), 'refused: not-a-text-file'],
  ['an empty zip', () => zipOf([]), 'refused: not-a-text-file'],
  [
    'an xlsx behind a password',
    () =>
      Buffer.concat([
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        Buffer.alloc(600),
        Buffer.from('EncryptedPackage', 'utf16le'),
      ]),
    'refused: encrypted-workbook',
  ],
  [
    'an xls under the name of an xlsx',
    () => Buffer.from('d0cf11e0a1b11ae100', 'hex'),
    'refused: spreadsheet-file',
  ],
  ['a CSV under the name of an xlsx', () => Buffer.from(`${header}\n${person}`), 'utf-8, 1 good'],
]
