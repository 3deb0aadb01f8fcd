import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { no, type Refused, yes } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { peopleIn } from '../server/people-in.ts'
import { perform } from '../server/perform.ts'
import { Problem } from '../server/problem.ts'
import { tellingProgress } from '../server/progress.ts'
import type { Act, Entry, Register } from '../server/register.ts'
import { takesFiles, uploadedFile } from '../server/upload.ts'
import { Form, sendBadRows, xlsxType } from './bad-reply.ts'
import { sayFault } from './bad-rows.ts'
import { personFields } from './columns.ts'
import { largestTableBytes, tableEncodings } from './decode.ts'
import { headerRoutes } from './header-routes.ts'
import { applyRoster, type ImportRefusal, lookAtUpload, uploadRoster } from './import.ts'
import { PreviewReply, previewReply, shownAtMost, UploadReply, uploadReply, Will } from './import-api.ts'
import { ProgressName, progressRoute, workName } from './progress-route.ts'
import { importQuestionRoutes } from './question-routes.ts'
import { newestQuestion, uploadsThatWait } from './question-store.ts'
import { hallsCalled, newestUploads } from './store.ts'
import type { ReadAs } from './table.ts'
import { words } from './words.ts'

const tags = ['roster']
const config = { policy: 'office', purpose: 'roster', shows: 'record' } as const
/** Also for the registrar's own system, by a token of its own: under the same limits and second person. */
const fromSystems = { ...config, policy: ['office', 'integrator'], scope: 'roster:write' } as const
const UploadId = Type.Object({ id: RowId })

/** What somebody says of how a file is read; what is not said is recognised. */
const HowRead = Type.Object({
  encoding: Type.Optional(Type.Enum([...tableEncodings])),
  sheet: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'Of a workbook, from 1' })),
  progress: Type.Optional(ProgressName),
})

const say = (refused: Refused<ImportRefusal>, language: Language): string =>
  words[language].file[refused.refusal](refused.facts)

/** That somebody saw the people of a file. */
const fileRead = (upload: number): Entry => ({ act: 'roster file read', facts: { upload } })

/** A refusal of a read: 404 where there is no such upload, 409 otherwise. */
export function refusedRead(refused: Refused<ImportRefusal>, language: Language): Problem {
  const status = refused.refusal === 'no-such-upload' ? 404 : 409
  return new Problem(status, refused.refusal, say(refused, language), refused.facts)
}

/** The roster's routes: a file is taken in, its difference is looked at, and only then is it applied. */
export function rosterRoutes(server: Server, { register }: { register: Register }): void {
  progressRoute(server, 'roster')
  importQuestionRoutes(server, { register })
  headerRoutes(server, { register, room: 'roster', kinds: ['roster'], fields: personFields })

  const saidTo = async (act: Act, { language, actor }: FastifyRequest) => ({
    programme: await programmeInForce(act),
    halls: await hallsCalled(act),
    language,
    reader: actor.id,
  })

  /** A preview in the reader's language, against the register as it is at this moment. */
  const previewFor = (request: FastifyRequest, uploadId: number): Promise<PreviewReply> =>
    tellingProgress(workName(request, `upload-${uploadId}`), tell =>
      register.look(request.actor, async act => {
        const looked = await lookAtUpload(act, uploadId, { onProgress: tell })
        if (!looked.ok) throw refusedRead(looked, request.language)
        await act.note(fileRead(uploadId))
        const question = await newestQuestion(act, uploadId)
        return previewReply({ ...looked, question }, await saidTo(act, request))
      }),
    )

  async function takeIn(
    request: FastifyRequest,
    { encoding = null, sheet = null, progress }: Partial<ReadAs> & { progress?: string },
  ): Promise<PreviewReply> {
    const upload = await uploadedFile(request)
    const most = { bytes: largestTableBytes + 1, most: largestTableBytes }
    const refused = upload === null ? no('empty-file') : upload.cut ? no('file-too-large', most) : null
    let reply: PreviewReply | null = null
    // The stored answer is the upload's id and no person.
    const { uploadId } = await tellingProgress(workName(request, progress ?? 'upload'), tell =>
      perform({ register, request, say, changesAccess: false }, async act => {
        if (refused) return refused
        const given = { fileName: upload!.fileName, file: upload!.file, readAs: { encoding, sheet } }
        const taken = await uploadRoster(act, given, tell)
        if (!taken.ok) return taken
        const { uploadId: id } = taken.preview
        const kept = {
          ...given,
          id,
          uploadedBy: act.actor.id,
          uploadedAt: act.now,
          appliedAt: null,
          outcome: null,
          isForgotten: false,
        }
        const said = await saidTo(act, request)
        reply = previewReply({ preview: taken.preview, upload: kept, question: null }, said)
        return yes({ uploadId: id })
      }),
    )
    // A repeat did nothing, and looks at what the first one took in.
    if (reply) return reply
    return previewFor(request, uploadId)
  }

  takesFiles(server, { mostBytes: largestTableBytes }, plain => {
    plain.post(
      '/api/v1/roster/uploads',
      {
        config: fromSystems,
        schema: {
          tags,
          summary: 'Take in a roster file (CSV or xlsx) and see what it would do',
          description:
            'multipart/form-data with one file of at most 20 MB. Encoding (UTF-8, UTF-16, Big5), the first visible sheet ' +
            'and columns are recognised. Nothing is changed yet; a file that cannot be read is refused as a whole, bad ' +
            'rows one by one.',
          consumes: ['multipart/form-data'],
          querystring: HowRead,
          response: { 200: PreviewReply },
        },
      },
      request => takeIn(request, request.query),
    )
  })

  server.get(
    '/api/v1/roster/uploads',
    {
      config: fromSystems,
      schema: {
        tags,
        summary: 'The newest 20 uploads and what became of them',
        response: { 200: Type.Object({ uploads: Type.Array(UploadReply) }) },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const uploads = await newestUploads(act, 20)
        const waiting = await uploadsThatWait(
          act,
          uploads.map(({ id }) => id),
        )
        return { uploads: uploads.map(upload => uploadReply(upload, waiting.has(upload.id))) }
      }),
  )

  server.get(
    '/api/v1/roster/uploads/:id',
    {
      config: fromSystems,
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
        summary:
          'The bad rows as CSV or xlsx, with the reason in the last column: correct them and upload this file',
        params: UploadId,
        querystring: Form,
        produces: ['text/csv', xlsxType],
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const found = await register.look(request.actor, async act => {
        const looked = await lookAtUpload(act, id)
        if (looked.ok) await act.note(fileRead(id))
        return looked
      })
      if (!found.ok) throw refusedRead(found, request.language)
      const { table, bad } = found.preview.roster
      peopleIn(bad, request.peopleShown)
      const rows = bad.map(({ line, cells, faults }) => ({
        line,
        cells,
        reasons: faults.map(fault => sayFault(line, fault, request.language)),
      }))
      const file = { header: table.header, delimiter: table.delimiter, rows }
      return sendBadRows(reply, { ...request.query, file, name: `bad-rows-${id}` }, request.language)
    },
  )

  server.post(
    '/api/v1/roster/uploads/:id/application',
    {
      config: fromSystems,
      schema: {
        tags,
        summary: 'Apply an upload: every good row or none',
        description:
          'Only the difference whose `seal` was looked at is applied; if the register has changed since, look again. ' +
          'People who are missing from the file, and bad rows, are left as they are. Where many would stop being enrolled ' +
          'it is refused: a second person is asked.',
        params: UploadId,
        body: Type.Object({ seal: Type.String({ maxLength: 64 }) }, { additionalProperties: false }),
        response: { 200: Will },
      },
    },
    request => {
      const uploadId = request.params.id
      return tellingProgress(workName(request, `upload-${uploadId}`), tell =>
        perform({ register, request, say }, async act => {
          const done = await applyRoster(act, { uploadId, seal: request.body.seal }, tell)
          return done.ok ? yes({ ...done.applied }) : done
        }),
      )
    },
  )
}
