import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Server } from '../server/http.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { longestDrawing } from './drawing.ts'
import { answerRequest, type SignedBy } from './signing.ts'

/** Forms send text. */
const asked = {
  request: Type.String({ pattern: '^[1-9][0-9]{0,14}$' }),
  language: Type.Enum(['zh-TW', 'en']),
}
const Form = Type.Object({
  ...asked,
  manner: Type.Enum(['confirmed', 'typed', 'drawn']),
  picture: Type.Optional(Type.String({ maxLength: longestDrawing })),
})

/** The forms of signing on My card, which work without scripts. */
export function signingPages(server: Server, { register }: { register: Register }): void {
  const config = { policy: 'student' } as const

  async function answers(request: FastifyRequest, id: number, given: SignedBy | null): Promise<string> {
    const personId = request.actor.personId!
    const done = await register.aside(request.actor, act =>
      answerRequest(act, id, { by: { place: 'phone', personId }, given }),
    )
    if (done === null) throw problem(404, 'not-found', request.language)
    return done.ok ? '/my-card' : `/my-card?sign=${done.refusal}#sign`
  }

  server.post(
    '/my-card/signature',
    { config, schema: { hide: true, body: Form } },
    async (request, reply) => {
      const { request: id, language, manner, picture = '' } = request.body
      return reply.redirect(await answers(request, Number(id), { manner, picture, language }), 303)
    },
  )

  server.post(
    '/my-card/signature/refusal',
    { config, schema: { hide: true, body: Type.Object(asked) } },
    async (request, reply) => reply.redirect(await answers(request, Number(request.body.request), null), 303),
  )
}
