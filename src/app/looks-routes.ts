import { Type } from 'typebox'
import { both } from '../lib/both.ts'
import { exportsList } from '../programme/exported-list.ts'
import { programmeInForce } from '../programme/store.ts'
import { personById } from '../roster/store.ts'
import type { ExportColumn } from '../server/export-columns.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { problem } from '../server/problem.ts'
import type { Act, Register } from '../server/register.ts'
import { orNull } from '../server/shapes.ts'
import { LookShown, type LookWithin, lookColumns, lookShown } from './looks-shape.ts'
import { looksAt } from './looks-store.ts'

/** Looks on one page of the auditor's. */
const aPage = 100

const Looks = Type.Object({
  personId: Type.Integer(),
  looks: Type.Array(LookShown),
  next: orNull(Type.Integer({ description: 'Ask for what was `before` this one' })),
})

type Row = LookWithin & { studentNumber: string }

const columns: ExportColumn<Row>[] = [
  { header: both('學號', 'Student number'), text: row => row.studentNumber },
  ...lookColumns,
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
          looks: looks.map(look => lookShown(look, programme)),
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
