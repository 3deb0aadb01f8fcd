import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { no, yes } from '../lib/decision.ts'
import { issuerFileContent } from '../loss/issuer-store.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { peopleIn } from '../server/people-in.ts'
import { perform, refusalProblem } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { takesFiles, uploadedFile } from '../server/upload.ts'
import { newestFiles, peopleOfFile } from './file-store.ts'
import {
  AnswerReply,
  answerReply,
  CasesReply,
  casesReply,
  casesShownAtMost,
  FilesReply,
  ReconciliationReply,
  RefundCounts,
  reconciliationReply,
  refundCounts,
  SendReply,
} from './office-api.ts'
import { sayOffice } from './office-words.ts'
import { readAnswer } from './read-answer.ts'
import { refundStages } from './rules.ts'
import { sendRefunds } from './send-refunds.ts'

/** Largest file of answers, in bytes: some 20,000 lines. */
const largestAnswer = 2 * 1024 * 1024

const tags = ['refunds']

/** The office's routes: the cases, the file for the issuer, its answers, and where both differ. None of them pays. */
export function refundOfficeRoutes(server: Server, { register }: { register: Register }): void {
  const office = { policy: 'office', purpose: 'money', shows: 'money' } as const
  const readers = { policy: ['office', 'auditor'], purpose: 'money', shows: 'money' } as const

  server.get(
    '/api/v1/refunds',
    {
      config: readers,
      schema: {
        tags,
        summary: 'Refunds, the newest first; only those that are late where asked',
        description: `At most ${casesShownAtMost} at a time; \`before\` is the last one of the page before.`,
        querystring: Type.Object({
          late: Type.Optional(Type.Boolean()),
          stage: Type.Optional(Type.Enum([...refundStages])),
          before: Type.Optional(RowId),
        }),
        response: { 200: CasesReply },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const { late = false, stage, before } = request.query
        const programme = await programmeInForce(act)
        const reply = await casesReply(act, programme, { late, stage, before })
        await act.note({ act: 'refunds listed', facts: { late, cases: reply.cases.length } })
        return reply
      }),
  )

  server.get(
    '/api/v1/refunds/counts',
    {
      config: readers,
      schema: { tags, summary: 'How many refunds are how far, and late', response: { 200: RefundCounts } },
    },
    request => register.look(request.actor, async act => refundCounts(act, await programmeInForce(act))),
  )

  server.post(
    '/api/v1/refunds/files',
    {
      config: office,
      schema: {
        tags,
        summary: 'Make the file of all refunds that wait for the issuer',
        description:
          'From then on those cases are with the issuer. At most 2,000 a file; `left` says that more wait.',
        response: { 200: SendReply },
      },
    },
    request => perform({ register, request, say: sayOffice, changesAccess: false }, sendRefunds),
  )

  server.get(
    '/api/v1/refunds/files',
    {
      config: readers,
      schema: { tags, summary: 'The newest 50 files for the issuer', response: { 200: FilesReply } },
    },
    request =>
      register.look(request.actor, async act => ({
        files: (await newestFiles(act, 50)).map(file => ({ ...file, madeAt: file.madeAt.toString() })),
      })),
  )

  server.get(
    '/api/v1/refunds/files/:id',
    {
      config: office,
      schema: {
        tags,
        summary: 'Download a file for the issuer (CSV); it names accounts and addresses',
        params: Type.Object({ id: RowId }),
        produces: ['text/csv'],
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const content = await register.look(request.actor, async act => {
        const found = await issuerFileContent(act, 'refund', id)
        if (found) await act.note({ act: 'refund file downloaded', facts: { file: id } })
        if (found) peopleIn(await peopleOfFile(act, id), request.peopleShown)
        return found
      })
      if (!content)
        throw refusalProblem(
          sayOffice,
          request.language,
          no(content === null ? 'no-such-file' : 'file-erased'),
        )
      void reply.header('content-type', 'text/csv; charset=utf-8')
      void reply.header('content-disposition', `attachment; filename="refunds-${id}.csv"`)
      void reply.header('cache-control', 'no-store')
      return reply.send(content)
    },
  )

  async function takeIn(request: FastifyRequest): Promise<Type.Static<typeof AnswerReply>> {
    const given = await uploadedFile(request)
    return perform({ register, request, say: sayOffice, changesAccess: false }, async act => {
      if (given === null) return no('empty-file')
      if (given.cut) return no('file-too-large', { bytes: largestAnswer + 1, most: largestAnswer })
      const read = await readAnswer(act, given)
      return read.ok ? yes(answerReply(read, request.language)) : read
    })
  }

  takesFiles(server, { mostBytes: largestAnswer }, plain => {
    plain.post(
      '/api/v1/refunds/answers',
      {
        config: office,
        schema: {
          tags,
          summary: 'Read a file of the issuer’s answers (CSV)',
          description:
            'multipart/form-data with one file of at most 2 MB; columns case, outcome, date, amount, reference, reason. ' +
            'All of it counts or, where a line is wrong, nothing (`applied: false`, with each wrong line). The same file ' +
            'again changes nothing.',
          consumes: ['multipart/form-data'],
          response: { 200: AnswerReply },
        },
      },
      request => takeIn(request),
    )
  })

  server.get(
    '/api/v1/refunds/reconciliation',
    {
      config: readers,
      schema: {
        tags,
        summary: 'Every difference between refunds and what the issuer paid',
        description:
          'Paid twice, for no case, for one that was withdrawn or not sent, more than a card can hold, after a no; and what ' +
          'is late. Every unit that the issuer paid is either counted for a case or in the list.',
        response: { 200: ReconciliationReply },
      },
    },
    request =>
      register.look(request.actor, async act => {
        await act.note({ act: 'refunds reconciled' })
        return reconciliationReply(act, await programmeInForce(act), request.language)
      }),
  )
}
