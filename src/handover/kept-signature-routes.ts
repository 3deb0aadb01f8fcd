import { Type } from 'typebox'
import { both, bothNames } from '../lib/both.ts'
import { nameOf } from '../programme/name-of.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { Moment } from '../server/shapes.ts'
import { keptSignature } from './kept-signature.ts'
import { KeptSignatureReply } from './kept-signature-api.ts'
import { shortHash } from './signature.ts'

/** What was signed for a card, for the office: with whether it is still what was signed. */
export function keptSignatureRoutes(server: Server, { register }: { register: Register }): void {
  server.get(
    '/api/v1/handovers/:card/signature',
    {
      config: { policy: ['office', 'auditor'], purpose: 'question', shows: 'signature' },
      schema: {
        tags: ['desk'],
        summary:
          'What was signed for a card, and whether it still is what was signed; reading it is journalled',
        params: Type.Object({ card: RowId }),
        querystring: Type.Object({
          at: Type.Optional({
            ...Moment,
            description:
              'Of which handover of the card: when it was done. Without it the one that stands, else the last that was undone',
          }),
        }),
        response: { 200: KeptSignatureReply },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return register.look(request.actor, async act => {
        const programme = await programmeInForce(act)
        const { at: handedOverAt } = request.query
        const kept = await keptSignature(
          act,
          request.params.card,
          handedOverAt === undefined ? null : Temporal.Instant.from(handedOverAt),
        )
        if (kept === null) throw problem(404, 'not-found', request.language)
        const { counter, at, hash, eraseOn, undone } = kept
        return {
          cardId: kept.cardId,
          studentNumber: kept.studentNumber,
          name: bothNames(kept),
          ending: kept.ending,
          counter: counter === null ? null : nameOf(programme.counters, counter),
          clerk: kept.clerk,
          clerkName: both(kept.clerkZh, kept.clerkEn),
          place: kept.place,
          manner: kept.manner,
          picture: kept.picture,
          text: kept.text,
          signedAt: at.toString(),
          hash: hash.toString('hex'),
          shortHash: shortHash(hash),
          fits: kept.fits,
          eraseOn: eraseOn.toString(),
          undone: undone && {
            at: undone.at.toString(),
            why: undone.why,
            by: { 'zh-TW': undone.byZh, en: undone.byEn },
          },
        }
      })
    },
  )
}
