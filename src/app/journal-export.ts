import { Type } from 'typebox'
import { both } from '../lib/both.ts'
import { exportsList } from '../programme/exported-list.ts'
import { programmeInForce } from '../programme/store.ts'
import type { ExportColumn } from '../server/export-columns.ts'
import type { Server } from '../server/http.ts'
import type { Register } from '../server/register.ts'
import { rowsOf } from '../server/rows-of.ts'

interface Row {
  id: number
  at: Temporal.Instant
  actor: string
  act: string
  studentNumber: string | null
  cardId: number | null
  facts: object
}

const journalSql = `
  select j.id, j.at, j.actor, j.act, p.student_number as "studentNumber", j.card_id as "cardId", j.facts
  from journal j left join person p on p.id = j.person_id
  where j.at >= $1 and j.at < $2 order by j.id`

const columns: ExportColumn<Row>[] = [
  { header: both('序號', 'Entry'), text: row => String(row.id) },
  { header: both('時間', 'Time'), moment: row => row.at },
  { header: both('誰', 'Who'), text: row => row.actor },
  { header: both('做了什麼', 'Act'), text: row => row.act },
  { header: both('學號', 'Student number'), text: row => row.studentNumber },
  {
    header: both('卡片（系統編號）', 'Card (register id)'),
    text: row => (row.cardId === null ? null : String(row.cardId)),
  },
  { header: both('內容', 'Facts'), text: row => JSON.stringify(row.facts) },
]
const Day = Type.String({ format: 'date', description: 'In the campus’s calendar, both included' })

/** The journal of some days as a file, for the auditor: who did what, when, about whom. */
export const journalExport = (server: Server, rooms: { register: Register }): void =>
  exportsList(server, rooms, {
    of: '/api/v1/journal',
    name: 'journal',
    title: both('稽核紀錄', 'Journal'),
    policy: ['auditor'],
    purpose: 'audit',
    tags: ['journal'],
    query: { from: Day, to: Day },
    columns,
    async *rows(act, { from, to }) {
      const { zone } = (await programmeInForce(act)).campus
      const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).toInstant()
      const until = Temporal.PlainDate.from(to).add({ days: 1 })
      yield* rowsOf<Row>(act, 'export_journal', journalSql, [
        startOf(Temporal.PlainDate.from(from)),
        startOf(until),
      ])
    },
  })
