import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { askCorrection, takeBackCorrection } from './correction.ts'
import { longestCorrection } from './correction-rules.ts'
import {
  CorrectionShown,
  mostOwnCorrections,
  ownCorrections,
  PartAsked,
  sayCorrection,
} from './correction-shown.ts'
import type { OwnDataPage } from './own-page.tsx'
import { ownPageOf } from './own-routes.ts'

const tags = ['me']
const config = { policy: 'student' } as const
const page = '/my-card/data'
const One = Type.Object({ id: RowId })

/** What a student has corrected of what is kept of them, over the API and by forms that work without scripts. */
export function myCorrectionRoutes(server: Server, { register }: { register: Register }): void {
  server.get(
    '/api/v1/me/corrections',
    {
      config: { ...config, scope: 'card:data' },
      schema: {
        tags,
        summary: 'Corrections that I asked for: what waits first, then the newest',
        description: `At most ${mostOwnCorrections}.`,
        response: { 200: Type.Object({ corrections: Type.Array(CorrectionShown) }) },
      },
    },
    request =>
      register.look(request.actor, async act => ({
        corrections: await ownCorrections(act, request.actor.personId!),
      })),
  )

  server.post(
    '/api/v1/me/corrections',
    {
      config: { ...config, scope: 'card:manage' },
      schema: {
        tags,
        summary: 'Ask for a correction, in words; one at a time under each heading',
        body: Type.Object(
          { part: PartAsked, wrong: Type.String({ maxLength: longestCorrection }) },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ id: Type.Integer(), dueOn: Type.String({ format: 'date' }) }),
        },
      },
    },
    request =>
      perform({ register, request, say: sayCorrection, changesAccess: false }, act =>
        askCorrection(act, { personId: request.actor.personId!, ...request.body }),
      ),
  )

  const takeBack = (request: FastifyRequest<{ Params: { id: number } }>) =>
    perform({ register, request, say: sayCorrection, changesAccess: false }, async act => {
      const own = { personId: request.actor.personId!, id: request.params.id }
      const done = await takeBackCorrection(act, own)
      if (done === null) throw problem(404, 'not-found', request.language)
      return done
    })

  server.post(
    '/api/v1/me/corrections/:id/withdrawal',
    {
      config: { ...config, scope: 'card:manage' },
      schema: {
        tags,
        summary: 'Take a correction back that I asked for, as long as nobody has answered',
        params: One,
        response: { 200: Type.Object({}) },
      },
    },
    request => takeBack(request),
  )

  server.post(
    `${page}/corrections`,
    {
      config,
      schema: {
        hide: true,
        // Of the longer text it is told how much too long it is, and it stays in the form.
        body: Type.Object({ part: PartAsked, wrong: Type.String({ maxLength: 10 * longestCorrection }) }),
      },
    },
    async (request, reply) => {
      const { part, wrong } = request.body
      const asked = { personId: request.actor.personId!, part, wrong }
      const done = await register.aside(request.actor, act => askCorrection(act, asked))
      if (done.ok) return reply.redirect(`${page}#corrections`, 303)
      const refused = { part, wrong, why: sayCorrection(done, request.language) }
      const props = await register.look(request.actor, act => ownPageOf(act, request, { refused }))
      void reply.code(409).header('cache-control', 'no-store')
      return reply.page<typeof OwnDataPage>('own-data', props)
    },
  )

  server.post(
    `${page}/corrections/:id/withdrawal`,
    { config, schema: { hide: true, params: One } },
    async (request, reply) => {
      const own = { personId: request.actor.personId!, id: request.params.id }
      const done = await register.aside(request.actor, act => takeBackCorrection(act, own))
      if (done === null) throw problem(404, 'not-found', request.language)
      // What was answered meanwhile is shown as it now is.
      return reply.redirect(`${page}#corrections`, 303)
    },
  )
}
