import { Type } from 'typebox'
import { both } from '../lib/both.ts'
import { exportsList } from '../programme/exported-list.ts'
import type { ExportColumn } from '../server/export-columns.ts'
import type { Server } from '../server/http.ts'
import type { Register } from '../server/register.ts'
import { rowsOf } from '../server/rows-of.ts'
import { outboxWords } from './outbox-words.ts'
import { messageKinds, type SendState, sendStateOf } from './rules.ts'
import { listSql, type Message } from './store.ts'

type Row = Message & { state: SendState }

const columns: ExportColumn<Row>[] = [
  { header: both('學號', 'Student number'), text: row => row.studentNumber },
  { header: both('種類', 'Kind'), text: (row, { language }) => outboxWords[language].kinds[row.kind] },
  { header: both('主旨', 'Subject'), text: row => row.subject },
  { header: both('寫成時間', 'Written'), moment: row => row.madeAt },
  { header: both('收件地址', 'Address'), text: row => row.recipient },
  { header: both('寄送', 'Mail'), text: (row, { language }) => outboxWords[language].states[row.state] },
  { header: both('寄出時間', 'Mailed'), moment: row => row.sentAt },
  { header: both('嘗試次數', 'Tries'), count: row => row.tries },
]

/** The outbox as a file: what was told whom, without the letters themselves. */
export const outboxExport = (
  server: Server,
  { register, mails }: { register: Register; mails: boolean },
): void =>
  exportsList(
    server,
    { register },
    {
      of: '/api/v1/messages',
      name: 'outbox',
      title: both('寄件匣', 'Outbox'),
      policy: 'office',
      purpose: 'messages',
      tags: ['messages'],
      query: { kind: Type.Optional(Type.Enum([...messageKinds])) },
      columns,
      async *rows(act, { kind }) {
        const most = Number.MAX_SAFE_INTEGER
        for await (const message of rowsOf<Message>(act, 'export_outbox', listSql, [
          null,
          kind ?? null,
          null,
          most,
        ]))
          yield { ...message, state: sendStateOf(message, act.now, mails) }
      },
    },
  )
