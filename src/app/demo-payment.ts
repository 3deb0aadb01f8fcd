import type { AddressInfo } from 'node:net'
import { Type } from 'typebox'
import type { Keys } from '../lib/keys.ts'
import { askedFields, calledFields, type PaymentCall } from '../reissue/payment.ts'
import { isFresh, isSealed, sealOf } from '../reissue/sealed.ts'
import type { Server } from '../server/http.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import type { DemoPaymentPage } from './demo-payment.tsx'

/** Where the payment page of the campus to try is. */
export const demoPaymentPath = '/demo/payment'

const asked = {
  id: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }),
  amount: Type.String({ pattern: '^[0-9]{1,9}$' }),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  at: Type.String({ format: 'date-time' }),
  seal: Type.String({ maxLength: 100 }),
}
const Asked = Type.Object(asked)
const Answered = Type.Object({ ...asked, outcome: Type.Enum(['paid', 'cancelled']) })

/** Where this server listens, as it reaches itself: a payment service calls over the network, and so does this page. */
function ownOrigin(addresses: readonly (string | AddressInfo)[]): string {
  const [first] = addresses
  if (typeof first !== 'object')
    throw new Error('the payment page to try calls a server that does not listen')
  const host = ['0.0.0.0', '::'].includes(first.address) ? '127.0.0.1' : first.address
  return `http://${host.includes(':') ? `[${host}]` : host}:${first.port}`
}

/**
 * A payment page to try, as a payment service has one: it believes only what is sealed, takes no money, calls our callback
 * over HTTP with a seal of its own, and then sends the payer back. Only where the demo runs.
 */
export function demoPaymentRoutes(
  server: Server,
  { register, keys }: { register: Register; keys: Keys },
): void {
  const config = { policy: 'demo' } as const
  const isAsked = ({ seal, amount, id, currency, at }: Type.Static<typeof Asked>): boolean =>
    isSealed(keys, askedFields({ id, currency, amount: Number(amount) }, at), seal)
  const now = () => register.look({ kind: 'public', id: 'anyone' }, async act => act.now)

  server.get(
    demoPaymentPath,
    { config, schema: { hide: true, querystring: Asked } },
    async (request, reply) => {
      if (!isAsked(request.query)) throw problem(404, 'not-found', request.language)
      const { amount, ...told } = request.query
      const fresh = isFresh(Temporal.Instant.from(told.at), await now())
      return reply.page<typeof DemoPaymentPage>('demo-payment', { ...told, amount: Number(amount), fresh })
    },
  )

  server.post(demoPaymentPath, { config, schema: { hide: true, body: Answered } }, async (request, reply) => {
    const { outcome, ...told } = request.body
    if (!isAsked(told)) throw problem(404, 'not-found', request.language)
    const at = (await now()).toString()
    const call = { id: told.id, outcome, amount: Number(told.amount), currency: told.currency, at }
    const sealed: PaymentCall = { ...call, seal: sealOf(keys, calledFields(call)) }
    const origin = ownOrigin(server.addresses())
    await fetch(`${origin}/api/v1/payments/callback`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': `${call.id} ${at}` },
      body: JSON.stringify(sealed),
      signal: AbortSignal.timeout(10_000),
    })
    return reply.redirect(`/my-card/reissue?back=${outcome}`, 303)
  })
}
