import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Decision, Facts } from '../lib/decision.ts'
import { sayMoney } from '../lib/say.ts'
import { feeFor } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import type { PersonKind } from '../programme/shape-parts.ts'
import { programmeInForce } from '../programme/store.ts'
import { sayCounters } from '../programme/template.ts'
import { personById } from '../roster/store.ts'
import type { Server } from '../server/http.ts'
import { problem } from '../server/problem.ts'
import type { Act } from '../server/register.ts'
import type { ConfirmLossPage } from './confirm-loss.tsx'
import { foundAgain, withdrawLoss } from './found-again.ts'
import { missingOf, type ReplacementProduced } from './missing.ts'
import type { MissingCardPage, MissingCardProps } from './missing-card.tsx'
import type { Missing } from './missing-shape.ts'
import { type MissingRow, missingRows } from './missing-store.ts'
import { pauseAccess, resumeAccess } from './pause.ts'
import { reportLost } from './report-lost.ts'
import type { LossRooms } from './routes.ts'
import type { LossCosts, Replacement } from './whole-cost.tsx'
import { words } from './words.ts'

/** What a new card costs in the place of each of a person's cards. */
function replacementOf(
  row: MissingRow,
  rows: readonly MissingRow[],
  { programme, fee }: { programme: Programme; fee: string | null },
): Replacement {
  const { editions } = programme.deadline
  const collectedNew = rows.some(each => !editions.includes(each.edition))
  if (!editions.includes(row.edition)) return { is: 'fee', fee }
  if (collectedNew) return { is: 'not-needed' }
  return programme.reissue.lostOldBeforePickup === 'free-new-card' ? { is: 'free' } : { is: 'fee', fee }
}

async function costsOf(act: Act, personId: number, kind: PersonKind): Promise<LossCosts> {
  const programme = await programmeInForce(act)
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const said = (purpose: 'loss-handling' | 'reissue') => {
    const found = feeFor(programme, purpose, today, kind)
    return found.ok ? sayMoney(found.fee.amount, programme.campus.currency) : null
  }
  const rows = await missingRows(act, personId)
  const fee = said('reissue')
  return {
    handling: said('loss-handling'),
    refundWorkingDays: programme.issuer.refundWorkingDays,
    replacements: Object.fromEntries(
      rows.map(row => [row.cardId, replacementOf(row, rows, { programme, fee })]),
    ),
  }
}

/** What a page says of a missing card; a session whose person is gone is like no page at all. */
async function pageFacts(act: Act, request: FastifyRequest, replacementProduced: ReplacementProduced) {
  const personId = request.actor.personId!
  const [person, missing] = [
    await personById(act, personId),
    await missingOf(act, personId, replacementProduced),
  ]
  if (person === null || missing === null) throw problem(404, 'not-found', request.language)
  return { missing, costs: await costsOf(act, personId, person.kind), programme: await programmeInForce(act) }
}

/** What fills the sentences of refusals: the address names the refusal alone. */
function refusalFacts(missing: Missing, programme: Programme): Facts {
  return {
    times: programme.loss.pausesAtMost,
    whereZh: sayCounters(programme, programme.askAt, 'zh-TW'),
    whereEn: sayCounters(programme, programme.askAt, 'en'),
    nameZh: missing.issuer.name['zh-TW'],
    nameEn: missing.issuer.name.en,
    phones: missing.issuer.phones.join(' / '),
    days: programme.issuer.schedulesAtMostDays,
  }
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
        const { missing, costs, programme } = await pageFacts(act, request, replacementProduced)
        const sentences: Record<string, (facts: Facts) => string> = words[language].refusal
        const { refused } = request.query
        const facts = refusalFacts(missing, programme)
        return {
          missing,
          costs,
          askAt: sayCounters(programme, programme.askAt, language),
          error: refused && Object.hasOwn(sentences, refused) ? sentences[refused]!(facts) : null,
          left: missing.leftTheUniversity
            ? sentences['left-the-university']!({ ...facts, phones: '' })
            : null,
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
        querystring: Type.Object({
          card: CardId,
          when: Type.Optional(Type.String({ maxLength: 10 })),
          sendAt: Type.Optional(Instant),
        }),
      },
    },
    async (request, reply) => {
      const { card: id, when, sendAt } = request.query
      const facts = await register.look(request.actor, act => pageFacts(act, request, replacementProduced))
      const { missing, costs } = facts
      const card = missing.cards.find(each => each.cardId === Number(id) && each.loss === null)
      if (card === undefined || missing.leftTheUniversity) return reply.redirect('/my-card/loss', 303)
      const putOff = when === 'later' && sendAt !== undefined
      if (putOff && !missing.putOffTimes.includes(sendAt))
        return reply.redirect('/my-card/loss?refused=time-has-passed', 303)
      const leaves = putOff ? sendAt : missing.nextSending
      return reply.page<typeof ConfirmLossPage>('confirm-loss', {
        card,
        missing,
        costs,
        sendAt: leaves,
        putOff,
      })
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
