import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { no, type Refused, yes } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform } from '../server/perform.ts'
import { Problem } from '../server/problem.ts'
import type { Entry, Register } from '../server/register.ts'
import { takesFiles, uploadedFile } from '../server/upload.ts'
import { badRowsFile, sayFault } from './bad-rows.ts'
import { largestTableBytes } from './decode.ts'
import { applyRoster, badRowsOf, type ImportRefusal, lookAtUpload, uploadRoster } from './import.ts'
import { PreviewReply, previewReply, shownAtMost, UploadReply, uploadReply, Will } from './import-api.ts'
import { newestUploads } from './store.ts'
import { words } from './words.ts'

const tags = ['roster']
const config = { policy: 'office' } as const
const UploadId = Type.Object({ id: RowId })

const say = (refused: Refused<ImportRefusal>, language: Language): string =>
  words[language].file[refused.refusal](refused.facts)

/** That somebody saw the people of a file. */
const fileRead = (upload: number): Entry => ({ act: 'roster file read', facts: { upload } })

/** A refusal of a read: 404 where there is no such upload, 409 otherwise. */
function refusedRead(refused: Refused<ImportRefusal>, language: Language): Problem {
  const status = refused.refusal === 'no-such-upload' ? 404 : 409
  return new Problem(status, refused.refusal, say(refused, language), refused.facts)
}

/** The roster's routes: a file is taken in, its difference is looked at, and only then is it applied. */
export function rosterRoutes(server: Server, { register }: { register: Register }): void {
  /** A preview in the reader's language, against the register as it is at this moment. */
  const previewFor = (request: FastifyRequest, uploadId: number): Promise<PreviewReply> =>
    register.look(request.actor, async act => {
      const looked = await lookAtUpload(act, uploadId)
      if (!looked.ok) throw refusedRead(looked, request.language)
      await act.note(fileRead(uploadId))
      return previewReply(looked, { programme: await programmeInForce(act), language: request.language })
    })

  async function takeIn(request: FastifyRequest): Promise<PreviewReply> {
    const upload = await uploadedFile(request)
    const most = { bytes: largestTableBytes + 1, most: largestTableBytes }
    const refused = upload === null ? no('empty-file') : upload.cut ? no('file-too-large', most) : null
    let reply: PreviewReply | null = null
    // The stored answer is the upload's id and no person.
    const { uploadId } = await perform({ register, request, say, changesAccess: false }, async act => {
      if (refused) return refused
      const taken = await uploadRoster(act, upload!)
      if (!taken.ok) return taken
      const { uploadId: id, fileName } = taken.preview
      const kept = { id, fileName, uploadedAt: act.now, appliedAt: null, outcome: null }
      const said = { programme: await programmeInForce(act), language: request.language }
      reply = previewReply({ preview: taken.preview, upload: kept }, said)
      return yes({ uploadId: id })
    })
    // A repeat did nothing, and looks at what the first one took in.
    if (reply) return reply
    return previewFor(request, uploadId)
  }

  takesFiles(server, { mostBytes: largestTableBytes }, plain => {
    plain.post(
      '/api/v1/roster/uploads',
      {
        config,
        schema: {
          tags,
          summary: 'Take in a roster file (CSV) and see what it would do',
          description:
            'multipart/form-data with one file of at most 20 MB. Encoding (UTF-8, UTF-16, Big5) and columns are ' +
            'recognised. Nothing is changed yet; a file that cannot be read is refused as a whole, bad rows one by one.',
          consumes: ['multipart/form-data'],
          response: { 200: PreviewReply },
        },
      },
      request => takeIn(request),
    )
  })

  server.get(
    '/api/v1/roster/uploads',
    {
      config,
      schema: {
        tags,
        summary: 'The newest 20 uploads and what became of them',
        response: { 200: Type.Object({ uploads: Type.Array(UploadReply) }) },
      },
    },
    request =>
      register.look(request.actor, async act => ({
        uploads: (await newestUploads(act, 20)).map(uploadReply),
      })),
  )

  server.get(
    '/api/v1/roster/uploads/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Look at an upload again, against the register as it is now',
        description: `Lists show the first ${shownAtMost}; the counts are of all.`,
        params: UploadId,
        response: { 200: PreviewReply },
      },
    },
    request => previewFor(request, request.params.id),
  )

  server.get(
    '/api/v1/roster/uploads/:id/bad-rows',
    {
      config,
      schema: {
        tags,
        summary: 'The bad rows as CSV, with the reason in the last column: correct them and upload this file',
        params: UploadId,
        produces: ['text/csv'],
      },
    },
    (request, reply) =>
      badRowsReply(request, request.params.id).then(file => {
        void reply.header('content-type', 'text/csv; charset=utf-8')
        void reply.header('content-disposition', `attachment; filename="bad-rows-${request.params.id}.csv"`)
        void reply.header('cache-control', 'no-store')
        return reply.send(file)
      }),
  )

  async function badRowsReply(request: FastifyRequest, uploadId: number): Promise<string> {
    const found = await register.look(request.actor, async act => {
      const bad = await badRowsOf(act, uploadId)
      if (bad.ok) await act.note(fileRead(uploadId))
      return bad
    })
    if (!found.ok) throw refusedRead(found, request.language)
    const { header, delimiter, rows } = found
    const said = rows.map(({ row, cells }) => ({
      line: row.line,
      cells,
      reasons: row.faults.map(fault => sayFault(row.line, fault, request.language)),
    }))
    return badRowsFile({ header, delimiter, rows: said }, words[request.language].badFile)
  }

  server.post(
    '/api/v1/roster/uploads/:id/application',
    {
      config,
      schema: {
        tags,
        summary: 'Apply an upload: every good row or none',
        description:
          'Only the difference whose `seal` was looked at is applied; if the register has changed since, look again. ' +
          'People who are missing from the file, and bad rows, are left as they are.',
        params: UploadId,
        body: Type.Object({ seal: Type.String({ maxLength: 64 }) }, { additionalProperties: false }),
        response: { 200: Will },
      },
    },
    request =>
      perform({ register, request, say }, async act => {
        const done = await applyRoster(act, { uploadId: request.params.id, seal: request.body.seal })
        return done.ok ? yes({ ...done.applied }) : done
      }),
  )
}
