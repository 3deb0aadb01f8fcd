import { type Decision, type Facts, no, yes } from '../lib/decision.ts'
import { sayMoney } from '../lib/say.ts'
import { programmeInForce } from '../programme/store.ts'
import { type Act, actorName } from '../server/register.ts'
import type { DatePortion } from './dates.ts'
import { owedBackOf } from './ledger.ts'
import { bookHandedBack, lockedReceipt } from './office-receipts.ts'
import { receiptNumber } from './payment-rules.ts'
import { type HandBackRefusal, mayHandBack } from './receipt-rules.ts'
import { aloneLimits, bookRepayment, lockedOwed, repaymentFacts } from './repay.ts'
import {
  mayAnswerRepayment,
  mayAskSecond,
  mayTakeBackRepayment,
  type RepaymentRefusal,
  usualWaitsDays,
} from './repayment-rules.ts'
import {
  keepAsked,
  keepEnd,
  paysThemselves,
  type Repaid,
  type RepaymentQuestion,
  unanswered,
  waitingById,
} from './repayment-store.ts'
import { lockedReissue } from './store.ts'

/** What asking answers: the question, and how long it waits. */
export interface Asked {
  id: number
  amount: number
  lastDay: Temporal.PlainDate
}

/** Asks a second person about money that is locked: nothing of it is paid yet. */
async function ask(
  act: Act,
  about: Repaid,
  { amount, reason, whose }: { amount: number; reason: string; whose: object },
): Promise<Decision<Asked, RepaymentRefusal>> {
  const programme = await programmeInForce(act)
  const { alone, ...facts } = await repaymentFacts(act, about)
  const may = mayAskSecond({ amount, ...facts }, alone, { limits: aloneLimits(programme), reason })
  if (!may.ok) return may
  const { already, most } = may
  const days = programme.repayments?.waitsDays ?? usualWaitsDays
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const lastDay = today.add({ days: days - 1 })
  const id = await keepAsked(act, about, { amount, already, most, reason: reason.trim(), lastDay })
  await act.note({ act: 'repayment asked', ...whose, facts: { ...factsOf(about), amount, question: id } })
  return yes({ id, amount, lastDay })
}

const factsOf = ({ reissueId }: { reissueId: number | null }): Facts =>
  reissueId === null ? {} : { reissue: reissueId }

/** Asks a second person about what is owed back of an application. Refuses as `mayAskSecond` does. */
export async function askToPayBack(
  act: Act,
  { reissueId, reason }: { reissueId: number; reason: string },
): Promise<Decision<Asked, 'nothing-owed-back' | RepaymentRefusal>> {
  const found = await lockedOwed(act, reissueId)
  if (found === null) return no('nothing-owed-back')
  const { personId, forCard: cardId } = found.reissue
  const whose = { personId, cardId }
  return ask(act, { reissueId, receipt: null }, { amount: found.owed, reason, whose })
}

/** Asks a second person about kiosk money of nobody. Refuses as `mayHandBack` and `mayAskSecond` do. */
export async function askToHandBack(
  act: Act,
  { typed, reason }: { typed: string; reason: string },
): Promise<Decision<Asked, HandBackRefusal | RepaymentRefusal>> {
  const receipt = receiptNumber(typed)
  if (receipt === null) return no('not-a-receipt-number')
  const may = mayHandBack(await lockedReceipt(act, receipt, null), { by: '', reason })
  if (!may.ok) return may
  return ask(act, { reissueId: null, receipt }, { amount: may.amount, reason, whose: {} })
}

/** Locks the money that a question is about, as everybody does who pays it back, and says what could be paid now. */
async function lockMoney(act: Act, about: Repaid) {
  if (about.receipt !== null) {
    const found = await lockedReceipt(act, about.receipt, null)
    return { owed: found && found.use === null ? found.amount : 0, receipt: found?.told ?? null }
  }
  const reissue = await lockedReissue(act, about.reissueId)
  return { owed: reissue ? (await owedBackOf(act, about.reissueId)).owed : 0, reissue }
}

/** What a question is about. */
const aboutOf = ({ reissueId, receipt }: RepaymentQuestion): Repaid =>
  receipt === null ? { reissueId: reissueId!, receipt } : { reissueId: null, receipt }

/** A question that waits once everybody before has ended, with its money locked; null where it does not wait any more. */
async function lockedQuestion(act: Act, id: number) {
  const found = await waitingById(act, id)
  if (found === null) return null
  const about = aboutOf(found)
  const money = await lockMoney(act, about)
  const question = await waitingById(act, id)
  return question && { question, about, ...money }
}

type Locked = NonNullable<Awaited<ReturnType<typeof lockedQuestion>>>

/** Keeps how a question ended, and says it in the journal. */
async function end(
  act: Act,
  { question, reissue }: Locked,
  { as, said, reason = null }: { as: Parameters<typeof keepEnd>[2]; said: string; reason?: string | null },
): Promise<void> {
  await keepEnd(act, question.id, as, reason)
  const whose = reissue ? { personId: reissue.personId, cardId: reissue.forCard } : {}
  const { id, amount } = question
  await act.note({ act: said, ...whose, facts: { ...factsOf(question), amount, question: id } })
}

/**
 * A second person answers: lets the repayment go, and it stands on the ledger as paid back in this same act; or declines it with
 * a reason, and nothing is paid. Refuses as `mayAnswerRepayment` does.
 */
export async function answerRepayment(
  act: Act,
  { id, letGo, reason }: { id: number; letGo: boolean; reason: string },
): Promise<Decision<{ amount: number; letGo: boolean }, RepaymentRefusal>> {
  const { zone, currency } = (await programmeInForce(act)).campus
  const locked = await lockedQuestion(act, id)
  const may = mayAnswerRepayment(locked?.question ?? null, {
    by: actorName(act.actor),
    letGo,
    reason,
    today: act.now.toZonedDateTimeISO(zone).toPlainDate(),
    owed: locked?.owed ?? 0,
    toThemselves: locked !== null && (await paysThemselves(act, locked.about)),
  })
  if (!may.ok && may.refusal === 'another-amount-owed') {
    const said = (minor: unknown) => sayMoney(Number(minor), currency)
    return no(may.refusal, { asked: said(may.facts.asked), owed: said(may.facts.owed) })
  }
  if (!may.ok) return may
  const { question, reissue, receipt } = locked!
  const { amount } = question
  if (!letGo) {
    await end(act, locked!, { as: 'declined', said: 'repayment declined', reason: reason.trim() })
    return yes({ amount, letGo })
  }
  await end(act, locked!, { as: 'let-go', said: 'repayment let go' })
  const booked = { amount, reason: question.reason, questionId: id }
  if (reissue) await bookRepayment(act, reissue, booked)
  else await bookHandedBack(act, receipt!, booked)
  return yes({ amount, letGo })
}

/** Who asked takes the question back, in whatever role; nothing was paid. */
export async function takeBackRepayment(act: Act, id: number): Promise<Decision<object, RepaymentRefusal>> {
  const locked = await lockedQuestion(act, id)
  const may = mayTakeBackRepayment(locked?.question ?? null, actorName(act.actor))
  if (!may.ok) return may
  await end(act, locked!, { as: 'taken-back', said: 'repayment taken back' })
  return yes({})
}

const atATime = 200

/** What a date brings: repayments that no second person has answered by their last day end by themselves; nothing was paid. */
export async function lapseRepayments(act: Act, zone: string, after = 0): Promise<DatePortion> {
  const today = act.now.toZonedDateTimeISO(zone).toPlainDate()
  const found = await unanswered(act, today, { after, most: atATime })
  let people = 0
  for (const { id } of found) {
    const locked = await lockedQuestion(act, id)
    if (locked === null) continue
    await end(act, locked, { as: 'lapsed', said: 'repayment lapsed' })
    people += 1
  }
  return { people, last: found.length < atATime ? null : found.at(-1)!.id }
}
