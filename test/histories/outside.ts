import { calledFields, type PaymentCall } from '../../src/reissue/payment.ts'
import { sealOf } from '../../src/reissue/sealed.ts'

/** Money and machines outside of the product, with books of their own: what really was paid, and to whom. */
export class Outside {
  readonly paymentKey = Buffer.alloc(32, 7)
  /** By payment: what the provider took from somebody. */
  readonly captured = new Map<string, number>()
  /** Payments begun and not called about yet. */
  readonly begun: { id: string; amount: number }[] = []
  /** By receipt: what a kiosk took. */
  readonly kiosk = new Map<string, number>()
  /** Fees that a clerk took, and money that the office handed back. */
  counter = 0
  paidBack = 0
  /** By reference: what the issuer says that it paid. */
  readonly refunded = new Map<string, number>()
  #numbers = 0

  /** A number that nobody had yet. */
  next(): number {
    this.#numbers += 1
    return this.#numbers
  }

  /** The provider's sealed word; where it says "paid", it has taken that amount. */
  call(call: Omit<PaymentCall, 'seal'>): PaymentCall {
    if (call.outcome === 'paid') this.captured.set(call.id, call.amount)
    return { ...call, seal: sealOf(this.paymentKey, calledFields(call)) }
  }
}
