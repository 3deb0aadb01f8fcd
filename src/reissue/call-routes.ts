import { Type } from 'typebox'
import { no } from '../lib/decision.ts'
import type { Keys } from '../lib/keys.ts'
import type { Server } from '../server/http.ts'
import { perform } from '../server/perform.ts'
import type { Act, Register } from '../server/register.ts'
import { Moment } from '../server/shapes.ts'
import { takeReceipt } from './pay-at-kiosk.ts'
import { takeCall } from './pay-online.ts'
import type { PaymentProvider } from './payment.ts'
import { receiptNumber } from './payment-rules.ts'
import { sayReissue } from './routes.ts'
import { isFresh, isSealed } from './sealed.ts'
import { notesFew } from './unsealed.ts'

const Amount = Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: 'Whole minor units' })
const Seal = Type.String({ maxLength: 100, description: 'HMAC-SHA-256, base64url; see docs/api.md' })
const closed = { additionalProperties: false }

const KioskBody = Type.Object(
  {
    number: Type.String({ minLength: 1, maxLength: 80 }),
    kiosk: Type.String({ minLength: 1, maxLength: 60 }),
    amount: Amount,
    paidAt: Moment,
    studentNumber: Type.Union([Type.String({ maxLength: 40 }), Type.Null()]),
    at: Moment,
    seal: Seal,
  },
  closed,
)

type KioskBody = Type.Static<typeof KioskBody>

/** What a kiosk's word is sealed over. */
export const kioskFields = ({
  number,
  kiosk,
  amount,
  paidAt,
  studentNumber,
  at,
}: Omit<KioskBody, 'seal'>) => ['gatehouse-kiosk-receipt', number, kiosk, amount, paidAt, studentNumber, at]

/** A student number as it is typed at a kiosk; null where none was. */
const typedNumber = (typed: string | null): string | null =>
  typed?.normalize('NFKC').replace(/\s/gu, '').toUpperCase() || null

/**
 * What machines call: a payment provider and the kiosks. Nobody is signed in; each word is sealed with its key, and what is
 * kept by it is Gatehouse's own doing.
 */
export function callRoutes(
  server: Server,
  {
    register,
    payments,
    kioskKeys,
  }: { register: Register; payments: PaymentProvider | null; kioskKeys: Keys | null },
): void {
  const isNoted = notesFew()
  const config = { policy: 'public', rateLimit: { max: 600, timeWindow: '1 minute' } } as const

  server.post(
    '/api/v1/payments/callback',
    {
      config,
      schema: {
        tags: ['machines'],
        summary: 'A payment provider says what became of a payment',
        description:
          'Sealed with the provider’s key over the fields in their order. A call that comes again gets the same answer. ' +
          'Money that settles nothing (too late, twice, another amount) is kept as owed back.',
        body: Type.Object(
          {
            id: Type.String({ maxLength: 60 }),
            outcome: Type.Enum(['paid', 'cancelled']),
            amount: Amount,
            currency: Type.String({ pattern: '^[A-Z]{3}$' }),
            at: Moment,
            seal: Seal,
          },
          closed,
        ),
        response: { 200: Type.Object({ outcome: Type.Enum(['paid', 'cancelled']), again: Type.Boolean() }) },
      },
    },
    request =>
      perform({ register, request, say: sayReissue, changesAccess: false }, act =>
        act.asItself(() => takeCall(act, request.body, { provider: payments, isNoted })),
      ),
  )

  server.post(
    '/api/v1/kiosk/receipts',
    {
      config,
      schema: {
        tags: ['machines'],
        summary: 'A kiosk tells of a receipt',
        description:
          'Sealed with the kiosks’ key over the fields in their order. Pays the open application of the student whose ' +
          'number it bears, or of whoever typed the receipt’s number; else it waits for that.',
        body: KioskBody,
        response: { 200: Type.Object({ again: Type.Boolean(), matched: Type.Boolean() }) },
      },
    },
    request =>
      perform({ register, request, say: sayReissue, changesAccess: false }, act =>
        act.asItself(() => kioskTells(act, request.body)),
      ),
  )

  async function kioskTells(act: Act, body: KioskBody) {
    const { seal, ...told } = body
    const refuse = async <Why extends 'forged' | 'too-old' | 'not-a-receipt-number'>(why: Why) => {
      if (why !== 'forged' || isNoted(act.now))
        await act.note({ act: 'kiosk receipt refused', facts: { why } })
      return no(why)
    }
    if (kioskKeys === null || !isSealed(kioskKeys, kioskFields(told), seal)) return refuse('forged')
    if (!isFresh(Temporal.Instant.from(told.at), act.now)) return refuse('too-old')
    const number = receiptNumber(told.number)
    if (number === null) return refuse('not-a-receipt-number')
    return takeReceipt(act, {
      number,
      kiosk: told.kiosk,
      amount: told.amount,
      studentNumber: typedNumber(told.studentNumber),
      paidAt: Temporal.Instant.from(told.paidAt),
    })
  }
}
