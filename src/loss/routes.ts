import { Type } from 'typebox'
import { yes } from '../lib/decision.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform, sayFrom } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { reportLost } from './report-lost.ts'
import { words } from './words.ts'

/** How refusals of a loss report are said. */
export const sayLoss = sayFrom({ 'zh-TW': words['zh-TW'].refusal, en: words.en.refusal })

/** The routes of loss: the holder reports the own card. */
export function lossRoutes(server: Server, { register }: { register: Register }): void {
  server.post(
    '/api/v1/me/card/loss',
    {
      config: { policy: 'student' },
      schema: {
        tags: ['me'],
        summary: 'Report my card lost',
        description:
          'Ends the campus access of the card at once, at every door that can be reached. Stored value is the ' +
          'issuer’s and is not touched.',
        body: Type.Object({ cardId: RowId }, { additionalProperties: false }),
        response: {
          200: Type.Object({ again: Type.Boolean(), reportedAt: Type.String({ format: 'date-time' }) }),
        },
      },
    },
    request =>
      perform({ register, request, say: sayLoss }, async act => {
        const done = await reportLost(act, { personId: request.actor.personId!, cardId: request.body.cardId })
        return done.ok ? yes({ again: done.again, reportedAt: done.at.toString() }) : done
      }),
  )
}
