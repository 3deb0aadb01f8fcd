import { type Decision, no, yes } from '../lib/decision.ts'
import type { Programme } from '../programme/shape.ts'
import type { LossReport } from './rules.ts'

type Issuer = Programme['issuer']

/** The wall times of a local date as instants; one that summer time skips is the valid time after it. */
const timesOn = (sendsAt: readonly string[], zone: string, on: Temporal.PlainDate): Temporal.Instant[] =>
  sendsAt
    .map(at => on.toPlainDateTime(Temporal.PlainTime.from(at)).toZonedDateTime(zone).toInstant())
    .sort((a, b) => Temporal.Instant.compare(a, b))

/** Every moment at which reports leave for the issuer, from `from` to `to`, both included; at most a month of them. */
export function sendingTimes(
  { sendsAt }: Pick<Issuer, 'sendsAt'>,
  zone: string,
  { from, to }: { from: Temporal.Instant; to: Temporal.Instant },
): Temporal.Instant[] {
  const found: Temporal.Instant[] = []
  let on = from.toZonedDateTimeISO(zone).toPlainDate().subtract({ days: 1 })
  for (let day = 0; day < 40; day += 1, on = on.add({ days: 1 })) {
    for (const at of timesOn(sendsAt, zone, on))
      if (Temporal.Instant.compare(at, from) >= 0 && Temporal.Instant.compare(at, to) <= 0) found.push(at)
  }
  return found
}

/** When a report that is ready at a moment leaves for the issuer: at the next sending time, or at once where there is none. */
export function leavesAt(
  issuer: Pick<Issuer, 'sendsAt'>,
  zone: string,
  from: Temporal.Instant,
): Temporal.Instant {
  if (issuer.sendsAt.length === 0) return from
  const to = from.toZonedDateTimeISO(zone).add({ days: 2 }).toInstant()
  return sendingTimes(issuer, zone, { from, to })[0]!
}

/** The latest moment to which a report that is made now can be put off. */
export const putOffAtMost = (
  { schedulesAtMostDays }: Pick<Issuer, 'schedulesAtMostDays'>,
  zone: string,
  now: Temporal.Instant,
): Temporal.Instant => now.toZonedDateTimeISO(zone).add({ days: schedulesAtMostDays }).toInstant()

export interface Schedule {
  putOffTo: Temporal.Instant | null
  sendAt: Temporal.Instant
}

/**
 * When a report leaves: as soon as reports do, or at the first sending time at or after the moment for which the holder
 * puts it off ("at 18:00, unless I find it"), which is one of the next days that the programme allows.
 */
export function scheduleOf(
  issuer: Pick<Issuer, 'sendsAt' | 'schedulesAtMostDays'>,
  zone: string,
  { now, putOffTo }: { now: Temporal.Instant; putOffTo: Temporal.Instant | null },
): Decision<Schedule, 'cannot-be-put-off' | 'time-has-passed' | 'too-far-ahead'> {
  if (putOffTo === null) return yes({ putOffTo, sendAt: leavesAt(issuer, zone, now) })
  if (issuer.schedulesAtMostDays === 0) return no('cannot-be-put-off')
  if (Temporal.Instant.compare(putOffTo, now) <= 0) return no('time-has-passed')
  if (Temporal.Instant.compare(putOffTo, putOffAtMost(issuer, zone, now)) > 0)
    return no('too-far-ahead', { days: issuer.schedulesAtMostDays })
  return yes({ putOffTo, sendAt: leavesAt(issuer, zone, putOffTo) })
}

/**
 * Until when the holder bears what is spent from a lost card: the issuer's hours after its clock has started. The clock
 * starts with the report, which of one that was put off is the moment chosen for it; or when the issuer received it.
 * Null while it has not started.
 */
export function riskUntil(
  report: Pick<LossReport, 'at' | 'putOffTo' | 'receivedAt'>,
  { clockStarts, riskHours }: Pick<Issuer, 'clockStarts' | 'riskHours'>,
): Temporal.Instant | null {
  const starts = clockStarts === 'reported' ? (report.putOffTo ?? report.at) : report.receivedAt
  return starts?.add({ hours: riskHours }) ?? null
}

/**
 * Whether the stored value of a card is locked, for ever: one of its loss reports has left for the issuer, which has not
 * refused it. That the card was found again changes nothing of it.
 */
export const purseLocked = (
  reports: readonly { sentAt: unknown; refusedBecause: string | null }[],
): boolean => reports.some(({ sentAt, refusedBecause }) => sentAt !== null && refusedBecause === null)
