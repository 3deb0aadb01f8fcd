import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { no, type Refused, yes } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import { programmeInForce } from '../programme/store.ts'
import { Form, sendBadRows, xlsxType } from '../roster/bad-reply.ts'
import { largestTableBytes, tableEncodings } from '../roster/decode.ts'
import { headerRoutes } from '../roster/header-routes.ts'
import { ProgressName, progressRoute, workName } from '../roster/progress-route.ts'
import type { ReadAs } from '../roster/table.ts'
import { tableWords } from '../roster/table-words.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { peopleIn } from '../server/people-in.ts'
import { perform } from '../server/perform.ts'
import { Problem } from '../server/problem.ts'
import { tellingProgress } from '../server/progress.ts'
import type { Entry, Register } from '../server/register.ts'
import { takesFiles, uploadedFile } from '../server/upload.ts'
import {
  CardFileReply,
  CardPreviewReply,
  cardFileReply,
  cardPreviewReply,
  cardsShownAtMost,
} from './file-api.ts'
import { cardFields, type FileKind, fileKinds } from './file-columns.ts'
import { newestCardFiles } from './file-store.ts'
import { fileWords, sayRowFault, sayTake } from './file-words.ts'
import { type ReaderFormat, readerFormats } from './formats.ts'
import { lookAtCardFile, type TakeRefusal, uploadCardFile } from './take-file.ts'

const tags = ['cards']
const config = { policy: 'office', purpose: 'cards', shows: 'list' } as const
const UploadId = Type.Object({ id: RowId })
const HowToRead = Type.Object({
  kind: Type.Enum([...fileKinds], {
    description:
      'stock: cards made; numbers: which number is on which chip; old-cards: held before Gatehouse; health-check: given there',
  }),
  numberFormat: Type.Optional(
    Type.Enum([...readerFormats], {
      description: 'How the file writes chip numbers; be-hex when nothing is said',
    }),
  ),
  encoding: Type.Optional(Type.Enum([...tableEncodings])),
  sheet: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'Of a workbook, from 1' })),
  progress: Type.Optional(ProgressName),
})

type Asked = Partial<ReadAs> & { kind: FileKind; numberFormat?: ReaderFormat; progress?: string }

/** That somebody saw the students and cards of a file. */
const fileRead = (upload: number): Entry => ({ act: 'card file read', facts: { upload } })

/** A refusal of a read: 404 where there is no such upload, 409 otherwise. */
export const refusedRead = (refused: Refused<TakeRefusal>, language: Language): Problem =>
  new Problem(
    refused.refusal === 'no-such-upload' ? 404 : 409,
    refused.refusal,
    sayTake(refused, language),
    refused.facts,
  )

/** The routes of files of cards: taken in, looked at; applying one is the handover room's, which knows custody. */
export function cardFileRoutes(server: Server, { register }: { register: Register }): void {
  progressRoute(server, 'cards')
  headerRoutes(server, { register, room: 'cards', kinds: fileKinds, fields: cardFields })

  const previewFor = (request: FastifyRequest, uploadId: number): Promise<CardPreviewReply> =>
    register.look(request.actor, async act => {
      const looked = await lookAtCardFile(act, uploadId)
      if (!looked.ok) throw refusedRead(looked, request.language)
      await act.note(fileRead(uploadId))
      return cardPreviewReply(looked, { programme: await programmeInForce(act), language: request.language })
    })

  async function takeIn(
    request: FastifyRequest,
    { kind, numberFormat: format = 'be-hex', encoding = null, sheet = null, progress }: Asked,
  ): Promise<CardPreviewReply> {
    const given = await uploadedFile(request)
    const most = { bytes: largestTableBytes + 1, most: largestTableBytes }
    const refused = given === null ? no('empty-file') : given.cut ? no('file-too-large', most) : null
    let reply: CardPreviewReply | null = null
    // The stored answer is the upload's id and no card.
    const { uploadId } = await tellingProgress(workName(request, progress ?? 'upload'), tell =>
      perform({ register, request, say: sayTake, changesAccess: false }, async act => {
        if (refused) return refused
        const { fileName, file } = given!
        const readAs = { encoding, sheet }
        const taken = await uploadCardFile(
          act,
          { kind, format, fileName, file, readAs },
          { onProgress: tell },
        )
        if (!taken.ok) return taken
        const upload = {
          id: taken.uploadId,
          kind,
          format,
          fileName,
          readAs,
          uploadedAt: act.now,
          appliedAt: null,
          outcome: null,
          isForgotten: false,
        }
        const said = { programme: await programmeInForce(act), language: request.language }
        reply = cardPreviewReply({ upload, preview: taken.preview }, said)
        return yes({ uploadId: taken.uploadId })
      }),
    )
    // A repeat did nothing, and looks at what the first one took in.
    return reply ?? previewFor(request, uploadId)
  }

  takesFiles(server, { mostBytes: largestTableBytes }, plain => {
    plain.post(
      '/api/v1/cards/files',
      {
        config,
        schema: {
          tags,
          summary: 'Take in a file of cards (CSV or xlsx) and see what it would do',
          description:
            'multipart/form-data with one file of at most 20 MB. Encoding (UTF-8, UTF-16, Big5) and columns are ' +
            'recognised. Nothing is changed yet; a file that cannot be read, or whose number format loses bytes, is ' +
            'refused as a whole, bad rows one by one.',
          consumes: ['multipart/form-data'],
          querystring: HowToRead,
          response: { 200: CardPreviewReply },
        },
      },
      request => takeIn(request, request.query),
    )
  })

  server.get(
    '/api/v1/cards/files',
    {
      config,
      schema: {
        tags,
        summary: 'The newest 20 files of cards and what became of them',
        response: { 200: Type.Object({ uploads: Type.Array(CardFileReply) }) },
      },
    },
    request =>
      register.look(request.actor, async act => ({
        uploads: (await newestCardFiles(act, 20)).map(cardFileReply),
      })),
  )

  server.get(
    '/api/v1/cards/files/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Look at a file of cards again, against the register as it is now',
        description: `Lists show the first ${cardsShownAtMost}; the counts are of all.`,
        params: UploadId,
        response: { 200: CardPreviewReply },
      },
    },
    request => previewFor(request, request.params.id),
  )

  server.get(
    '/api/v1/cards/files/:id/bad-rows',
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
      const { language } = request
      const found = await register.look(request.actor, async act => {
        const bad = await lookAtCardFile(act, id)
        if (bad.ok) await act.note(fileRead(id))
        return bad
      })
      if (!found.ok) throw refusedRead(found, language)
      const { at } = tableWords[language]
      const { fields } = fileWords[language]
      peopleIn(found.preview.checked.bad, request.peopleShown)
      const rows = found.preview.checked.bad.map(({ line, cells, faults }) => ({
        line,
        cells,
        reasons: faults.map(
          fault =>
            `${at(line, fault.field && fields[fault.field], fault.shown)} ${sayRowFault(fault, language)}`,
        ),
      }))
      const { header, delimiter } = found.preview.read.table
      const file = { header, delimiter, rows }
      return sendBadRows(reply, { ...request.query, file, name: `bad-cards-${id}` }, language)
    },
  )
}
