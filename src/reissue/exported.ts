import { Type } from 'typebox'
import { both } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'
import { exportsList } from '../programme/exported-list.ts'
import { nameOf } from '../programme/name-of.ts'
import { programmeInForce } from '../programme/store.ts'
import { type ExportColumn, whose } from '../server/export-columns.ts'
import type { Server } from '../server/http.ts'
import type { Register } from '../server/register.ts'
import { rowsOf } from '../server/rows-of.ts'
import { endNames, reasonNames, settledNames } from './list-words.ts'
import { type ListedReissue, listedSql, listedStates } from './office-list.ts'
import { type ToMake, toMakeSql } from './produce.ts'
import { type KioskReceipt, unmatchedSql } from './receipt-store.ts'

const common = { policy: 'office' as const, purpose: 'money' as const, tags: ['reissue'], query: {} }
const withMoney = { ...common, policy: ['office', 'cashier'] as const }

const applications: ExportColumn<ListedReissue & { editionName: Bilingual }>[] = [
  ...whose,
  { header: both('申請編號', 'Application'), text: row => String(row.id) },
  { header: both('原因', 'Reason'), text: (row, { language }) => reasonNames[row.reason][language] },
  { header: both('版別', 'Edition'), text: (row, { language }) => row.editionName[language] },
  { header: both('工本費', 'Fee'), money: row => row.amount },
  { header: both('申請時間', 'Applied'), moment: row => row.appliedAt },
  { header: both('繳費期限', 'To be paid by'), moment: row => row.lapsesAt },
  {
    header: both('費用', 'Fee is'),
    text: (row, { language }) => row.settled && settledNames[row.settled][language],
  },
  { header: both('製成時間', 'Made'), moment: row => row.producedAt },
  { header: both('應退還', 'Owed back'), money: row => row.owedBack },
  { header: both('對費用的意見', 'Disputed'), text: row => row.disputed },
  {
    header: both('結束', 'Ended'),
    text: (row, { language }) => row.endedAs && endNames[row.endedAs][language],
  },
]
const toMake: ExportColumn<ToMake>[] = [
  { header: 'student_number', text: row => row.studentNumber },
  { header: 'name_zh', text: row => row.nameZh },
  { header: 'name_en', text: row => row.nameEn },
  { header: 'department', text: row => row.department },
  { header: 'edition', text: row => row.edition },
  { header: 'reason', text: row => row.reason },
]
const receipts: ExportColumn<KioskReceipt>[] = [
  { header: both('收據號碼', 'Receipt number'), text: row => row.number },
  { header: both('服務站', 'Kiosk'), text: row => row.kiosk },
  { header: both('金額', 'Amount'), money: row => row.amount },
  { header: both('輸入的學號', 'Student number typed'), text: row => row.studentNumber },
  { header: both('繳費時間', 'Paid'), moment: row => row.paidAt },
]

/** The lists of reissues as files. */
export function reissueExports(server: Server, rooms: { register: Register }): void {
  exportsList(server, rooms, {
    ...withMoney,
    of: '/api/v1/reissues',
    name: 'reissues',
    title: both('補換發申請', 'Reissues'),
    query: { state: Type.Optional(Type.Enum([...listedStates])) },
    columns: applications,
    async *rows(act, { state = 'open' }) {
      const { editions } = await programmeInForce(act)
      const name = `export_reissues_${state.replaceAll('-', '_')}`
      for await (const row of rowsOf<ListedReissue>(act, name, listedSql(state)))
        yield { ...row, editionName: nameOf(editions, row.edition) }
    },
  })
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/reissues/to-make',
    name: 'cards-to-make',
    title: both('待製卡片', 'Cards to make'),
    columns: toMake,
    rows: act => rowsOf<ToMake>(act, 'export_to_make', toMakeSql),
  })
  exportsList(server, rooms, {
    ...withMoney,
    of: '/api/v1/kiosk/receipts/unmatched',
    name: 'receipts-of-nobody',
    title: both('尚未歸屬的收據', 'Receipts of nobody yet'),
    columns: receipts,
    rows: act => rowsOf<KioskReceipt>(act, 'export_unmatched', unmatchedSql),
  })
}
