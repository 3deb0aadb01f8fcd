import { Type } from 'typebox'
import { counterOf } from '../programme/rules.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import { keptSignature } from './kept-signature.ts'
import { shortHash, signedOn, signingManners } from './signature.ts'

const Reply = Type.Object({
  cardId: Type.Integer(),
  studentNumber: Type.String(),
  counter: orNull(Both),
  clerk: Type.String(),
  place: Type.Enum([...signedOn]),
  manner: Type.Enum([...signingManners]),
  picture: Type.String({ description: 'The drawing as SVG path data, or the typed name; else empty' }),
  text: Type.String({ description: 'The sentence that was signed, word for word' }),
  signedAt: Moment,
  hash: Type.String({ description: 'SHA-256 as hexadecimal' }),
  shortHash: Type.String({ description: 'As the receipt says it' }),
  fits: Type.Boolean({
    description:
      'Whether the hash, worked out anew from what is kept, is the one that was kept. False: something of it was changed',
  }),
  eraseOn: Type.String({ format: 'date' }),
})

/** What was signed for a card, for the office: with whether it is still what was signed. */
export function keptSignatureRoutes(server: Server, { register }: { register: Register }): void {
  server.get(
    '/api/v1/handovers/:card/signature',
    {
      config: { policy: ['office', 'auditor'] },
      schema: {
        tags: ['desk'],
        summary:
          'What was signed for a card, and whether it still is what was signed; reading it is journalled',
        params: Type.Object({ card: RowId }),
        response: { 200: Reply },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return register.look(request.actor, async act => {
        const programme = await programmeInForce(act)
        const kept = await keptSignature(act, request.params.card)
        if (kept === null) throw problem(404, 'not-found', request.language)
        const { counter, at, hash, eraseOn } = kept
        const named = counter === null ? null : counterOf(programme, counter)?.name
        return {
          cardId: kept.cardId,
          studentNumber: kept.studentNumber,
          counter: counter === null ? null : (named ?? { 'zh-TW': counter, en: counter }),
          clerk: kept.clerk,
          place: kept.place,
          manner: kept.manner,
          picture: kept.picture,
          text: kept.text,
          signedAt: at.toString(),
          hash: hash.toString('hex'),
          shortHash: shortHash(hash),
          fits: kept.fits,
          eraseOn: eraseOn.toString(),
        }
      })
    },
  )
}
