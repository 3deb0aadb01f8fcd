import { Type } from 'typebox'
import type { Server } from '../server/http.ts'
import { perform, refusalProblem, sayFrom } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { LetterBody, LetterPreview, SendBody, SentReply } from './api.ts'
import { letterRefusalWords } from './letter-words.ts'
import { previewLetter, sendLetter } from './letters.ts'
import { onlyOf } from './routes.ts'

const tags = ['overview']
const config = { policy: 'office', purpose: 'messages', shows: 'list' } as const
const say = sayFrom(letterRefusalWords)

/** The office writes to exactly the people of a list. */
export function letterRoutes(server: Server, { register }: { register: Register }): void {
  server.post(
    '/api/v1/overview/letters/preview',
    {
      config,
      schema: {
        tags,
        summary: 'A letter as one of its readers would get it, and to how many it goes; sends nothing',
        description:
          'Values in braces are filled in for each person: {name}, {where}, and those of the programme. `look` says as the how manieth of them.',
        body: Type.Object({
          ...LetterBody.properties,
          look: Type.Optional(Type.Integer({ minimum: 0, maximum: 20_000 })),
        }),
        response: { 200: LetterPreview },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      const { list, subject, body, look = 0 } = request.body
      const which = { list, only: onlyOf(request.body) }
      const made = await register.look(request.actor, act =>
        previewLetter(act, { which, letter: { subject, body }, look }),
      )
      if (!made.ok) throw refusalProblem(say, request.language, made)
      const { ok: _ok, ...preview } = made
      return preview
    },
  )

  server.post(
    '/api/v1/overview/letters',
    {
      config,
      schema: {
        tags,
        summary: 'Send the letter that was previewed to exactly those people, once each',
        description:
          'Refused where list or text have changed since the preview. A second tap sends nothing twice.',
        body: SendBody,
        response: { 200: SentReply },
      },
    },
    request => {
      const { list, subject, body, draft, seal, people } = request.body
      const sent = {
        which: { list, only: onlyOf(request.body) },
        letter: { subject, body },
        draft,
        seal,
        people,
      }
      return perform({ register, request, say, changesAccess: false }, act => sendLetter(act, sent))
    },
  )
}
