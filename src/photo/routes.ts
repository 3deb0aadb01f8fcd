import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { bothNames } from '../lib/both.ts'
import { no, type Refused } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import { nameOf } from '../programme/name-of.ts'
import { programmeInForce } from '../programme/store.ts'
import { personTyped } from '../roster/store.ts'
import { parseStudentNumber } from '../roster/student-number.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import { takesFiles, uploadedFile } from '../server/upload.ts'
import { answerPhoto } from './answer-photo.ts'
import { readPicture } from './read-picture.ts'
import { declineReasons, largestPictureBytes, photoWarnings } from './rules.ts'
import { photoCounts, photoOf, pictureOf, waitingPhotos, withoutPhoto } from './store.ts'
import { takePhoto } from './take-photo.ts'
import { type AnyPhotoRefusal, words } from './words.ts'

const tags = ['photo']
const config = { policy: 'office', purpose: 'photos', shows: 'photo' } as const
/** How many photos and people one answer lists. */
const listed = 60

/** Says what is refused about a photo. */
export const sayPhoto = (refused: Refused<AnyPhotoRefusal>, language: Language): string =>
  words[language].refusal[refused.refusal](refused.facts)

const Warnings = Type.Array(Type.Enum([...photoWarnings]), {
  description: 'What a machine finds odd; it refuses nothing for it',
})
const Taken = Type.Object({
  studentNumber: Type.String(),
  photoId: Type.Integer(),
  warnings: Warnings,
  again: Type.Boolean(),
})
export type TakenReply = Type.Static<typeof Taken>

const Waiting = Type.Object({
  id: Type.Integer(),
  studentNumber: Type.String(),
  name: Both,
  department: Both,
  takenInAt: Moment,
  warnings: Warnings,
  current: orNull(Type.Integer({ description: 'The photo that counts now, to compare with' })),
})
const Photos = Type.Object({
  kept: Type.Boolean({ description: 'Whether the programme keeps photos at all' }),
  rules: orNull(
    Type.Object({
      minWidth: Type.Integer(),
      minHeight: Type.Integer(),
      wide: Type.Integer(),
      high: Type.Integer(),
    }),
  ),
  withPhoto: Type.Integer({ description: 'Of those who study' }),
  without: Type.Integer(),
  waiting: Type.Integer(),
  photos: Type.Array(Waiting, { description: `The ${listed} that have waited longest` }),
})
export type PhotosReply = Type.Static<typeof Photos>

const Missing = Type.Object({
  people: Type.Array(Type.Object({ studentNumber: Type.String(), name: Both, department: Both })),
  next: orNull(Type.String({ description: 'Ask for what comes after this one' })),
})
export type MissingReply = Type.Static<typeof Missing>

/** A picture as an answer: never kept by anything between, never anything but a picture. */
export function sendPicture(reply: FastifyReply, picture: Buffer): FastifyReply {
  void reply.header('content-type', 'image/jpeg')
  void reply.header('cache-control', 'private, no-store')
  void reply.header('content-disposition', 'inline')
  return reply.send(picture)
}

/** The office's photos: files named by student number are taken in, those that holders sent are looked at. */
export function photoRoutes(server: Server, { register }: { register: Register }): void {
  async function takeIn(request: FastifyRequest): Promise<TakenReply> {
    const upload = await uploadedFile(request)
    const read = await readPicture(upload)
    return perform({ register, request, say: sayPhoto, changesAccess: false }, async act => {
      if (!read.ok) return read
      const fileName = upload!.fileName
      const { campus } = await programmeInForce(act)
      const named = parseStudentNumber(fileName.replace(/\.[^.]*$/, ''), campus.studentNumber)
      if (!named.ok) return no('file-name-no-number', { fileName })
      const { studentNumber } = named
      const found = await personTyped(act, studentNumber)
      if (!found.ok) return no('unknown-person', { studentNumber })
      const taken = await takePhoto(act, { personId: found.person.id, by: 'office', picture: read.picture })
      return taken.ok ? { ...taken, studentNumber } : taken
    })
  }

  takesFiles(server, { mostBytes: largestPictureBytes }, plain => {
    plain.post(
      '/api/v1/photos',
      {
        config,
        schema: {
          tags,
          summary: 'Take in the photo of a person: one file, named by the student number',
          description:
            'multipart/form-data with one JPEG, PNG or WebP of at most 8 MB. It is turned upright, made smaller and ' +
            'packed anew, without what was hidden in it (place, camera). The same file again changes nothing.',
          consumes: ['multipart/form-data'],
          response: { 200: Taken },
        },
      },
      request => takeIn(request),
    )
  })

  server.get(
    '/api/v1/photos',
    {
      config,
      schema: {
        tags,
        summary: 'How many have a photo, and those that holders sent and that wait',
        response: { 200: Photos },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const { photos, departments } = await programmeInForce(act)
        const [counts, rows] = [await photoCounts(act), await waitingPhotos(act, listed)]
        await act.note(
          ...rows.map(row => ({ act: 'photo looked at', personId: row.personId, facts: { photo: row.id } })),
        )
        return {
          kept: photos !== undefined,
          rules: photos
            ? {
                minWidth: photos.minWidth,
                minHeight: photos.minHeight,
                wide: photos.proportions.width,
                high: photos.proportions.height,
              }
            : null,
          ...counts,
          photos: rows.map(row => ({
            ...row,
            name: bothNames(row),
            department: nameOf(departments, row.department),
            takenInAt: row.takenInAt.toString(),
          })),
        }
      }),
  )

  server.post(
    '/api/v1/photos/missing',
    {
      config,
      schema: {
        tags,
        summary: 'Who studies and has no photo',
        description: `${listed} at a time, in the order of student numbers. A POST, so that no number stands in an address.`,
        body: Type.Object(
          { after: Type.Optional(Type.String({ maxLength: 40 })) },
          { additionalProperties: false },
        ),
        response: { 200: Missing },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const { departments } = await programmeInForce(act)
        const rows = await withoutPhoto(act, { after: request.body.after ?? '', most: listed })
        await act.note({ act: 'people without photo read', facts: { many: rows.length } })
        return {
          people: rows.map(row => ({
            ...row,
            name: bothNames(row),
            department: nameOf(departments, row.department),
          })),
          next: rows.length === listed ? rows.at(-1)!.studentNumber : null,
        }
      }),
  )

  server.get(
    '/api/v1/photos/:id/picture',
    {
      config: { policy: ['desk', 'office'], purpose: 'photos', shows: 'photo' },
      schema: {
        tags,
        summary: 'A photo as JPEG; that it was seen is written down',
        params: Type.Object({ id: RowId }),
        produces: ['image/jpeg'],
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const found = await register.look(request.actor, async act => {
        const photo = await pictureOf(act, id)
        // A clerk compares the photo that counts; what waits or was declined is the office's alone.
        if (photo && act.actor.kind === 'desk' && (await photoOf(act, photo.personId))?.id !== id) return null
        if (photo) request.peopleShown.ids.add(photo.personId)
        if (photo) await act.note({ act: 'photo seen', personId: photo.personId, facts: { photo: id } })
        return photo
      })
      if (found === null) throw problem(404, 'not-found', request.language)
      return sendPicture(reply, found.picture)
    },
  )

  server.post(
    '/api/v1/photos/answers',
    {
      config,
      schema: {
        tags,
        summary: 'Accept a photo that a holder sent, or say why not; the holder is told',
        body: Type.Object(
          {
            photo: RowId,
            reason: orNull(Type.Enum([...declineReasons], { description: 'Null: it is accepted' })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ photoId: Type.Integer() }) },
      },
    },
    request =>
      perform({ register, request, say: sayPhoto, changesAccess: false }, act =>
        answerPhoto(act, { photoId: request.body.photo, reason: request.body.reason }),
      ),
  )
}
