import { type Decision, yes } from '../lib/decision.ts'
import { accessEndsAt } from '../programme/deadline.ts'
import { phonesOn } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { scheduleOf } from './issuer-rules.ts'
import { forPersonPresent, type OwnCard } from './pause.ts'
import { type LossRefusal, mayReportLost, oldGoesOn } from './rules.ts'
import { sendLossReports } from './send-reports.ts'
import { giveUse, keepLoss, lossFacts, replacedBy } from './store.ts'

/** A loss report as it was kept: when it was made, and when it leaves for the issuer. */
export interface Reported {
  /** True where it was reported before: nothing is changed, also not when that one leaves. */
  again: boolean
  at: Temporal.Instant
  sendAt: Temporal.Instant
  sentAt: Temporal.Instant | null
}

/** Whom to call where the university can report nothing. */
function issuerNamed({ issuer, campus }: Programme, now: Temporal.Instant) {
  const phones = phonesOn(issuer.phones, now.toZonedDateTimeISO(campus.zone).toPlainDate())
  return { nameZh: issuer.name['zh-TW'], nameEn: issuer.name.en, phones: phones.join(' / ') }
}

/** The old card that goes on because this new one is lost before the doors switched to it, and until when. */
async function goingOn(act: Act, cardId: number, programme: Programme) {
  const replaced = await replacedBy(act, cardId)
  if (replaced === null || replaced.edition === null) return null
  const until = accessEndsAt(programme, replaced.edition)
  const oldCard = oldGoesOn({
    now: act.now,
    rule: programme.loss.newLostBeforeDoors,
    activation: replaced,
    old: { ...replaced, accessEndsAt: until },
  })
  return oldCard === null ? null : { cardId: oldCard, until }
}

/**
 * A card is reported lost. Its custody and campus access end now, and unlike everything else that does not wait for a
 * window: what the doors still hold of it is removed at once, at every controller that answers. The issuer is told when
 * its reports leave, or for when the holder puts it off; until then the report can be taken back. A card whose stored value
 * is locked already is not reported to the issuer a second time.
 */
export async function reportLost(
  act: Act,
  { personId, cardId, putOffTo = null }: OwnCard & { putOffTo?: Temporal.Instant | null },
): Promise<Decision<Reported, LossRefusal>> {
  const programme = await programmeInForce(act)
  const { issuer, campus } = programme
  const facts = await lossFacts(act, personId, cardId)
  const decision = mayReportLost(facts, issuerNamed(programme, act.now))
  if (!decision.ok) return decision
  if (facts.report !== null) return yes({ again: true, ...facts.report })
  const schedule = scheduleOf(issuer, campus.zone, { now: act.now, putOffTo })
  if (!schedule.ok) return schedule

  const { sendAt } = facts.purseLocked ? { sendAt: act.now } : schedule
  const toldBefore = facts.purseLocked ? act.now : null
  const old = await goingOn(act, cardId, programme)
  const kept = { putOffTo: facts.purseLocked ? null : putOffTo, sendAt, sentAt: toldBefore }
  const reportId = await keepLoss(act, { personId, cardId }, kept)
  if (old !== null) await giveUse(act, { personId, ...old })
  const atOnce = sendAt.equals(act.now) && toldBefore === null
  if (atOnce) await sendLossReports(act, { only: { personId, reportId } })
  await act.note({
    act: 'card reported lost',
    personId,
    cardId,
    facts: { sendAt: sendAt.toString(), oldGoesOn: old?.cardId ?? null, ...forPersonPresent(act) },
  })
  return yes({ again: false, at: act.now, sendAt, sentAt: atOnce ? act.now : toldBefore })
}
