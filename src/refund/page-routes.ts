import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Decision, Refused } from '../lib/decision.ts'
import type { Server } from '../server/http.ts'
import type { Register } from '../server/register.ts'
import { askRefund } from './ask-refund.ts'
import { changeRefund, withdrawRefund } from './change-refund.ts'
import type { DestinationField, TypedDestination } from './destination.ts'
import { sayRefund } from './refund-of.ts'
import type { RefundPage, RefusedForm } from './refund-page.tsx'
import { ownRefund, typedDestination } from './routes.ts'
import type { RefundRefusal } from './words.ts'

const CardId = Type.String({ pattern: '^[0-9]{1,15}$' })
const Form = Type.Object({ cardId: CardId, ...typedDestination })

const fields: readonly string[] = [
  'bank',
  'branch',
  'account',
  'iban',
  'address',
] satisfies DestinationField[]

/** What was not accepted, with what was typed: on the page that answers, and in no address or log. */
function refusedForm(
  request: FastifyRequest,
  refused: Refused<RefundRefusal>,
  { cardId, ...typed }: TypedDestination & { cardId: string },
): RefusedForm {
  const field = String(refused.facts.field ?? '')
  return {
    message: sayRefund(refused, request.language),
    field: fields.includes(field) ? (field as DestinationField) : null,
    typed: { cardId, ...typed },
  }
}

/** The page of refunds, with forms that work without scripts. */
export function refundPages(server: Server, { register }: { register: Register }): void {
  const config = { policy: 'student' } as const
  const path = '/my-card/refund'

  const show = async (request: FastifyRequest, reply: FastifyReply, refused: RefusedForm | null) => {
    const standing = await register.look(request.actor, act => ownRefund(act, request))
    return reply.page<typeof RefundPage>('refund', { standing, refused })
  }

  server.get(path, { config, schema: { hide: true } }, (request, reply) => show(request, reply, null))

  // What was wrong is told by the answer itself: an address is no place for an account number.
  for (const [action, does] of [
    [path, askRefund],
    [`${path}/change`, changeRefund],
  ] as const)
    server.post(action, { config, schema: { hide: true, body: Form } }, async (request, reply) => {
      const { cardId, ...to } = request.body
      const personId = request.actor.personId!
      const done = await register.aside(
        request.actor,
        (act): Promise<Decision<object, RefundRefusal>> =>
          does(act, { personId, cardId: Number(cardId), to }),
      )
      return done.ok
        ? reply.redirect(path, 303)
        : show(request, reply, refusedForm(request, done, request.body))
    })

  server.post(
    `${path}/withdraw`,
    { config, schema: { hide: true, body: Type.Object({ cardId: CardId }) } },
    async (request, reply) => {
      const { cardId } = request.body
      const personId = request.actor.personId!
      const done = await register.aside(request.actor, act =>
        withdrawRefund(act, { personId, cardId: Number(cardId) }),
      )
      return done.ok
        ? reply.redirect(path, 303)
        : show(request, reply, refusedForm(request, done, { way: 'bank', cardId }))
    },
  )
}
