import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Decision } from '../lib/decision.ts'
import type { Server } from '../server/http.ts'
import { perform, sayFrom } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import type { ExtrasPage } from './extras-page.tsx'
import { ExtrasShape, listExtras, MarkShape } from './list-extras.ts'
import { markExtra, setRunsUntil } from './mark-extra.ts'
import { type MarkRefusal, markRefusals, marks } from './rules.ts'
import { words } from './words.ts'

const tags = ['me']
const config = { policy: 'student' } as const
/** An item of the checklist by the programme's own id. */
export const ItemId = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' })
/** What is said of a mark. */
export const Again = Type.Object({ again: Type.Boolean({ description: 'It had been said before' }) })

const say = sayFrom({ 'zh-TW': words['zh-TW'].refusals, en: words.en.refusals })

/** The page again, at the item that was spoken of; with what was refused. */
function backTo(item: string, done: Decision<object, MarkRefusal>): string {
  if (done.ok) return `/my-card/extras#extra-${item}`
  return `/my-card/extras?item=${item}&refused=${done.refusal}#extra-${item}`
}

/** The routes of extras: the holder's own checklist, on a page of its own and for programs. */
export function extrasRoutes(server: Server, { register }: { register: Register }): void {
  const mine = (request: FastifyRequest): number => request.actor.personId!

  server.get(
    '/my-card/extras',
    {
      config,
      schema: {
        hide: true,
        querystring: Type.Object({
          item: Type.Optional(Type.String({ maxLength: 63 })),
          refused: Type.Optional(Type.String({ maxLength: 40 })),
        }),
      },
    },
    async (request, reply) => {
      const extras = await register.look(request.actor, act =>
        listExtras(act, mine(request), request.language),
      )
      const { item = '' } = request.query
      const refusal = markRefusals.find(each => each === request.query.refused)
      return reply.page<typeof ExtrasPage>('extras', { extras, refused: refusal ? { item, refusal } : null })
    },
  )

  server.post(
    '/my-card/extras',
    {
      config,
      schema: { hide: true, body: Type.Object({ item: ItemId, mark: Type.Enum([...marks, 'none']) }) },
    },
    async (request, reply) => {
      const { item, mark } = request.body
      const said = { personId: mine(request), item, mark: mark === 'none' ? null : mark }
      const done = await register.aside(request.actor, act => markExtra(act, said))
      return reply.redirect(backTo(item, done), 303)
    },
  )

  server.post(
    '/my-card/extras/runs-until',
    {
      config,
      schema: { hide: true, body: Type.Object({ item: ItemId, until: Type.String({ maxLength: 40 }) }) },
    },
    async (request, reply) => {
      const { item, until } = request.body
      const said = { personId: mine(request), item, until }
      const done = await register.aside(request.actor, act => setRunsUntil(act, said))
      return reply.redirect(backTo(item, done), 303)
    },
  )

  server.get(
    '/api/v1/me/extras',
    {
      config: { ...config, scope: 'card:read' },
      schema: {
        tags,
        summary: 'What does not move from my old card to the new one',
        description:
          'What the programme names for everybody (commuter pass, library card …), and the doors that were opened ' +
          'for an earlier card one by one, each with how far it is on the newest card. What has money in it comes first.',
        response: { 200: ExtrasShape },
      },
    },
    request => register.look(request.actor, act => listExtras(act, mine(request), request.language)),
  )

  server.put(
    '/api/v1/me/extras/:item/mark',
    {
      config: { ...config, scope: 'card:manage' },
      schema: {
        tags,
        summary: 'Tick an item off, as done or not mine; null takes it back',
        params: Type.Object({ item: ItemId }),
        body: Type.Object({ mark: MarkShape }, { additionalProperties: false }),
        response: { 200: Again },
      },
    },
    request =>
      perform({ register, request, say, changesAccess: false }, act =>
        markExtra(act, { personId: mine(request), item: request.params.item, mark: request.body.mark }),
      ),
  )

  server.put(
    '/api/v1/me/extras/:item/runs-until',
    {
      config: { ...config, scope: 'card:manage' },
      schema: {
        tags,
        summary: 'Note until when my commuter pass runs; null erases it',
        params: Type.Object({ item: ItemId }),
        body: Type.Object(
          { until: Type.Union([Type.String({ format: 'date' }), Type.Null()]) },
          { additionalProperties: false },
        ),
        response: { 200: Again },
      },
    },
    request =>
      perform({ register, request, say, changesAccess: false }, act =>
        setRunsUntil(act, {
          personId: mine(request),
          item: request.params.item,
          until: request.body.until ?? '',
        }),
      ),
  )
}
