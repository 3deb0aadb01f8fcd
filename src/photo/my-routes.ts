import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Decision, no, type Refused, yes } from '../lib/decision.ts'
import type { Server } from '../server/http.ts'
import { perform, refusalProblem } from '../server/perform.ts'
import { Problem, problem } from '../server/problem.ts'
import type { Act, Register } from '../server/register.ts'
import { takesFiles, uploadedFile } from '../server/upload.ts'
import type { PhotoPage } from './photo-page.tsx'
import { type Picture, takeOn, type Upload } from './read-picture.ts'
import { sayPhoto, sendPicture } from './routes.ts'
import { largestPictureBytes, type PhotoRefusal, type PictureRefusal } from './rules.ts'
import { PhotoStanding, photoStanding } from './standing.ts'
import { newestSent, photoOf, pictureOf } from './store.ts'
import { giveTryBack, takePhoto, trySending } from './take-photo.ts'

const tags = ['photo']
const config = { policy: 'student' } as const

/** To a holder it is not said whose photo a picture is already. */
const withoutOthers = (refused: Refused<PictureRefusal | PhotoRefusal>) =>
  refused.refusal === 'photo-of-another' ? no('photo-of-another', { studentNumber: null }) : refused

/** What a holder does about their own photo, over the API and on a page that works without scripts. */
export function myPhotoRoutes(server: Server, { register }: { register: Register }): void {
  const own = (request: FastifyRequest) =>
    register.look(request.actor, act => photoStanding(act, request.actor.personId!))

  /** A holder's file: counted, only then unpacked, and kept by `keep`; nothing is done where it is the photo they sent last. */
  const take = (
    request: FastifyRequest,
    upload: Upload,
    keep: (picture: Picture) => Promise<Decision<object, PhotoRefusal>>,
  ): Promise<Decision<object, PictureRefusal | PhotoRefusal>> =>
    takeOn<object, PictureRefusal | PhotoRefusal>(upload, async ({ fileHash, read }) => {
      const tried = await register.aside(request.actor, act =>
        trySending(act, { personId: request.actor.personId!, fileHash }),
      )
      if (!tried.ok) return tried
      return tried.again
        ? yes({})
        : withVerdict(request, async () => {
            const found = await read()
            return found.ok ? keep(found.picture) : found
          })
    })

  /** A try counts with the verdict on its picture: where a fault of ours kept it from the holder, the try is given back. */
  async function withVerdict<Verdict>(
    request: FastifyRequest,
    work: () => Promise<Verdict>,
  ): Promise<Verdict> {
    try {
      return await work()
    } catch (fault) {
      const theirs = fault instanceof Problem && fault.status < 500
      const giveBack = (act: Act) => giveTryBack(act, request.actor.personId!)
      // Where not even that can be written, the first fault is the one to tell of, and the limit stays on the safe side.
      if (!theirs) await register.aside(request.actor, giveBack).catch(() => {})
      throw fault
    }
  }

  server.get(
    '/api/v1/me/photo',
    {
      config: { ...config, scope: 'card:read' },
      schema: { tags, summary: 'How it stands with my photo', response: { 200: PhotoStanding } },
    },
    request => own(request),
  )

  server.post(
    '/api/v1/me/photo',
    {
      config: { ...config, scope: 'card:manage' },
      bodyLimit: Math.ceil((largestPictureBytes * 4) / 3) + 1024,
      schema: {
        tags,
        summary: 'Send my photo; it counts once the office has accepted it',
        body: Type.Object(
          {
            picture: Type.String({
              contentEncoding: 'base64',
              pattern: '^[A-Za-z0-9+/]*={0,2}$',
              description: 'A JPEG, PNG or WebP of at most 8 MB',
            }),
          },
          { additionalProperties: false },
        ),
        response: { 200: PhotoStanding },
      },
    },
    request => sendAsText(request, request.body.picture),
  )

  async function sendAsText(request: FastifyRequest, text: string): Promise<PhotoStanding> {
    const file = Buffer.from(text, 'base64')
    const personId = request.actor.personId!
    const sent = await take(request, { file, cut: file.length > largestPictureBytes }, async picture => {
      await perform({ register, request, say: sayPhoto, changesAccess: false }, async act => {
        const taken = await takePhoto(act, { personId, by: 'holder', picture })
        return taken.ok ? taken : withoutOthers(taken)
      })
      return yes({})
    })
    if (!sent.ok) throw refusalProblem(sayPhoto, request.language, sent)
    return own(request)
  }

  async function showPicture(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const personId = request.actor.personId!
    const found = await register.look(request.actor, async act => {
      const sent = await newestSent(act, personId)
      const photo = sent?.accepted === null ? sent : await photoOf(act, personId)
      return photo && pictureOf(act, photo.id)
    })
    if (!found) throw problem(404, 'not-found', request.language)
    return sendPicture(reply, found.picture)
  }
  server.get(
    '/api/v1/me/photo/picture',
    {
      config: { ...config, scope: 'card:read' },
      schema: {
        tags,
        summary: 'My photo as JPEG: the one that waits, else the one that counts',
        produces: ['image/jpeg'],
      },
    },
    (request, reply) => showPicture(request, reply),
  )

  const path = '/my-card/photo'
  const show = async (request: FastifyRequest, reply: FastifyReply, refused: string | null) =>
    reply.page<typeof PhotoPage>('photo', { standing: await own(request), refused })

  server.get(path, { config, schema: { hide: true } }, (request, reply) => show(request, reply, null))
  server.get(`${path}/picture`, { config, schema: { hide: true } }, (request, reply) =>
    showPicture(request, reply),
  )
  takesFiles(server, { mostBytes: largestPictureBytes }, plain => {
    plain.post(path, { config, schema: { hide: true } }, async (request, reply) => {
      const personId = request.actor.personId!
      const sent = await take(request, await uploadedFile(request), picture =>
        register.aside(request.actor, act => takePhoto(act, { personId, by: 'holder', picture })),
      )
      if (sent.ok) return reply.redirect(path, 303)
      return show(request, reply, sayPhoto(withoutOthers(sent), request.language))
    })
  })
}
