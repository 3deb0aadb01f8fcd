import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { no, yes } from '../lib/decision.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { Moment, orNull } from '../server/shapes.ts'
import { takesFiles, uploadedFile } from '../server/upload.ts'
import { lineFaults } from './answer-rules.ts'
import { issuerFileContent, listIssuerFiles } from './issuer-store.ts'
import { issuerWords, sayAnswer } from './issuer-words.ts'
import { largestAnswerBytes, takeAnswer } from './take-answer.ts'

const tags = ['issuer']
const config = { policy: 'office' } as const
const FileId = Type.Object({ id: RowId })

/** How many files the list shows, the newest first. */
const mostListed = 200

const Files = Type.Object({
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

const Answer = Type.Object({
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
        if (found !== null) await act.note({ act: 'loss file read', facts: { file: id } })
        return found
      })
      if (content === null) throw problem(404, 'not-found', request.language)
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
