import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Decision, type Facts, no } from '../lib/decision.ts'
import { sayMoney } from '../lib/say.ts'
import { counterNow } from '../programme/notice.ts'
import { type ReissueReason, reissueReasons } from '../programme/shape-cards.ts'
import { programmeInForce } from '../programme/store.ts'
import { sayBring, sayCounters } from '../programme/template.ts'
import type { Server } from '../server/http.ts'
import type { Act, Register } from '../server/register.ts'
import { applyForReissue, withdrawReissue } from './apply.ts'
import { disputeFee } from './office.ts'
import { typeReceipt } from './pay-at-kiosk.ts'
import { beginPayment } from './pay-online.ts'
import type { PaymentProvider } from './payment.ts'
import { mostTypedADay } from './payment-rules.ts'
import type { ReissuePage, ReissuePageProps } from './reissue.tsx'
import { sayReissue } from './routes.ts'
import { offerFor, reissueCounters, reissueOf } from './standing.ts'
import { type ReissueRefusal, words } from './words.ts'

const page = '/my-card/reissue'
const config = { policy: 'student' } as const

/** At which field of the page a refusal is said; all others are said above the forms. */
const fields: Partial<Record<string, 'photo' | 'receipt' | 'said'>> = {
  'photo-first': 'photo',
  'reason-missing': 'said',
  'not-a-receipt-number': 'receipt',
  'too-many-receipts': 'receipt',
  'receipt-of-somebody-else': 'receipt',
  'receipt-used': 'receipt',
  'receipt-of-another-amount': 'receipt',
}

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
  const personId = request.actor.personId!
  const programme = await programmeInForce(act)
  const { campus, reissue, askAt } = programme
  const say = (refusal: ReissueRefusal, facts: Facts = {}) => sayReissue(no(refusal, facts), language)
  const found = await reissueOf(act, personId)
  const refused =
    query.refused !== undefined && Object.hasOwn(words[language].refusal, query.refused)
      ? (query.refused as ReissueRefusal)
      : null
  // Without anybody who takes payments over the network, that way is not shown.
  const ways = found?.ways.filter(way => way !== 'online' || payments !== null) ?? []
  const offer = await offerFor(act, personId)
  return {
    standing: found && { ...found, ways },
    offer: offer && { ...offer, ways: offer.ways.filter(way => way !== 'online' || payments !== null) },
    counters: reissueCounters(programme).map(counter => counterNow(programme, counter, act.now, language)),
    kiosks: reissue.kiosks.map(({ id, name, place }) => ({
      id,
      name: name[language],
      place: place[language],
    })),
    bring: sayBring(programme, reissue.bring, language),
    askAt: sayCounters(programme, askAt, language),
    owedBackSaid: sayMoney(found?.owedBack ?? 0, campus.currency),
    refusals: Object.fromEntries(
      (offer?.reasons ?? []).flatMap(({ refusal }) => (refusal ? [[refusal, say(refusal)]] : [])),
    ),
    error: refused && {
      field: fields[refused] ?? 'form',
      text: say(refused, { most: mostTypedADay, ways: found ? ways.join(' ') : '' }),
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
    reply.redirect(done.ok ? page : `${page}?refused=${done.refusal}#${fields[done.refusal] ?? 'main'}`, 303)

  server.post(
    page,
    {
      config,
      schema: {
        hide: true,
        body: Type.Object({
          cardId: Type.String({ pattern: '^[0-9]{1,15}$' }),
          reason: Type.Enum([...reissueReasons]),
          photoIsRight: Type.Optional(Type.Literal('yes')),
          receipt: Type.Optional(Type.String({ maxLength: 80 })),
        }),
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
    { config, schema: { hide: true, body: Type.Object({ receipt: Type.String({ maxLength: 80 }) }) } },
    async (request, reply) => {
      const typed = { personId: request.actor.personId!, typed: request.body.receipt }
      return answer(reply, await register.aside(request.actor, act => typeReceipt(act, typed)))
    },
  )

  server.post(
    `${page}/dispute`,
    { config, schema: { hide: true, body: Type.Object({ said: Type.String({ maxLength: 2000 }) }) } },
    async (request, reply) => {
      // A browser sends each line's end as two characters, and counts it as one.
      const said = request.body.said.replaceAll('\r\n', '\n').slice(0, 1000)
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
