import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { endingOf } from '../card/numbers.ts'
import { bothNames } from '../lib/both.ts'
import { no, yes } from '../lib/decision.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { peopleIn } from '../server/people-in.ts'
import { perform, refusalProblem } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import { takesFiles, uploadedFile } from '../server/upload.ts'
import { lineFaults } from './answer-rules.ts'
import { issuerFileContent, listIssuerFiles, peopleOfFile } from './issuer-store.ts'
import { issuerWords, sayAnswer } from './issuer-words.ts'
import { reportStates } from './list-words.ts'
import { countReports, type ListedReport, listReports, mostReports } from './report-list.ts'
import { largestAnswerBytes, takeAnswer } from './take-answer.ts'

const tags = ['issuer']
const config = { policy: 'office', purpose: 'losses', shows: 'list' } as const
const FileId = Type.Object({ id: RowId })

/** How many files the list shows, the newest first. */
const mostListed = 200

/** Files of loss reports, as a list tells them. */
export const Files = Type.Object({
  files: Type.Array(
    Type.Object({
      id: Type.Integer(),
      madeAt: Moment,
      reports: Type.Integer(),
      received: Type.Integer({ description: 'The issuer received these' }),
      refused: Type.Integer({ description: 'The issuer did not take these: somebody has to call it' }),
      answeredAt: orNull(Moment),
    }),
  ),
})

export type Files = Type.Static<typeof Files>

/** What the issuer's answer did. */
export const Answer = Type.Object({
  applied: Type.Boolean({ description: 'False: nothing was kept, because of the lines in `badLines`' }),
  again: Type.Boolean({ description: 'The same answer was given before' }),
  received: Type.Integer(),
  refused: Type.Integer(),
  badLines: Type.Array(
    Type.Object({
      line: Type.Integer(),
      fault: Type.Enum([...lineFaults]),
      said: Type.String({ description: 'What stands there' }),
      message: Type.String(),
    }),
  ),
})

const nullableMoment = (at: Temporal.Instant | null) => at?.toString() ?? null

export type Answer = Type.Static<typeof Answer>

/** Loss reports as the office lists them. */
export const ReportsReply = Type.Object({
  counts: Type.Object({
    waiting: Type.Integer(),
    sent: Type.Integer(),
    received: Type.Integer(),
    refused: Type.Integer(),
    ended: Type.Integer(),
  }),
  reports: Type.Array(
    Type.Object({
      id: Type.Integer(),
      studentNumber: Type.String(),
      name: Both,
      ending: orNull(Type.String()),
      at: Moment,
      putOffTo: orNull(Moment),
      sendAt: Moment,
      sentAt: orNull(Moment),
      fileId: orNull(Type.Integer()),
      receivedAt: orNull(Moment),
      refusedBecause: orNull(Type.String()),
      ended: orNull(Type.Enum(['withdrawn', 'found'])),
      placesTold: Type.Array(Type.String()),
    }),
  ),
})
export type ReportsReply = Type.Static<typeof ReportsReply>

const reportReply = (report: ListedReport): ReportsReply['reports'][number] => ({
  id: report.id,
  studentNumber: report.studentNumber,
  name: bothNames(report),
  ending: endingOf(report.printedNumber),
  at: report.at.toString(),
  putOffTo: nullableMoment(report.putOffTo),
  sendAt: report.sendAt.toString(),
  sentAt: nullableMoment(report.sentAt),
  fileId: report.fileId,
  receivedAt: nullableMoment(report.receivedAt),
  refusedBecause: report.refusedBecause,
  ended: report.endedAs,
  placesTold: report.placesTold,
})

/** The files of loss reports for the issuer of the stored value, and its answers: the office's. */
export function issuerRoutes(server: Server, { register }: { register: Register }): void {
  server.get(
    '/api/v1/loss-files',
    { config, schema: { tags, summary: 'Files of loss reports for the issuer', response: { 200: Files } } },
    request =>
      register.look(request.actor, async act => ({
        files: (await listIssuerFiles(act, mostListed)).map(file => ({
          ...file,
          madeAt: file.madeAt.toString(),
          answeredAt: file.answeredAt?.toString() ?? null,
        })),
      })),
  )

  server.get(
    '/api/v1/loss-reports',
    {
      config,
      schema: {
        tags,
        summary: 'Loss reports of one state, and how many there are of each',
        description: `The oldest ${mostReports} of one state. The read is journalled.`,
        querystring: Type.Object({ state: Type.Optional(Type.Enum([...reportStates])) }),
        response: { 200: ReportsReply },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const { state = 'waiting' } = request.query
        const reports = await listReports(act, state)
        await act.note({ act: 'loss reports listed', facts: { state, many: reports.length } })
        return { counts: await countReports(act), reports: reports.map(reportReply) }
      }),
  )

  server.get(
    '/api/v1/loss-files/:id/content',
    {
      config,
      schema: {
        tags,
        summary: 'A file of loss reports (CSV, UTF-8): report_id, printed_number, reported_at',
        params: FileId,
        produces: ['text/csv'],
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const content = await register.look(request.actor, async act => {
        const found = await issuerFileContent(act, 'loss', id)
        if (found) await act.note({ act: 'loss file read', facts: { file: id } })
        if (found) peopleIn(await peopleOfFile(act, id), request.peopleShown)
        return found
      })
      if (content === null) throw problem(404, 'not-found', request.language)
      if (content === '') throw refusalProblem(sayAnswer, request.language, no('file-forgotten'))
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="loss-${id}.csv"`)
        .send(content)
    },
  )

  async function answered(request: FastifyRequest, fileId: number) {
    const given = await uploadedFile(request)
    const said = issuerWords[request.language].fault
    return perform({ register, request, say: sayAnswer, changesAccess: false }, async act => {
      if (given === null) return no('empty-file' as const)
      const done = await takeAnswer(act, { fileId, bytes: given.file })
      if (!done.ok) return done
      const badLines = done.badLines.map(bad => ({ ...bad, message: said[bad.fault] }))
      return yes({ ...done, badLines })
    })
  }

  takesFiles(server, { mostBytes: largestAnswerBytes + 1 }, plain => {
    plain.post(
      '/api/v1/loss-files/:id/answer',
      {
        config,
        schema: {
          tags,
          summary: 'The issuer’s answer to a file of loss reports (CSV): report_id, received_at, result',
          description:
            'multipart/form-data with one file. `result` is `accepted`, with the moment of receipt, or the reason why ' +
            'not, without one. Every report of the file is answered, or nothing is kept; the lines that are wrong are named.',
          consumes: ['multipart/form-data'],
          params: FileId,
          response: { 200: Answer },
        },
      },
      request => answered(request, request.params.id),
    )
  })
}
