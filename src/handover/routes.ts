import type { FastifyRequest } from 'fastify'
import { type Refused, yes } from '../lib/decision.ts'
import type { Keys } from '../lib/keys.ts'
import type { Language } from '../lib/words.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Server } from '../server/http.ts'
import { perform } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { HandedOverReply, HandoverBody, ProofReply } from './api.ts'
import { type DeskRefusal, handOver } from './hand-over.ts'
import { makeProof, phoneKey, proofEnds } from './proof.ts'
import { sayDesk } from './words.ts'

const tags = ['desk']

/** A handover (the clerk's own counter is taken from the sign-in), and the student's live proof. */
export function handoverRoutes(
  server: Server,
  { register, proofKeys }: { register: Register; proofKeys: Keys },
): void {
  function answerHandover(request: FastifyRequest<{ Body: HandoverBody }>): Promise<HandedOverReply> {
    let programme: Programme | undefined
    // A refusal is only ever said by the act that met it, and that act has read the programme.
    const say = (refused: Refused<DeskRefusal>, language: Language) => sayDesk(refused, programme!, language)
    return perform({ register, request, say }, async act => {
      const [inForce, done] = await Promise.all([
        programmeInForce(act),
        handOver(act, request.body, proofKeys),
      ])
      programme = inForce
      if (!done.ok) return done
      const { studentNumber } = request.body
      return yes({ cardId: done.cardId, studentNumber, at: done.at.toString() })
    })
  }

  server.post(
    '/api/v1/desk/handovers',
    {
      config: { policy: 'desk', purpose: 'desk', shows: 'card' },
      schema: {
        tags,
        summary: 'Hand a card over',
        description:
          'Checks everything again (person, chip, evidence, signature) and keeps the handover with its signature. ' +
          'Send an Idempotency-Key: a repeat after a network failure gets the same answer.',
        body: HandoverBody,
        response: { 200: HandedOverReply },
      },
    },
    request => answerHandover(request),
  )

  server.get(
    '/api/v1/me/proof',
    {
      config: { policy: 'student', scope: 'card:read' },
      schema: {
        tags: ['me'],
        summary: 'My live proof for the desk',
        description:
          'Signed, for one handover, and good for `lifetimeSeconds`. Ask for a new one before it ends.',
        response: { 200: ProofReply },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return register.look(request.actor, async act => {
        const { appProof } = await programmeInForce(act)
        const whose = { personId: request.actor.personId!, now: act.now, ...appProof }
        const { stem, key, until, lifetimeSeconds } = phoneKey(proofKeys, whose)
        return {
          proof: makeProof(proofKeys, whose),
          expiresAt: proofEnds(act.now, lifetimeSeconds).toString(),
          lifetimeSeconds,
          phone: { stem, key, until: until.toString() },
        }
      })
    },
  )
}
