import type { Keys } from '../../src/lib/keys.ts'
import { calledFields, type PaymentCall } from '../../src/reissue/payment.ts'
import { sealOf } from '../../src/reissue/sealed.ts'
import { OwnFees } from './own-fees.ts'
import { OwnMaker } from './own-maker.ts'
import { OwnRefunds } from './own-refunds.ts'

/** Money and machines outside of the product, with books of their own: what really was paid, and to whom. */
export class Outside {
  readonly paymentKeys: Keys = [Buffer.alloc(32, 7)]
  readonly fees = new OwnFees()
  readonly refunds = new OwnRefunds()
  readonly maker = new OwnMaker()
  #numbers = 0

  /** A number that nobody had yet. */
  next(): number {
    this.#numbers += 1
    return this.#numbers
  }

  /** The provider's sealed word. */
  call(call: Omit<PaymentCall, 'seal'>): PaymentCall {
    return { ...call, seal: sealOf(this.paymentKeys, calledFields(call)) }
  }
}
