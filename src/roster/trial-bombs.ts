import type { HostileFile } from './trial-hostile.ts'
import { header, person } from './trial-rosters.ts'
import {
  inflating,
  rowsXml,
  sheetEnd,
  sheetHead,
  workbookParts,
  workbookWith,
  zipOf,
} from './trial-workbooks.ts'

const good = rowsXml([header.split(','), person.split(',')])
const sheet = 'xl/worksheets/sheet1.xml'
const megabytes = 500

/** Workbooks that would become much more than they are: each is refused before it does. */
export const bombs: readonly HostileFile[] = [
  [
    '500 MB of NUL behind the sheet',
    () => workbookWith(sheet, { deflated: inflating(`${sheetHead}${good}`, '\0', megabytes, '') }),
    'refused: workbook-too-large',
  ],
  [
    'one cell of 500 MB',
    () =>
      workbookWith(sheet, {
        deflated: inflating(
          `${sheetHead}<row r="1"><c r="A1" t="inlineStr"><is><t>`,
          'a',
          megabytes,
          `</t></is></c></row>${sheetEnd}`,
        ),
      }),
    'refused: workbook-too-large',
  ],
  [
    'one shared text of 500 MB',
    () =>
      workbookWith(
        'xl/sharedStrings.xml',
        { deflated: inflating('<sst><si><t>', 'b', megabytes, '</t></si></sst>') },
        '<si/>',
      ),
    'refused: workbook-too-large',
  ],
  [
    'a picture of 500 MB',
    () =>
      zipOf([
        ...workbookParts([{ name: 'A', xml: good }]),
        { name: 'xl/media/image1.png', content: '', deflated: inflating('x', '\0', megabytes, '') },
      ]),
    'refused: workbook-too-large',
  ],
  [
    'a part of 500 MB that says it has ten bytes',
    () =>
      zipOf([
        ...workbookParts([{ name: 'A', xml: good }]),
        { name: 'x.bin', content: '', deflated: inflating('x', '\0', megabytes, ''), saidSize: 10 },
      ]),
    'refused: damaged-workbook',
  ],
  [
    'elements without end in the shared texts',
    () =>
      workbookWith('xl/sharedStrings.xml', { deflated: inflating('<sst>', '<a/>', 31, '</sst>') }, '<si/>'),
    'refused: workbook-too-large',
  ],
  [
    'twenty parts of 30 MB',
    () =>
      zipOf([
        ...workbookParts([{ name: 'A', xml: good }]),
        ...Array.from({ length: 20 }, (_, n) => ({
          name: `x${n}.bin`,
          content: '',
          deflated: inflating('x', '\0', 30, ''),
        })),
      ]),
    'refused: workbook-too-large',
  ],
  [
    'two million cells to the right',
    () => workbookWith(sheet, { deflated: inflating(`${sheetHead}<row>`, '<c/>', 8, `</row>${sheetEnd}`) }),
    'refused: cells-far-right',
  ],
  [
    'two million rows',
    () => workbookWith(sheet, { deflated: inflating(sheetHead, '<row/>  ', 16, sheetEnd) }),
    'refused: too-many-rows',
  ],
  [
    'entities that grow',
    () =>
      workbookWith(
        'xl/sharedStrings.xml',
        {
          content:
            '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>',
        },
        '<si/>',
      ),
    'refused: damaged-workbook',
  ],
  [
    'as many elements as are read',
    () => workbookWith('xl/sharedStrings.xml', { content: `<sst>${'<a/>'.repeat(595_000)}</sst>` }, '<si/>'),
    '1 rows',
  ],
]
