import { Type } from 'typebox'
import type { FindRefusal } from '../card/find-card.ts'
import { words as cardWords } from '../card/words.ts'
import type { Refused } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import type { Policy, Server } from '../server/http.ts'
import { refusalProblem } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { doorAsked } from './history-store.ts'
import { whyDoorRefuses } from './why.ts'
import { whyReply } from './why-reply.ts'
import { Why, WhyAsked } from './why-shapes.ts'

const readers: Policy = ['access', 'office', 'auditor']

const sayFind = (refused: Refused<FindRefusal>, language: Language): string =>
  cardWords[language].find[refused.refusal](refused.facts)

/** What an access keeper asks of a door and a person who stands before it. */
export function whyRoutes(server: Server, { register }: { register: Register }): void {
  server.post(
    '/api/v1/doors/:id/why',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors', narrows: true },
      schema: {
        tags: ['update'],
        summary: 'Why a door refuses a person, in one sentence',
        description:
          'The first reason that applies, of the card that comes furthest; and for each card what is decided, what the ' +
          'controller confirmed and answered, and its number in each format. Written in the journal. Changes nothing.',
        params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 60 }) }),
        body: WhyAsked,
        response: { 200: Why },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      const asked = await register.look(request.actor, async act => {
        const door = await doorAsked(act, request.params.id)
        if (door === null) throw problem(404, 'not-found', request.language)
        return whyDoorRefuses(act, { door, who: request.body.who, language: request.language })
      })
      if (!asked.ok) throw refusalProblem(sayFind, request.language, asked)
      return whyReply(asked.seen, request.language)
    },
  )
}
