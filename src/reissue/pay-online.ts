import { randomBytes } from 'node:crypto'
import { type Decision, no, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import { lockHolder } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import { move } from './ledger.ts'
import type { PaymentCall, PaymentProvider } from './payment.ts'
import {
  type BegunPayment,
  type CallRefusal,
  judgeCall,
  mayPay,
  type PaymentRefusal,
  waysOf,
} from './payment-rules.ts'
import { settle } from './settle.ts'
import { dueOf, lockedReissue, openReissueOf, type Reissue } from './store.ts'

const beginSql = `
  insert into payment_try (id, reissue_id, amount, currency, started_at) values ($1, $2, $3, $4, $5)`

/**
 * The holder goes to pay online: says where to. A try of its own each time, since a browser may be closed on the way; if
 * two of them come to be paid, the second is owed back. Refuses as `mayPay` does.
 */
export async function beginPayment(
  act: Act,
  { personId }: { personId: number },
  provider: PaymentProvider | null,
): Promise<Decision<{ paymentId: string; goTo: string }, PaymentRefusal>> {
  const programme = await programmeInForce(act)
  await lockHolder(act, personId)
  const reissue = await openReissueOf(act, personId)
  const ways = reissue ? waysOf(programme, reissue.kind) : []
  const may = mayPay({ due: dueOf(reissue), ways }, 'online', { online: provider !== null })
  if (!may.ok) return may
  const id = randomBytes(16).toString('base64url')
  const currency = programme.campus.currency.code
  await act.statement('begin_payment', beginSql, [id, reissue!.id, may.amount, currency, act.now])
  await act.note({
    act: 'payment begun',
    personId,
    cardId: reissue!.forCard,
    facts: { reissue: reissue!.id, amount: may.amount },
  })
  const goTo = provider!.addressFor({ id, amount: may.amount, currency, at: act.now })
  return yes({ paymentId: id, goTo })
}

const trySql = `
  select reissue_id as "reissueId", amount, currency, answer from payment_try where id = $1`
type TryRow = BegunPayment & { reissueId: number }

async function tryById(act: Act, id: string): Promise<TryRow | null> {
  const [row] = await act.statement<TryRow>('payment_try', trySql, [id])
  return row ?? null
}

const answerSql = 'update payment_try set answered_at = $2, answer = $3 where id = $1'
const answer = (act: Act, id: string, said: NonNullable<BegunPayment['answer']>): Promise<unknown> =>
  act.statement('answer_payment', answerSql, [id, act.now, said])

/** Keeps money that came: it settles what is due, or is owed back. Both ways it is on the ledger. */
async function keepMoney(
  act: Act,
  reissue: Reissue,
  id: string,
  { settles, owedBack }: { settles: number; owedBack: number },
): Promise<void> {
  const about = { kind: 'paid', reissueId: reissue.id, paymentTry: id } as const
  if (settles > 0) {
    await move(act, about, settles, { to: 'online', from: 'due' })
    await settle(act, reissue, { as: 'paid', way: 'online' })
    return
  }
  await move(act, about, owedBack, { to: 'online', from: 'owed-back' })
  await act.note({
    act: 'payment owed back',
    personId: reissue.personId,
    cardId: reissue.forCard,
    facts: { reissue: reissue.id, amount: owedBack },
  })
}

export type CallbackRefusal = 'forged' | 'too-old' | CallRefusal

const refuse = async (
  act: Act,
  why: CallbackRefusal,
  reissue: Reissue | null,
): Promise<Decision<never, CallbackRefusal>> => {
  await act.note({
    act: 'payment call refused',
    personId: reissue?.personId ?? null,
    cardId: reissue?.forCard ?? null,
    facts: { why, reissue: reissue?.id ?? null },
  })
  return no(why)
}

/**
 * A provider calls to say what became of a payment. Nothing is believed that it has not sealed; what is refused is in the
 * journal (of what nobody has sealed, a few an hour). A call that comes again gets the same answer and nothing happens twice, in whatever order calls and the payer
 * come back. Money that came too late or of another amount is kept as owed back.
 */
export async function takeCall(
  act: Act,
  call: PaymentCall,
  { provider, isNoted }: { provider: PaymentProvider | null; isNoted: (now: Temporal.Instant) => boolean },
): Promise<Decision<{ outcome: 'paid' | 'cancelled'; again: boolean }, CallbackRefusal>> {
  const verified = provider ? provider.verify(call, act.now) : no('forged')
  if (!verified.ok) {
    const { refusal } = verified
    return refusal !== 'forged' || isNoted(act.now) ? refuse(act, refusal, null) : verified
  }
  const { called } = verified
  const known = await tryById(act, call.id)
  const reissue = known && (await lockedReissue(act, known.reissueId))
  // Read again: another call of the same payment may have held the lock.
  const begun = known && (await tryById(act, call.id))
  const { brings, refused } = judgeCall(begun, called, dueOf(reissue))
  if (brings.does === 'cancel') await answer(act, call.id, 'cancelled')
  if (brings.does === 'keep') {
    await answer(act, call.id, refused === 'other-amount' ? 'other-amount' : 'paid')
    await keepMoney(act, reissue!, call.id, brings)
  }
  if (refused === 'other-currency' && begun?.answer !== 'other-currency')
    await answer(act, call.id, 'other-currency')
  if (refused) return refuse(act, refused, reissue)
  const again = brings.does === 'nothing' && brings.again
  return yes({ outcome: begun?.answer === 'paid' ? 'paid' : called.outcome, again })
}
