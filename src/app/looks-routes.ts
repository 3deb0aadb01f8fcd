import { Type } from 'typebox'
import { both, bothNames } from '../lib/both.ts'
import { exportsList } from '../programme/exported-list.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import { personById } from '../roster/store.ts'
import type { ExportColumn } from '../server/export-columns.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { problem } from '../server/problem.ts'
import type { Act, Register } from '../server/register.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import { officeOf, purposeOf, shownOf } from './looks-said.ts'
import { type LookAtPerson, looksAt } from './looks-store.ts'

/** Looks on one page of the auditor's. */
const aPage = 100

const Looks = Type.Object({
  personId: Type.Integer(),
  looks: Type.Array(
    Type.Object({
      id: Type.Integer(),
      at: Moment,
      account: Type.String(),
      name: orNull(Both),
      by: Both,
      what: Both,
      purpose: Both,
      reason: orNull(Type.String({ description: 'What for, as the reader said it' })),
      people: Type.Integer({ description: 'How many people the same answer showed' }),
    }),
  ),
  next: orNull(Type.Integer({ description: 'Ask for what was `before` this one' })),
})

const accountOf = ({ actor }: LookAtPerson): string => actor.slice(actor.indexOf(':') + 1)
const named = ({ nameZh, nameEn }: LookAtPerson) =>
  nameZh === null || nameEn === null ? null : bothNames({ nameZh, nameEn })

type Row = LookAtPerson & { programme: Programme; studentNumber: string }

const columns: ExportColumn<Row>[] = [
  { header: both('學號', 'Student number'), text: row => row.studentNumber },
  { header: both('時間', 'Time'), moment: row => row.at },
  { header: both('帳號', 'Account'), text: accountOf },
  { header: both('姓名', 'Name'), text: (row, { language }) => named(row)?.[language] ?? null },
  { header: both('單位', 'Office'), text: (row, { language }) => officeOf(row, row.programme)[language] },
  { header: both('看到的內容', 'What was shown'), text: (row, { language }) => shownOf(row)[language] },
  { header: both('目的', 'Purpose'), text: (row, { language }) => purposeOf(row)[language] },
  { header: both('查閱者填寫的理由', 'What the reader said'), text: row => row.reason },
  { header: both('同時看到的人數', 'People shown at once'), count: row => row.people },
]

/** The person, or like a page that is not there. */
async function found(act: Act, personId: number, language: 'zh-TW' | 'en') {
  const person = await personById(act, personId)
  if (!person) throw problem(404, 'not-found', language)
  return person
}

/** Who looked at a person's record, with names: the auditor's, and a look itself. */
export function looksRoutes(server: Server, { register }: { register: Register }): void {
  server.get(
    '/api/v1/people/:id/looks',
    {
      config: { policy: ['auditor'], purpose: 'audit', shows: 'looks' },
      schema: {
        tags: ['journal'],
        summary: 'Who looked at a person’s record: account, name, office, what, what for; the newest first',
        params: Type.Object({ id: RowId }),
        querystring: Type.Object({ before: Type.Optional(RowId) }),
        response: { 200: Looks },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return register.look(request.actor, async act => {
        const { id: personId } = request.params
        await found(act, personId, request.language)
        const { before } = request.query
        const programme = await programmeInForce(act)
        const read = await looksAt(act, personId, {
          most: aPage + 1,
          ...(before !== undefined && { before }),
        })
        const looks = read.slice(0, aPage)
        return {
          personId,
          looks: looks.map(look => ({
            id: look.id,
            at: look.at.toString(),
            account: accountOf(look),
            name: named(look),
            by: officeOf(look, programme),
            what: shownOf(look),
            purpose: purposeOf(look),
            reason: look.reason,
            people: look.people,
          })),
          next: read.length > aPage ? looks.at(-1)!.id : null,
        }
      })
    },
  )

  exportsList(
    server,
    { register },
    {
      of: '/api/v1/people/:id/looks',
      name: 'looks-at-a-person',
      title: both('查閱紀錄', 'Who looked at a record'),
      policy: ['auditor'],
      purpose: 'audit',
      tags: ['journal'],
      query: {},
      params: { id: RowId },
      columns,
      async *rows(act, { id }, language) {
        const { studentNumber } = await found(act, id, language)
        const programme = await programmeInForce(act)
        for (const look of await looksAt(act, id, { most: null })) yield { ...look, programme, studentNumber }
      },
    },
  )
}
