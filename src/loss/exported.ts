import { Type } from 'typebox'
import { besideEachOther, both } from '../lib/both.ts'
import { exportsList } from '../programme/exported-list.ts'
import { type ExportColumn, whose } from '../server/export-columns.ts'
import type { Server } from '../server/http.ts'
import type { Register } from '../server/register.ts'
import { rowsOf } from '../server/rows-of.ts'
import { reportStates } from './list-words.ts'
import { type ListedReport, reportsSql } from './report-list.ts'

const columns: ExportColumn<ListedReport>[] = [
  ...whose,
  { header: both('掛失編號', 'Report'), text: row => String(row.id) },
  { header: both('外觀卡號', 'Printed number'), text: row => row.printedNumber },
  { header: both('掛失時間', 'Reported'), moment: row => row.at },
  { header: both('預定送出', 'Leaves'), moment: row => row.sendAt },
  { header: both('送出時間', 'Sent'), moment: row => row.sentAt },
  { header: both('檔案', 'File'), text: row => (row.fileId === null ? null : String(row.fileId)) },
  { header: both('發卡機構收件', 'Received by the issuer'), moment: row => row.receivedAt },
  { header: both('未受理原因', 'Not taken because'), text: row => row.refusedBecause },
  { header: both('結束時間', 'Ended'), moment: row => row.endedAt },
  {
    header: both('通知的單位', 'Places told'),
    text: ({ placesTold }, { language }) => besideEachOther(placesTold, language),
  },
]

/** Loss reports as a file. */
export const lossExport = (server: Server, rooms: { register: Register }): void =>
  exportsList(server, rooms, {
    of: '/api/v1/loss-reports',
    name: 'loss-reports',
    title: both('掛失', 'Loss reports'),
    policy: 'office',
    purpose: 'losses',
    tags: ['issuer'],
    query: { state: Type.Optional(Type.Enum([...reportStates])) },
    columns,
    rows: (act, { state = 'waiting' }) =>
      rowsOf<ListedReport>(act, `export_losses_${state}`, reportsSql(state)),
  })
