import type { HostileFile } from '../roster/trial-hostile.ts'
import { workbookOf } from '../roster/trial-workbooks.ts'
import { given, good, headers, there, without } from './trial-check.ts'

const file = (...rows: string[]) => Buffer.from([headers.stock, ...rows].join('\n'))
const chip = (cell: string) => file(without(good, 0, cell))
const bad = (what: string) => `0 good, 0 unchanged; line 2: ${what}`
const head = headers.stock.split(',')
const second = good.replaceAll('11,', '12,')

/** Files of cards as makers, readers and spreadsheets break them; what becomes of each is on one line. */
export const hostileCards: readonly HostileFile[] = [
  ['hexadecimal', chip('aabbcc11'), '1 good, 0 unchanged'],
  ['hexadecimal with signs between', chip('AA:BB:CC:11'), '1 good, 0 unchanged'],
  ['a decimal in a file of hexadecimals', chip('2864434193'), bad('chip wrong-length')],
  ['a decimal of eight figures, which is a hexadecimal, too', chip('28644341'), '1 good, 0 unchanged'],
  ['7 bytes', chip('04A1B2C3D4E5F6'), '1 good, 0 unchanged'],
  ['7 bytes cut to 5', chip('04A1B2C3D4'), bad('chip wrong-length')],
  ['more than 2^32-1 in hexadecimal', chip('1FFFFFFFF'), bad('chip wrong-length')],
  ['a negative number', chip('-1430533103'), bad('chip wrong-length')],
  ['a random number of a phone', chip('08BBCC11'), bad('chip random-chip')],
  ['nothing but zeros', chip('00000000'), bad('chip blank-chip')],
  ['a quantity', chip('1.23E+09'), bad('chip written-by-spreadsheet')],
  ['lost zeros', chip('ABBCC11'), bad('chip leading-zeros-lost')],
  ['full-width figures', chip('ＡＡＢＢＣＣ１１'), '1 good, 0 unchanged'],
  ['Arabic figures', chip('٤٥٤٥٤٥٤٥'), bad('chip not-hex')],
  ['a zero-width space', chip('AABB\u200bCC11'), bad('chip invisible-character')],
  [
    'the same chip twice',
    file(good, second.replace('AABBCC12', 'AABBCC11')),
    '0 good, 0 unchanged; line 2: chip chip-twice, studentNumber student-twice; line 3: chip chip-twice, studentNumber student-twice',
  ],
  [
    'one student, two cards',
    file(good, second),
    '0 good, 0 unchanged; line 2: studentNumber student-twice; line 3: studentNumber student-twice',
  ],
  [
    'two students, one printed number',
    file(good, without(without(second, 1, '9900000000000011'), 3, '')),
    '0 good, 0 unchanged; line 2: printedNumber printed-twice; line 3: printedNumber printed-twice',
  ],
  [
    'two chips that a 24-bit reader cannot tell apart',
    file(good, without(without(second, 0, '11BBCC11'), 3, '')),
    '0 good, 0 unchanged; line 2: chip number-twice; line 3: chip number-twice',
  ],
  ['a chip that a 24-bit reader takes for one of the register', chip('11BBCC01'), bad('chip number-taken')],
  ['the same file again', file(there), '0 good, 1 unchanged'],
  [
    'a card of another student under the same chip',
    file(without(there, 3, '41047002S')),
    bad('chip chip-in-register'),
  ],
  [
    'the wrong kind of file',
    Buffer.from([headers['old-cards'], given].join('\n')),
    'refused: missing-columns',
  ],
  ['a workbook', workbookOf(head, good.split(',')), '1 good, 0 unchanged'],
  [
    'a workbook with a chip as a number',
    workbookOf(head, [{ v: '12345678' }, ...good.split(',').slice(1)]),
    '1 good, 0 unchanged',
  ],
  [
    'a workbook whose chips lost a zero',
    workbookOf(head, [{ v: '1234567' }, ...good.split(',').slice(1)]),
    bad('chip leading-zeros-lost'),
  ],
  [
    'a workbook whose printed number is a quantity',
    workbookOf(head, ['AABBCC11', { v: '9900000000000011' }, ...good.split(',').slice(2)]),
    bad('printedNumber written-by-spreadsheet'),
  ],
  [
    'printed numbers that a spreadsheet rounded',
    file(
      ...Array.from(
        { length: 12 },
        (_, n) => `AABB${String(1000 + n)},99000000000${String(1000 + n)}0,4k,,registry,`,
      ),
    ),
    'refused: printed-numbers-rounded',
  ],
]
