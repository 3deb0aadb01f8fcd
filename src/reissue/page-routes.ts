import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Decision, no } from '../lib/decision.ts'
import { type ReissueReason, reissueReasons } from '../programme/shape-cards.ts'
import type { Server } from '../server/http.ts'
import type { Act, Register } from '../server/register.ts'
import { applyForReissue, withdrawReissue } from './apply.ts'
import { disputeFee } from './office.ts'
import { fieldsOfReissue, reissueShown } from './page-props.ts'
import { typeReceipt } from './pay-at-kiosk.ts'
import { beginPayment } from './pay-online.ts'
import type { PaymentProvider } from './payment.ts'
import { mostTypedADay } from './payment-rules.ts'
import type { ReissuePage, ReissuePageProps } from './reissue.tsx'
import { sayReissue } from './routes.ts'
import { type ReissueRefusal, words } from './words.ts'

const page = '/my-card/reissue'
const config = { policy: 'student' } as const

/** The number of a kiosk's receipt, as somebody typed it into a form. */
export const typedReceipt = Type.String({ maxLength: 80 })

/** What somebody applies for in a form; they may have paid at a kiosk before. */
export const typedApplication = {
  cardId: Type.String({ pattern: '^[0-9]{1,15}$' }),
  reason: Type.Enum([...reissueReasons]),
  photoIsRight: Type.Optional(Type.Literal('yes')),
  receipt: Type.Optional(typedReceipt),
}

/** Why somebody disputes a fee, as a form sends it. */
export const typedDispute = { said: Type.String({ maxLength: 2000 }) }

/** What was said: a browser sends each line's end as two characters, and counts it as one. */
export const saidIn = ({ said }: { said: string }): string => said.replaceAll('\r\n', '\n').slice(0, 1000)

const Query = Type.Object({
  refused: Type.Optional(Type.String({ maxLength: 40 })),
  back: Type.Optional(Type.Enum(['paid', 'cancelled'])),
})

async function propsFor(
  act: Act,
  request: FastifyRequest<{ Querystring: Type.Static<typeof Query> }>,
  payments: PaymentProvider | null,
): Promise<ReissuePageProps> {
  const { language, query } = request
  const shown = await reissueShown(act, { personId: request.actor.personId!, language }, payments)
  const refused =
    query.refused !== undefined && Object.hasOwn(words[language].refusal, query.refused)
      ? (query.refused as ReissueRefusal)
      : null
  const ways = shown.standing?.ways.join(' ') ?? ''
  return {
    ...shown,
    error: refused && {
      field: fieldsOfReissue[refused] ?? 'form',
      text: sayReissue(no(refused, { most: mostTypedADay, ways }), language),
    },
    cameBack: query.back ?? null,
  }
}

/** The page of reissues for students, which works without scripts: forms that post, answered with 303. */
export function reissuePages(
  server: Server,
  { register, payments }: { register: Register; payments: PaymentProvider | null },
): void {
  server.get(page, { config, schema: { hide: true, querystring: Query } }, async (request, reply) => {
    const props = await register.look(request.actor, act => propsFor(act, request, payments))
    allowForm(reply, payments)
    return reply.page<typeof ReissuePage>('reissue', props)
  })

  /** Back to the page: as it now is, or with why not. */
  const answer = (reply: FastifyReply, done: Decision<object, string>) =>
    reply.redirect(
      done.ok ? page : `${page}?refused=${done.refusal}#${fieldsOfReissue[done.refusal] ?? 'main'}`,
      303,
    )

  server.post(
    page,
    {
      config,
      schema: {
        hide: true,
        body: Type.Object(typedApplication),
      },
    },
    async (request, reply) => {
      const { cardId, photoIsRight, receipt = '' } = request.body
      const reason: ReissueReason = request.body.reason
      const personId = request.actor.personId!
      const asked = { personId, cardId: Number(cardId), reason, photoIsRight: photoIsRight === 'yes' }
      const done = await register.aside(request.actor, act => applyForReissue(act, asked))
      if (!done.ok || receipt.trim() === '') return answer(reply, done)
      return answer(
        reply,
        await register.aside(request.actor, act => typeReceipt(act, { personId, typed: receipt })),
      )
    },
  )

  server.post(`${page}/payment`, { config, schema: { hide: true } }, async (request, reply) => {
    const personId = request.actor.personId!
    const done = await register.aside(request.actor, act => beginPayment(act, { personId }, payments))
    return done.ok ? reply.redirect(done.goTo, 303) : answer(reply, done)
  })

  server.post(
    `${page}/receipt`,
    { config, schema: { hide: true, body: Type.Object({ receipt: typedReceipt }) } },
    async (request, reply) => {
      const typed = { personId: request.actor.personId!, typed: request.body.receipt }
      return answer(reply, await register.aside(request.actor, act => typeReceipt(act, typed)))
    },
  )

  server.post(
    `${page}/dispute`,
    { config, schema: { hide: true, body: Type.Object(typedDispute) } },
    async (request, reply) => {
      const said = saidIn(request.body)
      const personId = request.actor.personId!
      return answer(reply, await register.aside(request.actor, act => disputeFee(act, { personId, said })))
    },
  )

  server.post(`${page}/withdrawal`, { config, schema: { hide: true } }, async (request, reply) => {
    const personId = request.actor.personId!
    return answer(reply, await register.aside(request.actor, act => withdrawReissue(act, { personId })))
  })
}

/** A browser follows a form to another site only where the page's policy names it: the payment page's, here alone. */
function allowForm(reply: FastifyReply, payments: PaymentProvider | null): void {
  const policy = reply.getHeader('content-security-policy')
  if (!payments?.origin || typeof policy !== 'string') return
  reply.header('content-security-policy', policy.replace('form-action', `form-action ${payments.origin}`))
}
