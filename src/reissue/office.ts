import { type Decision, no, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import { lockHolder } from '../roster/store.ts'
import { type Act, type Actor, actorName } from '../server/register.ts'
import { move } from './ledger.ts'
import {
  type DecisionRefusal,
  type Dispute,
  type DisputeRefusal,
  mayDecide,
  mayDispute,
  mayWaive,
  type WaiverRefusal,
} from './office-rules.ts'
import { mayPay, type PaymentRefusal, waysOf } from './payment-rules.ts'
import { paysThemselves } from './repayment-store.ts'
import { lapseOf } from './rules.ts'
import { settle } from './settle.ts'
import { asOpen, dueOf, lockedReissue, openReissueOf, type Reissue } from './store.ts'

/** Whether somebody of the staff takes fees: at the counters for reissues, and who belongs to none. */
export const takesFees = ({ kind, counter }: Actor, at: readonly string[]): boolean =>
  kind !== 'student' && (counter === undefined || at.includes(counter))

/** A clerk takes the fee at a counter, from who pays there. A second tap gets the same answer. */
export async function payAtCounter(
  act: Act,
  { reissueId, at }: { reissueId: number; at: readonly string[] },
): Promise<Decision<{ reissueId: number; amount: number }, PaymentRefusal | 'not-at-this-counter'>> {
  const { counter = '' } = act.actor
  if (!takesFees(act.actor, at)) return no('not-at-this-counter', { counter })
  const programme = await programmeInForce(act)
  const reissue = await lockedReissue(act, reissueId)
  const ways = reissue ? waysOf(programme, reissue.kind) : []
  const may = mayPay({ due: dueOf(reissue), ways }, 'counter')
  if (!may.ok) return may
  await move(act, { kind: 'paid', reissueId }, may.amount, { to: 'counter', from: 'due' })
  await settle(act, reissue!, { as: 'paid', way: 'counter' })
  return yes({ reissueId, amount: may.amount })
}

/** Lets the fee of an open application go: what is due no longer is, and what was paid is owed back. */
async function letGo(
  act: Act,
  reissue: Reissue,
  { reason, byDecision }: { reason: string; byDecision: boolean },
): Promise<void> {
  const { id, amount, settled } = reissue
  const about = { kind: 'waived', reissueId: id, reason } as const
  await move(act, about, amount, { to: 'waived', from: settled === 'paid' ? 'owed-back' : 'due' })
  await settle(act, reissue, { as: 'waived', byDecision })
}

/** The office lets a fee go, and says why. Refuses as `mayWaive` does. */
export async function waiveFee(
  act: Act,
  { reissueId, reason }: { reissueId: number; reason: string },
): Promise<Decision<{ reissueId: number; wasPaid: boolean }, WaiverRefusal>> {
  const reissue = await lockedReissue(act, reissueId)
  const isOwn = await paysThemselves(act, { reissueId, receipt: null })
  const may = mayWaive(asOpen(reissue), { reason, isOwn })
  if (!may.ok) return may
  await letGo(act, reissue!, { reason: reason.trim(), byDecision: false })
  return yes({ reissueId, wasPaid: may.wasPaid })
}

const disputeSql = 'select by, granted from fee_dispute where reissue_id = $1'

/** The dispute about an application's fee, or null. */
export async function disputeOf(act: Act, reissueId: number): Promise<Dispute | null> {
  const [row] = await act.statement<Dispute>('fee_dispute', disputeSql, [reissueId])
  return row ?? null
}

const keepDisputeSql = 'insert into fee_dispute (reissue_id, at, by, said) values ($1, $2, $3, $4)'

/**
 * The holder says that the fee is not due ("it broke by itself"), or somebody at a desk for them; the office decides. Until
 * then the application does not lapse. Refuses as `mayDispute` does.
 */
export async function disputeFee(
  act: Act,
  { personId, said }: { personId: number; said: string },
): Promise<Decision<{ again: boolean }, DisputeRefusal>> {
  const { reissue: settings } = await programmeInForce(act)
  await lockHolder(act, personId)
  const reissue = await openReissueOf(act, personId)
  const dispute = reissue && (await disputeOf(act, reissue.id))
  const may = mayDispute(asOpen(reissue), { dispute, said }, settings)
  if (!may.ok || may.again) return may
  await act.statement('keep_dispute', keepDisputeSql, [
    reissue!.id,
    act.now,
    actorName(act.actor),
    said.trim(),
  ])
  await act.note({
    act: 'reissue fee disputed',
    personId,
    cardId: reissue!.forCard,
    facts: { reissue: reissue!.id },
  })
  return yes({ again: false })
}

const decideSql = `
  update fee_dispute set decided_at = greatest($2, at), decided_by = $3, granted = $4, reason = $5 where reissue_id = $1`
const longerSql =
  'update reissue set lapses_at = greatest(lapses_at, $2) where id = $1 and settled_at is null'

/** A card that was collected meanwhile leaves the question open whether its fee was due; no other end does. */
const canBeDecided = ({ endedAt, endedAs }: Reissue): boolean => endedAt === null || endedAs === 'collected'

/**
 * The office decides a dispute, and says why: granted, the fee is let go; else it is due, and whoever has not paid has as
 * long again as at the application. Refuses as `mayDecide` does.
 */
export async function decideDispute(
  act: Act,
  { reissueId, granted, reason }: { reissueId: number; granted: boolean; reason: string },
): Promise<Decision<{ reissueId: number; granted: boolean }, 'no-open-reissue' | DecisionRefusal>> {
  const programme = await programmeInForce(act)
  const reissue = await lockedReissue(act, reissueId)
  if (reissue === null || !canBeDecided(reissue)) return no('no-open-reissue')
  const isOwn = await paysThemselves(act, { reissueId, receipt: null })
  const may = mayDecide(await disputeOf(act, reissueId), { by: actorName(act.actor), reason, isOwn })
  if (!may.ok) return may
  const said = reason.trim()
  await act.statement('decide_dispute', decideSql, [reissueId, act.now, actorName(act.actor), granted, said])
  if (!granted) {
    const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
    await act.statement('longer_to_pay', longerSql, [reissueId, lapseOf(today, programme)])
  }
  const stillAsked = reissue.settled === null || reissue.settled === 'paid'
  if (granted && stillAsked) await letGo(act, reissue, { reason: said, byDecision: true })
  await act.note({
    act: 'reissue dispute decided',
    personId: reissue.personId,
    cardId: reissue.forCard,
    facts: { reissue: reissueId, granted },
  })
  return yes({ reissueId, granted })
}
