import { Type } from 'typebox'
import { forPresent, present } from '../handover/present.ts'
import { sayAtDesk } from '../handover/present-words.ts'
import { yes } from '../lib/decision.ts'
import type { Server } from '../server/http.ts'
import { perform } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { activateCard, type Typed } from './activate.ts'
import { PromiseShape, promiseReply } from './routes.ts'
import { digitsAsked } from './rules.ts'
import { words } from './words.ts'

/** How refusals of an activation at a desk are said. */
export const sayActivationAtDesk = sayAtDesk({
  'zh-TW': { ...words['zh-TW'].refusal, ...words['zh-TW'].atDesk },
  en: { ...words.en.refusal, ...words.en.atDesk },
})

/** The same act for a person who stands at a desk, with their new card in hand; the journal says who did it for whom. */
export function activationDeskRoutes(server: Server, { register }: { register: Register }): void {
  server.post(
    '/api/v1/desk/people/activation',
    {
      config: { policy: ['desk', 'office'], purpose: 'desk', shows: 'card' },
      schema: {
        tags: ['desk'],
        summary: 'Activate a new card, for its holder who is present',
        description:
          'As `POST /api/v1/me/card/activation`: one of the two, read from the card or its letter.',
        body: Type.Union([
          present({
            lastDigits: Type.String({
              maxLength: 16,
              description: `Last ${digitsAsked} digits of the printed number`,
            }),
          }),
          present({
            carrierCode: Type.String({
              maxLength: 40,
              description: 'The code on the letter that came with the card, of equal rank',
            }),
          }),
        ]),
        response: { 200: Type.Object({ again: Type.Boolean(), promise: PromiseShape }) },
      },
    },
    request =>
      perform({ register, request, say: sayActivationAtDesk }, act => {
        const { body } = request
        const typed: Typed =
          'carrierCode' in body ? { carrierCode: body.carrierCode } : { lastDigits: body.lastDigits }
        return forPresent(act, body, async (forThem, personId) => {
          const done = await activateCard(forThem, { personId, ...typed })
          return done.ok ? yes({ again: done.again, promise: promiseReply(done.promise) }) : done
        })
      }),
  )
}
