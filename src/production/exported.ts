import { Type } from 'typebox'
import { both } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'
import { exportsList } from '../programme/exported-list.ts'
import { nameOf } from '../programme/name-of.ts'
import { programmeInForce } from '../programme/store.ts'
import { type ExportColumn, whose } from '../server/export-columns.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import type { Register } from '../server/register.ts'
import { slicesOf } from '../server/rows-of.ts'
import { staffNames } from '../update/guard-report.ts'
import { faultNames, itemStateNames, makeReasonNames, needlessNames } from './list-words.ts'
import { Narrowed } from './production-api.ts'
import { whichOf } from './routes.ts'
import { makeLists, referenceOf } from './rules.ts'
import { type Batch, everyBatch, type Item, itemsOf } from './store.ts'
import { everybodyToMake, type ToMake } from './to-make.ts'

const common = { policy: 'office' as const, purpose: 'production' as const, tags: ['production'] }

/** Whose name a row says, with how the programme calls its department. */
type Named<Row> = Row & { departmentName: Bilingual }

const whoseCard: ExportColumn<Named<ToMake | Item>>[] = [
  ...whose,
  { header: both('系所', 'Department'), text: (row, { language }) => row.departmentName[language] },
  {
    header: both('原因', 'Why'),
    text: (row, { language }) => makeReasonNames[row.because][language],
  },
]

const needing: ExportColumn<Named<ToMake>>[] = [
  ...whoseCard,
  { header: both('自', 'Since'), moment: row => row.since },
  { header: both('有照片', 'Has a photo'), yes: row => row.hasPhoto },
]

const ofBatch: ExportColumn<Named<Item> & { batch: number }>[] = [
  ...whoseCard,
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

const batches: ExportColumn<Batch & { editionName: Bilingual; by: Bilingual | null }>[] = [
  { header: both('批次', 'Batch'), text: row => String(row.id) },
  { header: both('版別', 'Edition'), text: (row, { language }) => row.editionName[language] },
  { header: both('廠商', 'Card maker'), text: row => row.maker },
  { header: both('送出時間', 'Ordered'), moment: row => row.orderedAt },
  { header: both('經手', 'By whom'), text: (row, { language }) => row.by?.[language] ?? null },
  { header: both('廠商取件', 'Taken by the card maker'), moment: row => row.takenAt },
  { header: both('卡片', 'Cards'), count: row => row.cards },
  { header: both('廠商製作中', 'At the card maker'), count: row => row.out },
  { header: both('已送回', 'Back'), count: row => row.back },
  { header: both('已取消', 'Cancelled'), count: row => row.cancelled },
  { header: both('印製錯誤', 'Misprinted'), count: row => row.misprinted },
  { header: both('尚未入櫃', 'At no counter yet'), count: row => row.withoutPlace },
]

/** Who needs a card made, the batches, and the cards of one, as files. */
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
    of: '/api/v1/production/batches',
    name: 'production-batches',
    title: both('製卡批次', 'Production batches'),
    query: {},
    columns: batches,
    async *rows(act) {
      const { editions } = await programmeInForce(act)
      for await (const some of slicesOf(everyBatch(act))) {
        const clerks = await staffNames(
          act,
          some.map(({ orderedBy }) => orderedBy),
        )
        for (const row of some)
          yield {
            ...row,
            editionName: nameOf(editions, row.edition),
            by: clerks.get(row.orderedBy) ?? null,
          }
      }
    },
  })
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/production/batches/:id',
    name: 'production-batch',
    title: both('製卡批次的卡片', 'Cards of a production batch'),
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
