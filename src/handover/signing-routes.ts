import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Refused, yes } from '../lib/decision.ts'
import type { Keys } from '../lib/keys.ts'
import type { Language } from '../lib/words.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform, type Say } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { becomeTablet } from '../server/sessions.ts'
import { askToSign } from './ask-to-sign.ts'
import { type Answerer, answerRequest, type SignedBy, withdrawRequest } from './signing.ts'
import {
  AskedToSignReply,
  AskToSignBody,
  ClerksReply,
  LayTabletBody,
  MySignatureBody,
  MySigning,
  RefusalBody,
  SignedReply,
  TabletBegun,
  TabletReply,
  TabletSignatureBody,
} from './signing-api.ts'
import type { AnsweringRefusal } from './signing-rules.ts'
import { clerksAt, mySigning, tabletSees } from './signing-view.ts'
import { answeringWords } from './signing-words.ts'
import { type DeskSays, sayDesk } from './words.ts'

const sayAnswering: Say<AnsweringRefusal> = ({ refusal }, language) => answeringWords(refusal, language)

/** Signing on one's own phone and on a desk's tablet: asked at the desk, answered there, seen at the desk by itself. */
export function signingRoutes(
  server: Server,
  { register, proofKeys }: { register: Register; proofKeys: Keys },
): void {
  const answers = (request: FastifyRequest, id: number, by: Answerer, given: SignedBy | null) =>
    perform({ register, request, say: sayAnswering, changesAccess: false }, async act => {
      const answered = await answerRequest(act, id, { by, given })
      if (answered === null) throw problem(404, 'not-found', request.language)
      return answered.ok ? yes({ request: id, signed: given !== null }) : answered
    })

  server.post(
    '/api/v1/desk/signatures',
    {
      config: { policy: 'desk', purpose: 'desk', shows: 'card' },
      schema: {
        tags: ['desk'],
        summary: 'Ask who stands here to sign on their own phone, or on the desk’s tablet',
        description:
          'Refused while anything but the signature is missing, while another desk is asking, and of a proxy the phone. Asked ' +
          'again for the same card it is the same question. Looking up again tells what came of it (`signing`).',
        body: AskToSignBody,
        response: { 200: AskedToSignReply },
      },
    },
    (request: FastifyRequest<{ Body: AskToSignBody }>) => {
      let programme: Programme | undefined
      const say = (refused: Refused<DeskSays>, language: Language) => sayDesk(refused, programme!, language)
      return perform({ register, request, say, changesAccess: false }, async act => {
        programme = await programmeInForce(act)
        const asked = await askToSign(act, request.body, proofKeys)
        return asked.ok ? yes({ ...asked, goodUntil: asked.goodUntil.toString() }) : asked
      })
    },
  )

  server.post(
    '/api/v1/desk/signatures/:id/withdrawal',
    {
      config: { policy: 'desk', purpose: 'desk', shows: 'card' },
      schema: {
        tags: ['desk'],
        summary: 'Ask no longer: phone and tablet show it no more; what was used stays',
        params: Type.Object({ id: RowId }),
        response: { 200: Type.Object({ request: Type.Integer() }) },
      },
    },
    (request: FastifyRequest<{ Params: { id: number } }>) =>
      perform({ register, request, say: () => '', changesAccess: false }, async act => {
        const { id } = request.params
        if (!(await withdrawRequest(act, id))) throw problem(404, 'not-found', request.language)
        return yes({ request: id })
      }),
  )

  server.get(
    '/api/v1/me/signature',
    {
      config: { policy: 'student', scope: 'card:read' },
      schema: {
        tags: ['me'],
        summary: 'What a desk asks me to sign just now, or what I answered until the card is mine',
        response: { 200: MySigning },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return register.look(request.actor, act => mySigning(act, request.actor.personId!))
    },
  )

  server.post(
    '/api/v1/me/signature',
    {
      config: { policy: 'student', scope: 'card:manage' },
      schema: {
        tags: ['me'],
        summary: 'Sign for what a desk asks: with the button, my name, or lines',
        body: MySignatureBody,
        response: { 200: SignedReply },
      },
    },
    (request: FastifyRequest<{ Body: MySignatureBody }>) => {
      const { request: id, ...given } = request.body
      return answers(request, id, { place: 'phone', personId: request.actor.personId! }, given)
    },
  )

  server.post(
    '/api/v1/me/signature/refusal',
    {
      config: { policy: 'student', scope: 'card:manage' },
      schema: {
        tags: ['me'],
        summary: 'This is not my card: the desk does not hand it over',
        body: RefusalBody,
        response: { 200: SignedReply },
      },
    },
    (request: FastifyRequest<{ Body: { request: number } }>) =>
      answers(request, request.body.request, { place: 'phone', personId: request.actor.personId! }, null),
  )

  server.post(
    '/api/v1/desk/tablet',
    {
      config: { policy: 'desk', purpose: 'desk', shows: 'card' },
      schema: {
        tags: ['desk'],
        summary:
          'Make this device the tablet that lies before students: nothing but signing can be reached with it',
        description:
          'It lies before that clerk of this counter, or before who lays it, until somebody signs in on it anew: whoever holds ' +
          'it cannot change before whom. There is no way back with the same session. 404: no clerk of this counter.',
        body: LayTabletBody,
        response: { 200: TabletBegun },
      },
    },
    request => layTablet(request),
  )

  async function layTablet(request: FastifyRequest<{ Body: LayTabletBody }>): Promise<{ tablet: boolean }> {
    const { actor, body, language, sessionToken } = request
    const clerk = body.clerk ?? actor.id
    return register.aside(actor, async act => {
      if (!(await becomeTablet(act, sessionToken!, clerk))) throw problem(404, 'not-found', language)
      await act.note({ act: 'tablet laid before students', facts: { clerk } })
      return { tablet: true }
    })
  }

  server.get(
    '/api/v1/desk/tablet',
    {
      config: { policy: 'desk', purpose: 'desk', shows: 'card' },
      schema: {
        tags: ['desk'],
        summary: 'The clerks of my counter, before one of whom a tablet is laid',
        response: { 200: ClerksReply },
      },
    },
    request => register.look(request.actor, clerksAt),
  )

  /** The clerk at whose desk the tablet lies: the session says so, and nobody who holds it. */
  const atDeskOf = ({ actor }: FastifyRequest): Answerer & { place: 'tablet' } => ({
    place: 'tablet',
    clerk: actor.id,
    counter: actor.counter ?? '',
  })

  server.post(
    '/api/v1/tablet',
    {
      config: { policy: 'tablet' },
      schema: {
        tags: ['desk'],
        summary: 'What is to be signed on this tablet just now',
        body: Type.Object({}, { additionalProperties: false }),
        response: { 200: TabletReply },
      },
    },
    request => register.look(request.actor, tabletSees),
  )

  server.post(
    '/api/v1/tablet/signature',
    {
      config: { policy: 'tablet' },
      schema: {
        tags: ['desk'],
        summary: 'Sign on the tablet: with lines, a name, or a button that the clerk witnesses',
        body: TabletSignatureBody,
        response: { 200: SignedReply },
      },
    },
    (request: FastifyRequest<{ Body: TabletSignatureBody }>) => {
      const { request: id, ...given } = request.body
      return answers(request, id, atDeskOf(request), given)
    },
  )

  server.post(
    '/api/v1/tablet/refusal',
    {
      config: { policy: 'tablet' },
      schema: {
        tags: ['desk'],
        summary: 'This is not my card, said on the tablet',
        body: RefusalBody,
        response: { 200: SignedReply },
      },
    },
    (request: FastifyRequest<{ Body: { request: number } }>) =>
      answers(request, request.body.request, atDeskOf(request), null),
  )
}
