import { Type } from 'typebox'
import { both } from '../lib/both.ts'
import { exportsList } from '../programme/exported-list.ts'
import { nameOf } from '../programme/name-of.ts'
import { programmeInForce } from '../programme/store.ts'
import type { ExportColumn } from '../server/export-columns.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import type { Register } from '../server/register.ts'
import { faultNames, itemStateNames, makeReasonNames, needlessNames } from './list-words.ts'
import { Narrowed } from './production-api.ts'
import { whichOf } from './routes.ts'
import { makeLists, referenceOf } from './rules.ts'
import { type Item, itemsOf } from './store.ts'
import { everybodyToMake, type ToMake } from './to-make.ts'

const common = { policy: 'office' as const, tags: ['production'] }

/** Whose name a row says, with how the programme calls its department. */
type Named<Row> = Row & { departmentName: { 'zh-TW': string; en: string } }

const whose: ExportColumn<Named<ToMake | Item>>[] = [
  { header: both('學號', 'Student number'), text: row => row.studentNumber },
  { header: both('中文姓名', 'Name (Chinese)'), text: row => row.nameZh },
  { header: both('英文姓名', 'Name (English)'), text: row => row.nameEn },
  { header: both('系所', 'Department'), text: (row, { language }) => row.departmentName[language] },
  {
    header: both('原因', 'Why'),
    text: (row, { language }) => makeReasonNames[row.because][language],
  },
]

const needing: ExportColumn<Named<ToMake>>[] = [
  ...whose,
  { header: both('自', 'Since'), moment: row => row.since },
  { header: both('有照片', 'Has a photo'), yes: row => row.hasPhoto },
]

const ofBatch: ExportColumn<Named<Item> & { batch: number }>[] = [
  ...whose,
  { header: both('項次', 'Item'), text: row => referenceOf(row.batch, row.place) },
  { header: both('狀態', 'State'), text: (row, { language }) => itemStateNames[row.state][language] },
  {
    header: both('不再需要', 'Needed no longer'),
    text: (row, { language }) => row.needless && needlessNames[row.needless][language],
  },
  { header: both('送回', 'Back'), moment: row => row.backAt },
  {
    header: both('卡片瑕疵', 'Found faulty'),
    text: (row, { language }) => row.faulty && faultNames[row.faulty][language],
  },
  { header: both('取消', 'Cancelled'), moment: row => row.cancelledAt },
  { header: both('取消原因', 'Cancelled because'), text: row => row.cancelledBecause },
]

/** Who needs a card made, and the cards of a batch, as files. */
export function productionExports(server: Server, rooms: { register: Register }): void {
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/production/to-make',
    name: 'people-to-make-cards-for',
    title: both('需要製卡的人', 'Who needs a card made'),
    query: { list: Type.Optional(Type.Enum([...makeLists])), ...Narrowed },
    columns: needing,
    async *rows(act, asked) {
      const programme = await programmeInForce(act)
      for (const row of await everybodyToMake(act, programme, whichOf(act, programme, asked)))
        yield { ...row, departmentName: nameOf(programme.departments, row.department) }
    },
  })
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/production/batches/:id',
    name: 'production-batch',
    title: both('製卡批次', 'Production batch'),
    query: {},
    params: { id: RowId },
    columns: ofBatch,
    async *rows(act, { id }) {
      const { departments } = await programmeInForce(act)
      for (const row of await itemsOf(act, id))
        yield { ...row, batch: id, departmentName: nameOf(departments, row.department) }
    },
  })
}
