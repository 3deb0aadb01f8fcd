import { type Decision, no, yes } from '../lib/decision.ts'
import { sayMoney } from '../lib/say.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { move, owedBackOf } from './ledger.ts'
import { type AloneRefusal, mayPayAlone } from './repayment-rules.ts'
import { lockPayer, paidAlone, paysThemselves, type Repaid, waitingAbout } from './repayment-store.ts'
import { lockedReissue, type Reissue } from './store.ts'

/** How much one of the staff pays back alone, as the programme says. */
export const aloneLimits = ({ repayments }: Programme) => repayments ?? {}

/** What the rules ask of a repayment, at this moment; nobody who acts as the same person pays anything back meanwhile. */
export async function repaymentFacts(act: Act, about: Repaid) {
  await lockPayer(act)
  return {
    toThemselves: await paysThemselves(act, about),
    waits: (await waitingAbout(act, about)) !== null,
    alone: await paidAlone(act, about),
  }
}

/** Whether who acts pays this back alone. Its money is locked already. Refuses as `mayPayAlone` does, with amounts in words. */
export async function aloneNow(
  act: Act,
  about: Repaid,
  amount: number,
): Promise<Decision<object, AloneRefusal>> {
  const programme = await programmeInForce(act)
  const { alone, ...facts } = await repaymentFacts(act, about)
  const may = mayPayAlone({ amount, ...facts }, alone, aloneLimits(programme))
  if (may.ok || may.facts.most === undefined) return may
  const said = (minor: unknown) => sayMoney(Number(minor), programme.campus.currency)
  return no(may.refusal, { already: said(may.facts.already), most: said(may.facts.most) })
}

/** An application's money that is owed back, with its person locked; null where nothing is. */
export async function lockedOwed(
  act: Act,
  reissueId: number,
): Promise<{ reissue: Reissue; owed: number } | null> {
  const reissue = await lockedReissue(act, reissueId)
  if (reissue === null) return null
  const { owed } = await owedBackOf(act, reissueId)
  return owed > 0 ? { reissue, owed } : null
}

/** Books that what was owed of an application has been paid back; by a second person, where there is a question. */
export async function bookRepayment(
  act: Act,
  { id, personId, forCard }: Reissue,
  { amount, reason, questionId }: { amount: number; reason: string; questionId?: number },
): Promise<void> {
  const about = { kind: 'paid-back', reissueId: id, questionId, reason: reason.trim() || undefined } as const
  await move(act, about, amount, { to: 'owed-back', from: 'paid-back' })
  await act.note({
    act: 'reissue money paid back',
    personId,
    cardId: forCard,
    facts: { reissue: id, amount, ...(questionId ? { question: questionId } : {}) },
  })
}

/** One of the staff has paid back what was owed: says how much. Refused where nothing is owed, and as `mayPayAlone` does. */
export async function payBack(
  act: Act,
  { reissueId, reason }: { reissueId: number; reason: string },
): Promise<Decision<{ reissueId: number; amount: number }, 'nothing-owed-back' | AloneRefusal>> {
  const found = await lockedOwed(act, reissueId)
  if (found === null) return no('nothing-owed-back')
  const may = await aloneNow(act, { reissueId, receipt: null }, found.owed)
  if (!may.ok) return may
  await bookRepayment(act, found.reissue, { amount: found.owed, reason })
  return yes({ reissueId, amount: found.owed })
}
