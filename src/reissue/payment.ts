import { type Decision, no, yes } from '../lib/decision.ts'
import type { Keys } from '../lib/keys.ts'
import type { Called } from './payment-rules.ts'
import { isFresh, isSealed, sealOf } from './sealed.ts'

/** A payment about to be made: an id that says nothing of whose it is, and what for. Minor units. */
export interface AskedPayment {
  id: string
  amount: number
  currency: string
  at: Temporal.Instant
}

/** What a provider posts to us, before anything of it is believed. */
export interface PaymentCall {
  id: string
  outcome: 'paid' | 'cancelled'
  amount: number
  currency: string
  /** When the provider sealed it, ISO 8601. */
  at: string
  seal: string
}

/**
 * Who takes payments over the network: says where to send the payer, and tells whether a call is really its own. The
 * payer's way back proves nothing; only a verified call does.
 */
export interface PaymentProvider {
  /** Where the payer's browser goes, and comes back from to our page. */
  addressFor(payment: AskedPayment): string
  /** The origin of that address where it is another site's: pages must let their form lead there. Null: our own. */
  origin: string | null
  /** What a call says, or why it is not believed: not sealed by the provider, or too old to be fresh. */
  verify(call: PaymentCall, now: Temporal.Instant): Decision<{ called: Called }, 'forged' | 'too-old'>
}

/** What the provider is sent, sealed, so that nobody pays another amount by changing the address. */
export const askedFields = (
  { id, amount, currency }: Pick<AskedPayment, 'id' | 'amount' | 'currency'>,
  at: string,
) => ['gatehouse-payment', id, amount, currency, at]

/** What the provider's call is sealed over. */
export const calledFields = ({ id, outcome, amount, currency, at }: Omit<PaymentCall, 'seal'>) => [
  'gatehouse-payment-call',
  id,
  outcome,
  amount,
  currency,
  at,
]

/**
 * A provider whose page is at an address and which shares keys with us: the payer is sent there with what is to be paid,
 * sealed, and the call that comes back is sealed with one of them. A campus's own payment page speaks this, and so does
 * the one to try.
 */
export function sealedPayments({ address, keys }: { address: string; keys: Keys }): PaymentProvider {
  const absolute = URL.canParse(address)
  return {
    origin: absolute ? new URL(address).origin : null,
    addressFor(payment) {
      const at = payment.at.toString()
      const query = new URLSearchParams({
        id: payment.id,
        amount: String(payment.amount),
        currency: payment.currency,
        at,
        seal: sealOf(keys, askedFields(payment, at)),
      })
      return `${address}?${query.toString()}`
    },
    verify({ seal, ...call }, now) {
      if (!isSealed(keys, calledFields(call), seal)) return no('forged')
      if (!isFresh(Temporal.Instant.from(call.at), now)) return no('too-old')
      const { outcome, amount, currency } = call
      return yes({ called: { outcome, amount, currency } })
    },
  }
}
