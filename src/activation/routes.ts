import { Type } from 'typebox'
import { yes } from '../lib/decision.ts'
import type { Server } from '../server/http.ts'
import { perform, sayFrom } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { Moment } from '../server/shapes.ts'
import { activateCard } from './activate.ts'
import { digitsAsked } from './rules.ts'
import type { Switch } from './store.ts'
import { words } from './words.ts'

/** What was promised: which window carries the switch, and from when which card opens doors. */
export const PromiseShape = Type.Object(
  {
    cardId: Type.Integer(),
    activatedAt: Moment,
    carriedBy: Type.String({ description: 'Start of the update window; the moment itself when atOnce' }),
    atOnce: Type.Boolean({ description: 'The new card did not wait for a window' }),
    oldOpensUntil: Type.Union([Moment, Type.Null()]),
    newOpensFrom: Moment,
  },
  { $id: 'SwitchPromise' },
)

/** A promise as the API says it. */
export const promiseReply = (promise: Switch): Type.Static<typeof PromiseShape> => ({
  cardId: promise.cardId,
  activatedAt: promise.at.toString(),
  carriedBy: promise.carriedBy.toString(),
  atOnce: promise.atOnce,
  oldOpensUntil: promise.oldUntil?.toString() ?? null,
  newOpensFrom: promise.newFrom.toString(),
})

/** How refusals of activation are said. */
export const sayActivation = sayFrom({ 'zh-TW': words['zh-TW'].refusal, en: words.en.refusal })

/** The routes of activation: the holder's own, and nobody else's. */
export function activationRoutes(server: Server, { register }: { register: Register }): void {
  server.post(
    '/api/v1/me/card/activation',
    {
      config: { policy: 'student', scope: 'card:activate' },
      schema: {
        tags: ['me'],
        summary: 'Activate my new card',
        description:
          'Ends the old card’s campus access in the register at once; the doors follow at the promised window. ' +
          'Repeating it is harmless and answers with the same promise.',
        body: Type.Union([
          Type.Object(
            {
              lastDigits: Type.String({
                maxLength: 16,
                description: `Last ${digitsAsked} digits of the printed number`,
              }),
            },
            { additionalProperties: false },
          ),
          Type.Object(
            {
              carrierCode: Type.String({
                maxLength: 40,
                description: 'The code on the letter that came with the card, of equal rank',
              }),
            },
            { additionalProperties: false },
          ),
        ]),
        response: { 200: Type.Object({ again: Type.Boolean(), promise: PromiseShape }) },
      },
    },
    request =>
      perform({ register, request, say: sayActivation }, async act => {
        const personId = request.actor.personId!
        const done = await activateCard(act, { personId, ...request.body })
        return done.ok ? yes({ again: done.again, promise: promiseReply(done.promise) }) : done
      }),
  )
}
