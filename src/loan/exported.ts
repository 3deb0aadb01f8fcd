import { Type } from 'typebox'
import { both } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'
import { exportsList } from '../programme/exported-list.ts'
import { nameOf } from '../programme/name-of.ts'
import { programmeInForce } from '../programme/store.ts'
import type { ExportColumn } from '../server/export-columns.ts'
import type { Server } from '../server/http.ts'
import type { Register } from '../server/register.ts'
import { rowsOf } from '../server/rows-of.ts'
import { type OpenLoan, openSql } from './store.ts'
import { lendWords } from './words.ts'

type Loan = OpenLoan & { overdue: boolean; counterName: Bilingual }

const columns: ExportColumn<Loan>[] = [
  { header: both('學號', 'Student number'), text: row => row.studentNumber },
  { header: both('中文姓名', 'Name (Chinese)'), text: row => row.name['zh-TW'] },
  { header: both('英文姓名', 'Name (English)'), text: row => row.name.en },
  { header: both('外觀卡號', 'Printed number'), text: row => row.printedNumber },
  { header: both('原因', 'Reason'), text: (row, { language }) => lendWords[language].reasons[row.reason] },
  { header: both('櫃檯', 'Counter'), text: (row, { language }) => row.counterName[language] },
  { header: both('借出時間', 'Lent'), moment: row => row.lentAt },
  { header: both('最後一日', 'Last day'), day: row => row.lastDay },
  { header: both('逾期', 'Overdue'), yes: row => row.overdue },
  { header: both('遺失', 'Lost'), yes: row => row.lost },
]

/** The temporary cards that are not back, as a file: of the clerk's counter, for the office of every counter. */
export const loanExport = (server: Server, rooms: { register: Register }): void =>
  exportsList(server, rooms, {
    of: '/api/v1/desk/loans',
    name: 'temporary-cards',
    title: both('臨時卡', 'Temporary cards'),
    policy: ['desk', 'office'],
    purpose: 'lists',
    tags: ['desk'],
    query: {
      overdue: Type.Optional(Type.Boolean()),
      lost: Type.Optional(Type.Boolean()),
      counter: Type.Optional(Type.String({ maxLength: 40 })),
    },
    columns,
    async *rows(act, { overdue = false, lost = false, counter }) {
      const { campus, counters } = await programmeInForce(act)
      const today = act.now.toZonedDateTimeISO(campus.zone).toPlainDate()
      const at = act.actor.counter ?? counter ?? null
      const loans = rowsOf<OpenLoan>(act, 'export_loans', openSql, [at, overdue ? today : null, lost, 0])
      for await (const loan of loans)
        yield {
          ...loan,
          overdue: Temporal.PlainDate.compare(loan.lastDay, today) < 0,
          counterName: nameOf(counters, loan.counter),
        }
    },
  })
