import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Decision, Facts } from '../lib/decision.ts'
import type { Server } from '../server/http.ts'
import { problem } from '../server/problem.ts'
import type { Act } from '../server/register.ts'
import type { ConfirmLossPage } from './confirm-loss.tsx'
import { foundAgain, withdrawLoss } from './found-again.ts'
import type { ReplacementProduced } from './missing.ts'
import type { MissingCardPage, MissingCardProps } from './missing-card.tsx'
import { missingCards, missingFacts, ReportQuery, refusalFacts, reportStep } from './missing-facts.ts'
import { pauseAccess, resumeAccess } from './pause.ts'
import { reportLost } from './report-lost.ts'
import type { LossRooms } from './routes.ts'
import { words } from './words.ts'

/** What a page says of a missing card; a session whose person is gone is like no page at all. */
async function pageFacts(act: Act, request: FastifyRequest, replacementProduced: ReplacementProduced) {
  const facts = await missingFacts(act, request.actor.personId!, replacementProduced)
  if (facts === null) throw problem(404, 'not-found', request.language)
  return facts
}

const CardId = Type.String({ pattern: '^[0-9]{1,15}$' })
const Instant = Type.String({ format: 'date-time', maxLength: 40 })
const config = { policy: 'student' } as const

/** The pages of a card that is missing; they work without scripts, and what cannot be undone takes two steps. */
export function missingCardRoutes(server: Server, { register, replacementProduced }: LossRooms): void {
  server.get(
    '/my-card/loss',
    {
      config,
      schema: {
        hide: true,
        querystring: Type.Object({ refused: Type.Optional(Type.String({ maxLength: 40 })) }),
      },
    },
    async (request, reply) => {
      const { language } = request
      const props = await register.look(request.actor, async (act): Promise<MissingCardProps> => {
        const facts = await pageFacts(act, request, replacementProduced)
        const sentences: Record<string, (facts: Facts) => string> = words[language].refusal
        const { refused } = request.query
        return {
          ...missingCards(facts, language),
          error:
            refused && Object.hasOwn(sentences, refused) ? sentences[refused]!(refusalFacts(facts)) : null,
        }
      })
      return reply.page<typeof MissingCardPage>('missing-card', props)
    },
  )

  server.get(
    '/my-card/loss/report',
    {
      config,
      schema: {
        hide: true,
        querystring: Type.Object(ReportQuery),
      },
    },
    async (request, reply) => {
      const facts = await register.look(request.actor, act => pageFacts(act, request, replacementProduced))
      const asked = reportStep(facts, request.query)
      if (!asked.ok) return reply.redirect(`/my-card/loss?refused=${asked.refusal}`, 303)
      if (asked.step === null) return reply.redirect('/my-card/loss', 303)
      return reply.page<typeof ConfirmLossPage>('confirm-loss', asked.step)
    },
  )

  /** A form of the page: one act on one own card, and back to the page with what was refused. */
  const form = (
    path: string,
    does: (
      act: Act,
      card: { personId: number; cardId: number; sendAt?: string },
    ) => Promise<Decision<object, string>>,
  ) =>
    server.post(
      path,
      {
        config,
        schema: { hide: true, body: Type.Object({ cardId: CardId, sendAt: Type.Optional(Instant) }) },
      },
      async (request, reply): Promise<FastifyReply> => {
        const { cardId, sendAt } = request.body
        const own = { personId: request.actor.personId!, cardId: Number(cardId), ...(sendAt && { sendAt }) }
        const done = await register.act(request.actor, act => does(act, own))
        return reply.redirect(done.ok ? '/my-card/loss' : `/my-card/loss?refused=${done.refusal}`, 303)
      },
    )
  form('/my-card/pause', pauseAccess)
  form('/my-card/resume', resumeAccess)
  form('/my-card/loss/withdrawal', async (act, card) => withdrawLoss(act, { ...card, replacementProduced }))
  form('/my-card/loss', (act, { sendAt, ...card }) =>
    reportLost(act, { ...card, putOffTo: sendAt ? Temporal.Instant.from(sendAt) : null }),
  )
  form('/my-card/found', async (act, card) => foundAgain(act, { ...card, replacementProduced }))
}
