import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { refundWays } from '../programme/shape-cards.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import type { Act, Register } from '../server/register.ts'
import { askRefund } from './ask-refund.ts'
import { changeRefund, withdrawRefund } from './change-refund.ts'
import { addressLength } from './destination.ts'
import { refundOf, sayRefund } from './refund-of.ts'
import { type RefundStanding, RefundStandingShape } from './standing.ts'

const typed = (description: string, maxLength = 60) => Type.Optional(Type.String({ maxLength, description }))

/** Where the money goes, as somebody types it. There is no field for an amount. */
export const typedDestination = {
  way: Type.Enum([...refundWays]),
  bank: typed('Three digits'),
  branch: typed('Four digits'),
  account: typed('6 to 14 digits; zeros in front are filled in'),
  iban: typed('Where the programme’s banks have one in place of the three numbers'),
  address: typed('Of a registered letter', addressLength.most * 2),
}

const Asked = Type.Object({ cardId: RowId, ...typedDestination }, { additionalProperties: false })
/** What is said of an act that may have been done before. */
export const Again = Type.Object({
  again: Type.Boolean({ description: 'It was so already, and nothing changed' }),
})
const Done = Type.Object({
  ...Again.properties,
  refund: RefundStandingShape,
})

/** How the own refunds stand; a session whose person is gone is like no page at all. */
export async function ownRefund(act: Act, request: FastifyRequest): Promise<RefundStanding> {
  const standing = await refundOf(act, request.actor.personId!, request.language)
  if (standing === null) throw problem(404, 'not-found', request.language)
  return standing
}

/** The routes of a refund's holder: they ask, change and withdraw, at a desk through a clerk; and nobody at all pays. */
export function refundRoutes(server: Server, { register }: { register: Register }): void {
  const config = { policy: 'student' } as const
  const tags = ['me']
  const path = '/api/v1/me/refund'
  const response = { 200: Done }
  const performing = { register, say: sayRefund, changesAccess: false }

  server.get(
    path,
    {
      config,
      schema: {
        tags,
        summary: 'How refunds of what is on my cards stand, and for which card I may ask',
        description: 'The issuer pays, never a desk. What is on a card is known to the issuer alone.',
        response: { 200: RefundStandingShape },
      },
    },
    request => register.look(request.actor, act => ownRefund(act, request)),
  )

  server.post(
    path,
    {
      config,
      schema: {
        tags,
        summary: 'Ask the issuer to pay back what is on a card of mine',
        description:
          'For an old card once the new one is active or its campus access is over, for a lost card once the issuer was ' +
          'told, and for who has left. Asking the same again is harmless.',
        body: Asked,
        response,
      },
    },
    request =>
      perform({ ...performing, request }, async act => {
        const { cardId, ...to } = request.body
        const done = await askRefund(act, { personId: request.actor.personId!, cardId, to })
        return done.ok ? { ...done, refund: await ownRefund(act, request) } : done
      }),
  )

  server.put(
    path,
    {
      config,
      schema: {
        tags,
        summary: 'Change where the money goes',
        description:
          'While the case was not sent, and after the issuer could not pay: then it is sent again.',
        body: Asked,
        response,
      },
    },
    request =>
      perform({ ...performing, request }, async act => {
        const { cardId, ...to } = request.body
        const done = await changeRefund(act, { personId: request.actor.personId!, cardId, to })
        return done.ok ? { ...done, refund: await ownRefund(act, request) } : done
      }),
  )

  server.delete(
    path,
    {
      config,
      schema: {
        tags,
        summary: 'Withdraw a refund that was not sent yet',
        description: 'Where the money was to go is erased, and what is on the card can go on being spent.',
        querystring: Type.Object({ cardId: RowId }),
        response,
      },
    },
    request =>
      perform({ ...performing, request }, async act => {
        const { cardId } = request.query
        const done = await withdrawRefund(act, { personId: request.actor.personId!, cardId })
        return done.ok ? { ...done, refund: await ownRefund(act, request) } : done
      }),
  )
}
