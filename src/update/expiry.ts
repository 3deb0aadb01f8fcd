import { type Decision, yes } from '../lib/decision.ts'
import type { Act } from '../server/register.ts'
import {
  type AcknowledgeRefusal,
  type ExpiryDay,
  expiryCalendar,
  mayAcknowledge,
  shownDays,
  warnedRoles,
  warningsDue,
} from './expiry-rules.ts'
import {
  expiryFacts,
  keepAcknowledgement,
  keepWarning,
  lockedWarning,
  type Warning,
  warningsFrom,
} from './expiry-store.ts'

/** The days to come on which cards end, and the warnings that were raised about them. */
export interface Calendar {
  today: Temporal.PlainDate
  liveCards: number
  days: ExpiryDay[]
  warnings: Warning[]
}

/** The calendar of the campus's date, `shownDays` ahead. */
export async function calendarOf(act: Act, zone: string): Promise<Calendar> {
  const today = act.now.toZonedDateTimeISO(zone).toPlainDate()
  const facts = await expiryFacts(act, today, today.add({ days: shownDays }))
  return {
    today,
    liveCards: facts.liveCards,
    days: expiryCalendar(facts),
    warnings: await warningsFrom(act, today),
  }
}

/**
 * The daily look: raises what is due of the warnings, for both roles, once each, whatever the number of processes; said in the
 * journal. The staff's screens show a warning to its role until somebody acknowledges it. Says how many were raised.
 */
export async function raiseExpiryWarnings(act: Act, zone: string): Promise<number> {
  const { days, warnings, liveCards } = await calendarOf(act, zone)
  let raised = 0
  for (const due of warningsDue(days, warnings)) {
    if (!(await keepWarning(act, due, liveCards, warnedRoles))) continue
    raised += 1
    const { day, stage } = due
    const { cards, people } = day
    await act.note({
      act: 'expiry warning raised',
      facts: { lastDay: day.on.toString(), stage, cards, people, controllers: day.controllers.length },
    })
  }
  return raised
}

/** Somebody of a warned role says that the warning was read; it is no longer shown to that role. */
export async function acknowledgeExpiry(
  act: Act,
  warning: { on: string; stage: number },
): Promise<Decision<object, AcknowledgeRefusal>> {
  const ofRole = { ...warning, role: act.actor.kind }
  const may = mayAcknowledge(await lockedWarning(act, ofRole))
  if (!may.ok) return may
  await keepAcknowledgement(act, ofRole)
  await act.note({ act: 'expiry warning acknowledged', facts: { lastDay: warning.on, stage: warning.stage } })
  return yes({})
}
