import { Type } from 'typebox'
import type { Refused } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Server } from '../server/http.ts'
import { perform, refusalProblem } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import {
  CountersReply,
  FoundReply,
  foundReply,
  MoveBody,
  MovedReply,
  RetireBody,
  RetiredReply,
  SearchBody,
} from './card-api.ts'
import { cardFileRoutes } from './file-routes.ts'
import { type FindRefusal, findCard } from './find-card.ts'
import { moveCard } from './move-card.ts'
import { losslessFormats } from './read-chip.ts'
import { usualDeskFormat } from './read-scan.ts'
import { retireCard } from './retire-card.ts'
import type { StockActRefusal } from './rules.ts'
import { words } from './words.ts'

const tags = ['cards']
const config = { policy: 'office', purpose: 'cards', shows: 'card' } as const
const CardId = Type.Object({
  id: Type.Integer({
    minimum: 1,
    maximum: Number.MAX_SAFE_INTEGER,
    description: 'The register’s own id, no card number',
  }),
})

const sayFind = (refused: Refused<FindRefusal>, language: Language): string =>
  words[language].find[refused.refusal](refused.facts)

/** A refusal of an act on one card, with the words for what became of it. */
function sayStock({ refusal, facts }: Refused<StockActRefusal>, language: Language): string {
  const w = words[language]
  const { reason } = facts
  const said = typeof reason === 'string' ? { ...facts, reason: w.retired[reason] ?? reason } : facts
  return w.stock[refusal](said)
}

/** The office's routes of cards: files of them, and one card found, retired, or put elsewhere. */
export function cardRoutes(server: Server, { register }: { register: Register }): void {
  cardFileRoutes(server, { register })

  server.get(
    '/api/v1/cards/places',
    {
      config,
      schema: {
        tags,
        summary: 'The counters at which cards may lie, and the number formats that identify a card',
        response: { 200: CountersReply },
      },
    },
    request =>
      register.look(request.actor, async act => ({
        counters: (await programmeInForce(act)).counters.map(({ id, name }) => ({ id, name })),
        formats: losslessFormats.map(id => ({ id, name: words[request.language].formats[id] })),
      })),
  )

  server.post(
    '/api/v1/cards/search',
    {
      config,
      schema: {
        tags,
        summary: 'Find a card by a tap, a number on it or at a door, or its student',
        description:
          'Answers with every card it may be, what waits first, and what each is now. Written in the journal.',
        body: SearchBody,
        response: { 200: FoundReply },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      const { scan, readerFormat = usualDeskFormat } = request.body
      const found = await register.look(request.actor, act => findCard(act, { scan, readerFormat }))
      if (!found.ok) throw refusalProblem(sayFind, request.language, found)
      return foundReply(found.found, found.programme, request.language)
    },
  )

  server.post(
    '/api/v1/cards/:id/retirement',
    {
      config,
      schema: {
        tags,
        summary: 'Retire a card that nobody has collected',
        description: 'Final: it is never handed over, and its numbers at the doors become free.',
        params: CardId,
        body: RetireBody,
        response: { 200: RetiredReply },
      },
    },
    request =>
      perform({ register, request, say: sayStock }, act =>
        retireCard(act, { cardId: request.params.id, reason: request.body.reason }),
      ),
  )

  server.post(
    '/api/v1/cards/:id/place',
    {
      config,
      schema: {
        tags,
        summary: 'Put a waiting card into another counter’s box',
        description: 'Its student is sent there from now on.',
        params: CardId,
        body: MoveBody,
        response: { 200: MovedReply },
      },
    },
    request =>
      perform({ register, request, say: sayStock }, act =>
        moveCard(act, { cardId: request.params.id, ...request.body }),
      ),
  )
}
